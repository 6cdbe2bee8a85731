"""The chart in ARCHITECTURE.md is the transition table."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.state_chart import render

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def test_the_page_shows_the_table_as_it_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = text.split("```mermaid\n", 1)[1].split("\n```", 1)[0]
    assert shown == render(), "run python -m tests.architecture.state_chart and paste it into ARCHITECTURE.md"
