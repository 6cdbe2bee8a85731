"""Two ways to say IN that are compiled once and for all.

Stands apart because SQLAlchemy's own puts a list's placeholders together anew at every execution, which takes longer
than the question itself. Values are text or whole numbers.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select


def among(column: ColumnElement[str], words: Collection[str]) -> ColumnElement[bool]:
    """Return ``column IN (…)`` with words of our own (states, types of commands) written out."""
    return column.in_([literal_column(f"'{word}'") for word in sorted(words)])


def named(column: ColumnElement[str] | ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Return ``column IN (…)`` with what ``name`` will be given when it is executed, made by ``listed``."""
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def listed(values: Collection[str] | Collection[int]) -> str:
    """Return the values as what ``named`` expects."""
    return json.dumps(list(values))
