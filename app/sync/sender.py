"""Delivers the outbox, once in effect: takes, marks, sends, records.

Stands apart from the puller so that a slow feed never holds money back. The intention to send is committed before the
first byte leaves; whatever is not certainly acknowledged is asked again with the same key and the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.clock import Clock, from_ms, to_ms
from app.contract.wire import CommandEnvelope
from app.domain.words import OutboxState, Way
from app.errors import KnownError, Offline
from app.events import Bus, DossiersChanged, OutboxChanged
from app.portal.classify import Kind, Outcome
from app.portal.client import PortalClient
from app.store import outbox
from app.store.blobs import BlobStore
from app.store.outbox import OutboxRow
from app.store.projection import Projector
from app.store.writer import Store
from app.sync.apply_page import release_buried
from app.sync.backoff import CAP_S, delay_s
from app.sync.link import Link

BATCH = 50

_NEXT_STATE: dict[Kind, OutboxState] = {
    Kind.ACK: OutboxState.ACKED,
    Kind.REFUSED: OutboxState.NEEDS_DECISION,
    Kind.PARKED: OutboxState.PARKED,
}
_HOLDING = frozenset({"signed_out", "not_trusted", "barred"})
"""Until a person signed in, looked at the certificate or gave back a role nothing is sent; the feed then lifts it."""
POISON_TRIES = 8
POISON_AFTER = timedelta(hours=24)
_LINK: dict[Kind, str] = {Kind.SIGNED_OUT: "signed_out", Kind.NOT_TRUSTED: "not_trusted"}


@dataclass
class Sender:
    """Works one officer's outbox. ``step`` is not re-entrant: one thread runs it."""

    store: Store
    blobs: BlobStore
    projector: Projector
    client: PortalClient
    clock: Clock
    bus: Bus
    link: Link
    uniform: Callable[[float, float], float]
    gate_until_s: float = 0.0
    is_interrupted: bool = False
    """What was sent could not be written down: asked again with the same keys."""
    only: frozenset[str] | None = None
    """Keys handed over by the head; None: this officer's own outbox, all of it."""

    def recover(self) -> None:
        """Take commands whose sending was interrupted back to queued: at the start, and after a disk that refused."""
        with self.store.write() as connection:
            self.projector.project(connection, outbox.recover(connection, to_ms(self.clock.now())))
        self.is_interrupted = False

    def step(self, dossier_id: str | None = None) -> bool:
        """Send one batch, of one dossier's lane if named; say whether anything was sent."""
        if self.clock.monotonic() < self.gate_until_s or self.link.state.state in _HOLDING:
            return False
        if self.is_interrupted:
            self.recover()
        now_ms = to_ms(self.clock.now())
        with self.store.read() as connection:
            who, lent = self.projector.officer.id, self.only is not None
            rows = outbox.sendable(connection, who, now_ms, BATCH, dossier_id, cash_passes=lent)
        rows = self._with_blobs(self._handed_over(rows))
        if not rows:
            return False
        touched = list(dict.fromkeys(row.dossier_id for row in rows))
        with self.store.write() as connection:
            outbox.mark_sending(connection, rows, now_ms)
            self.projector.project(connection, touched)
        self.is_interrupted = True
        self._tell(touched)
        outcomes = self.client.send_commands([_envelope(row) for row in rows])
        self._record(rows, outcomes, touched)
        self.is_interrupted = False
        self._bring_again(rows, outcomes)
        return True

    def _tell(self, touched: Sequence[str]) -> None:
        self.bus.publish(OutboxChanged())
        self.bus.publish(DossiersChanged(tuple(touched)))

    def _handed_over(self, rows: list[OutboxRow]) -> list[OutboxRow]:
        """Leave out what was not handed over, with all that follows it in its dossier's lane."""
        if self.only is None:
            return rows
        held = {row.dossier_id for row in rows if row.key not in self.only}
        return [row for row in rows if row.dossier_id not in held]

    def wake(self) -> None:
        """Try again what failed, without waiting for its backoff: an officer asks, or the line is back."""
        with self.store.write() as connection:
            outbox.wake(connection, to_ms(self.clock.now()))

    def send_lane_now(self, dossier_id: str) -> None:
        """Let the queued commands of one dossier leave without waiting: undo time or backoff ends."""
        with self.store.write() as connection:
            outbox.send_now(connection, to_ms(self.clock.now()), dossier_id=dossier_id)

    def next_due_s(self) -> float | None:
        """Return seconds until something may leave, or None when nothing waits."""
        with self.store.read() as connection:
            due_ms = outbox.next_due_ms(connection, self.projector.officer.id)
        if due_ms is None:
            return None
        gate_s = self.gate_until_s - self.clock.monotonic()
        return max(0.0, gate_s, (due_ms - to_ms(self.clock.now())) / 1000)

    def _with_blobs(self, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
        """Upload what the commands name; a lane whose file cannot go up waits, the others go on."""
        ready: list[OutboxRow] = []
        stuck: set[str] = set()
        for row in rows:
            if row.dossier_id in stuck:
                continue
            try:
                self._upload(row)
            except KnownError as error:
                self.link.failed(error)
                stuck.add(row.dossier_id)
                self._postpone(row, error)
                if isinstance(error, Offline):
                    return ready
                continue
            ready.append(row)
        return ready

    def _upload(self, row: OutboxRow) -> None:
        for digest in row.blobs:
            found = self.blobs.to_upload(digest)
            if found is not None:
                self.client.blobs.upload(found[0], mime=found[1])
                self.blobs.mark_uploaded(digest)

    def _bring_again(self, rows: Sequence[OutboxRow], outcomes: Sequence[Outcome]) -> None:
        """Let files that the portal says it lacks go up once more: one restored from a backup has lost what it had."""
        for row, outcome in zip(rows, outcomes, strict=True):
            missing = outcome.problem.extras.get("missing") if outcome.problem else None
            if isinstance(missing, list):
                self.blobs.mark_missing([digest for digest in row.blobs if digest in missing])

    def _postpone(self, row: OutboxRow, error: KnownError) -> None:
        now_ms = to_ms(self.clock.now())
        with self.store.write() as connection:
            outbox.mark_sending(connection, [row], now_ms)
            later = now_ms + round(1000 * delay_s(row.attempts + 1, self.uniform))
            told = row.last_problem if row.way is Way.UNANSWERED else error.code
            outbox.settle(connection, row, OutboxState.QUEUED, now_ms, problem=told, not_before_ms=later)
        self.bus.publish(OutboxChanged())

    def _record(self, rows: Sequence[OutboxRow], outcomes: Sequence[Outcome], touched: Sequence[str]) -> None:
        now = self.clock.now()
        now_ms = to_ms(now)
        with self.store.write() as connection:
            for row, outcome in zip(rows, outcomes, strict=True):
                outcome = _suspected(row, outcome, now)
                later = now + timedelta(seconds=self._wait_s(row, outcome))
                outbox.settle(
                    connection,
                    row,
                    _NEXT_STATE.get(outcome.kind, OutboxState.QUEUED),
                    now_ms,
                    problem="" if outcome.kind is Kind.ACK else problem_text(outcome, row),
                    version=outcome.version,
                    not_before_ms=to_ms(later),
                )
            self.projector.project(connection, touched)
            release_buried(connection, self.projector, touched)
        self._learn(outcomes)
        self._tell(touched)

    def _wait_s(self, row: OutboxRow, outcome: Outcome) -> float:
        if outcome.kind in (Kind.ACK, Kind.REFUSED, Kind.PARKED, Kind.SIGNED_OUT):
            return 0.0
        jittered = delay_s(row.attempts + 1, self.uniform)
        return min(outcome.retry_after_s + self.uniform(0, 2), CAP_S * 12) if outcome.retry_after_s else jittered

    def _learn(self, outcomes: Sequence[Outcome]) -> None:
        last = outcomes[-1]
        if last.kind in _LINK:
            self.link.lost(_LINK[last.kind], last.code)
        elif last.kind in (Kind.UNKNOWN, Kind.RETRY) and last.problem is None and last.code != "internal":
            self.link.lost("offline", last.code)
        else:
            self.link.reached()
        gates = [o.retry_after_s or delay_s(3, self.uniform) for o in outcomes if o.kind is Kind.GATE]
        if gates:
            self.gate_until_s = self.clock.monotonic() + max(gates)


def _suspected(row: OutboxRow, outcome: Outcome, now: datetime) -> Outcome:
    """Park a command that the portal itself has failed on for a day while it answers others."""
    failing = outcome.kind is Kind.RETRY and outcome.code == "internal"
    if failing and row.attempts + 1 >= POISON_TRIES and now - from_ms(row.created_ms) >= POISON_AFTER:
        return replace(outcome, kind=Kind.PARKED, code="suspected-poison")
    return outcome


def problem_text(outcome: Outcome, row: OutboxRow) -> str:
    """Return what the outbox remembers: JSON with the code, the failed conditions and whether it may be in effect.

    Once it may be, no failure to ask again makes it certain: only the portal's own yes or no does.
    """
    failed = outcome.problem.extras.get("failed", []) if outcome.problem else []
    told = {"code": outcome.code, "failed": failed}
    settled = outcome.kind in _NEXT_STATE
    if outcome.kind is Kind.UNKNOWN or (row.way is Way.UNANSWERED and not settled):
        told[outbox.UNANSWERED] = True
    return json.dumps(told, ensure_ascii=False, default=str)


def _envelope(row: OutboxRow) -> CommandEnvelope:
    return CommandEnvelope(row.key, row.actor_id, row.type, row.dossier_id, row.if_match, row.sha256, row.body)
