"""Compares a dossier, as two officers see it, with one row of a literal table.

Stands apart so that the stories read as deeds and the expectations as a table. A row is step, state, sub_state,
fee_status, paid, clock, due, accept, tiepnhan1's queue, thuly1's queue, payments (channel amount/settled).
"""

from __future__ import annotations

from typing import Any

from tests.e2e.officers import World

COLUMNS = ("state", "sub_state", "fee_status", "paid", "clock", "due", "accept", "desk", "processor", "payments")


def rows(table: str) -> dict[str, dict[str, str]]:
    """Return the rows of the text by step; the first line is the head."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    split = [[cell.strip() for cell in line.split("|")] for line in lines[1:]]
    assert all(len(cells) == len(COLUMNS) + 1 for cells in split), split
    return {cells[0]: dict(zip(COLUMNS, cells[1:], strict=True)) for cells in split}


class Story:
    """One dossier and its table; ``check`` each step in the table's order, ``end`` when all were met."""

    def __init__(self, world: World, code: str, table: str) -> None:
        self.world, self.code = world, code
        self.desk, self.processor = world.officer("tiepnhan1"), world.officer("thuly1")
        self._left = rows(table)

    def check(self, step: str) -> dict[str, Any]:
        """Compare what both officers see now with the row of ``step``; return what the desk sees."""
        assert next(iter(self._left), None) == step, f"the table goes on with {next(iter(self._left), None)}"
        expected = self._left.pop(step)
        desk = self.desk.show(self.code)
        assert self.processor.cli("sync").code == 0
        other = self.processor.cli("show", self.code)
        seen = {
            "state": str(desk["state"]),
            "sub_state": desk["sub_state"] or "-",
            "fee_status": desk["fee_status"],
            "paid": {True: "yes", False: "no"}[desk["paid"]],
            "clock": desk["clock"],
            "due": _minute(desk["due_at"]),
            "accept": _minute(desk["accept_by"]),
            "desk": desk["queue"] or "-",
            "processor": (other.one["queue"] or "-") if other.code == 0 else "unseen",
            "payments": ", ".join(_payments(desk)) or "-",
        }
        assert seen == expected, step
        assert desk["pending"] == []
        return desk

    def end(self) -> None:
        assert not self._left, f"never reached: {list(self._left)}"


def _minute(text: str | None) -> str:
    return f"{text[8:10]}/{text[5:7]} {text[11:16]}" if text else "-"


def _payments(desk: dict[str, Any]) -> list[str]:
    return [f"{p['channel']} {p['amount']}/{p['settled']}" for notice in desk["notices"] for p in notice["payments"]]
