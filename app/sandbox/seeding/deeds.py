"""What happened to seeded dossiers, one deed a function: the domain's own commands, payments and their consequences.

Stands apart from ``lives`` (who and when) and ``stories`` (in which order): what the rules refuse does not happen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app import catalogues
from app.domain import commands as act
from app.domain import payments
from app.domain.deadline import working_minutes
from app.domain.dossier import Evidence, HistoryItem, NoticeLine, Pause, Payment
from app.domain.notices import find, nvtc_line, open_notices, owing, with_notice
from app.domain.people import Officer, OfficerRef, ref
from app.domain.words import (
    DeliveryChannel,
    DeliveryState,
    LineKind,
    PauseKind,
    PaymentChannel,
    State,
    SubState,
)
from app.sandbox.seeding.lives import Life

_SUMS = (8_000, 12_000, 15_000, 50_000, 65_500, 120_000, 150_000, 300_000, 500_000)
_NVTC = (1_250_000, 4_800_000, 12_345_000, 36_000_000, 87_500_000)


def receive(life: Life) -> None:
    """Tiếp nhận, with a number."""
    life.do(act.Receive(life.at), life.desk)
    if life.dossier.state is State.RECEIVED:
        life.dossier = replace(life.dossier, receipt_code="@receipt@")


def forward(life: Life, *, to_queue: bool = False) -> None:
    """Chuyển xử lý to the department: its processor, or its queue."""
    unit = life.dossier.procedure.steps[1].unit_id
    to: OfficerRef | None = None if to_queue else ref(life.processor)
    life.do(act.Forward(life.at, unit, to), life.desk)


def notify(life: Life, by: Officer) -> None:
    """Thông báo công dân with the procedure's fees; every channel has had its answer since."""
    dossier = life.dossier
    number = len(dossier.notices)
    command = act.Notify(
        made_at=life.at,
        notice_id=f"@n{number}@",
        title="Thông báo nộp phí, lệ phí",
        lines=lines_of(life),
        seen_state=dossier.state,
        seen_open_amount=owing(dossier),
        pay_by=(life.at + timedelta(days=10)).date() if life.rng.random() < 0.5 else None,
    )
    sent_at = life.at
    life.do(command, by)
    if len(life.dossier.notices) > number:
        _deliver(life, command.notice_id, sent_at)


def lines_of(life: Life) -> tuple[NoticeLine, ...]:
    """Return one line per fee of the procedure, sums drawn where the province sets them."""
    dossier, rng = life.dossier, life.rng
    demanded = nvtc_line(dossier) if dossier.state is State.AWAITING_OBLIGATION else None
    if demanded is not None:
        return (demanded,)
    province = catalogues.province(catalogues.PROVINCE)
    unit = dossier.desk_unit_id
    fees = catalogues.procedures()[dossier.procedure.code].fees
    rows = [
        NoticeLine(fee.kind, fee.name, fee.amount or rng.choice(_SUMS),
                   province.account_for(unit, fee.kind, life.at.date()))
        for fee in fees[:3]
        if fee.kind is not LineKind.NVTC and fee.amount != 0
    ]  # fmt: skip
    if rows:
        return tuple(rows)
    account = province.account_for(unit, LineKind.LE_PHI, life.at.date())
    return (NoticeLine(LineKind.LE_PHI, "Lệ phí giải quyết hồ sơ", rng.choice(_SUMS), account),)


def pay(life: Life, *, online: bool, share: float = 1.0) -> None:
    """Let the open notice be paid, at the gateway or at the desk; ``share`` below 1 pays a part."""
    notice = next(iter(open_notices(life.dossier)), None)
    if notice is None:
        return
    amount = max(1_000, round(notice.total * share / 1_000) * 1_000) if share < 1 else notice.total
    identity = f"@p{len(life.dossier.payments)}@"
    if not online:
        evidence = Evidence(document_no=f"BL{life.rng.randrange(10**6):06d}", document_date=life.at.date())
        channel = life.rng.choice((PaymentChannel.COUNTER_CASH, PaymentChannel.COUNTER_POS))
        life.do(act.TickPaid(life.at, identity, notice.id, amount, channel, evidence, "@name@"), life.desk)
        return
    fact = Payment(
        id=identity, notice_id=notice.id, channel=PaymentChannel.GATEWAY, amount=amount, paid_at=life.at,
        recorded_at=life.at, payer="@name@", gateway="vnpay", reference=f"{life.rng.randrange(10**8):08d}",
    )  # fmt: skip
    record(life, fact)


