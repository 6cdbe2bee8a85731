"""``motcua-cli sandbox …``: the portal of one's own, its citizens, clock and faults.

Stands apart from the desk's verbs: this side never opens a profile.
"""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from app import texts
from app.clock import VN
from app.domain.words import Gateway
from app.errors import KnownError, Offline

DONE, REFUSED, USAGE, UNREACHABLE = 0, 1, 2, 3
_FOR = ("name", "kind", "email", "phone", "account")
_FAILURES = ("no_funds", "wrong_otp", "cancelled", "timeout", "bad_signature", "wrong_amount")

Subparsers = argparse._SubParsersAction  # argparse has no public name for it


def add_parsers(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add ``sandbox`` with its verbs; ``run`` does what was parsed."""
    sandbox = subparsers.add_parser("sandbox", help="a portal of one's own, for training and tests")
    verbs = sandbox.add_subparsers(dest="sandbox_verb", required=True)
    _add_serve(verbs)
    citizen = verbs.add_parser("citizen", help="act as a citizen")
    citizen.add_argument("--portal", required=True, metavar="URL")
    acts = citizen.add_subparsers(dest="citizen_verb", required=True)
    _add_citizen_acts(acts)
    clock = verbs.add_parser("clock", help="move the portal's clock")
    clock.add_argument("--portal", required=True, metavar="URL")
    clock.add_argument("--now", metavar="ISO")
    clock.add_argument("--advance", type=float, metavar="SECONDS")
    faults = verbs.add_parser("faults", help="break the line: a JSON list on stdin, [] ends it")
    faults.add_argument("--portal", required=True, metavar="URL")


def run(args: argparse.Namespace) -> int:
    """Do the parsed verb, print its JSON, return the exit code."""
    try:
        if args.sandbox_verb == "serve":
            return _serve(args)
        return _print(_answer(args))
    except Offline as error:
        print(texts.of(error), file=sys.stderr)
        return UNREACHABLE
    except KnownError as error:
        print(texts.of(error), file=sys.stderr)
        return REFUSED


def _add_serve(verbs: Subparsers[argparse.ArgumentParser]) -> None:
    serve = verbs.add_parser("serve", help="run the portal until interrupted")
    serve.add_argument("--data", required=True, type=Path, metavar="DIR")
    serve.add_argument("--port", type=int, default=0)
    serve.add_argument("--database-url", metavar="URL")
    serve.add_argument("--dossiers", type=int, default=0, metavar="N")
    serve.add_argument("--seed", type=int, default=1, metavar="N")
    serve.add_argument("--now", type=_instant, metavar="ISO")


def _add_citizen_acts(acts: Subparsers[argparse.ArgumentParser]) -> None:
    file = acts.add_parser("file", help="file an application")
    file.add_argument("--procedure", required=True, metavar="CODE")
    file.add_argument("--name", required=True)
    file.add_argument("--paper", action="append", type=Path, default=[], metavar="F")
    file.add_argument("--phone", default="0905123456")
    file.add_argument("--email")
    file.add_argument("--account")
    file.add_argument("--unit", default="")
    file.add_argument("--identity", default="")
    for name in _FOR:
        file.add_argument(f"--for-{name}", default="", help="whom the citizen files for")
    pay = acts.add_parser("pay", help="pay a notice online")
    pay.add_argument("--notice", required=True, metavar="ID")
    pay.add_argument("--gateway", required=True, choices=[gateway.value for gateway in Gateway])
    pay.add_argument("--delay", type=float, default=0.0, metavar="S")
    pay.add_argument("--duplicate", action="store_true")
    pay.add_argument("--amount", type=int, metavar="N")
    pay.add_argument("--fail", choices=_FAILURES, default="")
    withdraw = acts.add_parser("withdraw", help="take the application back")
    withdraw.add_argument("code", metavar="CODE")
    withdraw.add_argument("--reason", default="")
    supplement = acts.add_parser("supplement", help="hand in what was asked for")
    supplement.add_argument("code", metavar="CODE")
    supplement.add_argument("--paper", action="append", type=Path, default=[], metavar="F")
    supplement.add_argument("--name", action="append", default=[], metavar="COMPONENT")
    rate = acts.add_parser("rate", help="say how the service was")
    rate.add_argument("code", metavar="CODE")
    rate.add_argument("--stars", type=int, required=True)
    rate.add_argument("--note", default="")
    for verb, says in (("track", "look a dossier up"), ("read", "open the account's messages")):
        acts.add_parser(verb, help=says).add_argument("code", metavar="CODE")


def _answer(args: argparse.Namespace) -> dict[str, Any]:
    # Imported late: the desk's verbs share this program and do not pay for the sandbox.
    from app.sandbox.simulator import verbs
    from app.sandbox.simulator.http import SandboxHttp

    if args.sandbox_verb == "clock":
        asked = {"now": args.now} if args.now else {"advance_s": args.advance or 0.0}
        with SandboxHttp(args.portal) as http:
            return dict(http.post("/sandbox/clock", asked))
    if args.sandbox_verb == "faults":
        with SandboxHttp(args.portal) as http:
            return dict(http.post("/sandbox/faults", json.load(sys.stdin)))
    if args.citizen_verb == "file":
        return verbs.file(
            args.portal, procedure=args.procedure, name=args.name, papers=tuple(args.paper), phone=args.phone,
            email=args.email, account=args.account, unit=args.unit, identity=args.identity,
            applicant={name: getattr(args, f"for_{name}") for name in _FOR} if args.for_name else None,
        )  # fmt: skip
    if args.citizen_verb == "pay":
        return verbs.pay(
            args.portal, notice=args.notice, gateway=args.gateway, delay_s=args.delay, duplicate=args.duplicate,
            amount=args.amount, fail=args.fail,
        )  # fmt: skip
    if args.citizen_verb == "supplement":
        return verbs.supplement(args.portal, args.code, papers=tuple(args.paper), names=tuple(args.name))
    if args.citizen_verb == "rate":
        return verbs.rate(args.portal, args.code, args.stars, args.note)
    if args.citizen_verb == "withdraw":
        return verbs.withdraw(args.portal, args.code, args.reason)
    return verbs.track(args.portal, args.code) if args.citizen_verb == "track" else verbs.read(args.portal, args.code)


def _serve(args: argparse.Namespace) -> int:
    from app.sandbox.server import SandboxServer

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    server = SandboxServer(
        args.data, port=args.port, dossiers=args.dossiers, seed=args.seed, now=args.now, database_url=args.database_url
    )
    try:
        base_url = server.start()
        _print({"event": "ready", "base_url": base_url})
        while not stop.wait(1.0):  # a bare wait cannot be interrupted on Windows
            continue
    except OSError as error:
        print(error, file=sys.stderr)
        return REFUSED
    finally:
        server.stop()
    return DONE


def _print(value: dict[str, Any]) -> int:
    print(json.dumps(value, ensure_ascii=False), flush=True)
    return DONE


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=VN)
