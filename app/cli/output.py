"""What the command line prints: one JSON object a line on stdout, sentences on stderr, and the exit codes.

Stands apart because outside programs read it: field names stay once they are out (design §11).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from app import texts
from app.clock import VN
from app.domain.dossier import Case, Dossier, HistoryItem, Notice, Pause, Payment, Waiver
from app.domain.extension import Extension
from app.domain.notices import overdue, owing, rest_of, settled_of
from app.domain.pause_parts import parts
from app.domain.words import OutboxState, Way
from app.errors import BadInput
from app.services.views import Card, ForeignCard, OutboxItem

DONE, REFUSED, USAGE, QUEUED, DAMAGED = 0, 1, 2, 3, 4

EXIT: dict[OutboxState, int] = {
    OutboxState.ACKED: DONE,
    OutboxState.QUEUED: QUEUED,
    OutboxState.SENDING: QUEUED,
    OutboxState.NEEDS_DECISION: REFUSED,
    OutboxState.PARKED: REFUSED,
    OutboxState.RESOLVED: DONE,
}

_STOPPED: dict[OutboxState, str] = {
    OutboxState.NEEDS_DECISION: "outbox-needs-decision",
    OutboxState.PARKED: "outbox-parked",
    OutboxState.RESOLVED: "outbox-resolved",
}


def emit(value: Mapping[str, Any]) -> None:
    """Print one object as one line of JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=_plain) + "\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Print one sentence for people."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def came(state: OutboxState, way: Way) -> str:
    """Return what became of a deed: what stopped it, or how far it has come, by the words of the window."""
    return texts.sentence(_STOPPED[state]) if state in _STOPPED else texts.SENT_SENTENCES[way]


def instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text, in Viet Nam when it names no zone; raises BadInput."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("date-malformed", text=text) from None
    return found.astimezone(VN) if found.tzinfo else found.replace(tzinfo=VN)


def moment(value: datetime | None) -> str | None:
    """Return an instant as ISO 8601 with +07:00."""
    return value.isoformat() if value else None


def row(card: Card | ForeignCard) -> dict[str, Any]:
    """Return one line of ``desk list`` and ``desk search``."""
    if isinstance(card, ForeignCard):
        return {"id": card.id, "code": card.code, "applicant": card.applicant, "state": None, "read_only": True}
    dossier = card.dossier
    return {
        "id": dossier.id,
        "code": dossier.code,
        "receipt_code": dossier.receipt_code,
        "applicant": dossier.applicant.name,
        "procedure_code": dossier.procedure.code,
        "state": int(dossier.state),
        "fee_status": dossier.fee_status.value,
        "paid": dossier.paid,
        "due_at": moment(dossier.due_at),
        "pending": list(card.pending),
    }


def waiting(item: OutboxItem) -> dict[str, Any]:
    """Return one line of ``desk outbox`` and ``desk leave``; ``amount`` is in đồng, 0 where no money is meant."""
    return {
        "key": item.key,
        "type": item.type,
        "dossier_code": item.dossier_code,
        "applicant": item.applicant,
        "amount": item.amount,
        "state": item.state.value,
        "way": item.way.value,
        "message": came(item.state, item.way),
        "attempts": item.attempts,
        "last_problem": item.last_problem,
        "created_at": moment(item.created_at),
    }


