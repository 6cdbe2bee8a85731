"""Colours, type, sizes: the only module of the window that holds a hex value.

Stands apart so that delegates, painted widgets and the generated style sheet can never disagree. Contrast ratios of
every pair are WCAG 2.2 AA; ``tests/ui`` computes them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Tokens:
    """One column of colours; ``#RRGGBB``, or ``#AARRGGBB`` for the scrim."""

    bg: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text_2: str
    text_3: str
    primary: str
    primary_hover: str
    on_primary: str
    primary_soft: str
    sel: str
    focus: str
    paid_row: str
    paid_sel: str
    paid_badge: str
    on_paid_badge: str
    paid_text: str
    pause_bg: str
    pause_text: str
    soon_bg: str
    soon_text: str
    soon_line: str
    late_bg: str
    late_text: str
    conflict_bg: str
    conflict_text: str
    offline_bg: str
    offline_text: str
    acked_bg: str
    acked_text: str
    undo_line: str
    scrim: str


LIGHT = Tokens(
    bg="#F3F5F8",
    surface="#FFFFFF",
    sunken="#EAEEF3",
    line="#D6DDE6",
    line_strong="#7F8B9B",
    text="#16202C",
    text_2="#465366",
    text_3="#5F6C7E",
    primary="#1B5CAB",
    primary_hover="#164D91",
    on_primary="#FFFFFF",
    primary_soft="#E3EEFA",
    sel="#D9E8F9",
    focus="#1B5CAB",
    paid_row="#E4F5E9",
    paid_sel="#CBECD4",
    paid_badge="#1B7A3D",
    on_paid_badge="#FFFFFF",
    paid_text="#14602E",
    pause_bg="#ECEEF8",
    pause_text="#414A86",
    soon_bg="#FFF1D1",
    soon_text="#744800",
    soon_line="#B57200",
    late_bg="#FCE8E6",
    late_text="#A61C14",
    conflict_bg="#F5E6F8",
    conflict_text="#742A7E",
    offline_bg="#E3E8EE",
    offline_text="#2F3A48",
    acked_bg="#DFF2F1",
    acked_text="#0A6060",
    undo_line="#7DB4F5",
    scrim="#6116202C",
)

DARK = Tokens(
    bg="#12171D",
    surface="#1A2027",
    sunken="#232B35",
    line="#34404D",
    line_strong="#76869A",
    text="#E7ECF2",
    text_2="#B4BFCC",
    text_3="#94A2B2",
    primary="#7DB4F5",
    primary_hover="#9AC6F8",
    on_primary="#0B1B2E",
    primary_soft="#1B3047",
    sel="#213A57",
    focus="#9AC6F8",
    paid_row="#16321F",
    paid_sel="#1F4A2D",
    paid_badge="#7AD596",
    on_paid_badge="#08210F",
    paid_text="#8EDDA5",
    pause_bg="#262B47",
    pause_text="#BDC4F5",
    soon_bg="#3A2C0C",
    soon_text="#F3C766",
    soon_line="#E0A93A",
    late_bg="#431B18",
    late_text="#FFB1A8",
    conflict_bg="#3A1F40",
    conflict_text="#E9A9F2",
    offline_bg="#2A323C",
    offline_text="#DCE3EB",
    acked_bg="#123433",
    acked_text="#7FD6D2",
    undo_line="#1B5CAB",
    scrim="#8C000000",
)


@dataclass(frozen=True, slots=True)
class Face:
    """One role of type: size in points, weight 400-700, line height in logical pixels."""

    pt: float
    weight: int
    line: int


class Role(StrEnum):
    """What a text is for; decides size, weight and line height."""

    CAPTION = "caption"
    SMALL = "small"
    BODY = "body"
    ACTION = "action"
    TITLE = "title"
    SUM = "sum"
    FACT = "fact"


FACES: dict[Role, Face] = {
    Role.CAPTION: Face(8.25, 600, 14),
    Role.SMALL: Face(9.0, 400, 16),
    Role.BODY: Face(9.75, 400, 18),
    Role.ACTION: Face(10.5, 600, 20),
    Role.TITLE: Face(12.0, 600, 22),
    Role.SUM: Face(13.5, 600, 24),
    Role.FACT: Face(15.0, 600, 26),
}

FAMILIES = ("Mot Cua Sans", "DejaVu Sans")


class Size:
    """Heights, widths and radii in logical pixels at font size 100 %; pass them through ``theme.px``."""

    TITLE_ROW = 44
    TABLE_ROW = 44
    TABLE_HEADER = 28
    QUEUE_ITEM = 32
    QUEUE_GROUP = 28
    RAIL = 56
    RAIL_ITEM = 40
    FIELD = 30
    PRIMARY = 38
    CHIP = 18
    FILTER_CHIP = 24
    TAB = 31
    OUTBOX_ROW = 52
    STATUS_BAR = 26
    UNDO_BAR = 44
    KEY_CAP = 18
    STRIPE = 4
    ICON = 17
    HIT = 24
    RADIUS_CHIP = 4
    RADIUS_FIELD = 6
    RADIUS_CARD = 8
    RADIUS_DIALOG = 10
    RING = 2
    DIALOG_MAX_WIDTH = 1060
    DIALOG_MAX_HEIGHT = 620
