"""Sizes are a smell: a long file is two ideas. Hard limits fail, soft ones are printed (``make lint`` shows them)."""

from __future__ import annotations

import ast

from tests.architecture.source_tree import Source, sources

FILE_LIMIT, FILE_THINK = 400, 300
FUNCTION_LIMIT, FUNCTION_THINK = 80, 50
MEDIAN_LIMIT = 120
BANNED_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"})


def functions(source: Source) -> list[tuple[str, int]]:
    """Return name and lines of every function, its docstring not counted."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node) is not None:
                lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            found.append((f"{source.path}:{node.lineno} {node.name}", lines))
    return found


def lines_of(source: Source) -> int:
    return source.text.count("\n")


def test_files_are_short_enough_to_hold_one_idea():
    long = [(source.path, lines_of(source)) for source in sources()]
    for path, lines in long:
        if FILE_THINK < lines <= FILE_LIMIT:
            print(f"think about splitting: {path} has {lines} lines")
    too_long = [f"{path}: {lines} lines" for path, lines in long if lines > FILE_LIMIT]
    assert not too_long, f"split by idea (limit {FILE_LIMIT}):\n" + "\n".join(too_long)


def test_functions_are_short_enough_to_be_read_at_once():
    for name, lines in (row for source in sources() for row in functions(source)):
        if FUNCTION_THINK < lines <= FUNCTION_LIMIT:
            print(f"think about splitting: {name} has {lines} lines")
    too_long = [
        f"{name}: {lines} lines" for source in sources() for name, lines in functions(source) if lines > FUNCTION_LIMIT
    ]
    assert not too_long, f"split by step (aim {FUNCTION_THINK}, limit {FUNCTION_LIMIT}):\n" + "\n".join(too_long)


def test_half_of_the_files_are_short():
    sizes = sorted(lines_of(source) for source in sources() if lines_of(source) > 3)
    median = sizes[len(sizes) // 2]
    print(f"{len(sizes)} files, median {median}, longest {sizes[-1]} lines")
    assert median <= MEDIAN_LIMIT


def test_modules_are_named_for_what_they_hold():
    wrong = [source.path for source in sources() if BANNED_NAMES & set(source.module.split("."))]
    assert not wrong, f"a name that fits everything says nothing: {wrong}"


def test_every_module_says_what_it_is():
    silent = [source.path for source in sources() if source.text.strip() and not ast.get_docstring(source.tree)]
    assert not silent, "a module docstring says what it is and why it stands apart:\n" + "\n".join(silent)
