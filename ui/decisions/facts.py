"""One decision told: what happened, since when, and its facts side by side.

Stands apart from the page because it alone scrolls: the ways out stay in sight below it, however much there is to
tell and however low the window is.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.present.decisions import DecisionView, FactCard
from ui.theme import Role
from ui.widgets.card import Facts
from ui.widgets.chip import Chip
from ui.widgets.icon import Icon
from ui.widgets.parts import Scroller
from ui.widgets.plain_label import PlainLabel

_ANY_HEIGHT = 16_777_215  # QWIDGETSIZE_MAX


class FactsPane(Scroller):
    """Takes the height of what it tells, and scrolls where the page is lower than that."""

    def tell(self, view: DecisionView) -> None:
        """Show one decision."""
        self.setWidget(_body(view))
        self._fit()

    def tell_nothing(self, instead: QWidget) -> None:
        """Give the whole height to what says that nothing waits."""
        self.setWidget(instead)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        told = self.widget()
        own = told.heightForWidth(self.viewport().width()) if isinstance(told, _Body) else -1
        self.setMaximumHeight(own if own > 0 else _ANY_HEIGHT)


class _Body(QWidget):
    """What is told of one decision."""


def _body(view: DecisionView) -> QWidget:
    body = _Body()
    body.setObjectName("scrolled")
    column = QVBoxLayout(body)
    column.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(6))
    column.setSpacing(theme.px(6))
    head = QHBoxLayout()
    head.setSpacing(theme.px(8))
    head.addWidget(Chip(*view.chip))
    head.addWidget(PlainLabel(view.since, role=Role.SMALL, tone="text_2", figures=True))
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(PlainLabel(view.title, role=Role.TITLE, wrap=True, figures=True))
    column.addWidget(PlainLabel(view.body, tone="text_2", wrap=True, figures=True))
    facts = QHBoxLayout()
    facts.setSpacing(theme.px(12))
    for fact in view.facts:
        facts.addWidget(_card(fact), 1)
    column.addLayout(facts)
    column.addStretch(1)
    return body


def _card(fact: FactCard) -> QWidget:
    card = QFrame()
    card.setObjectName("card")
    card.setAccessibleName(f"{fact.title}: {fact.headline}" if fact.headline else fact.title)
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.px(13), theme.px(7), theme.px(13), theme.px(7))
    column.setSpacing(theme.px(3))
    head = QHBoxLayout()
    head.setSpacing(theme.px(8))
    head.addWidget(Icon(fact.icon, "primary"))
    head.addWidget(PlainLabel(fact.title, weight=600), 1)
    column.addLayout(head)
    if fact.headline:
        column.addWidget(PlainLabel(fact.headline, role=Role.FACT, wrap=True, figures=True))
    facts = Facts(86)
    for name, value in fact.rows:
        facts.add(name, value, figures=True)
    column.addWidget(facts)
    column.addStretch(1)
    return card
