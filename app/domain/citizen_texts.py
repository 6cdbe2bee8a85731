"""What a citizen reads in a notice: templates filled in, per channel, as plain text.

Stands apart because the portal sends these words, the desk previews them before sending, and both must be the same to
the letter. An SMS is ASCII, one part, and never loses a sum, a code or a telephone number to make room.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.money import grouped
from app.domain.words import DeliveryChannel
from app.errors import BugError
from app.texts import cleaned

SMS_LENGTH = 160
_SHORTEST_FREE_TEXT = 12
_FREE_TEXTS = ("title", "reason", "procedure", "desk")
_OPTIONAL = frozenset(
    {
        "pay_by", "after_payment", "reason", "by_qr", "at_desk", "treasury", "tax_notice", "paid", "refund_document",
        "supply_by",
    }
)  # fmt: skip
_TWO_UNITS_IN_GSM = frozenset("^{}[]~\\|`")

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """One text of one channel; ``kind`` names its file. An SMS has no title."""

    kind: str
    channel: DeliveryChannel
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A template filled in, ready to be sent or shown as plain text."""

    title: str
    body: str


def placeholders(template: NoticeTemplate) -> frozenset[str]:
    """Return the names that the template wants."""
    fields = string.Formatter().parse(template.title + "\n" + template.body)
    return frozenset(name for _, name, _, _ in fields if name is not None)


def unaccented(text: str) -> str:
    """Return ``text`` in the ASCII letters every telephone shows; what has no such letter is left out.

    >>> unaccented("Đặng Thị Thu Hà – 16.000 đ")
    'Dang Thi Thu Ha - 16.000 d'
    """
    plain = text.replace("đ", "d").replace("Đ", "D").replace("–", "-").replace("“", '"').replace("”", '"')
    folded = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in folded if char.isascii() and char not in _TWO_UNITS_IN_GSM)


def render_notice_text(template: NoticeTemplate, **values: Value) -> NoticeText:
    """Fill in ``template``; every name it wants must be given, more may be.

    A number becomes a grouped sum, a tuple one line each; other texts are cleaned of controls and bidi marks. A line
    that wants an empty value of ``_OPTIONAL`` (``pay_by``, ``by_qr`` …) is left out. In an SMS free texts are
    shortened when it would not fit in 160 characters; sums, codes and numbers never are. Raises BugError when it
    cannot fit.
    """
    missing = placeholders(template) - values.keys()
    if missing:
        raise BugError(f"notice template {template.kind}/{template.channel} wants {sorted(missing)}")
    shown = {name: _shown(value) for name, value in values.items()}
    if template.channel is DeliveryChannel.SMS:
        return NoticeText("", _fitted_sms(template, shown))
    return NoticeText(_filled(template.title, shown), _filled(template.body.strip("\n"), shown))


def _shown(value: Value) -> str:
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, tuple):
        return "\n".join(cleaned(line) for line in value)
    return cleaned(value)


def _filled(text: str, shown: Mapping[str, str]) -> str:
    lines = []
    for line in text.split("\n"):
        names = [name for _, name, _, _ in string.Formatter().parse(line) if name is not None]
        if not any(name in _OPTIONAL and not shown[name] for name in names):
            lines.append(line.format_map(shown))
    return "\n".join(lines)


def _fitted_sms(template: NoticeTemplate, shown: Mapping[str, str]) -> str:
    plain = {name: unaccented(value.removeprefix("https://")) for name, value in shown.items()}
    text = template.body.format_map(plain)
    for name in _FREE_TEXTS:
        over = len(text) - SMS_LENGTH
        if over > 0 and f"{{{name}}}" in template.body:
            keep = max(len(plain[name]) - over - 2, _SHORTEST_FREE_TEXT)
            plain[name] = plain[name][:keep].rstrip() + ".." if keep < len(plain[name]) else plain[name]
            text = template.body.format_map(plain)
    if len(text) > SMS_LENGTH:
        raise BugError(f"sms of {len(text)} characters")
    return text
