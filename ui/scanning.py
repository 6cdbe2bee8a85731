"""What a scanner's line is: a dossier's code, a citizen card, or something to search for.

Stands apart from the key filter because reading is a rule and hearing is not.
"""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from app.domain import citizen_id, dossier_code
from app.errors import BadInput


@runtime_checkable
class TakesCard(Protocol):
    """Something that is filled from a citizen's card."""

    def take_card(self, text: str) -> None: ...


def name_on(card: str) -> str:
    """Return whom to search for after a card was scanned: the name on it, else its first field."""
    try:
        return citizen_id.parse_card_qr(card).name
    except BadInput:
        return card.split("|", 1)[0]


def what_was_scanned(text: str) -> tuple[Literal["code", "card", "search"], str]:
    """Return how to look for a scanned line, and with which words.

    >>> what_was_scanned("h32.8-261120-0007")
    ('code', 'H32.8-261120-0007')
    >>> what_was_scanned("2.000635")
    ('search', '2.000635')
    """
    if "|" in text:
        return "card", text
    try:
        return "code", dossier_code.parse(text).text
    except BadInput:
        return ("code", text.strip().upper()) if text[:1].upper() == "H" and "-" in text else ("search", text.strip())
