"""Text messages as an operator answers them: scripted by the last digits of the number.

Stands apart as one of three channels. A landline is refused, a number ending in 00 is off the first time, one ending in
99 never answers; all others get the message.
"""

from __future__ import annotations

import re

from app.domain.citizen_texts import SMS_LENGTH
from app.errors import BugError
from app.sandbox.channels.outcome import DELIVERED, Outcome, again, failed

_MOBILE = re.compile(r"(?:0|\+?84)(?:3|5|7|8|9)[0-9]{8}")


def send(phone: str, text: str, attempt: int) -> Outcome:
    """Hand ``text`` to the operator; ``attempt`` counts from 1. BugError for a text no single SMS can hold."""
    if not text.isascii() or len(text) > SMS_LENGTH:
        raise BugError(f"not an sms: {len(text)} characters")
    number = re.sub(r"[ .()-]", "", phone)
    if not _MOBILE.fullmatch(number):
        return failed("bad-number")
    if number.endswith("99") or (number.endswith("00") and attempt == 1):
        return again("not-reachable")
    return DELIVERED
