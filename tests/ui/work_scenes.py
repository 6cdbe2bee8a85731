"""What the dialogs between reception and return are shown with: papers checked and asked for, steps, head, form 04."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.dossier import Component
from app.domain.words import CheckVerdict
from app.domain.work_commands import Finding
from app.services import attachments, extensions, handling, printing, processing
from app.services.views import Card
from tests.ui.desk_fixture import BIRTH, BUILDING, Office
from ui.dossier.act_dialogs import ReturnDialog
from ui.dossier.check_dialog import CheckDialog
from ui.dossier.extension_dialogs import DeclineExtensionDialog, ProposeExtensionDialog, SignExtensionDialog
from ui.dossier.supplement_dialogs import BringSupplementDialog, RequestSupplementDialog
from ui.dossier.work_dialogs import (
    AssignDialog,
    DisapproveDialog,
    GiveBackDialog,
    RecallDialog,
    StopDialog,
    SubmitDialog,
    WithdrawDialog,
)
from ui.tasks import Tasks

Opener = Callable[[QWidget, Tasks], QDialog]
REASON = "Bản vẽ thiếu mặt cắt móng và sơ đồ đấu nối thoát nước"


def in_hand(here: Office, name: str = "Lê Quang Dũng") -> Card:
    """A building permit with thuly1."""
    return here.in_processing(here.file(name, BUILDING))


def checked(here: Office) -> Card:
    """The same, its second paper found wanting."""
    card, desk = in_hand(here), here.desk("thuly1")
    found = (Finding(0, CheckVerdict.PASSED), Finding(1, CheckVerdict.FAILED, "Mờ, không đọc được số thửa"))
    here.send(desk, handling.check(desk, card.dossier.id, found))
    return here.card(desk, card.dossier.id)


def asked_for(here: Office) -> Card:
    """Asked for a paper, the citizen told; as the desk sees it."""
    card, back, front = in_hand(here), here.desk("thuly1"), here.desk()
    asked = handling.request_supplement(back, card.dossier.id, ["Bản vẽ thiết kế", "Đơn đề nghị"], REASON,
                                        (here.clock.now() + timedelta(days=11)).date())  # fmt: skip
    here.send(back, asked)
    here.card(front, card.dossier.id)
    here.send(front, handling.ask_citizen(front, card.dossier.id))
    return here.card(front, card.dossier.id)


def supplied(here: Office) -> Card:
    """Brought to the counter again; as the desk sees it."""
    card, front = asked_for(here), here.desk()
    here.send(front, handling.bring_supplement(front, card.dossier.id, [Component("Bản vẽ thiết kế", originals=1)]))
    return here.card(front, card.dossier.id)


def submitted(here: Office) -> Card:
    """Submitted to the head, as he sees it."""
    card, desk = in_hand(here), here.desk("thuly1")
    here.send(desk, handling.submit(desk, card.dossier.id, "lanhdao1", "Đề nghị cấp phép xây dựng"))
    return here.card(here.desk("lanhdao1"), card.dossier.id)


def proposed(here: Office) -> Card:
    """An extension proposed, as the head sees it."""
    card, desk = in_hand(here), here.desk("thuly1")
    due = card.dossier.due_at
    assert due is not None
    acted = extensions.propose(desk, card.dossier.id, "Chờ ý kiến phòng cháy, chữa cháy", due + timedelta(days=7))
    here.send(desk, acted)
    return here.card(here.desk("lanhdao1"), card.dossier.id)


def _check(here: Office) -> Opener:
    card, desk = checked(here), here.desk("thuly1")
    told = here.notified(here.desk(), here.file())
    pdf = printing.fee_notice_pdf(here.desk(), told.dossier.id, told.dossier.notices[-1].id)
    files = tuple(attachments.take(desk, pdf, name) for name in ("Đơn đề nghị.pdf", "Đơn đề nghị, trang ký.pdf"))
    first, *rest = card.dossier.components
    shown = replace(card, dossier=replace(card.dossier, components=(replace(first, files=files), *rest)))
    return lambda window, tasks: CheckDialog(window, desk, tasks, shown)


def _request(here: Office) -> Opener:
    card = checked(here)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = RequestSupplementDialog(window, here.desk("thuly1"), tasks, card)
        dialog.own.setPlainText("Giấy ủy quyền có chứng thực")
        dialog.supply_by.set_value(date(2026, 12, 1))
        return dialog

    return build


def _request_new(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, here.file("Hồ Thị Kim Liên", BIRTH))
    return lambda window, tasks: RequestSupplementDialog(window, desk, tasks, card)


def _bring(here: Office) -> Opener:
    card = asked_for(here)
    return lambda window, tasks: BringSupplementDialog(window, here.desk(), tasks, card)


def _give_back(here: Office) -> Opener:
    card = in_hand(here)
    return lambda window, tasks: GiveBackDialog(window, here.desk("thuly1"), tasks, card)


def _recall(here: Office) -> Opener:
    card = here.card(here.desk(), in_hand(here).dossier.id)
    return lambda window, tasks: RecallDialog(window, here.desk(), tasks, card)


def _submit(here: Office) -> Opener:
    card = submitted(here)
    head, desk = here.desk("lanhdao1"), here.desk("thuly1")
    here.send(head, handling.decide(head, card.dossier.id, approved=False, reason="Bổ sung ý kiến phòng cháy"))
    again = here.card(desk, card.dossier.id)
    return lambda window, tasks: SubmitDialog(window, desk, tasks, again)


def _disapprove(here: Office) -> Opener:
    card = submitted(here)
    return lambda window, tasks: DisapproveDialog(window, here.desk("lanhdao1"), tasks, card)


def _assign(here: Office) -> Opener:
    in_hand(here, "Phạm Quốc Khánh")
    card = in_hand(here)
    head = here.desk("lanhdao1")
    mine = here.card(head, card.dossier.id)
    return lambda window, tasks: AssignDialog(window, head, tasks, mine)


def _stop(here: Office) -> Opener:
    card = in_hand(here)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = StopDialog(window, here.desk("thuly1"), tasks, card)
        dialog.pauses.setChecked(True)
        dialog.reason.setPlainText("Chờ kết luận thanh tra xây dựng")
        return dialog

    return build


def _withdraw(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh", BUILDING))
    return lambda window, tasks: WithdrawDialog(window, desk, tasks, card)


def _propose(here: Office) -> Opener:
    card = in_hand(here)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = ProposeExtensionDialog(window, here.desk("thuly1"), tasks, card)
        dialog.day.set_value(date(2026, 12, 14))
        dialog.reason.setPlainText("Chờ ý kiến phòng cháy, chữa cháy")
        return dialog

    return build


def _sign(here: Office) -> Opener:
    card = proposed(here)
    return lambda window, tasks: SignExtensionDialog(window, here.desk("lanhdao1"), tasks, card)


def _decline(here: Office) -> Opener:
    card = proposed(here)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = DeclineExtensionDialog(window, here.desk("lanhdao1"), tasks, card)
        dialog.reason.setPlainText("Cơ quan phòng cháy đã trả lời ngày 18/11")
        return dialog

    return build


def _return(here: Office) -> Opener:
    card, back, front = in_hand(here), here.desk("thuly1"), here.desk()
    here.send(back, processing.complete(back, card.dossier.id))
    done = here.card(front, card.dossier.id)
    return lambda window, tasks: ReturnDialog(window, front, tasks, done)


SCENES: dict[str, Callable[[Office], Opener]] = {
    "check": _check,
    "request-supplement": _request,
    "request-supplement-new": _request_new,
    "bring-supplement": _bring,
    "give-back": _give_back,
    "recall": _recall,
    "submit": _submit,
    "disapprove": _disapprove,
    "assign": _assign,
    "stop": _stop,
    "withdraw": _withdraw,
    "propose-extension": _propose,
    "sign-extension": _sign,
    "decline-extension": _decline,
    "return": _return,
}
