"""Before the desk: which portal, one blue button that opens the browser, and what stands in the way if it does not go.

A password is never typed here. Signing in runs elsewhere through a function that was handed in; this page only shows
how far it is and lets the officer stop it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.errors import KnownError
from ui import theme
from ui.frame import Mark
from ui.present.wording import short_name
from ui.tasks import Job, Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.form_row import FormRow
from ui.widgets.parts import rule
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import ComboBox

_WIDTH = 448


class Attempt(Protocol):
    """A sign-in under way."""

    def cancel(self) -> None:
        """End it; any thread."""
        ...


SignInDoor = Callable[[str, Callable[[Any], None]], Any]
"""Signs in at a portal's address and returns the open desk; tells the running ``Attempt``. Worker threads only."""


class SignInPage(QWidget):
    """Signals: ``signed_in(object)`` with the open desk; ``pin_asked()`` open the desk locked, for its PIN."""

    signed_in = Signal(object)
    pin_asked = Signal()

    def __init__(
        self,
        tasks: Tasks,
        sign_in: SignInDoor,
        portals: Callable[[], tuple[tuple[str, str], ...]],
        *,
        unsent: Callable[[], tuple[tuple[str, int], ...]] = tuple,
        pin_holder: Callable[[], str] = str,
        hotline: str = "",
        version: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks, self._sign_in, self._unsent, self._portals = tasks, sign_in, unsent, portals
        self._pin_holder = pin_holder
        self._attempt: Attempt | None = None
        self._job: Job[Any] | None = None
        self._reading: Job[Any] | None = None
        self._wanted = False
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card(hotline, version))
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)

    def _card(self, hotline: str, version: str) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(theme.px(28), theme.px(28), theme.px(28), theme.px(20))
        body.setSpacing(theme.px(10))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Mark(34))
        head.addWidget(PlainLabel(self.tr("Một Cửa"), role=Role.FACT), 1)
        body.addLayout(head)
        body.addSpacing(theme.px(8))
        self.portal = ComboBox()
        body.addWidget(FormRow(self.tr("Cổng dịch vụ công"), self.portal))
        self.button = Button(self.tr("Đăng nhập qua trình duyệt"), kind="primary", large=True, icon="globe")
        self.button.clicked.connect(self.begin)
        body.addWidget(self.button)
        self.stop = Button(self.tr("Dừng đăng nhập"))
        self.stop.clicked.connect(self.cancel)
        self.stop.hide()
        body.addWidget(self.stop)
        self.hint = PlainLabel(self._explained(), role=Role.SMALL, tone="text_3", wrap=True)
        body.addWidget(self.hint)
        self.problem = Banner("refused", "")
        self.problem.hide()
        body.addWidget(self.problem)
        self.others = Banner("info", "")
        self.others.hide()
        body.addWidget(self.others)
        self.with_pin = Button("", icon="lock")
        self.with_pin.clicked.connect(self.pin_asked)
        self.with_pin.hide()
        body.addWidget(self.with_pin)
        column.addLayout(body)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(28), theme.px(8), theme.px(28), theme.px(8))
        support = self.tr("Hỗ trợ: {0}").format(hotline) if hotline else ""
        foot.addWidget(PlainLabel(support, role=Role.SMALL, tone="text_3", figures=True))
        foot.addStretch(1)
        said = self.tr("Phiên bản {0}").format(version) if version else ""
        foot.addWidget(PlainLabel(said, role=Role.SMALL, tone="text_3", figures=True))
        column.addLayout(foot)
        return card

    def _explained(self) -> str:
        return self.tr("Mở trang đăng nhập của Cổng. Mật khẩu gõ trên trang đó, không gõ vào chương trình này.")

    def appear(self) -> None:
        """Read which portals there are and whose unsent work lies here; the focus goes to the button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tasks.query(self._portals, self._told_portals, self._failed, owner=self)
        unsent, holder = self._unsent, self._pin_holder
        self._reading = self._tasks.query(
            lambda: (unsent(), holder()), self._told_kept, lambda _error: self._told_kept(((), "")), self
        )

    def show_busy(self, words: str) -> None:
        """Say that something is being done before anyone can sign in."""
        self.button.setEnabled(False)
        self.hint.setText(words)

    def show_ready(self, error: KnownError | None = None) -> None:
        """Let the officer sign in; ``error`` says why the last one did not work."""
        self.button.setEnabled(True)
        self.stop.hide()
        self.hint.setText(self._explained())
        self.problem.setVisible(error is not None)
        if error is not None:
            kind = "info" if error.code == "sign-in-cancelled" else "refused"
            self.problem.set_state(kind, texts.of(error))

    def begin(self) -> None:
        """Open the browser."""
        if self._job is not None and not self._job.finished:
            return
        if self._reading is not None and not self._reading.finished:
            self._wanted = True  # it holds the profile; signing in begins as soon as it is done
            self.show_busy(self.tr("Đang xem việc chưa gửi trên máy này…"))
            return
        address = self.portal.key()
        self.problem.hide()
        self.show_busy(self.tr("Đang chờ bạn đăng nhập xong trong trình duyệt…"))
        self.stop.show()
        self._job = self._tasks.query(lambda: self._sign_in(address, self._started), self._done, self._failed, self)

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        if self._attempt is not None:
            self._attempt.cancel()

    def _started(self, attempt: Attempt) -> None:
        self._attempt = attempt

    def _done(self, desk: Any) -> None:
        self._attempt = None
        self.show_ready()
        self.signed_in.emit(desk)

    def _failed(self, error: KnownError) -> None:
        self._attempt = None
        self.show_ready(error)

    def _told_portals(self, found: tuple[tuple[str, str], ...]) -> None:
        self.portal.clear()
        for name, address in found:
            self.portal.addItem(name, address)

    def _told_kept(self, kept: tuple[tuple[tuple[str, int], ...], str]) -> None:
        found, pin_holder = kept
        self.with_pin.setVisible(bool(pin_holder))
        self.with_pin.set_text(self.tr("Mất mạng? Mở khóa bằng mã PIN của {0}").format(short_name(pin_holder)))
        self.others.setVisible(bool(found))
        if found:
            parts: list[str] = [self.tr("Máy này đang giữ ")]
            for at, (name, count) in enumerate(found):
                parts += ["" if at == 0 else ", ", self.tr("{0} việc chưa gửi của ").format(count), Bold(name)]
            self.others.set_state("info", *parts, self.tr(". Người khác đăng nhập cũng không làm mất."))
        if self._wanted:
            self._wanted = False
            self.begin()
