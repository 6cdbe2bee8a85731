"""Banners between reception and return: papers asked for, the head's word, a step given back, form 04, a stop.

Stands apart from ``banners``, which are the guide's three cases; each answers a view or None like those.
"""

from __future__ import annotations

from datetime import datetime

from app.clock import VN
from app.domain.dossier import Dossier
from app.domain.people import Officer
from app.domain.time_words import due_moment, long_moment, short_moment
from app.domain.words import Role, State, SubState
from ui.present.banner_view import BannerView, ended
from ui.widgets.plain_label import Bold

_BEFORE_THE_DATE = (State.RECEIVED, State.PROCESSING)


def work_banners(dossier: Dossier, officer: Officer, now: datetime, apology: str) -> tuple[BannerView | None, ...]:
    """Return what these things say of the dossier; ``apology``: soon, late or "" as a card has it."""
    return (
        _supplement(dossier, now),
        _approval(dossier, officer, now),
        _given_back(dossier, now),
        _apology(dossier, officer, now, apology),
        _stopped(dossier, now),
    )


def _supplement(dossier: Dossier, now: datetime) -> BannerView | None:
    if dossier.state is not State.AWAITING_SUPPLEMENT or not dossier.supplements:
        return None
    asked = dossier.supplements[-1]
    nth = f" lần {len(dossier.supplements)}" if len(dossier.supplements) > 1 else ""
    papers = ", ".join(asked.papers)
    if dossier.sub_state is SubState.DESK_TO_ASK:
        lead = Bold(f"Cần báo công dân bổ sung{nth}. ")
        words = f"{asked.asked_by} yêu cầu {short_moment(asked.asked_at, now)}: {papers}. {ended(asked.reason)}"
        return BannerView("paused", (lead, words))
    if dossier.sub_state is SubState.SUPPLEMENTED:
        when = short_moment(asked.supplied_at, now) if asked.supplied_at else ""
        return BannerView("info", (Bold(f"Đã bổ sung{nth} {when}: "), f"{papers}. Tiếp nhận bổ sung để làm tiếp."))
    since = short_moment(asked.told_at, now) if asked.told_at else ""
    by, late = "", asked.supply_by is not None and asked.supply_by < now.astimezone(VN).date()
    if asked.supply_by is not None:
        by = f" Đã quá hạn {asked.supply_by:%d/%m}." if late else f" Hạn {asked.supply_by:%d/%m}."
    lead = Bold(f"Chờ công dân bổ sung{nth} từ {since}: ")
    return BannerView("warn" if late else "paused", (lead, f"{papers}.{by}"))


def _approval(dossier: Dossier, officer: Officer, now: datetime) -> BannerView | None:
    if dossier.state is not State.PROCESSING or not dossier.approvals:
        return None
    last = dossier.approvals[-1]
    note = f": {ended(last.note)}" if last.note else "."
    if last.approved is None:
        when = short_moment(last.asked_at, now)
        if dossier.assigned_to is not None and dossier.assigned_to.id == officer.id:
            return BannerView("info", (Bold(f"{last.asked_by} trình {when}"), note))
        return BannerView("info", (Bold(f"Chờ {last.to} duyệt "), f"từ {when}{note}"), "flag")
    if last.decided_at is None or dossier.history[-1].at > last.decided_at:
        return None
    when = short_moment(last.decided_at, now)
    if last.approved:
        return BannerView("ok", (Bold(f"{last.to} đã duyệt "), f"{when}.", f" {ended(last.reason)}".rstrip()))
    return BannerView("warn", (Bold(f"{last.to} không duyệt "), f"{when}: {ended(last.reason)}"))


def _given_back(dossier: Dossier, now: datetime) -> BannerView | None:
    last = dossier.history[-1] if dossier.history else None
    if last is None or last.kind != "given_back":
        return None
    when = short_moment(last.at, now)
    return BannerView("warn", (Bold(f"{last.by} trả lại {when}: "), ended(last.note)))


def _apology(dossier: Dossier, officer: Officer, now: datetime, apology: str) -> BannerView | None:
    """One working day before the appointment and after it: form 04 is prompted, to the holder and to the head."""
    proposed = dossier.extension
    if proposed is not None and proposed.waiting:
        words = f" hẹn lại {long_moment(proposed.due_at, now)}: {ended(proposed.reason)}"
        action = ("Ký gia hạn…", "extend", "") if Role.HEAD in officer.roles else None
        return BannerView("info", (Bold(f"{proposed.proposed_by} đề nghị"), words), "calendar-dots", action)
    holds = dossier.assigned_to is not None and dossier.assigned_to.id == officer.id
    action = ("Đề nghị gia hạn…", "propose_extension", "") if holds else None
    if proposed is not None and proposed.declined_at is not None and dossier.state in _BEFORE_THE_DATE:
        since = short_moment(proposed.declined_at, now)
        said = Bold(f"{proposed.declined_by} không duyệt gia hạn {since}: ")
        return BannerView("warn", (said, ended(proposed.declined_why)), action=action)
    if not apology or dossier.due_at is None:
        return None
    when = due_moment(dossier.due_at, now)
    lead = f"Đã quá hẹn {when}. " if apology == "late" else f"Sắp đến hẹn {when}. "
    in_time = "Không kịp thì đề nghị gia hạn trước khi quá hẹn."
    words = "Cần văn bản xin lỗi và hẹn lại." if apology == "late" else in_time
    action = ("Ký gia hạn…", "extend", "") if Role.HEAD in officer.roles else action
    return BannerView("warn", (Bold(lead), words), action=action)


def _stopped(dossier: Dossier, now: datetime) -> BannerView | None:
    stop = dossier.stop
    if dossier.state is not State.STOPPED or stop is None:
        return None
    lead = "Chấm dứt giải quyết" if stop.ends else "Tạm dừng giải quyết"
    after = "" if stop.ends else " Đồng hồ đứng đến khi tiếp tục xử lý."
    words = f" {short_moment(stop.at, now)} – {stop.by}. {ended(stop.reason)}{after}"
    return BannerView("paused", (Bold(lead), words))
