"""What surrounds every page: title row, side bar, status row.

Stands apart from the window, which only docks these and decides who is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.people import Officer
from app.domain.words import Role as OfficerRole
from ui import keys, theme
from ui.desk.queue_list import QueueList
from ui.desk.room import LEAST_SIDE, MOST_SIDE, screen_name
from ui.present.queues import role_of
from ui.present.wording import ROLE_WORDS, short_name
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chip import KeyCap
from ui.widgets.pane_grip import PaneGrip
from ui.widgets.parts import rule
from ui.widgets.plain_label import PlainLabel, RunsLabel
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from ui.present.connection import StatusView
    from ui.remembered import Remembered

SIDE_WIDTH, SIDE_WIDE = 222, 240


class Mark(QWidget):
    """The program's mark: a blue square with a one."""

    def __init__(self, side: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setFixedSize(theme.px(side), theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.draw_box(painter, self.rect(), "primary", "", Size.RADIUS_FIELD)
        role = Role.TITLE if self._side > 28 else Role.BODY
        middle = Qt.AlignmentFlag.AlignHCenter
        painting.draw_text(painter, self.rect(), "1", theme.font(role, 700), "on_primary", middle)


class SearchField(TextField):
    """The search field of the title row; ↓ and Enter go into the list. Signals: ``into_list()``, ``left()`` Esc."""

    into_list = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.into_list.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TitleRow(QWidget):
    """Name, unit, search, *Mọi thao tác*, officer.

    Signals: ``palette_asked()``, ``command_asked(str)`` from the officer's menu.
    """

    palette_asked = Signal()
    command_asked = Signal(str)

    def __init__(self, officer: Officer, unit_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(Size.TITLE_ROW))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        self._unit = PlainLabel(unit_name, tone="text_2", elide=True)
        left = QWidget()
        self._left = left
        inner = QHBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(8))
        inner.addWidget(Mark())
        inner.addWidget(PlainLabel(self.tr("Một Cửa"), role=Role.ACTION))
        inner.addWidget(self._unit, 1)
        row.addWidget(left)
        self.search = SearchField(icon="magnifying-glass", key=keys.cap("search"))
        self.search.setAccessibleName(self.tr("Tìm hồ sơ"))
        self.search.setMaximumWidth(theme.px(430))
        row.addWidget(self.search, 3)
        row.addStretch(1)
        self.palette_button = Button(self.tr("Mọi thao tác"), kind="bare", key=keys.cap("palette"))
        self.palette_button.clicked.connect(self.palette_asked)
        row.addWidget(self.palette_button)
        row.addWidget(self._officer(officer))

    def _officer(self, officer: Officer) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme.px(6), 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._who = IconButton("user-circle", self.tr("Tài khoản {0}").format(officer.name), size=30)
        self._who.clicked.connect(self._menu)
        row.addWidget(self._who)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(PlainLabel(short_name(officer.name), role=Role.SMALL, weight=600))
        self._role = PlainLabel(ROLE_WORDS[role_of(officer)], role=Role.SMALL, tone="text_2")
        words.addWidget(self._role)
        words.addStretch(1)
        row.addLayout(words)
        return holder

    def _menu(self) -> None:
        menu = QMenu(self)
        lines = (
            ("keys", "keyboard", self.tr("Bảng phím")),
            ("privacy", "eye-slash", self.tr("Che tên, số của công dân")),
            ("lock", "lock", self.tr("Khóa màn hình")),
            ("set_pin", "lock", self.tr("Đặt mã PIN…")),
            ("settings", "gear", self.tr("Cài đặt của đơn vị…")),
            ("sign_out", "sign-out", self.tr("Đăng xuất")),
        )
        for command, icon, label in lines:
            line = menu.addAction(theme.icon(icon), label)
            line.triggered.connect(lambda _on=False, name=command: self.command_asked.emit(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._who.mapToGlobal(self._who.rect().bottomLeft()))

    def set_room(self, width: int) -> None:
        """Leave words out as the window gets narrow; the search field begins where the list does."""
        narrow = width < 1200
        self._unit.setVisible(not narrow)
        self.palette_button.setVisible(not narrow)
        self._role.setVisible(not narrow)
        self._left.setFixedWidth(theme.px(112 if narrow else 236))
        short = self.tr("Tìm mã, tên, số định danh, thủ tục")
        full = self.tr("Tìm mã, tên, số định danh, thủ tục – gõ không dấu")
        self.search.setPlaceholderText(short if narrow else full)


class SideBar(QWidget):
    """The queues with the keys that change them; collapses to the rail. ``edge`` is the line at its right.

    Above them, for who receives at the counter, the way there. Signals: ``counter_asked()``.
    """

    counter_asked = Signal()

    def __init__(self, officer: Officer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._receives = role_of(officer) is OfficerRole.RECEPTION
        icon, words, cap = "identification-card", self.tr("Tiếp nhận tại quầy"), keys.cap("counter")
        self.counter = Button(words, icon=icon, key=cap)
        self._counter_of_rail = IconButton(icon, f"{words} ({cap})", outlined=True, size=36)
        self.queues = QueueList()
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(10))
        foot.setSpacing(theme.px(5))
        for cap, words in (("Alt+1…9", self.tr("đổi hàng")), ("?", self.tr("phím"))):
            foot.addWidget(KeyCap(cap))
            foot.addWidget(PlainLabel(words, role=Role.SMALL, tone="text_3"))
        foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(self.counter)
        self._column.addWidget(self._counter_of_rail, 0, Qt.AlignmentFlag.AlignHCenter)
        for button in (self.counter, self._counter_of_rail):
            button.clicked.connect(self.counter_asked)
        self._column.addWidget(self.queues, 1)
        self._column.addWidget(self._foot)
        self.edge = rule(vertical=True)
        self._remembered: Remembered | None = None
        self._grip = PaneGrip(self, lambda: (theme.px(LEAST_SIDE), theme.px(MOST_SIDE)), at_left=False)
        self._grip.dragged.connect(self._keep)
        self._grip.reset.connect(lambda: self._keep(0))
        self.set_room(1366)

    def remember(self, remembered: Remembered) -> None:
        """Take the width the officer gave it, and keep the next one."""
        self._remembered = remembered
        remembered.loaded.connect(lambda: self.set_room(self._room))

    def set_room(self, width: int) -> None:
        """Take the width that a window of this width allows."""
        self._room = width
        rail = width < 1200
        side = 0 if rail else theme.px(8)
        self._column.setContentsMargins(side, theme.px(6), side, 0)
        self.queues.set_rail(rail)
        self.counter.setVisible(self._receives and not rail)
        self._counter_of_rail.setVisible(self._receives and rail)
        self._foot.setVisible(not rail)
        self._grip.setVisible(not rail)
        own = theme.px(Size.RAIL if rail else SIDE_WIDE if width >= 1900 else SIDE_WIDTH)
        kept = self._remembered.get(self._name()) if self._remembered and not rail else 0
        self.setFixedWidth(max(theme.px(LEAST_SIDE), min(kept, theme.px(MOST_SIDE))) if kept else own)

    def set_away(self, away: bool) -> None:
        """Leave the room to the table, or come back."""
        self.setVisible(not away)
        self.edge.setVisible(not away)

    def _keep(self, width: int) -> None:
        if self._remembered is not None:
            self._remembered.put(self._name(), width)
            self.set_room(self._room)

    def _name(self) -> str:
        return f"side/{screen_name(self)}"


class _Dot(QWidget):
    """Green while the portal answers, the crossed waves while it does not."""

    def __init__(self) -> None:
        super().__init__()
        self._online = True
        self.setFixedSize(theme.px(16), theme.px(16))

    def set_online(self, online: bool) -> None:
        """Show whether the portal answers."""
        self._online = online
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._online:
            painting.draw_icon(painter, self.rect(), "wifi-slash", "text_2", 14)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("paid_badge"))
        centre = QPointF(QRect(self.rect()).center())
        painter.drawEllipse(centre, theme.px(4), theme.px(4))


class StatusRow(QWidget):
    """The status bar: how the link stands at the left, whose desk at the right.

    Signals: ``asked()`` a click, or the small button beside the words: how it stands in detail; ``veil_asked()`` the
    button that masks names, or shows them again.
    """

    asked = Signal()
    veil_asked = Signal()

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(Size.STATUS_BAR))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), 0, theme.px(12), 0)
        row.setSpacing(theme.px(6))
        self._dot = _Dot()
        self._dot.hide()  # nobody knows yet
        self.words = RunsLabel("", role=Role.SMALL)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.more = IconButton("info", self.tr("Chi tiết đồng bộ"))
        self.more.clicked.connect(self.asked)
        self.more.hide()
        row.addWidget(self._dot)
        row.addWidget(self.words)
        row.addWidget(self.more)
        row.addStretch(1)
        self.veil = IconButton("eye-slash", self.tr("Che tên, số của công dân"))
        self.veil.clicked.connect(self.veil_asked)
        self._veiled = PlainLabel("", role=Role.SMALL, tone="primary", weight=600, figures=True)
        row.addWidget(self.veil)
        row.addWidget(self._veiled)
        row.addWidget(PlainLabel(place, role=Role.SMALL, tone="text_2"))

    def set_status(self, view: StatusView) -> None:
        """Show how the link stands."""
        self._dot.set_online(bool(view.online))
        self._dot.setVisible(view.online is not None)
        self.more.show()
        self.words.set_parts(*view.parts)
        self.setAccessibleName(view.text)

    def show_veil(self, said: str) -> None:
        """Say that names are masked, and how they come back; "" when they are not."""
        self._veiled.setText(said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.more.isVisible():
            self.asked.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(Size.STATUS_BAR))
