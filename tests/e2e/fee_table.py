"""Says in one line what a dossier's money came to, so that stories are compared with literal tables.

Stands apart from ``story_table`` (the life of a dossier) because these stories are about notices, payments and cases. A
row: step | state/sub-state fee clock queue due | notices | payments | cases; ``-`` for nothing.
"""

from __future__ import annotations

from typing import Any

from tests.e2e.officers import Officer


def money_line(shown: dict[str, Any]) -> str:
    """Return state, notices, payments and cases of what ``desk show`` printed."""
    sub = f"/{shown['sub_state']}" if shown["sub_state"] else ""
    due = shown["due_at"]
    head = f"{shown['state']}{sub} {shown['fee_status']} {shown['clock']} {shown['queue'] or '-'}"
    head += f" {due[8:10]}/{due[5:7]} {due[11:16]}" if due else ""
    notices = ", ".join(f"{n['state']} {n['settled']}/{n['total']}" for n in shown["notices"])
    payments = ", ".join(_payment(p) for n in shown["notices"] for p in n["payments"])
    cases = ", ".join(_case(c) for c in shown["cases"])
    return " | ".join(part or "-" for part in (head, notices, payments, cases))


def _payment(fact: dict[str, Any]) -> str:
    marks = (" reversed" if fact["reversed"] else "") + (f" refunded {fact['refunded']}" if fact["refunded"] else "")
    return f"{fact['channel']} {fact['amount']}/{fact['settled']}{marks}"


def _case(case: dict[str, Any]) -> str:
    return f"{case['kind']} {case['state']} {case['amount']}" + (" lapsed" if case["lapsed"] else "")


def rows(table: str) -> dict[str, str]:
    """Return step → line, spaces made plain."""
    found = {}
    for line in table.strip().splitlines():
        step, _, rest = line.partition("|")
        found[step.strip()] = " | ".join(" ".join(cell.split()) for cell in rest.split("|"))
    return found


class FeeStory:
    """One dossier seen by one desk; each step is compared with its row, in the table's order."""

    def __init__(self, desk: Officer, code: str, table: str) -> None:
        self.desk, self.code = desk, code
        self._left = rows(table)

    def check(self, step: str, *, offline: bool = False) -> dict[str, Any]:
        """Compare what the desk sees with the row; ``offline`` without asking the portal."""
        assert next(iter(self._left), None) == step, f"the table goes on with {next(iter(self._left), None)}"
        shown = self.desk.shown(self.code) if offline else self.desk.show(self.code)
        assert money_line(shown) == self._left.pop(step), step
        assert bool(shown["pending"]) == offline
        return shown

    def end(self) -> None:
        assert not self._left, f"never reached: {list(self._left)}"
