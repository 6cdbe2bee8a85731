"""Every test that SECURITY.md names exists, every row stands there, and every removal patch names a living test."""

from __future__ import annotations

import ast
import re

from tests.architecture.source_tree import ROOT
from tests.faults.removals.__main__ import removals

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| \d", line)]


def living_tests() -> set[str]:
    files = list((ROOT / "tests").rglob("test_*.py"))
    names = {path.name for path in files}
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return names


def test_the_table_has_every_row_and_each_names_tests_that_exist_or_says_that_there_is_none():
    numbers = [int(number) for row in ROWS for number in re.findall(r"\d+", row[0])]
    assert numbers == list(range(1, 67))
    living = living_tests()
    for row in ROWS:
        named = re.findall(r"`(test_[a-z0-9_.]+)`", row[3])
        assert named or row[3].strip() == "–", row
        assert set(named) <= living, f"row {row[0]}: {sorted(set(named) - living)}"


def test_at_least_ten_controls_are_taken_away_and_each_names_a_living_test():
    living = living_tests()
    found = removals()
    assert len(found) >= 10
    for item in found:
        for test in item.test.split():
            path, _, name = test.partition("::")
            assert (ROOT / path).exists(), item.name
            assert not name or name in living, item.name
