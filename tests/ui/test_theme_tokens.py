"""Colours that can be told apart, figures that line up, text that stays plain."""

from __future__ import annotations

import ast
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF

from tests.ui.conftest import RESOURCES
from ui import theme
from ui.theme import style
from ui.theme.icons import IconSet
from ui.theme.tokens import DARK, FACES, LIGHT, Role, Tokens
from ui.widgets.painting import CHIPS
from ui.widgets.plain_label import PlainLabel

UI = Path(__file__).resolve().parents[2] / "ui"

# words on ground, least ratio (WCAG 2.2 AA: 4.5 for text, 3 for edges and marks)
PAIRS = [
    ("text", "surface", 4.5), ("text", "bg", 4.5), ("text", "sel", 4.5), ("text", "paid_sel", 4.5),
    ("text_2", "surface", 4.5), ("text_2", "sel", 4.5), ("text_2", "paid_row", 4.5), ("text_2", "paid_sel", 4.5),
    ("text_2", "sunken", 4.5), ("text_3", "surface", 4.5), ("text_3", "bg", 4.5), ("on_primary", "primary", 4.5),
    ("on_primary", "primary_hover", 4.5), ("primary", "surface", 4.5), ("primary", "primary_soft", 4.5),
    ("on_paid_badge", "paid_badge", 4.5), ("paid_text", "paid_row", 4.5), ("pause_text", "pause_bg", 4.5),
    ("soon_text", "soon_bg", 4.5), ("late_text", "late_bg", 4.5), ("conflict_text", "conflict_bg", 4.5),
    ("offline_text", "offline_bg", 4.5), ("surface", "offline_text", 4.5), ("acked_text", "acked_bg", 4.5),
    ("line_strong", "surface", 3.0), ("line_strong", "bg", 3.0), ("focus", "surface", 3.0), ("focus", "paid_sel", 3.0),
    ("soon_line", "surface", 3.0),
]


def luminance(value: str) -> float:
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read(look: Tokens, words: str, ground: str, least: float) -> None:
    a, b = sorted((luminance(getattr(look, words)), luminance(getattr(look, ground))), reverse=True)
    assert (a + 0.05) / (b + 0.05) >= least


def test_the_window_uses_its_own_family() -> None:
    assert QFontInfo(theme.font(Role.BODY)).family() == "Mot Cua Sans"


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_all_figures_are_equally_wide(weight: int) -> None:
    metrics = QFontMetricsF(theme.font(Role.TITLE, weight, figures=True))
    assert len({round(metrics.horizontalAdvance(digit * 8), 2) for digit in "0123456789"}) == 1


def test_the_style_sheet_knows_every_token_and_no_type_in_pixels() -> None:
    sheet = style.build(LIGHT, 112)
    assert all(f'tone="{name}"' in sheet for name in asdict(LIGHT))
    assert "font-size: 10.92pt" in sheet
    assert "font-size: " in sheet
    assert not [line for line in sheet.splitlines() if "font-size" in line and "px;" in line.split("font-size")[1][:12]]


def test_no_icon_lies_about_that_the_window_never_names() -> None:
    named = {
        node.value
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted({path.stem for path in (RESOURCES / "icons").glob("*.svg")} - named) == []


def test_every_icon_named_in_the_window_exists() -> None:
    icons = IconSet(RESOURCES / "icons")
    named = {style.icon for style in CHIPS.values() if style.icon}
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("pixmap", "draw_icon", "icon"):
                for value in node.args:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        named.add(value.value)
    named -= set(asdict(LIGHT))
    assert sorted(name for name in named if not icons.has(name)) == []


def test_type_and_heights_grow_together_with_the_setting(qapp) -> None:
    assert (FACES[Role.BODY].pt, theme.font(Role.BODY).pointSizeF(), theme.px(44)) == (9.75, 9.75, 44)
    theme.install(qapp, RESOURCES, scale=125)
    try:
        assert (theme.font(Role.BODY).pointSizeF(), theme.px(44), theme.line(Role.BODY)) == (12.1875, 55, 22)
    finally:
        theme.install(qapp, RESOURCES)


def test_a_label_never_shows_rich_text() -> None:
    label = PlainLabel("<b>Trần</b> &amp; con")
    label.setTextFormat(Qt.TextFormat.RichText)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>Trần</b> &amp; con"


def test_fifty_one_thousand_calls_into_qt_do_not_kill_the_program() -> None:
    """PySide6 6.12.0 on CPython 3.11 loses a reference to None at every call and dies after some 5,200."""
    label = PlainLabel("")
    for number in range(51_000):
        label.setText(str(number))
    assert label.text() == "50999"
