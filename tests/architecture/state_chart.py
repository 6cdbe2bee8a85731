"""Renders the transition table as the chart in ARCHITECTURE.md: ``python -m tests.architecture.state_chart``.

The test beside it compares the page with the table, so that the picture cannot grow old.
"""

from __future__ import annotations

from app.domain.transition_table import EVERY, OPEN, TABLE
from app.domain.words import State

NAMES = {
    State.SUBMITTED: "1 Mới đăng ký",
    State.RECEIVED: "2 Được tiếp nhận",
    State.REFUSED: "3 Không được tiếp nhận",
    State.PROCESSING: "4 Đang xử lý",
    State.AWAITING_OBLIGATION: "6 Yêu cầu thực hiện NVTC",
    State.STOPPED: "8 Dừng xử lý",
    State.COMPLETED: "9 Đã xử lý xong",
    State.RETURNED: "10 Đã trả kết quả",
}


def render() -> str:
    """Return the Mermaid chart: one arrow per (state, command) of the table, and the portal's own resume."""
    lines = ["stateDiagram-v2"]
    lines += [f'    s{state.value}: {name}' for state, name in NAMES.items()]
    lines.append("    [*] --> s1: file (citizen)")
    for rule in TABLE:
        if rule.from_states in (EVERY, OPEN):
            continue
        for start in sorted(rule.from_states):
            end = rule.to_state or start
            lines.append(f"    s{start.value} --> s{end.value}: {rule.command}")
    lines.append("    s6 --> s4: paid (portal, same processor)")
    anywhere = ", ".join(rule.command for rule in TABLE if rule.from_states == EVERY)
    lines.append(f"    note right of s4: in every state: {anywhere}")
    still_open = ", ".join(rule.command for rule in TABLE if rule.from_states == OPEN)
    lines.append(f"    note left of s4: until it ends: {still_open}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(render())
