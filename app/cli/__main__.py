"""``motcua-cli``: parses, runs one noun, turns errors of the world into a sentence and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import cache

from app import __version__, safe_log, texts
from app.cli import clock, desk, desk_parsers
from app.cli.output import DAMAGED, QUEUED, REFUSED, USAGE, emit, say
from app.errors import BadInput, KnownError, NotTrusted, Offline, SignedOut, StoreTrouble

_DAMAGE = frozenset({"store-damaged", "profile-damaged", "key-damaged", "key-missing", "store-newer"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code of design §11."""
    args = _parser().parse_args(argv)
    if argv is None and args.noun == "desk":
        safe_log.install(sys.stderr)
    try:
        return _run(args)
    except KnownError as error:
        emit({"refused": error.code, "message": texts.of(error), "failed": []})
        say(texts.of(error))
        return _exit_code(error)


@cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua-cli", description="Một Cửa, dòng lệnh")
    parser.add_argument("--version", action="version", version=__version__)
    nouns = parser.add_subparsers(dest="noun", required=True)
    desk_parsers.add_parsers(nouns)
    clock.add_parsers(nouns)
    _add_sandbox(nouns)
    return parser


def _add_sandbox(nouns: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``sandbox`` where its parts are installed: the installed program leaves them out."""
    try:
        from app.cli import sandbox
    except ImportError:
        return
    sandbox.add_parsers(nouns)


def _run(args: argparse.Namespace) -> int:
    if args.noun == "desk":
        return desk.run(args)
    if args.noun == "clock":
        return clock.run(args)
    from app.cli import sandbox

    return sandbox.run(args)


def _exit_code(error: KnownError) -> int:
    if isinstance(error, StoreTrouble):
        return DAMAGED if error.code in _DAMAGE else REFUSED
    if isinstance(error, (Offline, NotTrusted)):
        return QUEUED
    if isinstance(error, SignedOut):
        return REFUSED
    return USAGE if isinstance(error, BadInput) and error.code == "bad-usage" else REFUSED


if __name__ == "__main__":
    sys.exit(main())
