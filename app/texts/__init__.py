"""What people read: one calm Vietnamese sentence for each code that ``app/`` raises.

Stands apart so that rules, store and portal speak in codes with parameters and only this package speaks Vietnamese; the
window and the command line both look here. A sentence says what happened, what was kept and what to do. Placeholders
``{like_this}`` take the error's parameters: a number called ``amount`` or ``…_dong`` is shown as ``120.000 đồng``, an
instant as ``08:00 20/11/2026``. A test compares the tables with the codes raised in ``app/``, both ways.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.clock import VN
from app.errors import KnownError
from app.texts import decisions, portal, rules, store, typed
from app.texts.names import (
    COMMAND_NAMES,
    FIELD_NAMES,
    GROUND_NAMES,
    HISTORY_NAMES,
    SENT_NAMES,
    SENT_SENTENCES,
    STATE_NAMES,
    WAY_NAMES,
    WHO_NAMES,
)

__all__ = [
    "SENTENCES", "COMMAND_NAMES", "FIELD_NAMES", "GROUND_NAMES", "HISTORY_NAMES", "SENT_NAMES", "SENT_SENTENCES",
    "STATE_NAMES", "WAY_NAMES", "WHO_NAMES", "cleaned", "of", "one_line", "sentence", "who_could",
]  # fmt: skip

TABLES = (typed.SENTENCES, rules.SENTENCES, decisions.SENTENCES, portal.SENTENCES, store.SENTENCES)
SENTENCES: dict[str, str] = {code: text for table in TABLES for code, text in table.items()}
_LONGEST_SHOWN = 200  # characters of one parameter
_MISSING = "…"


class _Formatter(string.Formatter):
    """Plain ``str.format`` with names only: no attribute or index access, and a missing name shows as ``…``."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return _shown(field_name, kwargs[field_name]) if field_name in kwargs else _MISSING, field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return str(value)


def _shown(name: str, value: object) -> str:
    if (name == "amount" or name.endswith("_dong")) and isinstance(value, int):
        return f"{value:,}".replace(",", ".") + " đồng"
    if name == "state" and isinstance(value, int):
        return STATE_NAMES.get(value, str(value))
    if name == "ground":
        return GROUND_NAMES.get(str(value), cleaned(value))
    if name == "command":
        return COMMAND_NAMES.get(str(value), cleaned(value))
    if name == "fields" and isinstance(value, list | tuple):
        return cleaned(", ".join(FIELD_NAMES.get(str(field), cleaned(field)) for field in value))
    if isinstance(value, datetime):
        return f"{value.astimezone(VN):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return cleaned(value)


def one_line(text: str) -> str:
    """Return ``text`` in NFC as one line: single spaces, no controls, no bidi or zero-width marks.

    Texts come from citizens, files and the network; the marks could turn an amount or a name around.

    >>> one_line("Nguyễn\\u202e Văn\\n A")
    'Nguyễn Văn A'
    """
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    return " ".join("".join(char for char in spaced if unicodedata.category(char)[0] != "C").split())


def cleaned(value: object) -> str:
    """Return ``value`` as one line of a length that no sentence is pushed off the screen by."""
    line = one_line(str(value))
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def sentence(code: str, /, **params: object) -> str:
    """Return the sentence of ``code`` with ``params`` filled in, cleaned.

    An unknown code (a newer portal may send one) gives a general sentence that names it; never raises.
    """
    template = SENTENCES.get(code)
    if template is None:
        return f"Việc này chưa thực hiện được (mã {cleaned(code)})."
    return _Formatter().vformat(template, (), params)


def of(error: KnownError) -> str:
    """Return the sentence that explains ``error``."""
    return sentence(error.code, **error.params)


def who_could(people: Sequence[str]) -> str:
    """Return the sentence that says who could do it instead; words of the table of rights, or names of officers."""
    return f"Người làm được: {', '.join(WHO_NAMES.get(who, cleaned(who)) for who in people)}." if people else ""
