"""No work story and no complaint of the users of other systems is without its tests."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.e2e import complaints, test_work_stories_in_windows, work_lines

TESTS = Path(__file__).parent.parent


@cache
def found_in(module: str) -> frozenset[str]:
    """Return the tests of a module, ``folder/module``."""
    tree = ast.parse((TESTS / f"{module}.py").read_text(encoding="utf-8"))
    return frozenset(item.name for item in tree.body if isinstance(item, ast.FunctionDef))


@pytest.mark.parametrize("line", work_lines.LINES)
def test_every_story_has_its_tests(line):
    for place in work_lines.LINES[line]:
        module, _, name = place.partition("::")
        name, _, way = name.partition("[")
        assert name in found_in(f"e2e/{module}"), place
        assert way.strip("]") in ("", *test_work_stories_in_windows.WAYS), place


@pytest.mark.parametrize("complaint", complaints.ANSWERED)
def test_every_complaint_has_its_tests(complaint):
    assert complaints.ANSWERED[complaint]
    for place in complaints.ANSWERED[complaint]:
        module, _, name = place.partition("::")
        assert name in found_in(module), place


def test_every_number_of_the_three_lists_is_answered():
    wanted = [*range(1, 13), *range(24, 34), 39, 40]
    assert sorted({int(line.split()[0]) for line in complaints.ANSWERED}) == wanted
    assert {int(line.split()[0]) for line in complaints.NOT_HERE} <= set(wanted)
