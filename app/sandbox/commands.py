"""Officers' commands: each once in effect, each in its own transaction (design §8).

Stands apart from the routes because exactly-once lives here: the key is stored in the same transaction as the effect,
so a repeat finds either both or neither. A rule's refusal is an answer too and is replayed; what another try could
change (a missing attachment, an earlier command of the same dossier) is ``retry`` and never stored.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.clock import Clock, to_ms
from app.contract.codec import read_command, sha256_of
from app.contract.problems import Problem, problem
from app.contract.wire import CommandEnvelope, CommandResult
from app.domain.commands import MONEY, Collect, Command, Forward, TickPaid
from app.domain.cover import sent_for
from app.domain.dossier import Dossier
from app.domain.money_facts import money_fact
from app.domain.people import FileRef, Officer, OfficerRef
from app.domain.registration import came_with, newborn
from app.domain.rights import as_once
from app.domain.transitions import Done, Failed, Refused, apply
from app.domain.words import Role
from app.domain.work_commands import Assign, Birth, SubmitToHead
from app.errors import BadInput
from app.sandbox import registrations, tables, unsent
from app.sandbox.additions import complete_effect
from app.sandbox.calendars import Calendars
from app.sandbox.database import Database, setting
from app.sandbox.identity import officer_now
from app.sandbox.ledger import Ledger, writing
from app.sandbox.offices import officers_by_id, offices

_RESULT: TypeAdapter[CommandResult] = TypeAdapter(CommandResult)
_KEPT = insert(tables.commands)
_SETTLED = frozenset({"done", "replayed"})


class CommandDesk:
    """Takes commands of signed-in officers; any thread."""

    def __init__(self, database: Database, clock: Clock, calendars: Calendars) -> None:
        self._database = database
        self._clock = clock
        self._calendars = calendars

    def take(self, officer: Officer, envelopes: tuple[CommandEnvelope, ...]) -> tuple[CommandResult, ...]:
        """Return one result per command, in order; after a refused or retry the dossier's later ones wait.

        ``officer`` delivers: his own commands, and an absent officer's that were handed over to him.
        """
        results: list[CommandResult] = []
        stuck: set[str] = set()
        for envelope in envelopes:
            if envelope.dossier_id in stuck:
                waiting = problem("in-progress", "An earlier command of this dossier is not done")
                result = _result(envelope, "retry", found=waiting)
            else:
                result = self._take_one(officer, envelope)
            if result.status not in _SETTLED:
                stuck.add(envelope.dossier_id)
            results.append(result)
        return tuple(results)

    def handed_over(self, officer: Officer, envelopes: list[CommandEnvelope]) -> bool:
        """Say whether the head has handed every one of these absent officers' commands over to ``officer``."""
        with self._database.reading() as connection:
            return all(unsent.handed(connection, officer, envelope) for envelope in envelopes)

    def what_became_of(self, officer: Officer, key: str) -> CommandResult | None:
        """Return the stored answer of the officer's own command, or None."""
        with self._database.reading() as connection:
            row = _stored(connection, key)
        return None if row is None or row.actor_id != officer.id else _RESULT.validate_json(row.answer)

    def _absent(self, officer_id: str) -> Officer:
        with self._database.reading() as connection:
            return officer_now(connection, officer_id) or officers_by_id()[officer_id]

    def _take_one(self, sender: Officer, envelope: CommandEnvelope) -> CommandResult:
        officer = sender if envelope.actor_id == sender.id else self._absent(envelope.actor_id)
        if sha256_of(envelope.body) != envelope.sha256:
            return _result(envelope, "refused", found=problem("bad-request", "The body is not what sha256 says"))
        for _ in range(2):
            # On PostgreSQL two repeats can race to the key's row; the loser comes again and finds the winner's answer.
            with suppress(IntegrityError), writing(self._database) as ledger:
                return self._within(ledger, officer, envelope, sender)
        return _result(envelope, "refused", found=problem("bad-request", "An id in the body is used elsewhere"))

    def _within(
        self, ledger: Ledger, officer: Officer, envelope: CommandEnvelope, sender: Officer
    ) -> CommandResult:
        found = ledger.found(officer, envelope.dossier_id, envelope.key)
        if found.stored is not None:
            return _replayed(found.stored, officer, envelope)
        try:
            command = read_command(envelope.type, envelope.body)
        except BadInput as wrong:
            return _result(envelope, "refused", found=problem("bad-request", wrong.code))
        if not _known_target(command):
            return _result(envelope, "refused", found=problem("bad-request", "No such unit, or not its officer"))
        dossier = found.dossier
        is_new = dossier is None and isinstance(command, Birth)
        if dossier is None and isinstance(command, Birth):
            dossier = newborn(envelope.dossier_id, command)
        if dossier is None:
            return _result(envelope, "refused", found=problem("not-found", "No such dossier"))
        if not is_new and not (found.is_seen or sees(ledger.connection, sender, dossier.id)):
            return _result(envelope, "refused", found=problem("forbidden", "This dossier is not in your units"))
        absent = _missing_blobs(ledger.connection, command)
        if absent:
            return _result(envelope, "retry", found=problem("in-progress", "Attachments are missing", missing=absent))
        if envelope.if_match not in (None, dossier.version) and envelope.type not in MONEY:
            changed = problem("version-conflict", version=dossier.version)
            return _result(envelope, "refused", version=dossier.version, found=changed)
        return self._apply(ledger, officer, envelope, command, dossier, sender)

    def _judged(
        self, ledger: Ledger, officer: Officer, command: Command, dossier: Dossier, sender: Officer
    ) -> Done | Refused:
        """Return what comes of a command by the rules, and by what only the portal knows."""
        if isinstance(command, Birth) and came_with(dossier, command):
            return Done(dossier, ())
        # Cash stays a fact of its own officer: who has had other roles might take fees when he took it.
        is_cash = isinstance(command, TickPaid | Collect)
        had_others = is_cash and setting(ledger.connection, f"moved:{officer.username}") == "1"
        by = as_once(officer) if had_others else _by_right_of(officer, sender)
        outcome = apply(dossier, command, by, self._clock.now(), self._calendars.current)
        failed = registrations.wrong(ledger.connection, officer, command) if isinstance(outcome, Done) else ()
        return Refused(failed) if failed else outcome

    def _apply(
        self,
        ledger: Ledger,
        officer: Officer,
        envelope: CommandEnvelope,
        command: Command,
        dossier: Dossier,
        sender: Officer,
    ) -> CommandResult:
        now = self._clock.now()
        outcome = self._judged(ledger, officer, command, dossier, sender)
        if isinstance(outcome, Refused):
            refused = problem("refused", failed=[failed_object(failed) for failed in outcome.failed])
            result = _result(envelope, "refused", version=dossier.version, found=refused)
        else:
            told = outcome.dossier if sender == officer else sent_for(outcome.dossier, outcome.events, officer, sender)
            after = complete_effect(ledger, dossier, told, command, now)
            saved = ledger.save(dossier, after)
            # Of a dossier merged into another one its desk waits for no version any more: the other one's comes anew.
            result = _result(envelope, "done", version=saved.version if saved.id == envelope.dossier_id else 1)
        money = money_fact(dossier, command) if result.status == "done" else None
        kept = {
            "key": envelope.key,
            "actor_id": officer.id,
            "unit_id": officer.unit_id,
            "dossier_id": envelope.dossier_id,
            "type": envelope.type,
            "sha256": envelope.sha256,
            "status": result.status,
            "answer": _RESULT.dump_json(result).decode(),
            "at_ms": to_ms(now),
            "payment_id": money.payment_id if money else None,
            "amount": money.amount if money else None,
            "channel": money.channel if money else None,
        }
        ledger.connection.execute(_KEPT, kept)
        return result


