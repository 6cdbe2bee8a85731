"""300 canaries through every way into the log: not one comes out; and no line of it can be forged."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app import errors, safe_log
from app.domain.transitions import Failed
from app.errors import BugError, KnownError, PortalProblem, Refused
from tests.integration.store_ground import KEY, open_store

NAMES = [f"{family} {middle} {given}" for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Võ")
         for middle in ("Thị", "Văn", "Hồng", "Minh") for given in ("Ấm", "Đức", "Nhung", "Duyên", "bình")]  # fmt: skip
NUMBERS = [f"0561910{at:05d}" for at in range(70)] + [f"09148{at:05d}" for at in range(70)]
OTHERS = [f"cong.dan{at}@gmail.com" for at in range(30)] + [f"H32.8-2611{at:02d}-00{at:02d}" for at in range(30)]
CANARIES = [*NAMES, *NUMBERS, *OTHERS]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything written to the log, in the program's own form."""
    root, heard = logging.getLogger(), io.StringIO()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook, sys.unraisablehook)
    safe_log.install(heard)
    try:
        yield heard
    finally:
        root.handlers[:], root.level = before[0], before[1]
        sys.excepthook, threading.excepthook, sys.unraisablehook = before[2:]
        logging.raiseExceptions = True


def said(heard: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in heard.getvalue().splitlines()]


def clean(heard: io.StringIO) -> None:
    told = heard.getvalue()
    found = [canary for canary in CANARIES if canary in told or json.dumps(canary)[1:-1] in told]
    assert found == []


def test_there_are_three_hundred_different_canaries():
    assert len(set(CANARIES)) == 300


@pytest.mark.parametrize("logger", ["app.sync.runner", "ui.tasks", "urllib3.connectionpool", "sqlalchemy", "root"])
def test_what_is_put_into_a_sentence_stays_unsaid(lines, logger):
    log = logging.getLogger(logger)
    for canary in CANARIES:
        log.error("for %s of %r", canary, {"name": canary})
        log.error("for %(who)s", {"who": canary})
    assert len(said(lines)) == 600
    clean(lines)


def test_what_another_library_says_stays_unsaid_and_ours_is_read(lines):
    for canary in CANARIES:
        logging.getLogger("urllib3").error("Failed to parse headers (url=https://x/" + canary + ")")
    logging.getLogger("ui.theme").error("font not readable: %s, %d bytes", "mot-cua.ttf", 12)
    assert said(lines)[0] == {"level": "ERROR", "logger": "urllib3", "message": "…"}
    assert said(lines)[-1]["message"] == "font not readable: mot-cua.ttf, 12 bytes"
    clean(lines)


def raising(canary: str) -> list[BaseException]:
    """Errors of every class, with the canary in words, parameters, notes and in a local of their frame."""
    known = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KnownError)]
    made: list[BaseException] = [kind("offline-test", name=canary) for kind in known
                                 if kind not in (PortalProblem, Refused)]  # fmt: skip
    made += [PortalProblem(canary, status=409, detail=canary), Refused((Failed("x-y", (("name", canary),)),)),
             BugError(canary), ValueError(canary), KeyError(canary), OSError(2, canary, canary)]  # fmt: skip
    noted = RuntimeError(canary)
    noted.add_note(canary)
    return [*made, noted, ExceptionGroup(canary, [ValueError(canary)])]


def test_errors_say_kind_code_and_lines_of_program_only(lines):
    for canary in CANARIES:
        for error in raising(canary):
            try:
                local = canary  # a debugger's traceback would print it
                try:
                    raise ValueError(local)
                except ValueError as cause:
                    raise error from cause
            except BaseException as caught:
                logging.getLogger("ui.tasks").error("background work failed", exc_info=caught)
    clean(lines)
    first = said(lines)[0]
    assert first["message"] == "background work failed"
    assert [item["kind"] for item in first["errors"]] == ["KnownError", "ValueError"]
    assert first["errors"][0]["code"] == "offline-test"
    assert first["errors"][0]["at"][0].startswith("test_safe_log.py:")


def test_nobodys_exceptions_go_the_same_way(lines):
    class Falls:
        def __del__(self) -> None:
            raise ValueError(CANARIES[0])

    def thread() -> None:
        raise ValueError(CANARIES[1])

    try:
        raise ValueError(CANARIES[2])
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    running = threading.Thread(target=thread)
    running.start()
    running.join()
    Falls()
    assert [line["message"] for line in said(lines)] == ["uncaught", "uncaught in a thread", "could not be raised"]
    clean(lines)


def test_a_line_cannot_be_forged(lines):
    logging.getLogger("app.x").error("for %s", 'a"}\n{"level": "ERROR", "message": "tiền đã thu"}')
    logging.getLogger("app.x\n{}").error("one")
    assert len(lines.getvalue().splitlines()) == 2
    assert said(lines)[0]["message"] == "for …"


def test_neither_the_key_nor_what_was_bound_stands_in_an_error_of_the_database(lines, tmp_path):
    store = open_store(tmp_path)
    try:
        for canary in CANARIES:
            try:
                with store.write() as connection:
                    connection.execute(text("INSERT INTO drafts VALUES (:a, :b)"), {"a": canary, "b": KEY.hex()})
            except BugError as error:
                chain = f"{error!r} {error} {error.__cause__!r} {error.__cause__}"
                assert canary not in chain
                assert KEY.hex() not in chain
                logging.getLogger("app.store").error("write failed", exc_info=error)
        assert len(said(lines)) == 300
        assert KEY.hex() not in lines.getvalue() + repr(store) + repr(vars(store)["_writer"])
        clean(lines)
    finally:
        store.close()
