"""``motcua-cli desk`` verbs for who does not take the desk's word: inspector, the province's engineer, day's end.

``journal verify`` proves the money journal under the province's public key; ``rescue`` opens the sealed log with its
secret one and brings money back; ``reconcile`` lays the day beside the portal's list.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from app import texts
from app.cli import desk_forms as forms
from app.cli.lane import Verb
from app.cli.output import DAMAGED, DONE, REFUSED, emit
from app.clock import from_ms
from app.errors import BadInput
from app.services import reconciliation, rescued, session
from app.services.desk import Desk

_KEY_BYTES = 32


def _verify(desk: Desk, args: argparse.Namespace) -> int:
    """Say from which row on the journal does not hold; ``--key`` is the public key, or a file that holds it."""
    found = session.prove_journal(desk, _key(args.key).hex() if args.key else "")
    emit({"rows": found.rows, "head": found.head, "countersigned": found.sealed, "broken_at": found.broken_at,
          "why": found.why, "ok": found.broken_at is None})  # fmt: skip
    return DONE if found.broken_at is None else DAMAGED


def rescue_read(args: argparse.Namespace) -> int:
    """Print every line that the province's secret opens; needs no desk, no store and no network."""
    logs = [Path(args.log)] if args.log else sorted((Path(args.profile) / "rescue").glob("*.log"))
    strange = 0
    for log in logs:
        lines, unread = rescued.read(log, _key(args.key))
        strange += unread
        for line in lines:
            emit({**line.command, "payment_id": line.entry.payment_id, "amount": line.entry.amount,
                  "channel": line.entry.channel, "made_at": from_ms(line.entry.made_ms).isoformat()})  # fmt: skip
    if strange:
        emit({"unread_lines": strange})
    return DAMAGED if strange else DONE


def _rescue_restore(desk: Desk, args: argparse.Namespace) -> int:
    """Queue the signed-in officer's money that this desk does not know any more; ``sync`` sends it."""
    log = Path(args.log) if args.log else desk.rescue.path
    lines, strange = rescued.read(log, _key(args.key))
    emit({"restored": rescued.restore(desk, lines), "lines": len(lines), "unread_lines": strange})
    return DAMAGED if strange else DONE


def _reconcile(desk: Desk, args: argparse.Namespace) -> int:
    day = forms.day(args.date) or desk.clock.now().date()
    found = reconciliation.compared(desk, day)
    emit({"day": found.day.isoformat(), "here": found.here, "there": found.there, "waiting": found.waiting,
          "differences": [_told(item) for item in found.differences], "ok": not found.differences})  # fmt: skip
    return REFUSED if found.differences else DONE


def _told(item: reconciliation.Difference) -> dict[str, object]:
    return {"code": item.code, "key": item.key, "dossier_code": item.dossier_code, "here": item.here,
            "there": item.there, "message": words(item)}  # fmt: skip


def words(item: reconciliation.Difference) -> str:
    """Return one difference as its sentence."""
    code = item.dossier_code or item.dossier_id
    return texts.sentence(item.code, code=code, here_dong=item.here or 0, there_dong=item.there or 0)


def _key(named: str) -> bytes:
    path = Path(named)
    try:
        text = path.read_text(encoding="ascii").strip() if path.is_file() else named
        key = bytes.fromhex(text)
    except (OSError, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise BadInput("rescue-key-malformed", path=named)
    return key


PROOF_VERBS: dict[str, Verb] = {"journal": _verify, "rescue": _rescue_restore, "reconcile": _reconcile}
