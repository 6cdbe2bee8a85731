"""What waits on this machine, in words: the deed, how far it came since when, what comes next.

Stands apart because the same deed is named in the outbox, on the last screen and in decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import texts
from app.domain.money import format_dong
from app.domain.time_words import clock_time, short_day
from app.domain.words import OutboxState, Way
from app.services.views import OutboxItem
from ui.present import veil
from ui.present.ways import MONEY_IN
from ui.present.wording import channel_words, code_words

_DEEDS: dict[str, tuple[str, str]] = {
    "register": ("identification-card", "Tiếp nhận tại quầy"),
    "lodge": ("identification-card", "Ghi hồ sơ nộp tại quầy"),
    "correct_reception": ("identification-card", "Sửa thông tin tiếp nhận"),
    "receive": ("tray", "Tiếp nhận hồ sơ"),
    "refuse": ("prohibit", "Từ chối tiếp nhận"),
    "forward": ("arrow-right", "Chuyển xử lý"),
    "suspend": ("pause-circle", "Dừng tính NVTC"),
    "accept_supplement": ("archive-tray", "Tiếp nhận bổ sung"),
    "complete": ("check-circle", "Hoàn thành xử lý"),
    "return": ("package", "Trả kết quả"),
    "notify": ("paper-plane-tilt", "Thông báo phí"),
    "cancel_notice": ("prohibit", "Hủy thông báo"),
    "tick_paid": ("money", "Ghi đã đóng"),
    "collect": ("hand-coins", "Thu tại quầy"),
    "waive": ("receipt", "Miễn / không phải nộp"),
    "confirm_payment": ("check-circle", "Xác nhận khoản thu"),
    "reverse_payment": ("arrow-counter-clockwise", "Hủy ghi nhận"),
    "decide_refund": ("scales", "Chọn cách hoàn tiền"),
    "approve_refund": ("hand-coins", "Duyệt hoàn tiền"),
    "pay_refund": ("hand-coins", "Ghi đã hoàn"),
    "close_case": ("check-circle", "Khép việc tiền"),
}


@dataclass(frozen=True, slots=True)
class OutboxView:
    """One row of the outbox: icon, two lines of the deed, two of the dossier, chip, since, what comes next.

    ``printable`` names the button that prints its slip, "" when there is none: only a notice that nobody has read yet.
    """

    key: str
    dossier_id: str
    icon: str
    title: str
    detail: str
    name: str
    code: str
    chip: str
    chip_kind: str
    chip_icon: str | None
    since: str
    next_step: str
    can_undo: bool
    to_decide: bool
    notice_id: str
    printable: str


_ON_ITS_WAY = (OutboxState.QUEUED, OutboxState.SENDING)


def deed_words(item: OutboxItem) -> str:
    """Return what was done: ``Ghi đã đóng 50.000 đ · tiền mặt``."""
    words = deed_words_of(item.type, item.amount)
    return f"{words} · {channel_words(item.channel)}" if item.channel else words


def deed_words_of(deed: str, amount: int = 0) -> str:
    """Return a command's type as what was done, with its sum if it has one."""
    words = _DEEDS.get(deed, ("floppy-disk", texts.COMMAND_NAMES.get(deed, deed).capitalize()))[1]
    return f"{words} {format_dong(amount)}" if amount else words


def outbox_view(item: OutboxItem, now: datetime, *, first: bool, online: bool) -> OutboxView:
    """Return one row; ``first`` leaves first when there is a line."""
    chip, kind, icon = _chip(item, now)
    return OutboxView(
        key=item.key,
        dossier_id=item.dossier_id,
        icon="check-circle" if item.state is OutboxState.ACKED else _DEEDS.get(item.type, ("floppy-disk", ""))[0],
        title=deed_words(item),
        detail=_detail(item),
        name=veil.name(item.applicant),
        code=veil.code(code_words(item.dossier_code)),
        chip=chip,
        chip_kind=kind,
        chip_icon=icon,
        since=_since(item, now),
        next_step=_next(item, now, first=first, online=online),
        can_undo=item.can_undo,
        to_decide=item.state in (OutboxState.NEEDS_DECISION, OutboxState.PARKED),
        notice_id=item.notice_id,
        printable=f"In giấy báo {format_dong(item.amount)}" if item.notice_id and item.state in _ON_ITS_WAY else "",
    )


def _detail(item: OutboxItem) -> str:
    if item.state is OutboxState.ACKED:
        return ""
    if item.type == "notify":
        return "Cổng, thư điện tử, tin nhắn"
    if item.type in ("register", "lodge") and not item.dossier_code:
        return "Chờ cấp số: Cổng cấp khi nhận được"
    if item.type == "receive":
        return "Số chính thức cấp khi lên Cổng"
    return "Tiền đã thu, giữ đến khi Cổng nhận" if item.type in MONEY_IN and item.amount else ""


def _chip(item: OutboxItem, now: datetime) -> tuple[str, str, str | None]:
    match item.state:
        case OutboxState.SENDING:
            return f"Đang gửi – từ {_at(item.changed_at, now)}", "sending", None
        case OutboxState.ACKED:
            return f"Đã lên Cổng {_at(item.changed_at, now)}", "acked", None
        case OutboxState.NEEDS_DECISION:
            return "Cổng chưa chấp nhận – cần bạn quyết định", "late", "warning-fill"
        case OutboxState.PARKED:
            return "Tạm giữ – cần bạn quyết định", "warn", None
        case OutboxState.RESOLVED:
            return "Đã kết thúc", "neutral", None
        case _:
            icon = "hourglass-medium" if item.way is Way.UNANSWERED else None
            return texts.SENT_SENTENCES[item.way].rstrip("."), "queued", icon


def _since(item: OutboxItem, now: datetime) -> str:
    if item.state in (OutboxState.ACKED, OutboxState.RESOLVED):
        return ""
    tries = f"đã thử {item.attempts} lần" if item.attempts else "chưa thử lần nào"
    return f"từ {_at(item.created_at, now)} · {tries}"


def _next(item: OutboxItem, now: datetime, *, first: bool, online: bool) -> str:
    if item.state in (OutboxState.NEEDS_DECISION, OutboxState.PARKED):
        return "Mở Cần xem lại để quyết định"
    if item.state is not OutboxState.QUEUED:
        return ""
    waits = item.next_try_at is not None and item.next_try_at > now
    if online and waits and item.next_try_at is not None:
        seconds = max(1, round((item.next_try_at - now).total_seconds()))
        return f"Gửi sau {seconds} giây" if seconds < 90 else f"Thử lại lúc {_at(item.next_try_at, now)}"
    if item.type in MONEY_IN and item.amount:
        return "Không bao giờ hết hạn; gửi đúng một lần"
    if item.way is Way.UNANSWERED:
        return "Hỏi lại Cổng khi có mạng"
    if item.type == "notify":
        return "Công dân chưa nhận được gì. In giấy báo đưa tay?"
    return "Gửi đầu tiên khi có mạng" if first else "Gửi theo thứ tự khi có mạng"


def _at(moment: datetime, now: datetime) -> str:
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else f"{clock_time(moment)} {day}"
