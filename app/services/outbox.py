"""Chờ gửi: what waits on this desk, in the order of sending; undo while nothing has left."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.clock import from_ms, to_ms
from app.contract.codec import Foreign, read_command
from app.domain.commands import BIRTHS, Collect, Command, Notify, PayRefund, Resume, TickPaid
from app.domain.words import OutboxState, Way
from app.domain.work_commands import Birth
from app.events import OutboxChanged
from app.services.desk import Desk
from app.services.views import OutboxItem
from app.store import mirror, outbox
from app.store.outbox import OutboxRow

RECENT_LIMIT = 20


def unfinished(desk: Desk) -> tuple[OutboxItem, ...]:
    """Return every command that is not acknowledged or resolved."""
    with desk.store.read() as connection:
        return _items(desk, connection, outbox.unfinished(connection))


def just_sent(desk: Desk) -> tuple[OutboxItem, ...]:
    """Return what the portal confirmed today, newest first."""
    midnight = desk.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    with desk.store.read() as connection:
        return _items(desk, connection, outbox.recently_acked(connection, to_ms(midnight), RECENT_LIMIT))


def undo(desk: Desk, *keys: str) -> bool:
    """Hoàn tác: take back what one press did, all of it or nothing; False when one has left already, or is money."""
    with desk.store.write() as connection:
        rows = [row for key in keys if (row := outbox.get(connection, key)) is not None]
        now_ms = to_ms(desk.clock.now())
        # What was queued first leaves first: if that one is still here, so are the others.
        first_to_last = sorted(rows, key=lambda row: row.seq)
        done = len(rows) == len(keys) and all(
            outbox.undo(connection, row.key, desk.officer.id, now_ms) for row in first_to_last
        )
        dossiers = {row.dossier_id for row in rows}
        if done:
            desk.projector.project(connection, list(dossiers))
    for dossier_id in dossiers if done else ():
        desk.tell_changed(dossier_id)
    return done


def may_undo(desk: Desk, keys: Iterable[str]) -> bool:
    """Say whether all of these commands can still be taken back."""
    with desk.store.read() as connection:
        rows = [outbox.get(connection, key) for key in keys]
    return all(row is not None and _may_undo(row) for row in rows)


def _may_undo(row: OutboxRow) -> bool:
    return row.state is OutboxState.QUEUED and row.attempts == 0 and not row.money


def send_now(desk: Desk) -> None:
    """Gửi ngay: no command waits for its undo time any longer; printing, handing over and closing do this too."""
    with desk.store.write() as connection:
        outbox.send_now(connection, to_ms(desk.clock.now()))
    desk.bus.publish(OutboxChanged())


def problem_of(desk: Desk, key: str) -> tuple[str, dict[str, object]]:
    """Return code and parameters of the last problem of a command; the code is empty when there was none."""
    with desk.store.read() as connection:
        row = outbox.get(connection, key)
    return (problem_code(row.last_problem), problem_params(row.last_problem)) if row else ("", {})


def way_of(desk: Desk, key: str) -> Way:
    """Return how far a command has come."""
    with desk.store.read() as connection:
        row = outbox.get(connection, key)
    return row.way if row else Way.HERE


def state_of(desk: Desk, key: str) -> str:
    """Return the outbox state of a command as its wire word, empty when there is none."""
    with desk.store.read() as connection:
        row = outbox.get(connection, key)
    return row.state.value if row else ""


def problem_code(last_problem: str) -> str:
    """Return the code in what the outbox remembers: the first failed condition, else the problem itself."""
    if not last_problem.startswith("{"):
        return last_problem
    told = json.loads(last_problem)
    return str(_first_failed(told).get("code") or told.get("code") or "refused")


def problem_params(last_problem: str) -> dict[str, object]:
    """Return the parameters of that condition's sentence, instants read back from their wire form."""
    params = _first_failed(json.loads(last_problem)).get("params") if last_problem.startswith("{") else None
    if not isinstance(params, dict):
        return {}
    return {str(name): _moment(value) if name in _MOMENTS else value for name, value in params.items()}


_MOMENTS = frozenset({"since", "at"})


def _first_failed(told: dict[str, Any]) -> dict[str, Any]:
    failed = told.get("failed")
    return failed[0] if isinstance(failed, list) and failed and isinstance(failed[0], dict) else {}


def _moment(value: object) -> object:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return value


def _items(desk: Desk, connection: Connection, rows: list[OutboxRow]) -> tuple[OutboxItem, ...]:
    bodies, births = mirror.bodies(connection, [row.dossier_id for row in rows]), _births(rows)
    return tuple(_item(desk, row, bodies, births) for row in rows)


def _births(rows: list[OutboxRow]) -> dict[str, Birth]:
    """Return how the dossiers that nobody but this desk has seen came into the world, by id."""
    found = ((row.dossier_id, read_command(row.type, row.body)) for row in rows if row.type in BIRTHS)
    return {dossier_id: command for dossier_id, command in found if isinstance(command, Birth)}


def _item(desk: Desk, row: OutboxRow, bodies: dict[str, bytes], births: dict[str, Birth]) -> OutboxItem:
    command = read_command(row.type, row.body)
    body = bodies.get(row.dossier_id)
    seen = desk.projector.folded(body, ()) if body else None
    if seen is None:
        born = births.get(row.dossier_id)
        code, applicant = (born.receipt_code or born.code, born.applicant.name) if born else ("", "")
    elif isinstance(seen, Foreign):
        code, applicant = seen.receipt_code or seen.code, seen.applicant
    else:
        code, applicant = seen.dossier.receipt_code or seen.dossier.code, seen.dossier.applicant.name
    return OutboxItem(
        key=row.key,
        type=row.type,
        dossier_id=row.dossier_id,
        dossier_code=code,
        applicant=applicant,
        amount=_amount(command),
        channel=command.channel.value if isinstance(command, (TickPaid, Collect)) else "",
        state=row.state,
        attempts=row.attempts,
        last_problem=row.last_problem,
        created_at=from_ms(row.created_ms),
        changed_at=from_ms(row.changed_ms),
        next_try_at=from_ms(row.not_before_ms) if row.not_before_ms else None,
        can_undo=_may_undo(row),
        notice_id=command.notice_id if isinstance(command, Notify) else "",
        way=row.way,
    )


def _amount(command: Command) -> int:
    if isinstance(command, (TickPaid, Collect, Resume, PayRefund)):
        return command.amount
    return sum(line.amount for line in command.lines) if isinstance(command, Notify) else 0
