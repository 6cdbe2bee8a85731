"""Form 04: propose, sign or decline an apology with a new appointment."""

from __future__ import annotations

from datetime import datetime

from app.domain.commands import DeclineExtension, Extend, ProposeExtension
from app.errors import BadInput
from app.services import inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.views import Acted


def propose(desk: Desk, dossier_id: str, reason: str, due_at: datetime) -> Acted:
    """Đề nghị gia hạn: the draft lies with the head."""
    return act(desk, dossier_id, ProposeExtension(desk.clock.now(), reason, due_at))


def sign(desk: Desk, dossier_id: str, reason: str = "", due_at: datetime | None = None) -> Acted:
    """Ký xin lỗi và hẹn lại: as proposed where nothing else is said; raises BadInput ``new-date-needed``."""
    extension = inbox.card(desk, dossier_id).dossier.extension
    proposed = extension if extension and extension.waiting else None
    reason = reason or (proposed.reason if proposed else "")
    due_at = due_at or (proposed.due_at if proposed else None)
    if due_at is None:
        raise BadInput("new-date-needed")
    return act(desk, dossier_id, Extend(desk.clock.now(), reason, due_at))


def decline(desk: Desk, dossier_id: str, reason: str) -> Acted:
    """Không duyệt gia hạn: the appointment stays, who proposed it reads why."""
    return act(desk, dossier_id, DeclineExtension(desk.clock.now(), reason))
