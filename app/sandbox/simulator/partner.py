"""One payment at a partner, as the simulator plays it; shared by all partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartnerCall:
    """``fields`` are the portal's signed request, ``delay_s`` real seconds, ``fail`` why no money moves."""

    fields: Mapping[str, str]
    fail: str = ""
    delay_s: float = 0.0
