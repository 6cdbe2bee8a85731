"""Which dialog asks what a command needs to know, as data; each is imported when it is first opened.

Stands apart from ``ui.deeds`` so that a new deed is one line here and one in ``ui.commands``. Every dialog is made with
the same five things: window, desk, tasks, card, and the id of what the deed is about ("" none).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Dossier
from app.domain.notices import find, open_notices
from app.domain.words import CaseKind, CaseState
from app.services.desk import Desk
from app.services.views import Card
from ui.tasks import Tasks
from ui.widgets.dialog_frame import DialogFrame

Maker = Callable[[QWidget, Desk, Tasks, Card, str], DialogFrame]
Standing = tuple[CaseKind, CaseState]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the dialog stands (``module:class``), and what its subject is.

    ``open_notice``: the notice that was pressed, else the newest open one; without any there is no dialog; and so the
    cases, by the state they are in. ``given``: whatever was pressed, "" when the deed was begun by key or palette.
    """

    place: str
    subject: Literal["given", "open_notice", "open_case", "approved_case", "any_case"] = "given"


WAYS: dict[str, Way] = {
    "notify": Way("ui.notice.dialog:NoticeDialog"),
    "replace_notice": Way("ui.notice.dialog:NoticeDialog", "open_notice"),
    "cancel_notice": Way("ui.notice.cancel_dialog:CancelNoticeDialog", "open_notice"),
    "remind": Way("ui.notice.remind_dialog:RemindDialog", "open_notice"),
    "call": Way("ui.notice.reach_dialogs:CallDialog", "open_notice"),
    "hand_over": Way("ui.notice.reach_dialogs:HandOverDialog", "open_notice"),
    "correct_contact": Way("ui.notice.contact_dialog:ContactDialog"),
    "receive_unpaid": Way("ui.dossier.reception_dialogs:ReceiveUnpaidDialog"),
    "collect": Way("ui.payment.collect_dialog:CollectDialog"),
    "collect_receive": Way("ui.payment.collect_dialog:CollectReceiveDialog"),
    "waive": Way("ui.payment.waive_dialog:WaiveDialog"),
    "confirm_payment": Way("ui.payment.confirm_dialog:ConfirmDialog"),
    "reverse_payment": Way("ui.payment.reverse_dialog:ReverseDialog"),
    "tick_paid": Way("ui.payment.tick_dialog:TickDialog"),
    "suspend": Way("ui.dossier.suspend_dialog:SuspendDialog"),
    "add_tax_notice": Way("ui.dossier.obligation_dialogs:AddTaxNoticeDialog"),
    "send_back": Way("ui.dossier.obligation_dialogs:SendBackDialog"),
    "cancel_suspension": Way("ui.dossier.obligation_dialogs:CancelSuspensionDialog"),
    "resume": Way("ui.dossier.obligation_dialogs:ResumeDialog"),
    "due": Way("ui.dossier.ledger_popover:LedgerPopover"),
    "correct_reception": Way("ui.counter.correct_dialog:CorrectReceptionDialog"),
    "refuse": Way("ui.dossier.reception_dialogs:RefuseDialog"),
    "check_components": Way("ui.dossier.check_dialog:CheckDialog"),
    "request_supplement": Way("ui.dossier.supplement_dialogs:RequestSupplementDialog"),
    "bring_supplement": Way("ui.dossier.supplement_dialogs:BringSupplementDialog"),
    "assign": Way("ui.dossier.work_dialogs:AssignDialog"),
    "submit_to_head": Way("ui.dossier.work_dialogs:SubmitDialog"),
    "disapprove": Way("ui.dossier.work_dialogs:DisapproveDialog"),
    "give_back": Way("ui.dossier.work_dialogs:GiveBackDialog"),
    "recall": Way("ui.dossier.work_dialogs:RecallDialog"),
    "stop_handling": Way("ui.dossier.work_dialogs:StopDialog"),
    "withdraw": Way("ui.dossier.work_dialogs:WithdrawDialog"),
    "propose_extension": Way("ui.dossier.extension_dialogs:ProposeExtensionDialog"),
    "decline_extension": Way("ui.dossier.extension_dialogs:DeclineExtensionDialog"),
    "extend": Way("ui.dossier.extension_dialogs:SignExtensionDialog"),
    "forward": Way("ui.dossier.act_dialogs:ForwardDialog"),
    "complete": Way("ui.dossier.act_dialogs:CompleteDialog"),
    "return": Way("ui.dossier.act_dialogs:ReturnDialog"),
    "approve_refund": Way("ui.payment.refund_dialogs:ApproveRefundDialog", "open_case"),
    "pay_refund": Way("ui.payment.refund_dialogs:PayRefundDialog", "approved_case"),
    "close_case": Way("ui.payment.refund_dialogs:CloseCaseDialog", "any_case"),
}
_CASES: dict[str, tuple[Standing, ...]] = {
    "open_case": ((CaseKind.REFUND, CaseState.OPEN),),
    "approved_case": ((CaseKind.REFUND, CaseState.APPROVED),),
    "any_case": (
        (CaseKind.REFUND, CaseState.REFUNDED), (CaseKind.SHORTFALL, CaseState.OPEN),
        (CaseKind.REFUND, CaseState.OPEN), (CaseKind.REFUND, CaseState.APPROVED),
    ),
}  # fmt: skip


def make(command: str, window: QWidget, desk: Desk, tasks: Tasks, card: Card, subject_id: str) -> DialogFrame | None:
    """Return the dialog of a command, None when it has none or nothing to be about."""
    way = WAYS.get(command)
    if way is None:
        return None
    if way.subject != "given":
        states = _CASES.get(way.subject)
        dossier = card.dossier
        subject_id = _meant_case(dossier, subject_id, states) if states else meant_notice(dossier, subject_id)
        if not subject_id:
            return None
    module, _, name = way.place.partition(":")
    maker = cast(Maker, getattr(import_module(module), name))
    return maker(window, desk, tasks, card, subject_id)


def _meant_case(dossier: Dossier, case_id: str, states: tuple[Standing, ...]) -> str:
    """Return the case that was pressed, else the oldest in the first of ``states`` that any is in, else ""."""
    fitting = [case.id for state in states for case in dossier.cases if (case.kind, case.state) == state]
    return next((found for found in fitting if case_id in ("", found)), "")


def meant_notice(dossier: Dossier, notice_id: str) -> str:
    """Return the notice that was pressed, else the newest open one, else ""."""
    meant = find(dossier, notice_id) or next(reversed(open_notices(dossier)), None)
    return meant.id if meant is not None else ""
