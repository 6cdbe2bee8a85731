"""Cài đặt của đơn vị: from which sum a second officer confirms, and whether the applicant gets a copy.

Stands apart from the officer's own choices: these hold for every desk of the unit and stand at the portal, which alone
may be believed about them. Everybody reads them; the administrator changes them.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.unit_settings import LONGEST_SIGNER, UnitSettings, may_change
from app.errors import BadInput, KnownError, Offline
from app.services import unit_settings
from app.services.desk import Desk
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.checks import CheckBox
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow, beside
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField


class SettingsDialog(DialogFrame):
    """Signals: ``kept()`` the portal has what was set, the dialog closes."""

    kept = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks) -> None:
        about = self.tr("Nằm ở Cổng, chung cho mọi máy của {0}").format(desk.unit_name)
        super().__init__(window, self.tr("Cài đặt của đơn vị"), about, primary=self.tr("Lưu cài đặt"),
                         later=self.tr("Đóng"), width=640)  # fmt: skip
        self._desk, self._tasks = desk, tasks
        self.told = Banner("info", "")
        self.told.acted.connect(self._ask)
        self.told.hide()
        self.limit = MoneyEdit()
        self.limit.setPlaceholderText(self.tr("không khoản nào cần"))
        self.copy = CheckBox(self.tr("Gửi cho chủ hồ sơ một bản sao của mỗi tin gửi người nộp thay"))
        why = self.tr("để trống nếu không cần")
        asked = self.tr("Khoản thu tại quầy cần người thứ hai xác nhận khi trên")
        self._limit_row = FormRow(asked, self.limit, why=why)
        self.warned = TextField(placeholder=self.tr("mọi thủ tục đều chặn"), figures=True)
        why = self.tr("mã thủ tục, cách nhau bằng dấu phẩy")
        self._warned_row = FormRow(self.tr("Chưa đóng khoản thu trước vẫn tiếp nhận được"), self.warned, why=why)
        for part in (self.told, self._limit_row, self._warned_row, self.copy):
            self.body.addWidget(part)
        self.signer_title = TextField(placeholder=self.tr("Thủ trưởng cơ quan, đơn vị"))
        self.signer_name = TextField(placeholder=self.tr("để trống, ký rồi ghi"))
        for field in (self.signer_title, self.signer_name):
            field.setMaxLength(LONGEST_SIGNER)
        why = self.tr("mẫu 04, mẫu 05")
        self.body.addLayout(beside(
            FormRow(self.tr("Chức danh người ký"), self.signer_title, why=why),
            FormRow(self.tr("Họ tên người ký"), self.signer_name, why=why),
        ))  # fmt: skip
        self.body.addWidget(PlainLabel(
            self.tr("Bản sao chỉ gửi tới địa chỉ riêng của chủ hồ sơ. Hồ sơ đang có theo cài đặt mới từ lần thay đổi "
                    "kế tiếp của nó."),
            role=Role.SMALL, tone="text_3", wrap=True,
        ))  # fmt: skip
        self.confirmed.connect(self.confirm)
        self._ask()

    def _ask(self) -> None:
        """Ask the portal what is in force."""
        self._dress(self.tr("Đang hỏi Cổng…"))
        self.told.hide()
        desk = self._desk
        self._tasks.query(lambda: unit_settings.settings(desk), self._show, self._unknown, owner=self)

    def _show(self, found: UnitSettings) -> None:
        self.limit.set_amount(found.two_eyes_over or None)
        self.warned.setText(", ".join(found.gate_warns))
        self.copy.setChecked(found.copy_to_applicant)
        self.signer_title.setText(found.signer_title)
        self.signer_name.setText(found.signer_name)
        not_mine = "" if may_change(self._desk.officer) else texts.sentence("settings-not-yours")
        self._dress(not_mine)
        if not_mine:
            self.told.set_state("info", not_mine)
            self.told.show()
        self.focus_first(self.later if not_mine else self.limit)
        self.refit()

    def _dress(self, reason: str) -> None:
        """Let the fields be typed in, or grey them and the button with the reason."""
        self.primary.set_reason(reason)
        for field in (self.limit, self.warned, self.copy, self.signer_title, self.signer_name):
            field.setEnabled(not reason)

    def _unknown(self, error: KnownError) -> None:
        """Nothing was learnt: what is not known is not changed."""
        self._dress(self.tr("Chưa biết cài đặt đang dùng."))
        self._say(error, self.tr("Xem và sửa cài đặt cần có mạng. Thử lại khi trực tuyến."), self.tr("Thử lại"))

    def confirm(self) -> None:
        """Ask the portal to keep it; Ctrl+Enter comes here."""
        problem = self.limit.problem()
        self._limit_row.set_error(texts.of(problem) if problem else "")
        self._warned_row.set_error("")
        if problem:
            self.limit.setFocus()
            self.refit()
            return
        self.told.hide()
        codes = tuple(code.strip() for code in self.warned.text().split(",") if code.strip())
        wanted = UnitSettings(self.limit.amount() or 0, self.copy.isChecked(), codes,
                              self.signer_title.text(), self.signer_name.text())  # fmt: skip
        self._dress(self.tr("Đang lưu lên Cổng…"))
        desk, tasks = self._desk, self._tasks
        self.writing = tasks.command(lambda: unit_settings.change(desk, wanted), self._done, self._failed, owner=self)

    def _done(self, _kept: UnitSettings) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, error: KnownError) -> None:
        """What was typed stays for the next try."""
        self._dress("")
        if isinstance(error, BadInput):
            self._warned_row.set_error(texts.of(error))
            self.warned.setFocus()
            self.refit()
            return
        kept = self.tr("Chưa lưu: cài đặt cần có mạng. Những gì vừa nhập còn nguyên, lưu lại khi trực tuyến.")
        self._say(error, kept)
        self.limit.setFocus()

    def _say(self, error: KnownError, offline: str, action: str = "") -> None:
        if isinstance(error, Offline):
            self.told.set_state("offline", offline, action=action)
        else:
            self.told.set_state("refused", texts.of(error), action=action)
        self.told.show()
        self.refit()
