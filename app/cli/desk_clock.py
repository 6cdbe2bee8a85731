"""The clock's verbs of ``motcua-cli desk``: the working calendar, and form 04.

Stands apart from ``desk`` by subject; the same shape.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from app.cli.lane import Verb, settled
from app.cli.output import DONE, emit, instant, moment
from app.errors import BadInput
from app.services import calendars, extensions, inbox
from app.services.desk import Desk


def _calendar(desk: Desk, args: argparse.Namespace) -> int:
    """``show`` prints every year, or one; ``set`` puts the year of a file (TOML, or JSON as shown) in force.

    ``try`` says what that would move, and changes nothing; ``versions`` who replaced which year, when.
    """
    if args.action == "versions":
        for one in calendars.versions(desk):
            emit(asdict(one) | {"at": moment(one.at)})
        return DONE
    if args.action == "try":
        found = calendars.foresee(desk, _text(args.what))
        shown = [{"code": one.code, "was": moment(one.was), "will": moment(one.will)} for one in found.shown]
        emit({"recounted": found.recounted, "shown": shown})
        return DONE
    if args.action == "set":
        done = calendars.replace(desk, _text(args.what))
        emit({"year": done.year, "version": done.version, "recounted": done.recounted})
        return DONE
    for year in calendars.years(desk):
        if args.what in ("", str(year.year)):
            emit(json.loads(year.text))
    return DONE


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise BadInput("file-not-readable", name=Path(path).name) from None


def _propose_extension(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, extensions.propose(desk, inbox.locate(desk, args.code), args.reason, instant(args.until)))


def _extend(desk: Desk, args: argparse.Namespace) -> int:
    until = instant(args.until) if args.until else None
    return settled(desk, extensions.sign(desk, inbox.locate(desk, args.code), args.reason, until))


def _decline_extension(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, extensions.decline(desk, inbox.locate(desk, args.code), args.reason))


CLOCK_VERBS: dict[str, Verb] = {
    "calendar": _calendar,
    "propose-extension": _propose_extension,
    "decline-extension": _decline_extension,
    "extend": _extend,
}
