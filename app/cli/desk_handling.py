"""``motcua-cli desk``: papers checked and asked for, dossiers passed to and fro, submitted, stopped, withdrawn."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from app.cli import desk_forms as forms
from app.cli.desk_counter import components
from app.cli.lane import settled
from app.domain.words import CheckVerdict
from app.domain.work_commands import Finding
from app.errors import BadInput
from app.services import handling, inbox
from app.services.desk import Desk
from app.services.views import Acted

_VERDICTS = {"passed": CheckVerdict.PASSED, "failed": CheckVerdict.FAILED, "unchecked": None}


def _check(desk: Desk, dossier_id: str, args: argparse.Namespace) -> Acted:
    if args.all:
        return handling.pass_all(desk, dossier_id)
    return handling.check(desk, dossier_id, [_finding(text) for text in args.finding])


def _finding(text: str) -> Finding:
    """Return what ``2=failed:Mờ, không đọc được`` says of the second component."""
    number, _, said = text.partition("=")
    verdict, _, reason = said.partition(":")
    if not number.strip().isdecimal() or len(number) > 4 or verdict not in _VERDICTS:
        raise BadInput("no-such-component")
    return Finding(int(number) - 1, _VERDICTS[verdict], reason.strip())


def _request(desk: Desk, dossier_id: str, args: argparse.Namespace) -> Acted:
    return handling.request_supplement(desk, dossier_id, args.paper, args.reason, forms.day(args.by))


_ACTS: dict[str, Callable[[Desk, str, argparse.Namespace], Acted]] = {
    "check": _check,
    "request-supplement": _request,
    "ask-citizen": lambda desk, dossier_id, _: handling.ask_citizen(desk, dossier_id),
    "bring-supplement": lambda desk, dossier_id, args: handling.bring_supplement(
        desk, dossier_id, components(desk, args)
    ),
    "assign": lambda desk, dossier_id, args: handling.assign(desk, dossier_id, args.to, args.comment),
    "take": lambda desk, dossier_id, _: handling.take(desk, dossier_id),
    "give-back": lambda desk, dossier_id, args: handling.give_back(desk, dossier_id, args.reason),
    "recall": lambda desk, dossier_id, args: handling.recall(desk, dossier_id, args.reason),
    "submit": lambda desk, dossier_id, args: handling.submit(desk, dossier_id, args.to, args.note),
    "approve": lambda desk, dossier_id, args: handling.decide(desk, dossier_id, approved=True, reason=args.note),
    "disapprove": lambda desk, dossier_id, args: handling.decide(
        desk, dossier_id, approved=False, reason=args.reason
    ),
    "stop": lambda desk, dossier_id, args: handling.stop(desk, dossier_id, args.reason, ends=args.ends),
    "withdraw": lambda desk, dossier_id, args: handling.withdraw(desk, dossier_id, args.reason),
}


def _verb(make: Callable[[Desk, str, argparse.Namespace], Acted]) -> Callable[[Desk, argparse.Namespace], int]:
    return lambda desk, args: settled(desk, make(desk, inbox.locate(desk, args.code), args))


HANDLING_VERBS = {verb: _verb(make) for verb, make in _ACTS.items()}
