"""What a scanner's line is: a dossier's code, a citizen card, or something to search for.

Stands apart from the key filter because reading is a rule and hearing is not.
"""

from __future__ import annotations

from typing import Literal

from app.domain import citizen_id, dossier_code
from app.errors import BadInput


def what_was_scanned(text: str) -> tuple[Literal["code", "search"], str]:
    """Return how to look for a scanned line, and with which words.

    >>> what_was_scanned("h32.8-261120-0007")
    ('code', 'H32.8-261120-0007')
    >>> what_was_scanned("2.000635")
    ('search', '2.000635')
    """
    if "|" in text:
        try:
            return "search", citizen_id.parse_card_qr(text).name
        except BadInput:
            return "search", text.split("|", 1)[0]
    try:
        return "code", dossier_code.parse(text).text
    except BadInput:
        return ("code", text.strip().upper()) if text[:1].upper() == "H" and "-" in text else ("search", text.strip())