def whole(card: Card, today: date) -> dict[str, Any]:
    """Return the object of ``desk show``."""
    dossier = card.dossier
    return {
        **row(card),
        "sub_state": dossier.sub_state.value if dossier.sub_state else None,
        "accept_by": moment(dossier.accept_by),
        "clock": dossier.clock.value,
        "queue": card.queue.value if card.queue else None,
        "assigned_to": dossier.assigned_to.username if dossier.assigned_to else None,
        "return_to": dossier.return_to.username if dossier.return_to else None,
        "remaining_minutes": dossier.pauses[-1].remaining_minutes if dossier.pauses else None,
        "step": dossier.step.key if dossier.step else None,
        "version": dossier.version,
        "owing": owing(dossier),
        "submitter": {name: getattr(dossier.submitter, name) for name in ("name", "phone", "email", "address")},
        "sets": dossier.sets,
        "result_channel": dossier.result_channel,
        "result_also_online": dossier.result_also_online,
        "mail_to": asdict(dossier.mail_to) if dossier.mail_to else None,
        "step_due_at": moment(card.step_due_at),
        "apology": card.apology,
        "extension": _extension(dossier.extension) if dossier.extension else None,
        "pauses": [_pause(dossier, item) for item in dossier.pauses],
        "waivers": [_waiver(item) for item in dossier.waivers],
        "history": [_happened(item) for item in dossier.history],
        "notices": [notice(dossier, item, today) for item in dossier.notices],
        "cases": [_case(item) for item in dossier.cases],
    }


def notice(dossier: Dossier, item: Notice, today: date) -> dict[str, Any]:
    """Return one notice with lines, deliveries and payments."""
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "total": item.total,
        "settled": settled_of(dossier, item.id),
        "state": item.state.value,
        "pay_by": item.pay_by.isoformat() if item.pay_by else None,
        "overdue": overdue(item, today),
        "rest": rest_of(dossier, item),
        "reminders": item.reminders,
        "reminded_at": moment(item.reminded_at),
        "lines": [{"kind": line.kind.value, "name": line.name, "amount": line.amount} for line in item.lines],
        "deliveries": [
            {"channel": d.channel.value, "state": d.state.value, "since": moment(d.since), "code": d.code}
            for d in item.deliveries
        ],
        "copies": [{"channel": d.channel.value, "state": d.state.value, "address": d.address} for d in item.copies],
        "payments": [_payment(p) for p in dossier.payments if p.pays == item.id],
    }


def _payment(item: Payment) -> dict[str, Any]:
    return {
        "id": item.id,
        "channel": item.channel.value,
        "gateway": item.gateway,
        "amount": item.amount,
        "settled": item.settled,
        "reversed": item.reversed,
        "refunded": item.refunded,
        "recorded_by": item.recorded_by.username if item.recorded_by else None,
        "needs_second": item.needs_second,
        "confirmed_by": item.confirmed_by.username if item.confirmed_by else None,
        "paid_at": moment(item.paid_at),
    }


def _case(item: Case) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "state": item.state.value,
        "amount": item.amount,
        "payment_id": item.payment_id,
        "decided": item.decided_at is not None,
        "notice_id": item.notice_id,
        "method": item.method,
        "lapsed": item.lapsed,
        "note": item.note,
    }


def _pause(dossier: Dossier, item: Pause) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "from": moment(item.started_at),
        "to": moment(item.ended_at),
        "remaining_minutes": item.remaining_minutes,
        "parts": [
            {"waits_for": part.waits_for, "from": moment(part.since), "to": moment(part.until)}
            for part in parts(dossier, item)
        ],
    }


def _extension(item: Extension) -> dict[str, Any]:
    return {
        "reason": item.reason,
        "due_at": moment(item.due_at),
        "first_due_at": moment(item.first_due_at),
        "proposed_by": item.proposed_by,
        "signed_by": item.signed_by,
        "declined_by": item.declined_by,
        "declined_why": item.declined_why,
        "signed_at": moment(item.signed_at),
        "late": item.late,
    }


def _waiver(item: Waiver) -> dict[str, Any]:
    ground = texts.GROUND_NAMES.get(item.ground, item.ground)
    return {
        "id": item.id,
        "notice_id": item.notice_id,
        "line": None if item.line is None else item.line + 1,
        "amount": item.amount,
        "ground": ground,
        "by": item.by.username,
    }


def _happened(item: HistoryItem) -> dict[str, Any]:
    what = texts.HISTORY_NAMES.get(item.kind, item.kind)
    return {"at": moment(item.at), "kind": item.kind, "what": what, "by": item.by, "amount": item.amount}
