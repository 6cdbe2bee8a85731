"""Cần xem lại: a list of what waits at the left, one decision with its two facts and its ways out at the right.

Nothing is chosen beforehand and nothing solves itself; the blue button stays grey until the officer has picked.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.errors import KnownError
from app.services import decisions
from app.services.desk import Desk
from ui import keys, theme
from ui.decisions.facts import FactsPane
from ui.pages import Page
from ui.present.decisions import DecisionView, decision_view
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.parts import Scroller, empty, rule
from ui.widgets.plain_label import PlainLabel
from ui.widgets.radio_card import RadioCard

_LIST_WIDTH = 300


class DecisionTile(QWidget):
    """One decision in the list. Signals: ``picked(str)``; ``stepped(int)`` an arrow asks for the next or the last."""

    picked = Signal(str)
    stepped = Signal(int)

    def __init__(self, view: DecisionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.set_chosen(False)
        self.setAccessibleName(f"{view.chip[0]}, {view.name}, {view.code}, {view.summary}, {view.since}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.addWidget(Chip(*view.chip))
        head.addStretch(1)
        head.addWidget(PlainLabel(view.since_short, role=Role.SMALL, tone="text_2", figures=True))
        column.addLayout(head)
        column.addWidget(PlainLabel(view.name, weight=600, elide=True))
        column.addWidget(PlainLabel(view.code, role=Role.SMALL, tone="text_2", figures=True))
        column.addWidget(PlainLabel(view.summary, role=Role.SMALL, tone="text_2", figures=True, elide=True))

    def set_chosen(self, chosen: bool) -> None:
        """Show which decision stands at the right; Tab stops at this one only, arrows go to the others."""
        self._chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picked.emit(self._view.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        edge, width = ("primary", 2) if self._chosen else ("line", 1)
        painting.draw_box(QPainter(self), self.rect(), "surface", edge, Size.RADIUS_CARD, width=width)


class DecisionsPage(Page):
    """What a human must decide, one case at a time."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._tasks = desk, tasks
        self._views: tuple[DecisionView, ...] | None = None
        self._picked = ""
        self.tiles: dict[str, DecisionTile] = {}
        self._busy = False
        self.choices: tuple[RadioCard, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(0)
        self._list = Scroller()
        self._list.setFixedWidth(theme.px(_LIST_WIDTH))
        row.addWidget(self._list)
        row.addWidget(rule(vertical=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        self._facts = FactsPane()
        right.addWidget(self._facts, 1)
        right.addWidget(self._build_ways())
        right.addStretch(0)
        right.addWidget(self._build_foot())
        row.addLayout(right, 1)
        column.addLayout(row, 1)

    def _build_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(Size.TITLE_ROW))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.addWidget(PlainLabel(self.tr("Cần xem lại"), role=Role.TITLE))
        self._count = PlainLabel(tone="text_2", figures=True)
        row.addWidget(self._count)
        row.addStretch(1)
        return head

    def _build_ways(self) -> QWidget:
        """Return what stays in sight while the facts scroll: what was refused just now, and the ways out."""
        self._ways = QWidget()
        self._group = QButtonGroup(self._ways)
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        column.setSpacing(theme.px(6))
        self.problem = Banner("refused", "")
        column.addWidget(self.problem)
        column.addWidget(PlainLabel(self.tr("Chọn cách xử lý"), weight=600))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(6))
        column.addLayout(self._cards)
        return self._ways

    def _build_foot(self) -> QWidget:
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(theme.px(20), theme.px(6), theme.px(20), theme.px(6))
        row.setSpacing(theme.px(8))
        said = PlainLabel(self.tr("Ghi vào sổ, kèm tên bạn và giờ."), role=Role.SMALL, tone="text_3", elide=True)
        row.addWidget(said, 1)
        self.open_button = Button(self.tr("Mở hồ sơ"))
        self.open_button.clicked.connect(self._open)
        self.primary = Button(self.tr("Xác nhận cách xử lý"), kind="primary", key=keys.cap("next"))
        self.primary.clicked.connect(self.confirm)
        row.addWidget(self.open_button)
        row.addWidget(self.primary)
        return self._foot

    def refresh(self) -> None:
        """Read what waits for a decision."""
        desk = self._desk

        def read() -> tuple[DecisionView, ...]:
            now = desk.clock.now()
            return tuple(decision_view(item, now) for item in decisions.waiting(desk))

        self._tasks.query(read, self._came, owner=self)

    def _came(self, views: tuple[DecisionView, ...]) -> None:
        if views == self._views:
            return
        before, self._views = self.shown(), views
        focus = self.window().focusWidget()
        in_list, had_focus = self._list.isAncestorOf(focus), self.isAncestorOf(focus)
        self._count.setText(str(len(views)))
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(8))
        self.tiles = {}
        for view in views:
            tile = DecisionTile(view)
            tile.picked.connect(self.pick)
            tile.stepped.connect(self._step)
            self.tiles[view.id] = tile
            column.addWidget(tile)
        never = self.tr("Việc ở đây không tự mất và không tự giải quyết. Bỏ qua thì mai vẫn còn.")
        column.addWidget(PlainLabel(never, role=Role.SMALL, tone="text_3", wrap=True))
        column.addStretch(1)
        self._list.setWidget(body)
        ids = [view.id for view in views]
        keep = self._picked if self._picked in ids else (ids[0] if ids else "")
        same = before is not None and before == self.shown()
        if same:  # the officer is at it: nothing chosen or refused there is lost
            self._light(keep)
        else:
            self._picked = ""
            self.pick(keep) if keep else self._show_nothing()
        self._line_up()
        if in_list and self._picked:  # what had the keyboard is gone
            self.tiles[self._picked].setFocus(Qt.FocusReason.OtherFocusReason)
        elif (had_focus and not same) or self.hasFocus():  # gone too, or the officer came before the decisions did
            self._to_choices(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        ids = list(self.tiles)
        to = ids.index(self._picked) + by
        if 0 <= to < len(ids):
            self.tiles[ids[to]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line_up(self) -> None:
        """Let Tab go through the decisions to the ways out, then to the foot: the first two are made anew again."""
        before: QWidget = self
        for after in (*self.tiles.values(), *self.choices, self.open_button, self.primary):
            QWidget.setTabOrder(before, after)
            before = after

    def _show_nothing(self) -> None:
        self._facts.tell_nothing(EmptyState("check-circle", self.tr("Không có việc nào cần bạn quyết định.")))
        self._ways.hide()
        self._foot.hide()
        self.choices = ()

    def pick(self, decision_id: str) -> None:
        """Show one decision at the right, nothing chosen."""
        if decision_id == self._picked:
            return
        self._picked = decision_id
        self._light(decision_id)
        view = self.shown()
        if view is not None:
            self._facts.tell(view)
            self._offer(view)
            self._ways.show()
            self._foot.show()
            self._line_up()
            self._dress()

    def _light(self, decision_id: str) -> None:
        for own, tile in self.tiles.items():
            tile.set_chosen(own == decision_id)

    def views(self) -> tuple[DecisionView, ...]:
        """Return everything that waits."""
        return self._views or ()

    def shown(self) -> DecisionView | None:
        """Return the decision at the right."""
        return next((view for view in self.views() if view.id == self._picked), None)

    def _offer(self, view: DecisionView) -> None:
        """Show the ways out of one decision, none chosen."""
        self.problem.hide()
        empty(self._cards)
        made = []
        for choice in view.choices:
            tag = self.tr("Nên chọn") if choice.recommended else ""
            card = RadioCard(choice.title, choice.consequence, tag=tag, reason=choice.reason)
            card.toggled.connect(lambda _on: self._dress())
            self._group.addButton(card)
            self._cards.addWidget(card)
            made.append(card)
        self.choices = tuple(made)

    def _dress(self) -> None:
        chosen = self._chosen()
        self.primary.set_reason("" if chosen else self.tr("Chọn một cách xử lý trước."))

    def _chosen(self) -> str:
        view = self.shown()
        if view is None:
            return ""
        return next((c.id for c, card in zip(view.choices, self.choices, strict=True) if card.isChecked()), "")

    def confirm(self) -> None:
        """Carry out the chosen way; Ctrl+Enter comes here as well."""
        desk, decision_id, choice = self._desk, self._picked, self._chosen()
        if self._busy or not choice:
            return
        self._busy = True
        self._tasks.command(
            lambda: decisions.decide(desk, decision_id, choice), self._done,
            lambda error: self._failed(decision_id, error), owner=self,
        )  # fmt: skip

    def _done(self, _acted: object) -> None:
        self._busy = False
        self.refresh()

    def _failed(self, decision_id: str, error: KnownError) -> None:
        """Say it at the decision; over the pages when another one stands there by now, or none."""
        self._busy = False
        if decision_id != self._picked:
            self._tasks.known.emit(error)
            return
        self.problem.set_state("refused", texts.of(error))
        self.problem.show()

    def _open(self) -> None:
        view = self.shown()
        if view is not None:
            self.open_asked.emit(view.dossier_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down read on in the facts, whatever has the keyboard here."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self._facts.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep() * (1 if event.key() == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason and self._picked:
            self.tiles[self._picked].setFocus(event.reason())
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self.focusNextPrevChild(False)
        else:
            self._to_choices(event.reason())

    def _to_choices(self, reason: Qt.FocusReason) -> None:
        first = next((card for card in self.choices if card.isEnabled()), None)
        if first is not None:
            first.setFocus(reason)