def _by_right_of(officer: Officer, sender: Officer) -> Officer:
    """Return the officer as his rights are judged: who holds no role acts by the deliverer's, on the head's word."""
    if officer.roles:
        return officer
    return dataclasses.replace(officer, roles=sender.roles, rights=sender.rights, unit_id=sender.unit_id)


def sees(connection: Connection, officer: Officer, dossier_id: str) -> bool:
    """Say whether the dossier is, or was, with the officer's unit or part of it."""
    scope = tables.dossier_scope.c
    query = select(scope.unit_id).where(scope.unit_id == officer.unit_id, scope.dossier_id == dossier_id)
    return connection.execute(query).first() is not None


def failed_object(failed: Failed) -> dict[str, Any]:
    """Return a condition that was not met as the wire writes it."""
    return {"code": failed.code, "params": dict(failed.params), "who_could": list(failed.who_could)}


def _stored(connection: Connection, key: str) -> Any:
    return connection.execute(select(tables.commands).where(tables.commands.c.key == key)).one_or_none()


def _replayed(stored: Any, officer: Officer, envelope: CommandEnvelope) -> CommandResult:
    same = (stored.sha256, stored.actor_id, stored.type, stored.dossier_id) == (
        envelope.sha256, officer.id, envelope.type, envelope.dossier_id
    )  # fmt: skip
    if not same:
        return _result(envelope, "refused", found=problem("key-reused"))
    answer = _RESULT.validate_json(stored.answer)
    return dataclasses.replace(answer, status="replayed") if answer.status == "done" else answer


def _result(
    envelope: CommandEnvelope, status: str, *, version: int | None = None, found: Problem | None = None
) -> CommandResult:
    return CommandResult(envelope.key, envelope.sha256, status, envelope.dossier_id, version, found)


def _known_target(command: Command) -> bool:
    """Say whether unit and officer named are real, and a head is one: a dossier must not leave into nowhere."""
    if isinstance(command, Forward):
        return command.to_unit_id in offices() and (command.to_officer is None or _is_real(command.to_officer))
    if isinstance(command, SubmitToHead):
        return _is_real(command.to) and Role.HEAD in officers_by_id()[command.to.id].roles
    return not isinstance(command, Assign) or _is_real(command.to)


def _is_real(to: OfficerRef) -> bool:
    officer = officers_by_id().get(to.id)
    return officer is not None and officer.unit_id == to.unit_id


def _missing_blobs(connection: Connection, command: Command) -> list[str]:
    wanted = sorted({file.sha256 for file in _files(command)})
    if not wanted:
        return []
    blobs = tables.blobs.c
    query = select(blobs.sha256).where(blobs.sha256.in_(wanted), blobs.complete)
    present = set(connection.execute(query).scalars())
    return [sha256 for sha256 in wanted if sha256 not in present]


def _files(value: object) -> Iterator[FileRef]:
    """Yield every attachment that a command names, however deep."""
    if isinstance(value, FileRef):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _files(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _files(getattr(value, field.name))
