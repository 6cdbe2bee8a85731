"""What happened to a dossier and what happens next, as entries of the thin rail.

Stands apart because the history's words (kinds of events) are many and each reads as a plain sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app import texts
from app.domain.dossier import Dossier, HistoryItem
from app.domain.money import format_dong
from app.domain.people import Officer
from app.domain.time_words import clock_time, due_moment, remaining_words, short_day
from app.domain.words import Role, State, SubState
from ui.present.wording import DELIVERY_NAMES, channel_words
from ui.widgets.timeline import TimelineEntry

# How each kind of event looks; its words are those of ``texts.HISTORY_NAMES``.
_LOOKS: dict[str, tuple[str, str]] = {
    "submitted": ("user", "text_2"),
    "received": ("check-circle-fill", "paid_badge"),
    "lodged": ("identification-card", "text_2"),
    "refused": ("prohibit", "late_text"),
    "forwarded": ("arrow-right", "text_2"),
    "suspended": ("pause-circle", "pause_text"),
    "supplement_accepted": ("archive-tray", "text_2"),
    "tax_notice_added": ("receipt", "pause_text"),
    "sent_back": ("arrow-u-up-left", "pause_text"),
    "suspension_cancelled": ("play-circle", "text_2"),
    "resumed": ("play-circle", "text_2"),
    "completed": ("check-circle-fill", "paid_badge"),
    "returned": ("package", "text_2"),
    "notice_sent": ("paper-plane-tilt", "text_2"),
    "notice_cancelled": ("prohibit", "text_2"),
    "notice_superseded": ("swap", "text_2"),
    "collected": ("money", "paid_badge"),
    "payment_recorded": ("money", "paid_badge"),
    "payment_confirmed": ("check-circle", "text_2"),
    "payment_reversed": ("arrow-counter-clockwise", "late_text"),
    "waived": ("receipt", "text_2"),
    "reminded": ("bell", "text_2"),
    "reached": ("phone", "text_2"),
    "contact_corrected": ("envelope-simple", "text_2"),
    "case_opened": ("scales", "conflict_text"),
    "case_changed": ("scales", "text_2"),
    "case_lapsed": ("check", "text_2"),
    "case_closed": ("check-circle", "text_2"),
    "refund_decided": ("scales", "text_2"),
    "refund_approved": ("hand-coins", "text_2"),
    "refunded": ("hand-coins", "text_2"),
    "covered": ("users", "text_2"),
    "withdrawn": ("arrow-u-up-left", "text_2"),
    "reception_corrected": ("receipt", "text_2"),
    "components_checked": ("check", "text_2"),
    "supplement_requested": ("files", "pause_text"),
    "citizen_asked": ("paper-plane-tilt", "text_2"),
    "supplemented": ("archive-tray", "text_2"),
    "assigned": ("user", "text_2"),
    "given_back": ("arrow-u-up-left", "text_2"),
    "recalled": ("arrow-counter-clockwise", "text_2"),
    "submitted_to_head": ("flag", "text_2"),
    "approved": ("check-circle-fill", "paid_badge"),
    "not_approved": ("prohibit", "late_text"),
    "stopped": ("pause-circle", "pause_text"),
    "rated": ("chat-text", "text_2"),
    "extension_proposed": ("calendar-dots", "text_2"),
    "extension_declined": ("prohibit", "late_text"),
    "extended": ("calendar-dots", "soon_line"),
}
_NO_SUM = frozenset({"received", "returned"})
"""Their amount is what was owing then, not a sum of their own."""
_NOTES: dict[str, Callable[[str], str]] = {
    "payment_recorded": channel_words,
    "waived": lambda ground: texts.GROUND_NAMES.get(ground, ground),
    "refund_decided": lambda _method: "",
    "case_opened": lambda kind: "thiếu tiền" if kind == "shortfall" else "",
    "reached": lambda channel: DELIVERY_NAMES.get(channel, ("", channel))[1],
}


def timeline(dossier: Dossier, officer: Officer, now: datetime) -> tuple[TimelineEntry, ...]:
    """Return what is so now, then what happened, newest first."""
    rounds = _rounds(dossier)
    past = tuple(_entry(item, now, rounds.get(at, 0)) for at, item in reversed(list(enumerate(dossier.history))))
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


def _rounds(dossier: Dossier) -> dict[int, int]:
    """Return which entries of the history ask for papers the second time or later: their place, and which time."""
    asked = [at for at, item in enumerate(dossier.history) if item.kind == "supplement_requested"]
    return {at: nth for nth, at in enumerate(asked, 1) if nth > 1}


def _entry(item: HistoryItem, now: datetime, nth: int = 0) -> TimelineEntry:
    icon, tone = _LOOKS.get(item.kind, ("info", "text_2"))
    words = texts.HISTORY_NAMES.get(item.kind, "Việc khác")
    words = f"{words} lần {nth}" if nth else words
    title = f"{words} {format_dong(item.amount)}" if item.amount and item.kind not in _NO_SUM else words
    note = _NOTES.get(item.kind, lambda words: words)(item.note)
    parts = [_when(item.at, now), item.by, note]
    return TimelineEntry(icon, title, " · ".join(part for part in parts if part), tone)


def next_steps(dossier: Dossier, officer: Officer) -> tuple[TimelineEntry, ...]:
    """Return *Việc tiếp theo* of a suspended dossier: who does what until it runs again."""
    if dossier.state is not State.AWAITING_OBLIGATION:
        return ()
    left = _left(dossier)
    back = dossier.return_to.name if dossier.return_to else "người thụ lý"
    pay = TimelineEntry("hourglass-medium", "Công dân đóng tiền", left)
    home = TimelineEntry("user", f"Về lại {back}, đồng hồ chạy tiếp")
    if dossier.sub_state is SubState.AWAITING_PAYMENT:
        return (TimelineEntry("hourglass-medium", "Công dân đóng tiền", left, "primary", now=True), home)
    if dossier.sub_state is SubState.AWAITING_TAX_NOTICE:
        own = dossier.return_to is not None and dossier.return_to.id == officer.id
        title = f"{'Bạn' if own else back} thêm thông báo thuế"
        first = TimelineEntry("arrow-right", title, "đồng hồ vẫn dừng", "primary", now=True)
        return (first, TimelineEntry("paper-plane-tilt", "Một cửa thông báo công dân"), pay, home)
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
