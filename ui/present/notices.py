"""Fee notices in words: sums with their lines, how each channel fared, payments, what may be done.

Stands apart because delivery states are the sentences officers read out on the telephone (*Hộp thư đầy, thử lại lúc…*).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.dossier import Delivery, Dossier, Notice, Officer
from app.domain.money import format_dong
from app.domain.notices import rest_of
from app.domain.time_words import clock_time, short_day
from app.domain.words import OPEN_NOTICE, DeliveryState, NoticeState
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
    "gave-up": ("Không tới được", "Quá 24 giờ không tới, đã thôi gửi."),
}
_ALL_FAILED = "Chưa kênh nào tới được công dân. Gọi điện theo mẫu, hoặc in giấy báo."
_HOPELESS = frozenset({DeliveryState.FAILED, DeliveryState.NO_ADDRESS})


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice as a card. ``chip`` is (words, kind); ``warning`` stands below the deliveries."""

    id: str
    title: str
    total: str
    second: str
    chip: tuple[str, str]
    lines: tuple[tuple[str, str], ...]
    deliveries: tuple[DeliveryLine, ...]
    payments: tuple[tuple[str, str], ...]
    warning: str
    open: bool
    amount: int


def notice_views(
    dossier: Dossier, officer: Officer, now: datetime, pending: tuple[str, ...]
) -> tuple[NoticeView, ...]:
    """Return the notices, newest first. ``pending`` commands have not left this machine: its newest notice or tick."""
    newest = dossier.notices[-1].id if "notify" in pending and dossier.notices else ""
    ticked = dossier.payments[-1].notice_id if "tick_paid" in pending and dossier.payments else ""
    return tuple(
        _view(dossier, notice, officer, now, unsent=notice.id == newest, ticked=notice.id == ticked)
        for notice in reversed(dossier.notices)
    )


def _view(
    dossier: Dossier, notice: Notice, officer: Officer, now: datetime, *, unsent: bool, ticked: bool
) -> NoticeView:
    is_open = notice.state in OPEN_NOTICE
    hopeless = bool(notice.deliveries) and all(d.state in _HOPELESS for d in notice.deliveries)
    return NoticeView(
        id=notice.id,
        title=notice.title,
        total=format_dong(notice.total),
        second=_second(notice, officer, now),
        chip=_chip(dossier, notice, unsent=unsent, ticked=ticked),
        lines=tuple((line.name, format_dong(line.amount)) for line in notice.lines),
        deliveries=tuple(delivery_line(d, now, unsent=unsent) for d in notice.deliveries) if is_open else (),
        payments=_payments(dossier, notice, now),
        warning=_ALL_FAILED if is_open and hopeless and not unsent else "",
        open=is_open,
        amount=rest_of(dossier, notice) or notice.total,
    )


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
    if notice.pay_by:
        parts.append(f"đề nghị đóng trước {notice.pay_by:%d/%m}")
    return " · ".join(parts)


def _chip(dossier: Dossier, notice: Notice, *, unsent: bool, ticked: bool) -> tuple[str, str]:
    if ticked and notice.state is NoticeState.PAID:
        return ("Đã đóng – chưa gửi", "paid_unsent")
    if unsent:
        return ("Chưa gửi", "queued")
    if notice.state is NoticeState.PAID:
        return ("Đã đóng", "paid")
    if notice.state is NoticeState.PARTLY_PAID:
        return (f"Còn thiếu {format_dong(rest_of(dossier, notice))}", "due")
    if notice.state in OPEN_NOTICE:
        return ("Chờ đóng", "due")
    return (_CLOSED.get(notice.state, "Đã đóng thông báo"), "neutral")


def _payments(dossier: Dossier, notice: Notice, now: datetime) -> tuple[tuple[str, str], ...]:
    found = []
    for payment in dossier.payments:
        if payment.notice_id != notice.id:
            continue
        words = f"{payment_words(payment)} · {_moment(payment.paid_at, now)}"
        if payment.reversed:
            words += " · đã hủy ghi nhận"
        elif payment.refunded:
            words += f" · đã hoàn {format_dong(payment.refunded)}"
        elif payment.to_refund or not payment.settled:
            words += " · chờ hoàn"
        elif payment.surplus:
            words += f" · thừa {format_dong(payment.surplus)}"
        mark = ("prohibit", "text_3") if payment.reversed else ("money", "paid_badge")
        by_desk = payment.recorded_by is not None and not payment.reversed
        words = words[:1].upper() + words[1:]
        found.append(PaymentView(payment.id, words, format_dong(payment.amount), by_desk, mark))
    return tuple(found)


def delivery_line(delivery: Delivery, now: datetime, *, unsent: bool = False) -> DeliveryLine:
    """Return one channel in plain words: state, since when, what happens next."""
    icon, name = DELIVERY_NAMES.get(delivery.channel, ("paper-plane-tilt", str(delivery.channel)))
    address = masked(delivery.channel, delivery.address)
    since = _moment(delivery.since, now)
    if unsent and delivery.state is not DeliveryState.NO_ADDRESS:
        return DeliveryLine(delivery.channel, icon, name, address, "Đang chờ gửi", "queued", since="Chưa rời máy này.")
    match delivery.state:
        case DeliveryState.NO_ADDRESS:
            words = "Công dân chưa có tài khoản trên Cổng." if delivery.channel == "account" else "Chưa có địa chỉ."
            return DeliveryLine(delivery.channel, icon, name, "", "Không có", "neutral", next_step=words)
        case DeliveryState.DELIVERED:
            seen = f"Đã xem {_seen(delivery.seen_at, now)}" if delivery.seen_at else "Đã tới"
            second = since if delivery.seen_at or delivery.channel != "account" else f"{since} · chưa xem"
            return DeliveryLine(delivery.channel, icon, name, address, seen, "acked", "cloud-check", since=second)
        case DeliveryState.FAILED:
            chip, words = _FAILED.get(delivery.code, ("Không tới được", "Chưa gửi tới được."))
            return DeliveryLine(
                delivery.channel, icon, name, address, chip, "late", since=f"từ {since}", next_step=words
            )
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
