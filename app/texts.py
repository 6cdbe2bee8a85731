"""What people read: one calm Vietnamese sentence for each code that ``app/`` raises.

Stands apart so that rules, store and portal speak in codes with parameters and only this table speaks Vietnamese; the
window and the command line both look here. A sentence says what happened, what was kept and what to do. Placeholders
``{like_this}`` take the error's parameters: a number called ``amount`` or ``…_dong`` is shown as ``120.000 đồng``, an
instant as ``08:00 20/11/2026``. A test compares the table with the codes raised in ``app/``, both ways.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.clock import VN
from app.errors import KnownError

SENTENCES: dict[str, str] = {
    # --- what was typed, scanned or attached
    # --- rules: why an action is not possible now
    # --- portal and connection
    # --- the store on this machine
}

_LONGEST_SHOWN = 200  # characters of one parameter: a name of 500 characters must not push the sentence off the screen
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
    if isinstance(value, datetime):
        return f"{value.astimezone(VN):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return cleaned(value)


def cleaned(value: object) -> str:
    """Return ``value`` as one short line of visible text: no controls, no bidi or zero-width marks.

    Parameters come from citizens, files and the network; the marks could turn an amount or a name around.

    >>> cleaned("Nguyễn\\u202e Văn\\n A")
    'Nguyễn Văn A'
    """
    text = unicodedata.normalize("NFC", str(value))
    visible = "".join(
        " " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    line = " ".join(visible.split())
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
