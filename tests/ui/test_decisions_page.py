"""Cần xem lại in a low window: the ways out stay in sight, and the facts above them are read with the keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.edits import Clash
from app.services.views import Choice, Decision
from tests.ui.desk_fixture import Office
from tests.ui.test_present_decisions import COPIED, NOW, PAPER, REFUSED, TWICE, edited
from tests.ui.window_fixture import until
from ui.decisions.page import DecisionsPage
from ui.present.decisions import decision_view
from ui.tasks import Tasks

LOW = (1037, 474)  # beside the rail, between search and status bar, at 1366×768 and 125 %
PHONE = Clash("applicant.phone", "0905123456", "0905222222", "0905111111")
ADDRESS = Clash(
    "submitter.address", "Tổ 6, phường Nha Trang, tỉnh Khánh Hòa", "Tổ 8, phường Bắc Nha Trang, tỉnh Khánh Hòa",
    "Thôn Phước Lợi, xã Diên Khánh, tỉnh Khánh Hòa",
)  # fmt: skip
PAPERS = Clash("components", (PAPER,), (PAPER, COPIED), (COPIED,))
THREE_WAYS = replace(
    REFUSED, choices=(*REFUSED.choices, Choice("n", "decision-new-number", "decision-new-number-effect"))
)


@pytest.mark.parametrize(
    ("decision", "ways", "reads_on"),
    [
        (TWICE, 2, False),
        (edited(PHONE, PAPERS), 2, False),
        (edited(PHONE, ADDRESS, PAPERS), 2, True),
        (THREE_WAYS, 3, True),
    ],
    ids=["paid twice", "two fields", "three fields", "three ways out"],
)
def test_every_way_out_is_seen_in_a_low_window_and_page_down_reads_the_facts(
    qtbot, here: Office, decision: Decision, ways: int, reads_on: bool
) -> None:
    tasks = Tasks()
    page = DecisionsPage(here.desk(), tasks)
    qtbot.addWidget(page)
    page.resize(*LOW)
    page.show()
    page._came((decision_view(decision, NOW),))
    bar = page._facts.verticalScrollBar()
    assert len(page.choices) == ways

    def settled() -> bool:
        return all(card.width() > 600 and card.height() < 90 for card in page.choices)  # as its words want it

    until(settled, "the ways out in their places")
    for card in page.choices:
        assert card.visibleRegion().boundingRect() == card.rect(), card.text()
    assert (bar.maximum() > 0) is reads_on
    page.choices[0].setFocus()
    QTest.keyClick(page.choices[0], Qt.Key.Key_PageDown)
    assert (bar.value() > 0) is reads_on
    QTest.keyClick(page.choices[0], Qt.Key.Key_PageUp)
    assert bar.value() == 0
    tasks.close()


def test_what_is_chosen_stays_chosen_while_another_decision_arrives(qtbot, here: Office) -> None:
    """A page of the feed may come while the officer decides; only what is said otherwise is to be read again."""
    tasks = Tasks()
    page = DecisionsPage(here.desk(), tasks)
    qtbot.addWidget(page)
    page.resize(*LOW)
    page.show()
    edit = edited(PHONE)
    mine, other = decision_view(edit, NOW), decision_view(replace(TWICE, id="another"), NOW)
    page._came((mine,))
    until(lambda: page.choices[1].isVisible(), "the ways out")
    page.choices[1].setChecked(True)
    page.choices[1].setFocus()
    page._came((other, mine))
    assert page.shown() == mine
    assert [card.isChecked() for card in page.choices] == [False, True]
    assert page.primary.isEnabled()
    assert page.window().focusWidget() is page.choices[1]
    assert [tile.focusPolicy() is Qt.FocusPolicy.StrongFocus for tile in page.tiles.values()] == [False, True]

    page._came((other, decision_view(edited(replace(PHONE, theirs="0905999999")), NOW)))
    assert [card.isChecked() for card in page.choices] == [False, False]
    assert not page.primary.isEnabled()
    tasks.close()
