"""``motcua-cli desk`` verbs about what this machine keeps and who may look: purge, set-pin.

Stands apart from the officer's daily verbs: an administrator of the machine uses these.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from app.cli.desk_forms import day
from app.cli.lane import Verb
from app.cli.output import DONE, emit, moment
from app.services import lock, looks, privacy
from app.services.desk import Desk


def _purge(desk: Desk, args: argparse.Namespace) -> int:
    """Set how many days an ended dossier stays, if given, and let go of what is older."""
    if args.days is not None:
        privacy.keep_ended(desk, args.days)
    emit({"purged": len(privacy.purge(desk)), "days": privacy.days_kept(desk)})
    return DONE


def _set_pin(desk: Desk, _args: argparse.Namespace) -> int:
    """Take a PIN from standard input, never from the arguments, which every program can read."""
    lock.set_pin(desk, sys.stdin.readline().strip())
    emit({"has_pin": True})
    return DONE


def _looks(desk: Desk, args: argparse.Namespace) -> int:
    """Print who of the unit looked at what on a day, newest first."""
    for one in looks.on(desk, day(args.date) or desk.clock.now().date()):
        emit(asdict(one) | {"at": moment(one.at)})
    return DONE


SAFETY_VERBS: dict[str, Verb] = {"purge": _purge, "set-pin": _set_pin, "looks": _looks}
