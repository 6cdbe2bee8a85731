"""No class of conflict is without its test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.e2e.conflict_classes import CLASSES

TESTS = Path(__file__).parents[1]


def test_all_fourteen_are_there():
    assert sorted(CLASSES) == list(range(1, 15))


@pytest.mark.parametrize("number", list(CLASSES))
def test_every_class_has_the_tests_that_tell_and_press_it(number):
    for test in (CLASSES[number].told, CLASSES[number].pressed):
        module, _, name = test.partition("::")
        assert ("window" in module) or test == CLASSES[number].told
        tree = ast.parse((TESTS / f"{module}.py").read_text(encoding="utf-8"))
        assert name in {item.name for item in tree.body if isinstance(item, ast.FunctionDef)}, test
