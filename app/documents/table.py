"""Tables of printed papers: ruled cells, the head repeated on every page, nothing cut.

Stands apart because every official form has one. A row stays whole where a page can hold it; a longer one goes on over
the page's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.documents.page import BOLD, ROMAN, Sheet, text_width, wrapped

PAD = 3.0
Cell = str | tuple[str, ...]
"""One text, or several that start on a line of their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the width, relative to the others; neighbours with one ``group`` get a common head.

    ``shrinks``: a figure that must not be broken is set smaller when it is too long.
    """

    name: str
    share: float
    align: str = "left"
    group: str = ""
    shrinks: bool = False


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    size: float = 11.0,
    least_lines: int = 1,
) -> None:
    """Draw head and rows, as many pages as they need; every row is at least ``least_lines`` high."""
    grid = _Grid(sheet, columns, size)
    filled = [[grid.lines(cell, column) for column, cell in enumerate(row)] for row in rows]
    first = max((len(lines) for lines in filled[0]), default=1) if filled else 0
    grid.need_with_head(max(first, least_lines) if filled else 0)
    grid.head()
    sheet.on_new_page = grid.head
    for row in filled:
        grid.row(row, least_lines)
    sheet.on_new_page = None


class _Grid:
    def __init__(self, sheet: Sheet, columns: Sequence[Column], size: float) -> None:
        self.sheet, self.columns, self.size = sheet, columns, size
        self.leading = size * 1.2
        whole = sum(column.share for column in columns)
        self.edges = [sheet.left]
        for column in columns:
            self.edges.append(self.edges[-1] + sheet.text_width * column.share / whole)
        self.names = [wrapped(column.name, BOLD, size, self._room(n)) for n, column in enumerate(columns)]
        self.groups = self._grouped()

    def _room(self, first: int, last: int | None = None) -> float:
        return self.edges[(first if last is None else last) + 1] - self.edges[first] - 2 * PAD

    def _grouped(self) -> list[tuple[int, int, list[str]]]:
        """Return (first column, last column, lines of the common head) of every group."""
        found, at = [], 0
        for group, members in groupby(self.columns, key=lambda column: column.group):
            last = at + len(list(members)) - 1
            if group:
                found.append((at, last, wrapped(group, BOLD, self.size, self._room(at, last))))
            at = last + 1
        return found

    def _height(self, count: int) -> float:
        return count * self.leading + 2 * PAD

    def lines(self, cell: Cell, column: int) -> list[str]:
        """Return the lines of one cell."""
        if self.columns[column].shrinks:
            return [str(cell)]
        texts = (cell,) if isinstance(cell, str) else cell
        return [line for text in texts for line in wrapped(text, ROMAN, self.size, self._room(column))]

    def _head_heights(self) -> tuple[float, float]:
        """Return the heights of the groups' band and of the names under it."""
        band = self._height(max(len(lines) for _, _, lines in self.groups)) if self.groups else 0.0
        inside = {n for first, last, _ in self.groups for n in range(first, last + 1)}
        names = max((self._height(len(self.names[n])) for n in inside), default=0.0)
        alone = max((self._height(len(lines)) for n, lines in enumerate(self.names) if n not in inside), default=0.0)
        return band, max(names, alone - band)

    def need_with_head(self, count: int) -> None:
        """Start a new page unless head and ``count`` lines fit: a head alone says nothing."""
        self.sheet.need(min(sum(self._head_heights()) + self._height(count), self.sheet.top - self.sheet.bottom))

    def head(self) -> None:
        """Draw the names of the columns."""
        band, names = self._head_heights()
        top, middle, bottom = self.sheet.y, self.sheet.y - band, self.sheet.y - band - names
        grouped = {}
        for first, last, lines in self.groups:
            self._box(first, last, top, middle, lines, BOLD, "centre")
            grouped.update(dict.fromkeys(range(first, last + 1), middle))
        for column, lines in enumerate(self.names):
            self._box(column, column, grouped.get(column, top), bottom, lines, BOLD, "centre")
        self.sheet.y = bottom

    def row(self, cells: list[list[str]], least_lines: int) -> None:
        """Draw one row; what a whole page cannot hold goes on over its end."""
        left = cells
        while left:
            count = max(least_lines, *(len(lines) for lines in left))
            page = self._fitting(self.sheet.top - sum(self._head_heights()))
            if count <= page:
                self.sheet.need(self._height(count))
            elif self._fitting(self.sheet.y) < 1:
                self.sheet.need(self._height(page))
            taken = min(count, self._fitting(self.sheet.y))
            bottom = self.sheet.y - self._height(taken)
            for column, lines in enumerate(left):
                self._box(column, column, self.sheet.y, bottom, lines[:taken], ROMAN, self.columns[column].align)
            self.sheet.y = bottom
            left = [lines[taken:] for lines in left] if count > taken else []

    def _fitting(self, top: float) -> int:
        return int((top - self.sheet.bottom - 2 * PAD + 0.01) / self.leading)

    def _box(self, first: int, last: int, top: float, bottom: float, lines: list[str], font: str, align: str) -> None:
        left, right = self.edges[first], self.edges[last + 1]
        self.sheet.canvas.rect(left, bottom, right - left, top - bottom)
        in_head = font == BOLD
        spare = (top - bottom - self._height(len(lines))) / 2 if in_head else 0.0
        x = {"left": left + PAD, "centre": (left + right) / 2, "right": right - PAD}[align]
        for number, line in enumerate(lines, 1):
            size = self._shrunk(line, first) if self.columns[first].shrinks and not in_head else self.size
            self.sheet.text(x, top - spare - PAD - number * self.leading + self.size * 0.25, line, font, size, align)

    def _shrunk(self, line: str, column: int) -> float:
        """Return a size at which a figure fits its column: the largest are rare and must not be cut."""
        return min(self.size, self.size * self._room(column) / max(text_width(line, ROMAN, self.size), 1.0))
