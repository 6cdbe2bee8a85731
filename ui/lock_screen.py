"""What a locked window shows: the program's name, whose desk it is, a field for the PIN, and nothing of any citizen.

Stands apart from ``ui.locking``, which closes the window to eyes and hands; this only asks for the PIN.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app import texts
from app.domain.people import Officer
from app.errors import KnownError
from app.services.lock import MOST, Standing
from ui import theme
from ui.frame import Mark
from ui.present.queues import role_of
from ui.present.wording import ROLE_WORDS
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.form_row import FormRow
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

_LEFT, _RIGHT = 448, 310


class PinField(TextField):
    """A field for digits that stay hidden; a scanner's line lands here and nowhere else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setMaxLength(MOST)
        self.setProperty("takes_scan", True)


class LockScreen(QWidget):
    """Covers the whole window. Signals: ``tried(str)`` digits to judge; ``sign_in_asked()``."""

    tried = Signal(str)
    sign_in_asked = Signal()

    def __init__(self, officer: Officer, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._has_pin = True
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        halves = QHBoxLayout(card)
        halves.setContentsMargins(1, 1, 1, 1)
        halves.setSpacing(0)
        halves.addWidget(self._left())
        self._pin_half = self._right(officer, place)
        halves.addWidget(self._pin_half)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)

    def _left(self) -> QWidget:
        half, column = _half(_LEFT)
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Mark(34))
        head.addWidget(PlainLabel(self.tr("Một Cửa"), role=Role.FACT), 1)
        column.addLayout(head)
        column.addSpacing(theme.px(8))
        self.since = PlainLabel("", role=Role.TITLE, figures=True)
        column.addWidget(self.since)
        column.addWidget(PlainLabel(
            self.tr("Thông tin công dân đã được che. Việc đang chờ vẫn tự gửi khi màn hình khóa."),
            tone="text_2", wrap=True,
        ))  # fmt: skip
        column.addStretch(1)
        self.sign_in = Button(self.tr("Đăng nhập qua trình duyệt"), icon="globe")
        self.sign_in.clicked.connect(self.sign_in_asked)
        column.addWidget(self.sign_in)
        self.why = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True)
        self.why.setMinimumHeight(2 * theme.line(Role.SMALL))
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.why)
        return half

    def _right(self, officer: Officer, place: str) -> QWidget:
        half, column = _half(_RIGHT)
        half.setObjectName("pane")
        half.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column.addWidget(PlainLabel(self.tr("Mở khóa bằng mã PIN"), role=Role.ACTION))
        column.addWidget(PlainLabel(
            self.tr("Mở được cả khi mất mạng: làm tiếp với số liệu trên máy, việc gửi sau."),
            role=Role.SMALL, tone="text_2", wrap=True,
        ))  # fmt: skip
        who = QHBoxLayout()
        who.setSpacing(theme.px(8))
        who.addWidget(Icon("user-circle", size=24))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(PlainLabel(officer.name, weight=600, elide=True))
        names.addWidget(PlainLabel(f"{ROLE_WORDS[role_of(officer)]} · {place}", role=Role.SMALL, tone="text_2",
                                   elide=True))  # fmt: skip
        who.addLayout(names, 1)
        column.addLayout(who)
        self.pin = PinField()
        self.pin.returnPressed.connect(self._try)
        self._row = FormRow(self.tr("Mã PIN"), self.pin)
        column.addWidget(self._row)
        self.open_button = Button(self.tr("Mở khóa"), kind="primary")
        self.open_button.clicked.connect(self._try)
        column.addWidget(self.open_button)
        column.addWidget(PlainLabel(
            self.tr("Sai 5 lần phải đăng nhập lại qua trình duyệt."), role=Role.SMALL, tone="text_3", wrap=True
        ))  # fmt: skip
        return half

    def appear(self, since: str) -> None:
        """Show the screen with the moment it was locked; the PIN is asked anew."""
        self.since.setText(since)
        self.pin.clear()
        self._row.set_error("")
        self.show()
        self.raise_()
        self.take_focus()

    def set_standing(self, standing: Standing) -> None:
        """Leave the PIN out where there is none, or none is believed any more."""
        self._has_pin = standing.has_pin and standing.tries_left > 0
        self._pin_half.setVisible(self._has_pin)
        spent = texts.sentence("pin-spent", tries=5) if standing.has_pin else ""
        none = self.tr("Bàn này chưa đặt mã PIN nên phải đăng nhập lại để mở. Việc chưa gửi vẫn được giữ.")
        with_pin = self.tr("Đăng nhập lại, hoặc người khác đăng nhập. Việc chưa gửi không mất.")
        self.why.setText(with_pin if self._has_pin else spent or none)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where it is wanted."""
        (self.pin if self._has_pin else self.sign_in).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: KnownError) -> None:
        """Say that the PIN was not right, and how many tries are left."""
        self.set_busy(False)
        self.pin.clear()
        self._row.set_error(texts.of(error))
        self.take_focus()

    def set_busy(self, busy: bool) -> None:
        """Take no second try while one is judged."""
        self.open_button.setEnabled(not busy)
        self.pin.setReadOnly(busy)

    def _try(self) -> None:
        if self.open_button.isEnabled() and self.pin.text():
            self.set_busy(True)
            self.tried.emit(self.pin.text())


def _half(width: int) -> tuple[QWidget, QVBoxLayout]:
    half = QWidget()
    half.setFixedWidth(theme.px(width))
    column = QVBoxLayout(half)
    column.setContentsMargins(theme.px(26), theme.px(26), theme.px(26), theme.px(22))
    column.setSpacing(theme.px(10))
    return half, column
