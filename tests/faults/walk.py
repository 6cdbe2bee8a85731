"""One dossier after the other through nearly every type of command, each step by whichever officer may do it.

Stands apart as a table: the fault proxy asks for every type of command once with every fault. A step whose ``made``
finds nothing to do it with is a mistake of the table, not of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain import commands as c
from app.domain import work_commands as w
from app.domain.corrections import CorrectContact, CorrectReception
from app.domain.dossier import Component, Dossier, Evidence, NoticeLine
from app.domain.people import OfficerRef
from app.domain.words import CheckVerdict, DeliveryChannel, LineKind, PaymentChannel
from app.ids import IdSource

Made = Callable[[Dossier, datetime], c.Command]
_id = IdSource().new
_PAPER = Evidence(info="Biên lai giấy số 7")
_PHI = (NoticeLine(LineKind.PHI, "Phí thẩm định", 120_000),)
_MORE = (NoticeLine(LineKind.OTHER, "Tiền bản vẽ", 30_000),)
CASH = PaymentChannel.COUNTER_CASH


@dataclass(frozen=True, slots=True)
class Town:
    """Who is there to forward to."""

    processor: OfficerRef
    head: OfficerRef
    lands_office: str


def _notify(lines: tuple[NoticeLine, ...]) -> Made:
    return lambda d, now: c.Notify(now, _id(), "Nộp phí", lines, d.state, _open(d))


def _open(d: Dossier) -> int:
    from app.domain.notices import open_notices, rest_of

    return sum(rest_of(d, notice) for notice in open_notices(d))


def _tick(d: Dossier, now: datetime) -> c.Command:
    notice = d.notices[-1]
    return c.TickPaid(now, _id(), notice.id, sum(line.amount for line in notice.lines), CASH, _PAPER)


def _too_much(d: Dossier, now: datetime) -> c.Command:
    return c.TickPaid(now, _id(), d.notices[-1].id, 200_000, CASH, _PAPER)


def _taxed(d: Dossier, now: datetime) -> c.Command:
    return c.Suspend(now, "Nộp thuế", 900_000, "LTB25", now.date(), "7111.0.1")


def _refund(d: Dossier, now: datetime) -> c.Command:
    case = d.cases[-1]
    return c.DecideRefund(now, case.id, case.payment_id, "counter_cash")


def _later(d: Dossier, now: datetime) -> datetime:
    assert d.due_at is not None
    return d.due_at + timedelta(days=7)


def _correct(d: Dossier, now: datetime) -> c.Command:
    return CorrectReception(now, "Sai tên tờ", d.procedure, d.applicant, d.submitter, d.components, "Đã sửa")


def walks(town: Town) -> dict[str, tuple[tuple[str, Made], ...]]:
    """Return the steps of each dossier: (type of command, what makes it)."""
    to = town.processor
    receive = ("receive", lambda d, now: c.Receive(now, "Khách chờ"))
    forward = ("forward", lambda d, now: c.Forward(now, to.unit_id, to))
    suspend = ("suspend", lambda d, now: c.Suspend(now, "Chờ thông báo thuế"))
    taxed = ("add_tax_notice", lambda d, now: c.AddTaxNotice(now, 900_000, "LTB26", now.date(), "7111.0.1"))
    found: dict[str, tuple[tuple[str, Any], ...]] = {
        "fees": (
            ("check_components", lambda d, now: w.CheckComponents(now, (w.Finding(0, CheckVerdict.PASSED),))),
            ("correct_contact", lambda d, now: CorrectContact(now, phone="0905999888")),
            ("notify", _notify(_PHI)),
            ("cancel_notice", lambda d, now: c.CancelNotice(now, d.notices[-1].id, "Nhầm mức")),
            ("notify", _notify(_PHI)),
            ("reach", lambda d, now: c.Reach(now, d.notices[-1].id, DeliveryChannel.CALL, "Đã gọi")),
            ("tick_paid", _tick),
            ("reverse_payment", lambda d, now: c.ReversePayment(now, d.payments[-1].id, "Ghi nhầm")),
            ("tick_paid", _too_much),
            ("decide_refund", _refund),
            ("approve_refund", lambda d, now: c.ApproveRefund(now, d.cases[-1].id, "Đóng hai lần")),
            ("pay_refund", lambda d, now: c.PayRefund(now, d.cases[-1].id, d.cases[-1].amount, _PAPER)),
            ("close_case", lambda d, now: c.CloseCase(now, d.cases[-1].id, "Đã trả khách")),
            receive,
            ("correct_reception", _correct),
            ("collect", lambda d, now: c.Collect(
                now, _id(), _id(), "Thu tại quầy", _MORE, 30_000, CASH, _PAPER, reason="Thêm bản vẽ")),
        ),
        "handling": (
            receive, forward,
            ("give_back", lambda d, now: w.GiveBack(now, "Thiếu bản vẽ")),
            forward,
            ("assign", lambda d, now: w.Assign(now, to)),
            ("propose_extension", lambda d, now: c.ProposeExtension(now, "Chờ ý kiến", _later(d, now))),
            ("decline_extension", lambda d, now: c.DeclineExtension(now, "Không cần")),
            ("propose_extension", lambda d, now: c.ProposeExtension(now, "Chờ ý kiến", _later(d, now))),
            ("extend", lambda d, now: c.Extend(now, "Chờ ý kiến", _later(d, now))),
            ("submit_to_head", lambda d, now: w.SubmitToHead(now, town.head)),
            ("decide_approval", lambda d, now: w.DecideApproval(now, True)),
            ("request_supplement", lambda d, now: w.RequestSupplement(now, ("Bản vẽ",), "Thiếu", now.date() + DAYS)),
            ("ask_citizen", lambda d, now: w.AskCitizen(now)),
            ("bring_supplement", lambda d, now: w.BringSupplement(now, (Component("Bản vẽ", originals=1),))),
            ("accept_supplement", lambda d, now: c.AcceptSupplement(now)),
            ("complete", lambda d, now: c.Complete(now)),
            ("notify", _notify(_PHI)),
            ("waive", lambda d, now: c.Waive(now, _id(), d.notices[-1].id, "Hộ nghèo", evidence=_PAPER)),
            ("return", lambda d, now: c.Return(now, "Trần Thị Mai", "Khách hẹn nộp sau", "cccd", True)),
        ),
        "obligation": (
            receive, forward, ("suspend", _taxed),
            ("send_back", lambda d, now: c.SendBack(now, "Không phải nộp")),
            ("cancel_suspension", lambda d, now: c.CancelSuspension(now, "Không phải nộp")),
            suspend, taxed,
            ("resume", lambda d, now: c.Resume(now, _id(), 900_000, _PAPER)),
            ("stop_handling", lambda d, now: w.StopHandling(now, "Chờ tòa")),
            ("resume", lambda d, now: c.Resume(now)),
            ("withdraw", lambda d, now: w.Withdraw(now, "Đơn xin rút")),
        ),
        "called back": (receive, forward, ("recall", lambda d, now: w.Recall(now, "Chuyển nhầm"))),
        "refused": (("refuse", lambda d, now: c.Refuse(now, "Không thuộc thẩm quyền", True)),),
    }  # fmt: skip
    return found


DAYS = timedelta(days=7)
