"""What officers of the simulation may do: one line a deed, on whatever dossier the dice point at.

Stands apart from the story, which only says when. A deed bears its command's name where it has one, so that the rules
say at once what is out of the question; what the program refuses all the same is no fault: it changes nothing, and the
checker would see it if it did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from app.domain.commands import BIRTHS
from app.domain.dossier import Component, Dossier, Evidence, NoticeLine
from app.domain.notices import nvtc_line, open_notices, rest_of
from app.domain.people import Person
from app.domain.transitions import RULES
from app.domain.words import CheckVerdict, DeliveryChannel, LineKind, PaymentChannel
from app.domain.work_commands import Finding
from app.errors import BadInput, Refused
from app.services import (
    attachments,
    counter,
    decisions,
    extensions,
    fee_notices,
    handling,
    inbox,
    outbox,
    payments,
    processing,
    reception,
    refunds,
    turned_away,
    waivers,
)
from app.services import session as desk_session
from app.services.counter import CounterForm, Exemption
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.payments import Taking
from app.services.processing import SuspendForm

CANARY = "Nguyễn Hoàng Chim Yến"
PAPER = Evidence(info="Biên lai giấy số 7")
PROCEDURE = "1.013225"
"""A building permit: its processors may take fees, and it may be suspended for an obligation."""
SUMS = (15_000, 120_000, 150_000)
CASH, POS, TREASURY = PaymentChannel.COUNTER_CASH, PaymentChannel.COUNTER_POS, PaymentChannel.TREASURY
PERSON = Person(CANARY, identity_no="056190001234", phone="0905123456", account="chimyen")
_PAPERS = (Component("Tờ khai", originals=1),)
_DEMANDED = SuspendForm("Chờ thuế", 2_450_000, "TB-7", date(2026, 11, 19), "7111")

Deed = Callable[[Desk, Dossier, Random], Any]


def _line(desk: Desk, dossier: Dossier, dice: Random) -> NoticeLine:
    demanded = nvtc_line(dossier)
    return demanded or fee_notices.line(desk, dossier, LineKind.PHI, "Phí thẩm định", dice.choice(SUMS))


def _proof(desk: Desk, dice: Random) -> Evidence:
    """Return why a payment is believed: mostly words, sometimes a file that must go up first."""
    if dice.random() < 0.85:
        return PAPER
    data = b"%PDF-1.4 " + dice.randbytes(dice.choice((200, 3000)))
    return Evidence(info="Biên lai", file=attachments.take(desk, data, "bien-lai.pdf"))


def notify(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    opened = open_notices(dossier)
    replaces = opened[-1].id if opened and dice.random() < 0.3 else ""
    form = NoticeForm("Nộp phí", (_line(desk, dossier, dice),), replaces=replaces, reason="Sửa số tiền")
    return fee_notices.notify(desk, dossier.id, form)


def tick(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    notice = dice.choice(open_notices(dossier))
    amount = rest_of(dossier, notice) if dice.random() < 0.8 else 5_000
    if dice.random() < 0.3:
        payments.outlook(desk, notice.id)
    method = dice.choice((CASH, POS, TREASURY))
    return payments.tick_paid(desk, notice.id, amount=amount, method=method, evidence=_proof(desk, dice))


def collect(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    lines = (_line(desk, dossier, dice),)
    return payments.collect(
        desk, dossier.id, title="Thu tại quầy", lines=lines, method=CASH, evidence=_proof(desk, dice),
        reason="Khoản thu thêm",
    )  # fmt: skip


def _form(desk: Desk, _dossier: Dossier, _dice: Random) -> CounterForm:
    return CounterForm(PROCEDURE, PERSON, PERSON, _PAPERS)


def register(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    """Receive somebody at the counter: with nothing to pay yet, with a fee taken at once, or free of it."""
    taken = Taking((NoticeLine(LineKind.PHI, "Phí thẩm định", dice.choice(SUMS)),), CASH, PAPER)
    fee = dice.choice((None, None, taken, Exemption("ho-ngheo", PAPER)))
    return counter.receive(desk, _form(desk, dossier, dice), fee)[0]


def correct_reception(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    form = counter.form_of(dossier)
    changed = CounterForm(form.procedure_code, form.applicant, form.submitter, form.components, f"Việc {dice.random()}")
    return counter.correct(desk, dossier, changed, "Ghi nhầm việc")


def correct_contact(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    return fee_notices.correct_contact(desk, dossier, phone=f"09051{dice.randrange(10**5):05}")


def check_components(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    at = dice.randrange(len(dossier.components))
    return handling.check(desk, dossier.id, [Finding(at, dice.choice((CheckVerdict.PASSED, None)))])


def forward(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    return processing.forward(desk, dossier.id, dice.choice(("thuly1", "thuly1", "H32.8.02")))


def suspend(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    return processing.suspend(desk, dossier.id, dice.choice((SuspendForm("Chờ thuế"), _DEMANDED)))


def propose_extension(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    later = max(dossier.due_at or desk.clock.now(), desk.clock.now()) + timedelta(days=dice.choice((7, 14)))
    return extensions.propose(desk, dossier.id, "Chờ xác minh", later)


def undo(desk: Desk, _dossier: Dossier, dice: Random) -> Any:
    """Take back anything that waits: what the officer reads may be older than what is."""
    return outbox.undo(desk, dice.choice(outbox.unfinished(desk)).key)


def decide(desk: Desk, _dossier: Dossier, dice: Random) -> Any:
    decision = dice.choice(decisions.waiting(desk))
    return decisions.decide(desk, decision.id, dice.choice([c for c in decision.choices if not c.why_not]).id)


def _case(dossier: Dossier, dice: Random) -> str:
    return dice.choice(dossier.cases).id


def _open_notice(dossier: Dossier, dice: Random) -> str:
    return dice.choice(open_notices(dossier)).id


def _payment(dossier: Dossier, dice: Random) -> str:
    return dice.choice([p for p in dossier.payments if p.recorded_by]).id


OFFICERS: dict[str, tuple[int, Deed]] = {
    "receive": (8, lambda desk, d, dice: reception.receive(desk, d.id, "Khách chờ tại quầy")),
    "refuse": (1, lambda desk, d, dice: reception.refuse(desk, d.id, "Không đủ", anyway=True)),
    "register": (5, register),
    "lodge": (1, lambda desk, d, dice: turned_away.refuse(desk, _form(desk, d, dice), "Không thuộc thẩm quyền")[0]),
    "correct_reception": (2, correct_reception),
    "check_components": (2, check_components),
    "request_supplement": (2, lambda desk, d, dice: handling.request_supplement(desk, d.id, ["Bản vẽ"], "Thiếu")),
    "ask_citizen": (4, lambda desk, d, dice: handling.ask_citizen(desk, d.id)),
    "bring_supplement": (3, lambda desk, d, dice: handling.bring_supplement(desk, d.id, _PAPERS)),
    "accept_supplement": (8, lambda desk, d, dice: reception.accept_supplement(desk, d.id)),
    "forward": (5, forward),
    "assign": (5, lambda desk, d, dice: handling.take(desk, d.id)),
    "give_back": (1, lambda desk, d, dice: handling.give_back(desk, d.id, "Chưa rõ")),
    "recall": (1, lambda desk, d, dice: handling.recall(desk, d.id)),
    "submit_to_head": (2, lambda desk, d, dice: handling.submit(desk, d.id, "lanhdao1")),
    "decide_approval": (6, lambda desk, d, dice: handling.decide(desk, d.id, approved=True)),
    "propose_extension": (1, propose_extension),
    "extend": (2, lambda desk, d, dice: extensions.sign(desk, d.id)),
    "decline_extension": (1, lambda desk, d, dice: extensions.decline(desk, d.id, "Chưa cần")),
    "suspend": (8, suspend),
    "add_tax_notice": (6, lambda desk, d, dice: processing.add_tax_notice(desk, d.id, _DEMANDED)),
    "send_back": (1, lambda desk, d, dice: processing.send_back(desk, d.id, "Sai số tiền")),
    "cancel_suspension": (2, lambda desk, d, dice: processing.cancel_suspension(desk, d.id, "Không phải nộp")),
    "resume": (5, lambda desk, d, dice: processing.resume(desk, d.id, _proof(desk, dice))),
    "stop_handling": (1, lambda desk, d, dice: handling.stop(desk, d.id, "Tranh chấp", ends=dice.random() < 0.2)),
    "withdraw": (1, lambda desk, d, dice: handling.withdraw(desk, d.id, "Đơn xin rút")),
    "complete": (2, lambda desk, d, dice: processing.complete(desk, d.id)),
    "return": (3, lambda desk, d, dice: reception.return_result(desk, d.id, CANARY, "Nộp sau")),
    "notify": (10, notify),
    "remind": (2, lambda desk, d, dice: fee_notices.remind(desk, _open_notice(d, dice))),
    "reach": (1, lambda desk, d, dice: fee_notices.reached(desk, _open_notice(d, dice), DeliveryChannel.CALL)),
    "correct_contact": (2, correct_contact),
    "cancel_notice": (3, lambda desk, d, dice: fee_notices.cancel(desk, dice.choice(d.notices).id, "Nhầm")),
    "waive": (3, lambda desk, d, dice: waivers.waive_dossier(desk, d.id, dice.choice(("ho-ngheo", "ghi-no")))),
    "tick_paid": (16, tick),
    "collect": (4, collect),
    "reverse_payment": (8, lambda desk, d, dice: payments.reverse(desk, _payment(d, dice), "Ghi nhầm")),
    "confirm_payment": (5, lambda desk, d, dice: payments.confirm(desk, _payment(d, dice))),
    "approve_refund": (8, lambda desk, d, dice: refunds.approve(desk, _case(d, dice), "Chưa làm")),
    "pay_refund": (8, lambda desk, d, dice: refunds.pay(desk, _case(d, dice), _proof(desk, dice))),
    "close_case": (1, lambda desk, d, dice: refunds.close(desk, _case(d, dice), "Đã giải quyết")),
    "undo": (4, undo),
    "send_now": (3, lambda desk, d, dice: outbox.send_now(desk)),
    "decide": (6, decide),
    "reconcile": (2, lambda desk, d, dice: desk_session.reconcile(desk)),
}
"""Weight and deed, by the command's name where there is one."""
_NEVER = frozenset({"wrong-state", "not-your-right"})
NOT_NOW = (IndexError, ValueError, Refused, BadInput)
"""A deed that cannot be done: there is nothing to do it with, or the rules say no."""


def dossier_at(desk: Desk, dossier_id: str) -> Dossier:
    """Return a dossier as this desk shows it."""
    return inbox.card(desk, dossier_id).dossier


def possible(desk: Desk, dossier: Dossier) -> dict[str, int]:
    """Return the weights of what this officer may do with a dossier as it stands, or without any."""
    found = {}
    for name, (weight, _) in OFFICERS.items():
        asked = name in RULES and name not in BIRTHS
        if not asked or not _NEVER & {failed.code for failed in inbox.why_not(desk, dossier, name)}:
            found[name] = weight
    return found


def some_deed(desk: Desk, ids: list[str], dice: Random, besides: frozenset[str] = frozenset()) -> Any:
    """Do something or other, as the dice say, at the first of some tries that the program takes."""
    for _ in range(3 if ids else 0):
        dossier = dossier_at(desk, dice.choice(ids))
        free = {name: weight for name, weight in possible(desk, dossier).items() if name not in besides}
        for name in dice.choices(list(free), list(free.values()), k=3):
            try:
                return OFFICERS[name][1](desk, dossier, dice)
            except NOT_NOW:
                continue
    return None
