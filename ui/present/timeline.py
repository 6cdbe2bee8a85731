"""What happened to a dossier and what happens next, as entries of the thin rail.

Stands apart because the history's words (kinds of events) are many and each reads as a plain sentence.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier import Dossier, HistoryItem, Officer
from app.domain.money import format_dong
from app.domain.time_words import clock_time, due_moment, remaining_words, short_day
from app.domain.words import Role, State, SubState
from ui.present.wording import channel_words
from ui.widgets.timeline import TimelineEntry

_WORDS: dict[str, tuple[str, str, str]] = {
    "submitted": ("user", "text_2", "Công dân nộp hồ sơ"),
    "received": ("check-circle-fill", "paid_badge", "Tiếp nhận hồ sơ"),
    "refused": ("prohibit", "late_text", "Không được tiếp nhận"),
    "forwarded": ("arrow-right", "text_2", "Chuyển xử lý"),
    "suspended": ("pause-circle", "pause_text", "Dừng tính NVTC"),
    "supplement_accepted": ("archive-tray", "text_2", "Tiếp nhận bổ sung"),
    "resumed": ("play-circle", "text_2", "Đồng hồ chạy tiếp"),
    "completed": ("check-circle-fill", "paid_badge", "Đã xử lý xong"),
    "returned": ("package", "text_2", "Đã trả kết quả"),
    "notice_sent": ("paper-plane-tilt", "text_2", "Thông báo công dân"),
    "notice_cancelled": ("prohibit", "text_2", "Hủy thông báo"),
    "notice_superseded": ("swap", "text_2", "Thay thông báo"),
    "payment_recorded": ("money", "paid_badge", "Công dân đã đóng"),
    "case_opened": ("scales", "conflict_text", "Mở việc hoàn tiền"),
    "refund_decided": ("scales", "text_2", "Đã chọn cách hoàn tiền"),
    "refund_approved": ("hand-coins", "text_2", "Duyệt hoàn tiền"),
    "refunded": ("hand-coins", "text_2", "Đã hoàn tiền"),
    "case_changed": ("scales", "text_2", "Việc hoàn tiền đổi số tiền"),
    "case_lapsed": ("check", "text_2", "Việc hoàn tiền không còn cần"),
    "case_closed": ("check-circle", "text_2", "Khép việc tiền"),
    "covered": ("users", "text_2", "Chuyển người xử lý thay"),
    "withdrawn": ("arrow-u-up-left", "text_2", "Công dân yêu cầu rút"),
    "stopped": ("pause-circle", "pause_text", "Dừng xử lý"),
    "asked": ("files", "text_2", "Yêu cầu bổ sung giấy tờ"),
    "supplemented": ("archive-tray", "text_2", "Công dân đã bổ sung giấy tờ"),
}
_MONEY = frozenset(
    {
        "notice_sent", "payment_recorded", "case_opened", "case_changed", "case_lapsed", "refund_decided",
        "refund_approved", "refunded", "suspended",
    }
)  # fmt: skip


def timeline(dossier: Dossier, officer: Officer, now: datetime) -> tuple[TimelineEntry, ...]:
    """Return what is so now, then what happened, newest first."""
    past = tuple(_entry(item, now) for item in reversed(dossier.history))
    present = _present(dossier, officer, now)
    return (present, *past) if present else past


def _present(dossier: Dossier, officer: Officer, now: datetime) -> TimelineEntry | None:
    if dossier.state is not State.PROCESSING or dossier.step is None:
        return None
    holder = dossier.assigned_to
    who = "chờ phân công" if holder is None else "bạn đang giữ" if holder.id == officer.id else holder.name
    parts = [f"từ {_when(dossier.assigned_at, now)}" if dossier.assigned_at else ""]
    parts.append(f"hẹn trả {due_moment(dossier.due_at, now)}" if dossier.due_at else "")
    second = " · ".join(part for part in parts if part)
    return TimelineEntry("clock", f"{dossier.step.name} – {who}", second, "primary", now=True)


def _when(moment: datetime, now: datetime) -> str:
    day = short_day(moment, now)
    return f"{clock_time(moment)} {day}"


def _entry(item: HistoryItem, now: datetime) -> TimelineEntry:
    icon, tone, words = _WORDS.get(item.kind, ("info", "text_2", item.kind.replace("_", " ").capitalize()))
    title = f"{words} {format_dong(item.amount)}" if item.kind in _MONEY and item.amount else words
    note = channel_words(item.note) if item.kind == "payment_recorded" else item.note
    parts = [_when(item.at, now), item.by, note if item.kind != "refund_decided" else ""]
    return TimelineEntry(icon, title, " · ".join(part for part in parts if part), tone)


def next_steps(dossier: Dossier, officer: Officer) -> tuple[TimelineEntry, ...]:
    """Return *Việc tiếp theo* of a suspended dossier: who does what until it runs again."""
    if dossier.state is not State.AWAITING_OBLIGATION or dossier.sub_state is SubState.AWAITING_TAX_NOTICE:
        return ()
    left = _left(dossier)
    back = dossier.return_to.name if dossier.return_to else "người thụ lý"
    pay = TimelineEntry("hourglass-medium", "Công dân đóng tiền", left)
    home = TimelineEntry("user", f"Về lại {back}, đồng hồ chạy tiếp")
    if dossier.sub_state is SubState.AWAITING_PAYMENT:
        return (TimelineEntry("hourglass-medium", "Công dân đóng tiền", left, "primary", now=True), home)
    desk = Role.RECEPTION in officer.roles
    if dossier.sub_state is SubState.DESK_TO_NOTIFY:
        title = "Bạn tiếp nhận bổ sung và báo công dân" if desk else "Một cửa tiếp nhận bổ sung và báo công dân"
        second = "Ctrl+Enter làm cả hai, có 8 giây để hoàn tác" if desk else ""
    else:
        title, second = "Bạn thông báo công dân" if desk else "Một cửa thông báo công dân", ""
    return (TimelineEntry("arrow-right", title, second, "primary", now=True), pay, home)


def _left(dossier: Dossier) -> str:
    if not dossier.pauses:
        return ""
    minutes = dossier.pauses[-1].remaining_minutes
    words = remaining_words(minutes, sentence=True, exact=True)
    return f"còn lại {words}, giữ nguyên" if minutes >= 0 else f"đã quá {words}, giữ nguyên"
