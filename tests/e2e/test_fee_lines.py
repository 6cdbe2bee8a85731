"""No line of the fee stories is without its tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.e2e.fee_lines import BAD_INPUT, LINES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("line", LINES)
def test_every_line_has_its_stories(line):
    for place in LINES[line]:
        assert stands(f"tests/e2e/{place}"), place


@pytest.mark.parametrize("case", BAD_INPUT)
def test_every_named_bad_input_has_its_test(case):
    assert stands(BAD_INPUT[case])


def stands(place: str) -> bool:
    """Say whether there is a test ``path::name``."""
    module, _, name = place.partition("::")
    tree = ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))
    return name in {item.name for item in tree.body if isinstance(item, ast.FunctionDef)}