def record(life: Life, fact: Payment) -> None:
    """Put a payment fact into the dossier, as a gateway's call does."""
    after, events = payments.record(life.dossier, fact, life.at, life.calendar)
    life.dossier = replace(after, history=(*after.history, *events), version=life.dossier.version + 1)
    life.pass_time()


def pay_twice(life: Life) -> None:
    """Paid online and at the counter: both facts stay, a refund case opens."""
    notice = next(iter(open_notices(life.dossier)), None)
    pay(life, online=True)
    if notice is not None:
        evidence = Evidence(info="Công dân nộp tiền mặt tại quầy")
        identity = f"@p{len(life.dossier.payments)}@"
        life.do(
            act.TickPaid(life.at, identity, notice.id, notice.total, PaymentChannel.COUNTER_CASH, evidence), life.desk
        )


def cancel(life: Life) -> None:
    """Hủy thông báo by the one who sent it."""
    notice = next(iter(open_notices(life.dossier)), None)
    if notice is not None:
        sender = life.desk if notice.sent_by.id == life.desk.id else life.processor
        life.do(act.CancelNotice(life.at, notice.id, "Nhập sai số tiền"), sender)


def suspend(life: Life, *, tax_notice: bool = True) -> None:
    """Dừng tính nghĩa vụ tài chính."""
    amount = life.rng.choice(_NVTC) if tax_notice else 0
    life.do(
        act.Suspend(
            life.at, "Chờ thực hiện nghĩa vụ tài chính về đất đai", amount,
            f"TB{life.rng.randrange(10_000):04d}/TB-CCT" if tax_notice else "",
            life.at.date() if tax_notice else None, "7111.1054371" if tax_notice else "",
        ),
        life.processor,
    )  # fmt: skip


def accept(life: Life) -> None:
    """Tiếp nhận bổ sung."""
    life.do(act.AcceptSupplement(life.at), life.desk)


def complete(life: Life) -> None:
    """Hoàn thành."""
    life.do(act.Complete(life.at), life.processor)


def hand_over(life: Life) -> None:
    """Trả kết quả."""
    life.do(act.Return(life.at, "@name@", "Công dân nộp sau" if owing(life.dossier) else ""), life.desk)


def refuse(life: Life) -> None:
    """Từ chối."""
    life.do(act.Refuse(life.at, "Không thuộc thẩm quyền giải quyết"), life.desk)


def wait_for_supplement(life: Life, sub_state: SubState) -> None:
    """State 5, in one of its steps: shown by this version of the rules, not yet acted on."""
    _stand(life, State.AWAITING_SUPPLEMENT, PauseKind.SUPPLEMENT, sub_state, "supplement_requested")


def stop(life: Life) -> None:
    """State 8."""
    _stand(life, State.STOPPED, PauseKind.OTHER, None, "stopped")


def withdraw(life: Life) -> None:
    """State 7, by the citizen."""
    dossier = life.dossier
    item = HistoryItem("withdrawn", life.at, "@name@", note="Công dân xin rút hồ sơ")
    life.dossier = replace(
        dossier, state=State.WITHDRAWN, sub_state=None, assigned_to=None, accept_by=None, paid_since=None,
        end_reason="Công dân xin rút hồ sơ", history=(*dossier.history, item), version=dossier.version + 1,
    )  # fmt: skip


def _stand(life: Life, state: State, kind: PauseKind, sub_state: SubState | None, word: str) -> None:
    dossier = life.dossier
    if dossier.due_at is None or dossier.state is not State.PROCESSING:
        return
    pause = Pause(kind, life.at, working_minutes(life.calendar, life.at, dossier.due_at))
    life.dossier = replace(
        dossier, state=state, sub_state=sub_state, pauses=(*dossier.pauses, pause), assigned_to=None,
        return_to=dossier.assigned_to, version=dossier.version + 1,
        history=(*dossier.history, HistoryItem(word, life.at, life.processor.name)),
    )  # fmt: skip


def _deliver(life: Life, notice_id: str, sent_at: datetime) -> None:
    notice = find(life.dossier, notice_id)
    if notice is None:
        return
    told = []
    for delivery in notice.deliveries:
        state, code = DeliveryState.DELIVERED, ""
        if delivery.channel is DeliveryChannel.EMAIL and life.rng.random() < 0.06:
            state, code = DeliveryState.FAILED, "bad-address"
        when = min(sent_at + timedelta(minutes=1), life.now)
        queued = delivery.state is DeliveryState.QUEUED
        told.append(replace(delivery, state=state, since=when, code=code, attempts=1) if queued else delivery)
    life.dossier = with_notice(life.dossier, replace(notice, deliveries=tuple(told)))
