"""No line of the fee stories is without its tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.e2e.fee_lines import LINES

HERE = Path(__file__).parent


@pytest.mark.parametrize("line", LINES)
def test_every_line_has_its_stories(line):
    for place in LINES[line]:
        module, _, name = place.partition("::")
        tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
        assert name in {item.name for item in tree.body if isinstance(item, ast.FunctionDef)}, place
