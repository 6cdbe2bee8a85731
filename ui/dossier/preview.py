"""The dossier beside the list: who, what state, the one expected next action, and five tabs.

Its header never scrolls. What it shows was put into words elsewhere (``ui.present.dossier``); it only places them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from ui import commands, keys, theme, timers
from ui.dossier import tabs
from ui.papers import FORMS
from ui.present.dossier import DossierView
from ui.present.expected import Action, Actions
from ui.theme import Role
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.parts import Scroller, empty, rule
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.tabs import TabStrip

REVEAL_MS = 10_000
_SIDE = 14


class Preview(QWidget):
    """Shows one ``DossierView``.

    Signals: ``asked(str, str)`` a command of ``ui.commands`` and the notice it is about ("" the dossier);
    ``file_asked(object)`` a ``FileRef`` to look at; ``revealed(str)`` a masked fact was shown; ``open_asked(str)``
    another dossier.
    """

    asked = Signal(str, str)
    file_asked = Signal(object)
    revealed = Signal(str)
    open_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Khung hồ sơ"))
        self._view: DossierView | None = None
        self._narrow = False
        self._open_facts: set[str] = set()
        self._veil = timers.once(self, REVEAL_MS, self._mask_again)
        # Head and body are made in turns of their own: beside a busy sync each takes a while.
        self._top = 0
        self._body_due = timers.once(self, 0, self._fill_anew)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState("files", self.tr("Chọn một hồ sơ trong danh sách.")))
        self._pages.addWidget(self._build())
        covered = self.tr("Đang che hồ sơ này. Chạm phím hoặc chuột để hiện.")
        self._pages.addWidget(EmptyState("eye-slash", covered))
        self._covered = False

    def _build(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(rule())
        self._scroll = Scroller()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName(self.tr("Nội dung hồ sơ"))
        column.addWidget(self._scroll, 1)
        return page

    def _build_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.px(_SIDE), theme.px(7), theme.px(_SIDE), 0)
        column.setSpacing(theme.px(2))
        self._code = PlainLabel(role=Role.SMALL, tone="text_2", weight=600, figures=True)
        copy = IconButton("copy", self.tr("Chép mã hồ sơ"))
        copy.clicked.connect(lambda: self.asked.emit("copy", ""))
        self._channel = PlainLabel(role=Role.SMALL, tone="text_3", figures=True, elide=True)
        self._channel.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = QHBoxLayout()
        first.setSpacing(theme.px(4))
        first.addWidget(self._code)
        first.addWidget(copy)
        first.addWidget(self._channel, 1)
        column.addLayout(first)
        self._name = PlainLabel(role=Role.TITLE, elide=True)
        self._procedure, self._one_line = PlainLabel(wrap=True), PlainLabel(elide=True)
        self._one_line.hide()
        column.addWidget(self._name)
        column.addWidget(self._procedure)
        column.addWidget(self._one_line)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(theme.px(4))
        column.addSpacing(theme.px(3))
        column.addLayout(self._chips)
        column.addSpacing(theme.px(6))
        self.primary = Button("", kind="primary", key=keys.cap("next"), large=True)
        self.primary.clicked.connect(self._press)
        self.dots = IconButton("dots-three", self.tr("Thao tác khác"), outlined=True, size=30)
        self.dots.clicked.connect(self._menu)
        self._more: tuple[Action, ...] = ()
        self._first = QHBoxLayout()
        self._first.setSpacing(theme.px(6))
        self._first.addWidget(self.primary, 1)
        column.addLayout(self._first)
        column.addSpacing(theme.px(4))
        self._secondary = QHBoxLayout()
        self._secondary.setSpacing(theme.px(6))
        column.addLayout(self._secondary)
        self._hint = PlainLabel(role=Role.SMALL, tone="text_3", wrap=True, figures=True)
        hint = QVBoxLayout()
        hint.setContentsMargins(0, theme.px(4), 0, 0)
        hint.addWidget(self._hint)
        column.addLayout(hint)
        names = (self.tr("Hồ sơ"), self.tr("Giấy tờ"), self.tr("Phí"), self.tr("Tiến trình"), self.tr("Thông báo"))
        self.tabs = TabStrip(names)
        self.tabs.currentChanged.connect(self._fill)
        column.addSpacing(theme.px(4))
        column.addWidget(self.tabs)
        return head

    # -- what is shown -----------------------------------------------------------------------------------------------

    def view(self) -> DossierView | None:
        """Return what is shown."""
        return self._view

    def show_view(self, view: DossierView | None) -> None:
        """Show another dossier, the same one anew, or nothing."""
        same = view is not None and self._view is not None and view.id == self._view.id
        if same and view == self._view:
            return
        self._view = view
        self._turn()
        if view is None:
            return
        if not same:
            self._open_facts.clear()
        self._fill_head(view)
        self._top = self._scroll.verticalScrollBar().value() if same else 0
        if not same and self._scroll.widget() is not None:
            self._scroll.takeWidget().deleteLater()
        self._body_due.start()

    def cover(self, covered: bool) -> None:
        """Show nothing of the dossier, whatever comes meanwhile; or show it again."""
        self._covered = covered
        self._turn()

    def _turn(self) -> None:
        self._pages.setCurrentIndex(2 if self._covered else 0 if self._view is None else 1)

    def filled(self) -> bool:
        """Say whether the words below the head are those of the shown dossier."""
        return not self._body_due.isActive()

    def set_narrow(self, narrow: bool) -> None:
        """Collapse for small screens: one line of procedure, no hint, no count on the last tab."""
        self._narrow = narrow
        self._procedure.setVisible(not narrow)
        self._one_line.setVisible(narrow)
        if self._view is not None:
            self._fill_head(self._view)

    def set_tab(self, index: int) -> None:
        """Turn to a tab."""
        if 0 <= index < self.tabs.count():
            self.tabs.setCurrentIndex(index)

    def _fill_head(self, view: DossierView) -> None:
        self._code.setText(view.code)
        self._channel.setText(view.channel.rpartition(" · ")[2] if self._narrow else view.channel)
        self._name.setText(view.name)
        self._procedure.setText(view.procedure)
        self._one_line.setText(view.procedure)
        self._fill_chips(view)
        self._fill_buttons(view)
        self._fill_counts(view)

    def _room(self) -> int:
        return self.width() - 2 * theme.px(_SIDE)

    def _fill_chips(self, view: DossierView) -> None:
        """Place the chips one after the other, on a second line when the first is full."""
        empty(self._chips)
        left = 0
        row: QHBoxLayout | None = None
        for chip in view.chips:
            made = Chip(chip.text, chip.kind, chip.icon)
            width = made.sizeHint().width()
            if row is None or left < width:
                row = QHBoxLayout()
                row.setSpacing(theme.px(6))
                row.addStretch(1)
                self._chips.addLayout(row)
                left = self._room()
            row.insertWidget(row.count() - 1, made)
            left -= width + theme.px(6)

    def _fill_buttons(self, view: DossierView) -> None:
        actions = view.actions
        self.primary.setVisible(actions.primary is not None)
        if actions.primary is not None:
            self.primary.set_text(actions.primary.label)
            self.primary.set_key("" if actions.primary.reason else keys.cap("next"))
            self.primary.set_reason(actions.primary.reason)
        shown, self._more = self._fitting(actions)
        self._first.removeWidget(self.dots)
        self._secondary.removeWidget(self.dots)
        empty(self._secondary)
        for button in shown:
            self._secondary.addWidget(button, button.sizeHint().width())
        (self._secondary if shown else self._first).addWidget(self.dots, 0, Qt.AlignmentFlag.AlignRight)
        self.dots.setVisible(bool(self._more))
        beside = self.dots.sizeHint().width() + theme.px(6) if self._more and not shown else 0
        if self.primary.sizeHint().width() > self._room() - beside:
            self.primary.set_key("")  # the words before the cap
        reason = actions.primary.reason if actions.primary else ""
        words = reason or ("" if self._narrow else actions.hint)
        self._hint.setText(words)
        self._hint.setVisible(bool(words))

    def _fitting(self, actions: Actions) -> tuple[list[Button], tuple[Action, ...]]:
        """Return the secondary buttons that have room, and what goes behind the dots."""
        buttons = [self._button(action) for action in actions.secondary]
        more = actions.more
        room = self._room() - self.dots.sizeHint().width() - theme.px(6)
        while len(buttons) > 1 and sum(b.sizeHint().width() + theme.px(6) for b in buttons) - theme.px(6) > room:
            buttons.pop().deleteLater()
            more = (actions.secondary[len(buttons)], *more)
        return buttons, more

    def _button(self, action: Action) -> Button:
        command = commands.BY_ID[action.id]
        icon = command.icon if action.id in ("suspend", "print_notice") else ""
        button = Button(action.label, key=keys.cap(command.key) if command.key != "print" else "", icon=icon)
        button.set_reason(action.reason)
        button.clicked.connect(lambda: self.asked.emit(action.id, ""))
        return button

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        forms = QMenu(self.tr("In mẫu khác"), menu)
        forms.setIcon(theme.icon("printer"))
        for action in self._more:
            command = commands.BY_ID[action.id]
            into = forms if action.id in FORMS else menu
            line = into.addAction(theme.icon(command.icon), action.label)
            line.setEnabled(not action.reason)
            line.setToolTip(plain_tip(action.reason))
            line.triggered.connect(lambda _on=False, name=action.id: self.asked.emit(name, ""))
        if not forms.isEmpty():
            menu.addMenu(forms)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.dots.mapToGlobal(self.dots.rect().bottomLeft()))

    def _fill_counts(self, view: DossierView) -> None:
        papers = sum(1 for paper in view.papers if paper.files)
        told = None if self._narrow else len(view.notices)
        for at, count in ((1, papers), (2, len(view.notices)), (4, told)):
            self.tabs.set_count(at, count)

    def _fill_anew(self) -> None:
        self._fill()
        self._scroll.verticalScrollBar().setValue(self._top)

    def _fill(self) -> None:
        self._body_due.stop()
        if self._view is None:
            return
        asks = tabs.Asks(self.asked.emit, self.file_asked.emit, self.reveal, self.open_asked.emit)
        body = tabs.build(self.tabs.currentIndex(), self._view, self._open_facts, asks)
        self._scroll.setWidget(body)

    def reveal(self, key: str) -> None:
        """Show a masked fact for ten seconds."""
        self._open_facts.add(key)
        self._veil.start()
        self._fill()
        self.revealed.emit(key)

    def _mask_again(self) -> None:
        self._open_facts.clear()
        self._fill()

    def _press(self) -> None:
        if self._view is not None and self._view.actions.primary is not None and self._view.actions.primary.id:
            self.asked.emit(self._view.actions.primary.id, "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.primary if self.primary.isEnabled() else self.tabs).setFocus(event.reason())
