"""What the citizen reads, beside the form: each channel's own words and the VietQR codes.

Stands apart because it only shows: the words come from the same templates as the real message.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.money import format_dong
from app.domain.words import DeliveryChannel
from app.services.message_preview import MessagePreview
from app.services.notice_preview import ChannelText, NoticePreview, QrCode
from ui import theme
from ui.present.wording import DELIVERY_NAMES, KIND_WORDS, masked
from ui.theme import Role
from ui.widgets.chip import FilterChip
from ui.widgets.parts import empty
from ui.widgets.plain_label import PlainLabel
from ui.widgets.qr_view import QrView

_CHANNELS = (
    (DeliveryChannel.ACCOUNT, "Cổng"),
    (DeliveryChannel.EMAIL, "Thư"),
    (DeliveryChannel.SMS, "SMS"),
)

_ACCOUNT = 1  # a number that is never cut


class CitizenView(QVBoxLayout):
    """The side of the notice dialog: a chooser of channels, the text, and under the portal's text the codes."""

    def __init__(self, *, tight: bool) -> None:
        super().__init__()
        self.setSpacing(theme.px(8))
        self._found: NoticePreview | None = None
        self._channel = DeliveryChannel.ACCOUNT
        self._code = 0
        self._build_chooser()
        self._card = QFrame()
        self._card.setObjectName("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        inside.setSpacing(theme.px(6))
        self.title = PlainLabel("", weight=600, wrap=True, figures=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFont(theme.font(Role.SMALL, figures=True))
        self.text.setStyleSheet("QPlainTextEdit, QPlainTextEdit:focus { border: none; padding: 0; }")
        self.text.document().setDocumentMargin(0)
        self.text.setMinimumHeight(theme.px(56 if tight else 96))
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Công dân sẽ nhận")
        inside.addWidget(self.title)
        inside.addWidget(self.text, 1)
        self._build_codes(inside, tight=tight)
        self.addWidget(self._card, 1)
        self.note = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True)
        self.note.hide()
        self.addWidget(self.note)

    def _build_chooser(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(PlainLabel("Công dân sẽ nhận", weight=600))
        head.addStretch(1)
        self._chips = QButtonGroup(self)
        for at, (channel, name) in enumerate(_CHANNELS):
            chip = FilterChip(name, checked=at == 0)
            self._chips.addButton(chip, at)
            head.addWidget(chip)
            chip.setProperty("channel", channel.value)
        self._chips.idClicked.connect(self._choose_channel)
        self.addLayout(head)

    def _build_codes(self, inside: QVBoxLayout, *, tight: bool) -> None:
        self._codes = QWidget()
        column = QVBoxLayout(self._codes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._tabs = QHBoxLayout()
        self._tabs.setSpacing(theme.px(4))
        self._tab_group = QButtonGroup(self)
        self._tab_group.idClicked.connect(self._choose_code)
        column.addLayout(self._tabs)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.qr = QrView(side=128 if tight else 160)  # three device pixels a module, which telephones read
        row.addWidget(self.qr)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        self._facts = [
            PlainLabel("", role=Role.SMALL, wrap=at == _ACCOUNT, elide=at != _ACCOUNT, figures=True) for at in range(4)
        ]
        for at, name in enumerate(("Người nhận", "Số tài khoản", "Số tiền", "Nội dung")):
            if not tight:
                facts.addWidget(PlainLabel(name, role=Role.SMALL, tone="text_3"))
            facts.addWidget(self._facts[at])
        facts.addStretch(1)
        row.addLayout(facts, 1)
        column.addLayout(row)
        self._codes.hide()
        inside.addWidget(self._codes)

    def show_preview(self, found: NoticePreview) -> None:
        """Show what sending now would show."""
        self._found = found
        self._code = min(self._code, max(0, len(found.qr) - 1))
        self._fill_tabs(found.qr)
        self._show()

    def show_message(self, message: MessagePreview) -> None:
        """Show a message that asks for no money: texts only."""
        self.show_preview(NoticePreview(message.texts, (), (), None, 0, "", 0, message.copies))

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to show yet."""
        self._found = None
        self.title.setText("")
        self.title.hide()
        self.text.setPlainText(sentence)
        self._codes.hide()
        self.note.hide()

    def _fill_tabs(self, codes: tuple[QrCode, ...]) -> None:
        for old in self._tab_group.buttons():
            self._tab_group.removeButton(old)
        empty(self._tabs)
        for at, code in enumerate(codes if len(codes) > 1 else ()):
            chip = FilterChip(f"{at + 1} · {code.caption}", checked=at == self._code)
            self._tab_group.addButton(chip, at)
            self._tabs.addWidget(chip)
        self._tabs.addStretch(1)

    def _choose_channel(self, at: int) -> None:
        self._channel = _CHANNELS[at][0]
        self._show()

    def _choose_code(self, at: int) -> None:
        self._code = at
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        message = next((t for t in found.texts if t.channel is self._channel), None)
        self.title.setText(message.text.title if message is not None else "")
        self.title.setVisible(bool(self.title.text()))
        self.text.setPlainText(message.text.body if message is not None else "")
        portal = self._channel is DeliveryChannel.ACCOUNT
        self._codes.setVisible(portal and bool(found.qr))
        if portal and found.qr:
            code = found.qr[self._code]
            self.qr.set_matrix(code.matrix, f"Mã VietQR {code.caption}, {format_dong(code.amount)}")
            words = (code.holder, f"{code.bank} {code.account}", format_dong(code.amount), code.purpose)
            for label, word in zip(self._facts, words, strict=True):
                label.setText(word)
        notes = [copied] if (copied := _copied(found.copies)) else []
        if portal and found.nvtc is not None:
            account = found.nvtc.treasury_account or "ghi trên thông báo thuế"
            notes.append(f"NVTC nộp vào kho bạc, tài khoản {account}; không có mã QR.")
        elif portal and found.without_account:
            kinds = ", ".join(KIND_WORDS[kind].lower() for kind in found.without_account)
            notes.append(f"Chưa có tài khoản nhận cho: {kinds}. Khoản đó không có mã QR.")
        if message is not None and not message.address:
            notes.append("Công dân không nhận được theo đường này.")
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))


def _copied(copies: tuple[ChannelText, ...]) -> str:
    """Return to which of the applicant's own addresses a copy goes, "" when to none."""
    ways = [(DELIVERY_NAMES[c.channel][1].lower(), masked(c.channel, c.address)) for c in copies if c.address]
    return f"Bản sao cho chủ hồ sơ: {', '.join(f'{name} {address}' for name, address in ways)}." if ways else ""
