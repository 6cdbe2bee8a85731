"""The program's own source as syntax trees, read once for all tests of the architecture; imports nothing of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: ``path`` from the root with slashes, dotted ``module``, ``text`` and syntax ``tree``."""

    path: str
    module: str
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return every Python file under ``folders`` (default: ``app`` and ``ui``), in order of path."""
    found = []
    for folder in folders or ("app", "ui"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            text = file.read_text(encoding="utf-8")
            module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            found.append(Source(path, module, text, ast.parse(text, path)))
    return tuple(found)


def modules() -> frozenset[str]:
    """Return the dotted names of all own modules."""
    return frozenset(source.module for source in sources())


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and dotted target of every import, those inside functions and ``TYPE_CHECKING`` too.

    ``from package import name`` yields ``package.name``, but ``package`` alone where that is ours and name no module.
    """
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = source.module.split(".")
                keep = len(parents) - node.level + (1 if source.is_package else 0)
                base = ".".join([*parents[:keep], *([base] if base else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                own = base.partition(".")[0] in ("app", "ui")
                yield node.lineno, base if own and inner not in modules() else inner
        elif isinstance(node, ast.Call) and dotted(node.func) in ("importlib.import_module", "import_module"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` of an attribute chain, or what of its end is known (``.c``)."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
