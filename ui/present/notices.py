"""Fee notices in words: sums with their lines, how each channel fared, payments, what may be done.

Stands apart because delivery states are the sentences officers read out on the telephone (*Hộp thư đầy, thử lại lúc…*).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app import texts
from app.clock import VN
from app.domain import second_officer
from app.domain.dossier import Delivery, Dossier, Notice
from app.domain.money import format_dong
from app.domain.notices import overdue, rest_of, unreached
from app.domain.people import Officer
from app.domain.time_words import clock_time, short_day
from app.domain.words import OPEN_NOTICE, DeliveryState, NoticeState, Way
from ui.present import ways
from ui.present.wording import DELIVERY_NAMES, masked, payment_words
from ui.widgets.delivery_row import DeliveryLine

MOST_TRIES = 5
_CLOSED = {
    NoticeState.CANCELLED: "Đã hủy thông báo",
    NoticeState.SUPERSEDED: "Đã thay bằng thông báo khác",
    NoticeState.WAIVED: "Miễn lệ phí",
}
# Why a channel failed, in words, and what happens next when nothing is tried again.
_FAILED: dict[str, tuple[str, str]] = {
    "bad-address": ("Sai địa chỉ", "Địa chỉ thư không tồn tại. Sửa địa chỉ rồi gửi lại."),
    "mailbox-full": ("Hộp thư đầy", "Hộp thư đầy, đã thôi gửi."),
    "server-refused": ("Bị từ chối", "Máy chủ thư từ chối, không thử lại."),
    "bad-number": ("Số không đúng", "Số điện thoại không đúng. Sửa số rồi gửi lại."),
    "not-reachable": ("Chưa nhận được", "Máy không nhận được tin, đã thôi gửi."),
    "no-account": ("Không có", "Công dân chưa có tài khoản trên Cổng."),
    "gave-up": ("Không tới được", "Quá 24 giờ không tới, đã thôi gửi."),
}
_DEEDS = (
    ("remind", "Nhắc…"), ("print_notice", "In giấy báo"), ("replace_notice", "Thay…"), ("cancel_notice", "Hủy…"),
)  # fmt: skip
_DEEDS_BY_HAND = (("call", "Mẫu gọi…"), ("hand_over", "In và giao tay…"), ("cancel_notice", "Hủy…"))
_BY_HAND: dict[str, str] = {"handed": "Đã giao tay", "call": "Đã gọi"}
_CORRECTED: dict[str, tuple[str, str]] = {"sms": ("Sửa số…", "Thêm số…"), "email": ("Sửa địa chỉ…", "Thêm địa chỉ…")}


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment of a notice, or what was waived of it; ``by_desk``: an officer wrote it down and may take it back."""

    id: str
    words: str
    amount: str
    by_desk: bool = False
    unconfirmed: bool = False
    icon: tuple[str, str] = ("money", "paid_badge")


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice as a card. ``chip`` is (words, kind); ``deeds`` are (command, words) of its buttons."""

    id: str
    title: str
    total: str
    second: str
    chip: tuple[str, str]
    lines: tuple[tuple[str, str], ...]
    deliveries: tuple[DeliveryLine, ...]
    payments: tuple[PaymentView, ...]
    deeds: tuple[tuple[str, str], ...]
    pay_by: str
    open: bool
    amount: int


def notice_views(dossier: Dossier, officer: Officer, now: datetime, sent: Mapping[str, Way]) -> tuple[NoticeView, ...]:
    """Return the notices, newest first. ``sent``: how far commands came; they made the newest notice or tick."""
    notified, money = ways.unsent(sent, ("notify",)), ways.unsent_money(sent)
    newest = dossier.notices[-1].id if dossier.notices else ""
    ticked = dossier.payments[-1].notice_id if dossier.payments else ""
    return tuple(
        _view(dossier, notice, officer, now, unsent=notified if notice.id == newest else None,
              ticked=money if notice.id == ticked else None)
        for notice in reversed(dossier.notices)
    )  # fmt: skip


def _view(
    dossier: Dossier, notice: Notice, officer: Officer, now: datetime, *, unsent: Way | None, ticked: Way | None
) -> NoticeView:
    is_open = notice.state in OPEN_NOTICE
    by_hand = unreached(notice) and not unsent
    return NoticeView(
        id=notice.id,
        title=notice.title,
        total=format_dong(notice.total),
        second=_second(notice, officer, now),
        chip=_chip(dossier, notice, unsent=unsent, ticked=ticked),
        lines=tuple((line.name, format_dong(line.amount)) for line in notice.lines),
        deliveries=_deliveries(notice, now, unsent=unsent) if is_open else (),
        payments=(*_payments(dossier, notice, now), *_waivers(dossier, notice, now)),
        deeds=() if not is_open else _DEEDS_BY_HAND if by_hand else _DEEDS,
        pay_by=_pay_by(notice, now) if is_open else "",
        open=is_open,
        amount=rest_of(dossier, notice) or notice.total,
    )


def _deliveries(notice: Notice, now: datetime, *, unsent: Way | None) -> tuple[DeliveryLine, ...]:
    """Return every channel to the submitter, then the copies to the applicant."""
    copied = (delivery_line(copy, now, unsent=unsent) for copy in notice.copies)
    own = (delivery_line(delivery, now, unsent=unsent) for delivery in notice.deliveries)
    return (*own, *(replace(line, name=f"{line.name} (bản sao)", action="") for line in copied))


def _pay_by(notice: Notice, now: datetime) -> str:
    if notice.pay_by is None:
        return ""
    past = " – đã quá" if overdue(notice, now.astimezone(VN).date()) else ""
    return f"Hạn nộp {notice.pay_by:%d/%m/%Y}{past}"


def _second(notice: Notice, officer: Officer, now: datetime) -> str:
    who = "Bạn" if notice.sent_by.id == officer.id else notice.sent_by.name
    parts = [f"{who} gửi {_moment(notice.sent_at, now)}"]
    if notice.state in _CLOSED:
        parts.append(_CLOSED[notice.state] + (f": {notice.closed_reason}" if notice.closed_reason else ""))
    elif notice.state is NoticeState.PAYING and notice.paying_since:
        parts.append(f"công dân mở trang thanh toán từ {clock_time(notice.paying_since)}")
    elif notice.viewed_at:
        parts.append(f"công dân xem {_moment(notice.viewed_at, now)}")
    elif notice.state in OPEN_NOTICE:
        parts.append("công dân chưa mở xem")
    return " · ".join(parts)


def _chip(dossier: Dossier, notice: Notice, *, unsent: Way | None, ticked: Way | None) -> tuple[str, str]:
    if ticked and notice.state is NoticeState.PAID:
        return (f"Đã đóng – {ways.SHORT[ticked]}", "paid_unsent")
    if unsent:
        return (ways.ALONE[unsent], "queued")
    if notice.state is NoticeState.PAID:
        return ("Đã đóng", "paid")
    if notice.state is NoticeState.PARTLY_PAID:
        return (f"Còn thiếu {format_dong(rest_of(dossier, notice))}", "due")
    if notice.state in OPEN_NOTICE:
        return ("Chờ đóng", "due")
    return (_CLOSED.get(notice.state, "Đã đóng thông báo"), "neutral")


def _payments(dossier: Dossier, notice: Notice, now: datetime) -> tuple[PaymentView, ...]:
    found = []
    for payment in dossier.payments:
        if payment.notice_id != notice.id:
            continue
        words = f"{payment_words(payment)} · {_moment(payment.paid_at, now)}"
        waits = second_officer.waits(payment)
        if payment.reversed:
            words += " · đã hủy ghi nhận"
        elif waits:
            words += " · chờ người thứ hai xác nhận"
        elif payment.refunded:
            words += f" · đã hoàn {format_dong(payment.refunded)}"
        elif payment.to_refund or not payment.settled:
            words += " · chờ hoàn"
        elif payment.surplus:
            words += f" · thừa {format_dong(payment.surplus)}"
        mark = ("prohibit", "text_3") if payment.reversed else ("money", "paid_badge")
        by_desk = payment.recorded_by is not None and not payment.reversed
        words = words[:1].upper() + words[1:]
        mark = ("hourglass-medium", "text_2") if waits else mark
        found.append(PaymentView(payment.id, words, format_dong(payment.amount), by_desk, waits, mark))
    return tuple(found)


def _waivers(dossier: Dossier, notice: Notice, now: datetime) -> tuple[PaymentView, ...]:
    found = []
    for waiver in dossier.waivers:
        if waiver.notice_id == notice.id:
            ground = texts.GROUND_NAMES.get(waiver.ground, waiver.ground)
            words = f"Miễn · {ground} · {waiver.by.name} {_moment(waiver.at, now)}"
            found.append(PaymentView(waiver.id, words, format_dong(waiver.amount), icon=("receipt", "text_2")))
    return tuple(found)


def delivery_line(delivery: Delivery, now: datetime, *, unsent: Way | None = None) -> DeliveryLine:
    """Return one channel in plain words: state, since when, what happens next."""
    icon, name = DELIVERY_NAMES.get(delivery.channel, ("paper-plane-tilt", str(delivery.channel)))
    address = masked(delivery.channel, delivery.address)
    since = _moment(delivery.since, now)
    if delivery.channel in _BY_HAND:
        chip = _BY_HAND[delivery.channel]
        return DeliveryLine(delivery.channel, icon, name, "", chip, "acked", "check", since, delivery.code)
    if unsent and delivery.state is not DeliveryState.NO_ADDRESS:
        chip, why = ways.unread(unsent)
        return DeliveryLine(delivery.channel, icon, name, address, chip, "queued", since=why)
    match delivery.state:
        case DeliveryState.NO_ADDRESS:
            words = "Công dân chưa có tài khoản trên Cổng." if delivery.channel == "account" else "Chưa có địa chỉ."
            add = _CORRECTED.get(delivery.channel, ("", ""))[1]
            return DeliveryLine(delivery.channel, icon, name, "", "Không có", "neutral", next_step=words, action=add)
        case DeliveryState.DELIVERED:
            seen = f"Đã xem {_seen(delivery.seen_at, now)}" if delivery.seen_at else "Đã tới"
            second = since if delivery.seen_at or delivery.channel != "account" else f"{since} · chưa xem"
            return DeliveryLine(delivery.channel, icon, name, address, seen, "acked", "cloud-check", since=second)
        case DeliveryState.FAILED:
            chip, words = _FAILED.get(delivery.code, ("Không tới được", "Chưa gửi tới được."))
            return DeliveryLine(
                delivery.channel, icon, name, address, chip, "late", since=f"từ {since}", next_step=words,
                action=_CORRECTED.get(delivery.channel, ("", ""))[0],
            )  # fmt: skip
        case _:
            return _under_way(delivery, icon, name, address, since, now)


def _under_way(delivery: Delivery, icon: str, name: str, address: str, since: str, now: datetime) -> DeliveryLine:
    if delivery.next_try_at is not None and delivery.attempts:
        chip, _ = _FAILED.get(delivery.code, ("Chưa tới được", ""))
        tries = f"đã thử {delivery.attempts} lần"
        again = f"thử lại lúc {_seen(delivery.next_try_at, now)} (lần {delivery.attempts + 1}/{MOST_TRIES})"
        return DeliveryLine(
            delivery.channel, icon, name, address, chip, "warn", since=f"từ {since} · {tries}", next_step=again
        )
    if delivery.state is DeliveryState.SENT:
        return DeliveryLine(delivery.channel, icon, name, address, "Đang gửi", "sending", since=f"từ {since}")
    return DeliveryLine(delivery.channel, icon, name, address, "Đang chờ gửi", "neutral", since=f"từ {since}")


def _moment(moment: datetime, now: datetime) -> str:
    return f"{clock_time(moment)} {short_day(moment, now)}"


def _seen(moment: datetime, now: datetime) -> str:
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else f"{clock_time(moment)} {day}"
