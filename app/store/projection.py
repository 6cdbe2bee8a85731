"""Derives what lists and search need from mirror and outbox: ``project(fold(decode(body), pending))``.

Stands apart because it runs inside the transaction of the page or the enqueue, so a list never disagrees with what
is waiting. Holds no rule: queue, money and dates come from ``domain``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from app.contract.codec import Foreign, read_command, read_dossier
from app.domain import second_officer
from app.domain.acceptance import ACCEPT_MINUTES
from app.domain.appointments import judged_at, step_due_at
from app.domain.calendar import Calendar
from app.domain.commands import Collect, TickPaid
from app.domain.deadline import add_minutes, limit_minutes
from app.domain.dossier import Case, Dossier
from app.domain.fold import Folded, Waiting, fold
from app.domain.folding import fold as fold_text
from app.domain.listing import Dates, ListRow, holder_of, list_row
from app.domain.people import Officer
from app.domain.procedures import Procedure, expected_fee
from app.domain.queues import queue_of
from app.domain.registration import newborn
from app.domain.words import OPEN_NOTICE, CaseKind, CaseState, ClockState, OutboxState, State
from app.domain.work_commands import Birth
from app.store import mirror, outbox, unconfirmed
from app.store.facts import FAR_MS, write_facts
from app.store.schema import belonging, dossier_row
from app.store.sets import listed, named

_CHUNK = 400
_COLUMNS = tuple(column.name for column in dossier_row.columns)
_ROW_SQL = (
    f"INSERT INTO dossier_row({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT(pk) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[2:])}"
)
_FTS_SQL = "INSERT INTO dossier_fts(rowid, code, name, phone, procedure) VALUES (?, ?, ?, ?, ?)"
_LAST_KEY = select(func.max(dossier_row.c.pk))
_KEYS = select(dossier_row.c.id, dossier_row.c.pk).where(named(dossier_row.c.id, "ids"))
_BELONGING_SQL = "INSERT OR REPLACE INTO belonging(id, dossier_id, kind, open) VALUES (?, ?, ?, ?)"


@dataclass(slots=True)
class Projector:
    """Projects for one officer; ``procedures`` is asked at the first row, not before.

    ``calendar`` is the one in force: it may be replaced while the desk is open (``sync.calendars``).
    """

    officer: Officer
    calendar: Calendar
    procedures: Callable[[], Mapping[str, Procedure]] = dict

    def folded(self, body: bytes | None, rows: Sequence[outbox.OutboxRow]) -> Folded | Foreign | None:
        """Return mirror bytes and waiting commands as the officer sees them; None for what is nowhere.

        Without mirror bytes the dossier was born at this desk, and its first command says how.
        """
        waiting = tuple(Waiting(row.key, self.officer, read_command(row.type, row.body), row.way) for row in rows)
        dossier = read_dossier(body) if body is not None else _born_here(rows, waiting)
        if dossier is None or isinstance(dossier, Foreign):
            return dossier
        waiting = _not_yet_in(dossier, rows, waiting)
        return fold(dossier, waiting, self.calendar) if waiting else Folded(dossier)

    def project(self, connection: Connection, ids: Sequence[str]) -> None:
        """Bring the derived rows of ``ids`` up to date with mirror and outbox, in the caller's transaction."""
        for start in range(0, len(ids), _CHUNK):
            chunk = list(dict.fromkeys(ids[start : start + _CHUNK]))
            self._project_chunk(connection, chunk, mirror.bodies(connection, chunk))

    def project_bodies(self, connection: Connection, bodies: dict[str, bytes]) -> None:
        """Like ``project`` for bytes at hand: the way of a page that was just stored."""
        if bodies:
            self._project_chunk(connection, list(bodies), bodies)

    def _project_chunk(self, connection: Connection, ids: list[str], bodies: dict[str, bytes]) -> None:
        waiting = unconfirmed.waiting(connection, ids)
        known = _keys(connection, ids)
        next_pk = 1 + (connection.execute(_LAST_KEY).scalar() or 0)
        rows, words, belongings, replaced, gone = [], [], [], [], []
        for identity in ids:
            seen = self.folded(bodies.get(identity), waiting.get(identity, ()))
            pk = known.get(identity)
            if seen is None:
                gone += [identity] if pk is not None else []
                continue
            if pk is None:
                pk, next_pk = next_pk, next_pk + 1
            else:
                replaced.append((pk, identity))
            rows.append(self._row(pk, seen))
            words.append(_words(pk, seen))
            belongings.extend(_belongings(seen))
        if replaced:
            connection.exec_driver_sql("DELETE FROM dossier_fts WHERE rowid = ?", [(pk,) for pk, _ in replaced])
            # What an undone command had made must not be found any more.
            connection.exec_driver_sql("DELETE FROM belonging WHERE dossier_id = ?", [(i,) for _, i in replaced])
        if rows:
            connection.exec_driver_sql(_ROW_SQL, rows)
            connection.exec_driver_sql(_FTS_SQL, words)
        if belongings:
            connection.exec_driver_sql(_BELONGING_SQL, belongings)
        if gone:
            self.forget(connection, gone)

    def _row(self, pk: int, seen: Folded | Foreign) -> tuple[object, ...]:
        if isinstance(seen, Foreign):
            named = (fold_text(seen.applicant), seen.receipt_code or seen.code, fold_text(seen.procedure), 0)
            facts = write_facts(_foreign_row(seen))
            nothing = (0, None, "", "", "none", FAR_MS, FAR_MS, 0, FAR_MS)  # no state, no queue, no money, no date
            return (pk, seen.id, seen.code, seen.receipt_code, *nothing, *named, None, None, facts)
        dossier = seen.dossier
        procedure = self.procedures().get(dossier.procedure.code)
        dates = self._dates(dossier)
        expected = expected_fee(procedure) if procedure else 0
        shown = list_row(dossier, seen.pending_types, seen.ways, dates, expected)
        queue, holder = queue_of(dossier, self.officer), holder_of(dossier)
        return (
            pk,
            dossier.id,
            dossier.code,
            dossier.receipt_code,
            int(dossier.state),
            queue.value if queue else None,
            shown.holder,
            holder.id if holder else "",
            dossier.fee_status.value,
            shown.running_ms or FAR_MS,
            shown.soon_ms or FAR_MS,
            len(seen.pending),
            min(shown.step_due_ms or FAR_MS, shown.running_ms or FAR_MS),
            fold_text(shown.applicant),
            shown.receipt_code or shown.code,
            fold_text(shown.procedure),
            shown.fee_amount,
            shown.pay_late_ms or None,
            shown.unreached_ms or None,
            write_facts(shown),
        )

    def _dates(self, dossier: Dossier) -> Dates:
        due, judged = running_due(dossier), judged_at(dossier, self.calendar)
        soon = soon_from(dossier, due, self.calendar) if due else None
        step_due = step_due_at(dossier, self.calendar)
        if step_due is None or dossier.step is None:
            return Dates(due, soon, judged_at=judged)
        quarter = (dossier.step.limit_working_minutes or 0) // 4
        return Dates(due, soon, step_due, add_minutes(self.calendar, step_due, -quarter), judged)

    def forget(self, connection: Connection, ids: Sequence[str]) -> None:
        """Remove derived rows and mirror bytes of dossiers that left this officer's scope; wait for nothing of them."""
        keys = _keys(connection, list(ids))
        if keys:
            connection.exec_driver_sql("DELETE FROM dossier_fts WHERE rowid = ?", [(pk,) for pk in keys.values()])
        for start in range(0, len(ids), _CHUNK):
            chunk = list(ids[start : start + _CHUNK])
            connection.execute(delete(dossier_row).where(dossier_row.c.id.in_(chunk)))
            connection.execute(delete(belonging).where(belonging.c.dossier_id.in_(chunk)))
        mirror.remove(connection, ids)
        unconfirmed.let_go(connection, ids)


