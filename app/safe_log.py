"""The program's log: one JSON line a record, of which only what we wrote ourselves can be read.

Stands apart because logs and crash reports travel to people who may not see citizens' data. So nothing is searched
for and masked; only the known is let through: our own constant sentences, numbers and short words in their places, and
of an error its kinds, codes and the lines of program it went through. What another library says stays unsaid.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import TextIO

from app.errors import KnownError

_OWN = ("app", "ui", "__main__")
_HOLE = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[sdrfix]")
_WORD = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_log = logging.getLogger(__name__)


class SafeFormatter(logging.Formatter):
    """Formats a record as one line of JSON: level, logger, sentence, and the errors with their way."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {"level": record.levelname, "logger": record.name, "message": _sentence(record)}
        if record.exc_info and record.exc_info[1] is not None:
            said["errors"] = errors_of(record.exc_info[1])
        return json.dumps(said, ensure_ascii=True)


def install(stream: TextIO | None, level: int = logging.WARNING) -> None:
    """Send all logging, and every exception that nobody caught, to ``stream`` in this form; None writes nothing."""
    handler = logging.StreamHandler(stream) if stream is not None else logging.NullHandler()
    handler.setFormatter(SafeFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.raiseExceptions = False  # its own complaint would print the record's arguments
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _log.critical("uncaught in a thread", exc_info=args.exc_value)
    sys.unraisablehook = lambda args: _log.error("could not be raised", exc_info=args.exc_value)


def errors_of(error: BaseException) -> list[dict[str, object]]:
    """Return an error and what it came from, newest first: kind, code if it is ours, frames; never words or values."""
    found: list[dict[str, object]] = []
    seen: set[int] = set()
    item: BaseException | None = error
    while item is not None and id(item) not in seen:
        seen.add(id(item))
        frames = traceback.extract_tb(item.__traceback__)
        said: dict[str, object] = {"kind": type(item).__name__}
        if isinstance(item, KnownError):
            said["code"] = _value(item.code)
        said["at"] = [f"{frame.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames]
        found.append(said)
        item = item.__cause__ or (None if item.__suppress_context__ else item.__context__)
    return found


def _sentence(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in _OWN or not isinstance(record.msg, str):
        return "…"
    values = iter(record.args if isinstance(record.args, tuple) else ())
    return _HOLE.sub(lambda _hole: _value(next(values, "")), record.msg)


def _value(value: object) -> str:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 1_000_000):
        return str(value)
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "…"


def _uncaught(kind: type[BaseException], error: BaseException, _way: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("uncaught", exc_info=error)
