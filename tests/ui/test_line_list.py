"""Lines under headings: the headings stay while the lines scroll, and end where the lines end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint

from tests.ui.window_fixture import until
from ui.widgets.line_list import Cell, Column, Line, LineList
from ui.widgets.plain_label import PlainLabel

COLUMNS = (Column("Ngày", 1), Column("Nội dung", 3), Column("Số tiền", 1, right=True))


def heading(lines: LineList, words: str) -> PlainLabel:
    return next(label for label in lines.findChildren(PlainLabel) if label.text() == words)


@pytest.mark.parametrize("count", [3, 60])
def test_headings_stay_over_their_columns_however_far_the_lines_are_scrolled(qapp, count):
    lines = LineList(COLUMNS)
    cells = (Cell("25/11"), Cell("Nghỉ theo công điện khắc phục bão số 13"), Cell("75.000 đ", right=True))
    lines.fill([Line(str(at), "calendar-dots", cells) for at in range(count)], ("calendar-dots", "Không có gì."))
    lines.resize(640, 400)
    lines.show()
    until(lambda: lines.verticalScrollBar().isVisible() == (count > 10), "laid out")
    lines.pick(str(count - 1))

    sum_, row = heading(lines, "Số tiền"), lines.rows[str(count - 1)]
    until(lambda: row.mapTo(lines, QPoint(0, row.height())).y() <= lines.height(), "the last line is seen")
    assert 0 <= sum_.mapTo(lines, QPoint(0, 0)).y() < lines.viewport().y()
    shown = next(label for label in row.findChildren(PlainLabel) if label.text() == "75.000 đ")
    assert abs(_end(sum_, lines) - _end(shown, lines)) <= 1
    lines.close()


def _end(label: PlainLabel, lines: LineList) -> int:
    return label.mapTo(lines, QPoint(label.width(), 0)).x()