def _born_here(rows: Sequence[outbox.OutboxRow], waiting: Sequence[Waiting]) -> Dossier | None:
    first = waiting[0].command if waiting else None
    return newborn(rows[0].dossier_id, first) if isinstance(first, Birth) else None


def _not_yet_in(
    dossier: Dossier, rows: Sequence[outbox.OutboxRow], waiting: tuple[Waiting, ...]
) -> tuple[Waiting, ...]:
    """Leave out acknowledged money whose payment the portal's own words already hold."""
    held = {payment.id for payment in dossier.payments}
    acked = {row.key for row in rows if row.state is OutboxState.ACKED}
    return tuple(
        item
        for item in waiting
        if not (item.key in acked and isinstance(item.command, TickPaid | Collect) and item.command.payment_id in held)
    )


def running_due(dossier: Dossier) -> datetime | None:
    """Return the date that runs now: acceptance in state 1, otherwise the due date; None while nothing runs."""
    if dossier.clock is not ClockState.RUNNING:
        return None
    return dossier.accept_by if dossier.state is State.SUBMITTED else dossier.due_at


def soon_from(dossier: Dossier, due: datetime, calendar: Calendar) -> datetime:
    """Return when a quarter of the dossier's own limit is left."""
    limit = dossier.procedure
    submitted = dossier.state is State.SUBMITTED
    total = ACCEPT_MINUTES if submitted else limit_minutes(limit.limit_amount, limit.limit_unit, calendar)
    return add_minutes(calendar, due, -(total // 4))


def _foreign_row(seen: Foreign) -> ListRow:
    texts = (seen.id, seen.code, seen.receipt_code or "", seen.applicant, seen.procedure)
    return ListRow(*texts, 0, "", "", "none", 0, "", "", "", 0, 0, 0, 0, 0, 0, False, False, (), foreign=True)


def _keys(connection: Connection, ids: list[str]) -> dict[str, int]:
    return {row.id: row.pk for row in connection.execute(_KEYS, {"ids": listed(ids)})}


def _words(pk: int, seen: Folded | Foreign) -> tuple[object, ...]:
    if isinstance(seen, Foreign):
        return (pk, f"{seen.code} {seen.receipt_code or ''}", fold_text(seen.applicant), "", fold_text(seen.procedure))
    dossier = seen.dossier
    names = dossier.applicant.name
    if dossier.submitter.name != names:
        names = f"{names} {dossier.submitter.name}"
    people = (dossier.applicant, dossier.submitter)
    found = [number for person in people for number in (person.phone, person.identity_no) if number]
    numbers = " ".join(dict.fromkeys(found))
    code = f"{dossier.code} {dossier.receipt_code}" if dossier.receipt_code else dossier.code
    procedure = f"{dossier.procedure.code} {dossier.procedure.name}"
    return (pk, code, fold_text(names), fold_text(numbers), fold_text(procedure))


def _to_decide(case: Case) -> int:
    return int(case.kind is CaseKind.REFUND and case.state is CaseState.OPEN and case.decided_at is None)


def _belongings(seen: Folded | Foreign) -> list[tuple[str, str, str, int]]:
    if isinstance(seen, Foreign):
        return []
    dossier = seen.dossier
    notices = [(n.id, dossier.id, "notice", int(n.state in OPEN_NOTICE)) for n in dossier.notices]
    payments = [(p.id, dossier.id, "payment", int(second_officer.waits(p))) for p in dossier.payments]
    cases = [(c.id, dossier.id, "case", _to_decide(c)) for c in dossier.cases]
    number = dossier.suspension.tax_notice_no if dossier.suspension else ""
    tax = [(f"tax:{number}:{dossier.id}", dossier.id, "tax", 0)] if number else []
    return notices + payments + cases + tax
