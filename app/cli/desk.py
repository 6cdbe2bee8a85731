"""``motcua-cli desk``: the officer's verbs, each one use case of ``app.services``.

Reading verbs never touch the network. Acting verbs queue, then work their own dossier's lane until it is acknowledged
or fails (10 s at most): exit 0 acked, 1 refused or needs a decision, 3 queued because the portal was not reached.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import bootstrap, texts
from app.cli import desk_forms as forms
from app.cli import output
from app.cli.desk_clock import CLOCK_VERBS
from app.cli.desk_counter import COUNTER_VERBS
from app.cli.desk_day import DAY_VERBS
from app.cli.desk_handling import HANDLING_VERBS
from app.cli.desk_money import MONEY_VERBS
from app.cli.desk_papers import PAPER_VERBS
from app.cli.desk_proof import PROOF_VERBS, rescue_read
from app.cli.desk_safety import SAFETY_VERBS
from app.cli.lane import Verb, settled
from app.cli.output import DONE, QUEUED, REFUSED, emit, say
from app.domain.handling import Collected, Result
from app.domain.transitions import Failed
from app.domain.words import Queue, Signature
from app.errors import BadInput, KnownError, Refused, StoreTrouble
from app.services import decisions, fee_notices, inbox, lookup, outbox, payments, processing, reception, session
from app.services.desk import Desk
from app.services.views import Card


def sign_in(args: argparse.Namespace) -> int:
    """Sign in through a robot that plays the browser: only where the portal says that it is a sandbox."""
    password = sys.stdin.readline().rstrip("\n")
    desk = _signed_in(args, password)
    try:
        pages = desk.engine.puller.pull_all()
        officer = desk.officer
        roles = sorted(role.value for role in officer.roles)
        emit(
            {
                "officer_id": officer.id,
                "username": officer.username,
                "name": officer.name,
                "unit_id": officer.unit_id,
                "roles": roles,
                "pages": pages,
            }
        )
    finally:
        desk.close()
    return DONE


def _signed_in(args: argparse.Namespace, password: str) -> Desk:
    from app.sandbox.robot import browser

    cancels: list[Callable[[], None]] = []
    # The robot sees on its page what the waiting program cannot: a wrong password ends the attempt at once.
    robot = browser(args.username, password, lambda _error: cancels[0]())
    try:
        return bootstrap.sign_in(
            Path(args.profile),
            args.portal,
            robot,
            undo_s=0,
            timeout_s=30,
            on_started=lambda attempt: cancels.append(attempt.cancel),
            sandbox_only=True,
        )
    except BadInput as error:
        raise robot.error or error from None


def run(args: argparse.Namespace) -> int:
    """Run one verb on an open desk; errors of the world become a sentence and an exit code."""
    if args.verb == "sign-in":
        return sign_in(args)
    if args.verb == "rescue" and args.action == "read":
        return rescue_read(args)
    desk = bootstrap.open_desk(Path(args.profile), undo_s=0)
    if desk.mended is not None:
        say(texts.of(desk.mended))
    try:
        return VERBS[args.verb](desk, args)
    except Refused as refused:
        return _refused(refused)
    finally:
        desk.close()


def _refused(refused: Refused) -> int:
    failed = [_failed(item) for item in refused.failed]
    emit({"refused": refused.code, "message": texts.of(refused), "failed": failed})
    return REFUSED


def _failed(item: Failed) -> dict[str, Any]:
    return {
        "code": item.code,
        "message": texts.sentence(item.code, **dict(item.params)),
        "who_could": list(item.who_could),
    }


def _sync(desk: Desk, _args: argparse.Namespace) -> int:
    desk.engine.sender.wake()
    while desk.engine.sender.step():
        pass
    try:
        pages = desk.engine.puller.pull_all()
    except KnownError as error:
        emit({"reached": False, "code": error.code, "message": texts.of(error)})
        return QUEUED
    session.reconcile(desk)
    with suppress(StoreTrouble):
        session.keep_backup(desk)
    emit({"reached": True, "pages": pages, "unsent": inbox.counts(desk).unsent})
    return DONE


def _queues(desk: Desk, _args: argparse.Namespace) -> int:
    counts = inbox.counts(desk)
    queues = {queue.value: count for queue, count in counts.queues}
    emit(
        {
            "queues": queues,
            "soon": counts.soon,
            "late": counts.late,
            "outbox": counts.unsent,
            "decisions": counts.decisions,
        }
    )
    return DONE


def _list(desk: Desk, args: argparse.Namespace) -> int:
    queue = Queue(args.queue) if args.queue != "all" else None
    return _rows(desk, list(inbox.keys(desk, queue)))


def _lookup(desk: Desk, args: argparse.Namespace) -> int:
    found = asdict(lookup.look_up(desk, args.code))
    emit(found | {"due_at": found["due_at"].isoformat() if found["due_at"] else None})
    return DONE


def _search(desk: Desk, args: argparse.Namespace) -> int:
    return _rows(desk, inbox.find(desk, args.text))


def _rows(desk: Desk, pks: list[int]) -> int:
    for start in range(0, len(pks), 500):
        for card in inbox.cards(desk, pks[start : start + 500]):
            if card is not None:
                emit(output.row(card))
    return DONE


def _card(desk: Desk, code: str) -> Card:
    return inbox.card(desk, inbox.locate(desk, code))


def _show(desk: Desk, args: argparse.Namespace) -> int:
    emit(output.whole(_card(desk, args.code), desk.clock.now().date()))
    return DONE


def _notices(desk: Desk, args: argparse.Namespace) -> int:
    dossier = _card(desk, args.code).dossier
    for item in dossier.notices:
        emit(output.notice(dossier, item, desk.clock.now().date()))
    return DONE


def _receive(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, reception.receive(desk, inbox.locate(desk, args.code), args.reason))


def _refuse(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, reception.refuse(desk, inbox.locate(desk, args.code), args.reason, anyway=args.anyway))


def _accept_supplement(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, reception.accept_supplement(desk, inbox.locate(desk, args.code)))


def _forward(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, processing.forward(desk, inbox.locate(desk, args.code), args.to, args.comment))


def _complete(desk: Desk, args: argparse.Namespace) -> int:
    files = forms.attach(desk, [args.result] if args.result else [])
    result = Result(Signature(args.signature), args.signed_by)
    return settled(desk, processing.complete(desk, inbox.locate(desk, args.code), files, args.comment, result))


def _return(desk: Desk, args: argparse.Namespace) -> int:
    handed = Collected(args.identity, args.signed, args.post_code)
    return settled(desk, reception.return_result(desk, inbox.locate(desk, args.code), args.to, args.reason, handed))


def _suspend(desk: Desk, args: argparse.Namespace) -> int:
    form = forms.suspension(desk, args)
    return settled(desk, processing.suspend(desk, inbox.locate(desk, args.code), form))


def _notify(desk: Desk, args: argparse.Namespace) -> int:
    dossier_id = inbox.locate(desk, args.code)
    form = forms.fee_notice(desk, inbox.card(desk, dossier_id).dossier, args)
    acted = fee_notices.notify(desk, dossier_id, form)
    newest = inbox.card(desk, dossier_id).dossier.notices
    return settled(desk, acted, notice_id=newest[-1].id if newest else None)


def _cancel_notice(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, fee_notices.cancel(desk, args.notice, args.reason))


_SEEN = {"unpaid": "tick-unpaid", "paying": "tick-paying", "paid": "tick-paid", "closed": "tick-closed"}


def _tick_paid(desk: Desk, args: argparse.Namespace) -> int:
    seen = payments.outlook(desk, args.notice)
    if seen.kind in _SEEN:
        say(texts.sentence(_SEEN[seen.kind], at=seen.at, since=seen.since))
    acted = payments.tick_paid(
        desk,
        args.notice,
        amount=forms.amount(args.amount),
        method=payments.METHODS[args.method],
        evidence=forms.evidence(desk, args),
        payer=args.payer,
    )
    return settled(desk, acted)


def _outbox(desk: Desk, _args: argparse.Namespace) -> int:
    for item in outbox.unfinished(desk):
        emit(output.waiting(item))
    return DONE


def _decisions(desk: Desk, _args: argparse.Namespace) -> int:
    for item in decisions.waiting(desk):
        choices = [
            {
                "id": c.id,
                "label": texts.sentence(c.label, **dict(c.params)),
                "effect": texts.sentence(c.effect, **dict(c.params)),
                "recommended": c.recommended,
            }
            for c in item.choices
            if not c.why_not
        ]
        message = texts.sentence(item.code, **dict(item.params))
        emit(
            {
                "id": item.id,
                "kind": item.kind,
                "dossier_code": item.dossier_code,
                "message": message,
                "differs": [
                    {"field": c.field, "before": c.before, "mine": c.mine, "theirs": c.theirs}
                    for c in (item.edited.clashes if item.edited else ())
                ],
                "choices": choices,
            }
        )
    return DONE


def _decide(desk: Desk, args: argparse.Namespace) -> int:
    acted = decisions.decide(desk, args.id, args.choice)
    if acted is not None:
        return settled(desk, acted)
    emit({"key": args.id, "outbox_state": outbox.state_of(desk, args.id), "message": texts.sentence("decided")})
    return DONE


VERBS: dict[str, Verb] = {
    "sync": _sync,
    "queues": _queues,
    "list": _list,
    "search": _search,
    "lookup": _lookup,
    "show": _show,
    "notices": _notices,
    "receive": _receive,
    "refuse": _refuse,
    "accept-supplement": _accept_supplement,
    "forward": _forward,
    "complete": _complete,
    "return": _return,
    "suspend": _suspend,
    "notify": _notify,
    "cancel-notice": _cancel_notice,
    "tick-paid": _tick_paid,
    "outbox": _outbox,
    "decisions": _decisions,
    "decide": _decide,
    **COUNTER_VERBS,
    **DAY_VERBS,
    **HANDLING_VERBS,
    **CLOCK_VERBS,
    **MONEY_VERBS,
    **PAPER_VERBS,
    **SAFETY_VERBS,
    **PROOF_VERBS,
}
