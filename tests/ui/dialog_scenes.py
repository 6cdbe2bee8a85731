"""What each dialog is shown with, in pictures and in the test of small screens; offline scenes come last.

Each scene takes the office, brings a dossier where it must be, and returns what opens the dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.people import FileRef
from app.domain.unit_settings import UnitSettings
from app.services import attachments, printing, processing, reception, refunds, unit_settings
from tests.ui import counter_scenes, notice_scenes, work_scenes
from tests.ui.desk_fixture import BIRTH, BUILDING, LAND, Office
from ui.desk.filter_dialog import FilterDialog
from ui.dossier.act_dialogs import CompleteDialog, ForwardDialog, ReturnDialog
from ui.dossier.ledger_popover import LedgerPopover
from ui.dossier.paper_viewer import PaperViewer
from ui.dossier.pdf_viewer import PdfViewer
from ui.dossier.reception_dialogs import ReceiveUnpaidDialog, RefuseDialog
from ui.dossier.suspend_dialog import SuspendDialog
from ui.notice.cancel_dialog import CancelNoticeDialog
from ui.notice.dialog import NoticeDialog
from ui.office.settings_dialog import SettingsDialog
from ui.payment.collect_dialog import CollectDialog, CollectReceiveDialog
from ui.payment.confirm_dialog import ConfirmDialog
from ui.payment.refund_dialogs import ApproveRefundDialog, CloseCaseDialog, PayRefundDialog
from ui.payment.reverse_dialog import ReverseDialog
from ui.payment.tick_dialog import TickDialog
from ui.payment.waive_dialog import WaiveDialog
from ui.present.queues import ListQuery
from ui.tasks import Tasks

FIRM = {"for": {"name": "Công ty TNHH Biển Xanh", "kind": "organisation", "email": "vanthu@bienxanh.example"}}

Opener = Callable[[QWidget, Tasks], QDialog]
Scene = Callable[[Office], Opener]


def _tick(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh", BUILDING))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = TickDialog(window, desk, tasks, card)
        dialog.sure.setChecked(True)
        dialog.proof.number.setText("BI-26T · 0001235")
        return dialog

    return build


def _suspend_message(here: Office) -> Opener:
    build = _suspend(here)

    def second_leaf(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = build(window, tasks)
        dialog.leaves.setCurrentIndex(1)
        return dialog

    return second_leaf


def _suspend(here: Office) -> Opener:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = SuspendDialog(window, desk, tasks, card)
        dialog.tax.number.setText("LTB2656001-TK0048812/TB-CCT")
        dialog.tax.day.set_value(date(2026, 11, 19))
        dialog.tax.registration.set_amount(1_750_000)
        dialog.tax.income.set_amount(2_500_000)
        return dialog

    return build


def _refuse(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, here.file("Trần Văn Bình"))
    return lambda window, tasks: RefuseDialog(window, desk, tasks, card)


def _forward(here: Office) -> Opener:
    desk = here.desk()
    dossier_id = here.file("Đinh Công Thành")
    here.card(desk, dossier_id)
    here.send(desk, reception.receive(desk, dossier_id))
    card = here.card(desk, dossier_id)
    return lambda window, tasks: ForwardDialog(window, desk, tasks, card)


def _complete(here: Office) -> Opener:
    card = here.in_processing(here.file("Lê Quang Dũng", BUILDING))
    desk = here.desk("thuly1")

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = CompleteDialog(window, desk, tasks, card)
        dialog.files.set_files((FileRef("0" * 64, "Giấy phép xây dựng.pdf", 214_000, "application/pdf"),))
        return dialog

    return build


def _return(here: Office) -> Opener:
    dossier_id = here.file("Phạm Quốc Khánh", BUILDING)
    here.in_processing(dossier_id)
    back, front = here.desk("thuly1"), here.desk()
    here.send(back, processing.complete(back, dossier_id))
    card = here.notified(front, dossier_id)
    return lambda window, tasks: ReturnDialog(window, front, tasks, card)


def _ledger(here: Office) -> Opener:
    here.in_processing(dossier_id := here.file("Đinh Công Thành", BIRTH))
    desk = here.desk()
    card = here.card(desk, dossier_id)
    return lambda window, tasks: LedgerPopover(window, desk, tasks, card)


def _ledger_paused(here: Office) -> Opener:
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    return lambda window, tasks: LedgerPopover(window, here.desk(), tasks, card)


def _ledger_processing(here: Office) -> Opener:
    card = here.in_processing(here.file("Lê Thị Ơn", "1.001612"))
    return lambda window, tasks: LedgerPopover(window, here.desk("thuly1"), tasks, card)


def _ledger_new(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, here.file("Y Thiên Niê"))
    return lambda window, tasks: LedgerPopover(window, desk, tasks, card)


def _notice(here: Office) -> Opener:
    return _three_lines(here, here.file())


def _three_lines(here: Office, dossier_id: str) -> Opener:
    desk = here.desk()
    card = here.card(desk, dossier_id)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = NoticeDialog(window, desk, tasks, card)
        dialog.fields.title.setText("Nộp phí, lệ phí đăng ký khai sinh và chuyển phát kết quả")
        QTimer.singleShot(250, dialog, lambda: _fill(dialog))
        return dialog

    return build


def _fill(dialog: NoticeDialog) -> None:
    """Three lines, as in the mock-up."""
    fields = dialog.fields
    fields.lines.rows[0].amount.set_amount(24_000)
    fields.lines.rows[1].amount.set_amount(15_000)
    fields.lines.add_other()
    row = fields.lines.rows[2]
    if row.name is not None:
        row.name.setText("Chuyển phát kết quả")
    row.amount.set_amount(26_500)


def _notice_nvtc(here: Office) -> Opener:
    desk = here.desk()
    card = here.suspended(here.file("Trương Thị Cẩm Vân", LAND, email=""))
    return lambda window, tasks: NoticeDialog(window, desk, tasks, card)


def _notice_again(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())
    return lambda window, tasks: NoticeDialog(window, desk, tasks, card)


def _notice_offline(here: Office) -> Opener:
    opener = _notice(here)
    here.go_offline()
    here.desk().engine.ask.freshest("nothing", deadline_s=0.5)
    return opener


def _tick_offline(here: Office) -> Opener:
    opener = _tick(here)
    here.go_offline()
    return opener


def _cancel(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())
    notice = card.dossier.notices[-1].id
    return lambda window, tasks: CancelNoticeDialog(window, desk, tasks, card, notice)


def _refund(here: Office) -> Opener:
    card = here.paid_twice(here.file("Dương Thị Mộng Tuyền", BUILDING))
    head = here.desk("lanhdao1")
    return lambda window, tasks: ApproveRefundDialog(
        window, head, tasks, card, card.dossier.cases[0].id
    )


def _refund_ended(here: Office) -> Opener:
    card = here.refused_paid(here.file("Hồ Thị Kim Liên"))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = ApproveRefundDialog(window, here.desk("lanhdao1"), tasks, card, card.dossier.cases[0].id)
        dialog.work.choose("done")
        return dialog

    return build


def _pay_refund(here: Office) -> Opener:
    card = here.paid_twice(here.file("Dương Thị Mộng Tuyền", BUILDING))
    case = card.dossier.cases[0].id
    head, cashier = here.desk("lanhdao1"), here.desk("thuquy1")
    here.send(head, refunds.approve(head, case))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = PayRefundDialog(window, cashier, tasks, here.card(cashier, card.dossier.id), case)
        dialog.proof.number.setText("PC-26 · 0000042")
        return dialog

    return build


def _close_kept(here: Office) -> Opener:
    card = here.paid_twice(here.file("Dương Thị Mộng Tuyền", BUILDING))
    return lambda window, tasks: CloseCaseDialog(window, here.desk("lanhdao1"), tasks, card, card.dossier.cases[0].id)


def _close(here: Office) -> Opener:
    card, head = here.refused_paid(here.file("Hồ Thị Kim Liên")), here.desk("lanhdao1")
    return lambda window, tasks: CloseCaseDialog(window, head, tasks, card, card.dossier.cases[0].id)


def _slip(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())
    pdf = printing.fee_notice_pdf(desk, card.dossier.id, card.dossier.notices[-1].id)
    return lambda window, tasks: PdfViewer(window, tasks, pdf, "giay-bao.pdf")


def _paper(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())
    pdf = printing.fee_notice_pdf(desk, card.dossier.id, card.dossier.notices[-1].id)
    file = attachments.take(desk, pdf, "Giấy chứng sinh.pdf")
    return lambda window, tasks: PaperViewer(window, desk, tasks, file)


def _collect(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, here.file("Phạm Quốc Khánh", BUILDING))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = CollectDialog(window, desk, tasks, card)
        QTimer.singleShot(150, dialog, lambda: _take(dialog))
        return dialog

    return build


def _collect_again(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file(), line="Lệ phí hộ tịch")

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = CollectDialog(window, desk, tasks, card)
        QTimer.singleShot(150, dialog, lambda: _take(dialog))
        return dialog

    return build


def _collect_receive(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, here.file())

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = CollectReceiveDialog(window, desk, tasks, card)
        QTimer.singleShot(150, dialog, lambda: _take(dialog))
        return dialog

    return build


def _take(dialog: CollectDialog) -> None:
    for row in dialog.lines.rows:
        if not row.amount.amount():
            row.amount.set_amount(75_000)
    dialog.money.proof.number.setText("BI-26T · 0001236")


def _collect_treasury(here: Office) -> Opener:
    desk = here.desk()
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    return lambda window, tasks: CollectDialog(window, desk, tasks, card)


def _collect_offline(here: Office) -> Opener:
    opener = _collect_again(here)
    here.go_offline()
    here.desk().engine.ask.freshest("nothing", deadline_s=0.5)
    return opener


def _waive(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = WaiveDialog(window, desk, tasks, card)
        dialog.grounds["ho-ngheo"].setChecked(True)
        return dialog

    return build


def _waive_unannounced(here: Office) -> Opener:
    head = here.desk("lanhdao1")
    card = here.card(head, here.file())

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = WaiveDialog(window, head, tasks, card)
        dialog.grounds["other"].setChecked(True)
        return dialog

    return build


def _reverse(here: Office) -> Opener:
    desk = here.desk()
    card = here.ticked(desk, here.notified(desk, here.file("Phạm Quốc Khánh", BUILDING)))
    return lambda window, tasks: ReverseDialog(window, desk, tasks, card)


def _confirm(here: Office) -> Opener:
    unit_settings.change(here.desk("quantri"), UnitSettings(2_000_000))
    desk, cashier = here.desk(), here.desk("thuquy1")
    card = here.ticked(desk, here.notified(desk, here.file("Phạm Quốc Khánh"), 3_000_000), 3_000_000)
    theirs = here.card(cashier, card.dossier.id)
    return lambda window, tasks: ConfirmDialog(window, cashier, tasks, theirs)


def _refuse_paying(here: Office) -> Opener:
    desk = here.desk()
    card = here.paying(desk, here.notified(desk, here.file("Trần Văn Bình")))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = RefuseDialog(window, desk, tasks, card)
        dialog.reason.setPlainText("Thiếu giấy chứng sinh. Bổ sung rồi nộp lại.")
        QTimer.singleShot(100, dialog, dialog.confirm)
        return dialog

    return build


def _receive_unpaid(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())
    return lambda window, tasks: ReceiveUnpaidDialog(window, desk, tasks, card)


def _settings(here: Office) -> Opener:
    return lambda window, tasks: SettingsDialog(window, here.desk("quantri"), tasks)


def _settings_of_the_head(here: Office) -> Opener:
    return lambda window, tasks: SettingsDialog(window, here.desk("lanhdao1"), tasks)


def _notice_copy(here: Office) -> Opener:
    """The unit sends copies, and a representative filed for a firm; later scenes are without copies again."""
    keeper = here.desk("quantri")
    before = unit_settings.settings(keeper)
    unit_settings.change(keeper, replace(before, copy_to_applicant=True))
    filed = here.file("Trần Thị Mai", **FIRM)
    unit_settings.change(keeper, before)
    return _three_lines(here, filed)


def _filter(here: Office) -> Opener:
    here.in_processing(here.file("Phạm Quốc Khánh", BUILDING))
    here.file("Trần Văn Bình")
    head = here.desk("lanhdao1")
    return lambda window, tasks: FilterDialog(window, head, tasks, ListQuery("unit", states=(4,)))


SCENES: dict[str, Scene] = {
    "notice": _notice,
    "notice-nvtc": _notice_nvtc,
    "notice-again": _notice_again,
    "cancel": _cancel,
    "refund": _refund,
    "refund-ended": _refund_ended,
    "pay-refund": _pay_refund,
    "close-case": _close,
    "close-kept": _close_kept,
    "slip": _slip,
    "paper": _paper,
    "tick": _tick,
    "suspend": _suspend,
    "suspend-message": _suspend_message,
    "refuse": _refuse,
    "forward": _forward,
    "complete": _complete,
    "return-owing": _return,
    "ledger": _ledger,
    "ledger-paused": _ledger_paused,
    "ledger-processing": _ledger_processing,
    "ledger-new": _ledger_new,
    "collect": _collect,
    "collect-again": _collect_again,
    "collect-receive": _collect_receive,
    "collect-treasury": _collect_treasury,
    "waive": _waive,
    "waive-unannounced": _waive_unannounced,
    "reverse": _reverse,
    "confirm": _confirm,
    "refuse-paying": _refuse_paying,
    "receive-unpaid": _receive_unpaid,
    "settings": _settings,
    "filter": _filter,
    "settings-head": _settings_of_the_head,
    "notice-copy": _notice_copy,
    "collect-offline": _collect_offline,
    **notice_scenes.SCENES,
    **work_scenes.SCENES,
    **counter_scenes.SCENES,
    "tick-offline": _tick_offline,
    "notice-offline": _notice_offline,
}
