"""``motcua-cli clock due``: a due date and its ledger, for anyone who wants to argue with it."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from app import catalogues
from app.cli.output import DONE, emit, instant, moment
from app.domain.deadline import Pause, due_after, explain_due
from app.domain.ledger import unbroken
from app.domain.words import LimitUnit, PauseKind
from app.errors import BadInput


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``clock due``."""
    clock = subparsers.add_parser("clock", help="the working-time clock")
    due = clock.add_subparsers(dest="verb", required=True).add_parser("due")
    due.add_argument("--received", required=True)
    due.add_argument("--amount", required=True)
    due.add_argument("--unit", required=True, choices=[unit.value for unit in LimitUnit])
    due.add_argument("--cutoff", default="", metavar="HH:MM")
    due.add_argument("--pause", nargs=3, action="append", default=[], metavar=("FROM", "TO", "KIND"))


def run(args: argparse.Namespace) -> int:
    """Print ``due_at`` and ``ledger``."""
    calendar = catalogues.calendar()
    received = instant(args.received)
    unit = LimitUnit(args.unit)
    pauses = tuple(_pause(*given) for given in args.pause)
    limit = _number(args.amount)
    ledger = unbroken(explain_due(calendar, received, limit, unit, pauses, cutoff=args.cutoff))
    due_at = due_after(calendar, received, limit, unit, pauses, cutoff=args.cutoff)
    emit(
        {
            "due_at": moment(due_at),
            "provisional": calendar.is_provisional(due_at.date()),
            "calendar": calendar.version,
            "ledger": [
                {
                    "from": moment(segment.from_),
                    "to": moment(segment.to),
                    "minutes": segment.minutes,
                    "counted": segment.counted,
                    "rule": segment.rule,
                    "name": segment.name,
                }
                for segment in ledger
            ],
        }
    )
    return DONE


def _kind(text: str) -> PauseKind:
    try:
        return PauseKind(text)
    except ValueError:
        raise BadInput("bad-usage") from None


def _pause(start: str, end: str, kind: str) -> Pause:
    pause = Pause(instant(start), instant(end), _kind(kind))
    if pause.to < pause.from_:
        raise BadInput("pause-ends-first")
    return pause


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise BadInput("limit-not-valid", given=text) from None
