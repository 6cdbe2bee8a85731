"""The arguments of ``motcua-cli desk``, as data close to the specification."""

from __future__ import annotations

import argparse
from typing import Any

from app.domain.words import Queue, Signature
from app.services.payments import METHODS

_REASON = ("--reason", {"required": True})
_OUT: tuple[str, dict[str, Any]] = ("--out", {"required": True})
_PROOF: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--document-no", {}),
    ("--document-date", {}),
    ("--evidence", {}),
    ("--info", {}),
)
_EVIDENCE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--amount", {"required": True}),
    ("--method", {"required": True, "choices": sorted(METHODS)}),
    *_PROOF,
    ("--payer", {"default": ""}),
)
_LINES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--phi", {}),
    ("--le-phi", {}),
    ("--other", {"action": "append", "default": []}),
    ("--nvtc", {}),
    ("--tax-notice", {}),
    ("--tax-date", {}),
)
_ATTACH = ("--attach", {"action": "append", "default": []})

_PERSON: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--name", {"default": ""}),
    ("--id-no", {"default": ""}),
    ("--birth-date", {}),
    ("--phone", {"default": ""}),
    ("--email", {"default": ""}),
    ("--address", {"default": ""}),
    ("--organisation", {"action": "store_true"}),
    ("--card", {"default": ""}),
    ("--submitter-name", {"default": ""}),
    ("--submitter-id-no", {"default": ""}),
    ("--submitter-phone", {"default": ""}),
    ("--paper", {"action": "append", "default": []}),
    ("--file", {"action": "append", "default": []}),
    ("--summary", {"default": ""}),
    ("--sets", {"type": int, "default": 0}),
    ("--result", {"default": ""}),
    ("--result-also-online", {"action": argparse.BooleanOptionalAction}),
    ("--mail-name", {"default": ""}),
    ("--mail-phone", {"default": ""}),
    ("--mail-address", {"default": ""}),
)

_ARGUMENTS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "sign-in": (("--portal", {"required": True}), ("--username", {"required": True})),
    "sync": (),
    "queues": (),
    "list": (("--queue", {"required": True, "choices": ["all", *(queue.value for queue in Queue)]}),),
    "search": (("text", {}),),
    "lookup": (("code", {}),),
    "show": (("code", {}),),
    "notices": (("code", {}),),
    "register": (("--procedure", {"required": True}), *_PERSON),
    "counter-refuse": (_REASON, ("--procedure", {"required": True}), *_PERSON),
    "counter-supplement": (
        _REASON,
        ("--procedure", {"required": True}),
        ("--missing", {"action": "append", "default": []}),
        ("--by", {}),
        *_PERSON,
    ),
    "correct": (("code", {}), _REASON, ("--procedure", {"default": ""}), *_PERSON),
    "procedures": (("text", {}),),
    "check": (
        ("code", {}),
        ("--all", {"action": "store_true"}),
        ("--finding", {"action": "append", "default": [], "metavar": "N=passed|failed:WHY|unchecked"}),
    ),
    "request-supplement": (("code", {}), ("--paper", {"action": "append", "default": []}), _REASON, ("--by", {})),
    "ask-citizen": (("code", {}),),
    "bring-supplement": (
        ("code", {}),
        ("--paper", {"action": "append", "default": []}),
        ("--file", {"action": "append", "default": []}),
    ),
    "assign": (("code", {}), ("--to", {"required": True}), ("--comment", {"default": ""})),
    "take": (("code", {}),),
    "give-back": (("code", {}), _REASON),
    "recall": (("code", {}), ("--reason", {"default": ""})),
    "submit": (("code", {}), ("--to", {"required": True}), ("--note", {"default": ""})),
    "approve": (("code", {}), ("--note", {"default": ""})),
    "disapprove": (("code", {}), _REASON),
    "stop": (("code", {}), _REASON, ("--ends", {"action": "store_true"})),
    "withdraw": (("code", {}), _REASON),
    "receive": (("code", {}), ("--reason", {"default": ""})),
    "refuse": (("code", {}), _REASON, ("--anyway", {"action": "store_true"})),
    "accept-supplement": (("code", {}),),
    "forward": (("code", {}), ("--to", {"required": True}), ("--comment", {"default": ""})),
    "complete": (
        ("code", {}),
        ("--result", {}),
        ("--comment", {"default": ""}),
        ("--signature", {"choices": [way.value for way in Signature], "default": Signature.UNCHECKED.value}),
        ("--signed-by", {"default": ""}),
    ),
    "return": (
        ("code", {}),
        ("--to", {"required": True}),
        ("--reason", {"default": ""}),
        ("--identity", {"default": ""}),
        ("--signed", {"action": "store_true"}),
        ("--post-code", {"default": ""}),
    ),
    "suspend": (
        ("code", {}),
        _REASON,
        ("--nvtc", {}),
        ("--tax-notice", {}),
        ("--tax-date", {}),
        ("--treasury", {}),
        _ATTACH,
    ),
    "notify": (
        ("code", {}),
        ("--title", {"default": ""}),
        *_LINES,
        ("--pay-by", {}),
        _ATTACH,
        ("--replaces", {}),
        ("--reason", {"default": ""}),
    ),
    "cancel-notice": (("notice", {}), _REASON),
    "print-notice": (("notice", {}), _OUT),
    "form": (("code", {}), ("--form", {"default": ""}), _OUT),
    "register-book": (
        ("--from", {"dest": "from_day", "required": True}),
        ("--to", {"dest": "to_day", "required": True}),
        _OUT,
    ),
    "tick-paid": (("notice", {}), *_EVIDENCE),
    "collect": (("code", {}), ("--title", {"default": ""}), *_LINES, *_EVIDENCE[1:], ("--reason", {"default": ""})),
    "reverse-payment": (("payment", {}), _REASON),
    "confirm-payment": (("payment", {}),),
    "to-confirm": (),
    "settings": (
        ("--two-eyes-over", {}),
        ("--copy-to-applicant", {"choices": ["yes", "no"]}),
        ("--gate-warns", {"metavar": "CODE,CODE"}),
        ("--signer-title", {}),
        ("--signer-name", {}),
    ),
    "remind": (("notice", {}),),
    "reached": (
        ("notice", {}),
        ("--channel", {"required": True, "choices": ["handed", "call"]}),
        ("--note", {"default": ""}),
    ),
    "correct-contact": (("code", {}), ("--phone", {"default": ""}), ("--email", {"default": ""})),
    "waive": (("target", {}), ("--line", {"type": int}), ("--ground", {"required": True}), *_PROOF),
    "add-tax-notice": (
        ("code", {}),
        ("--nvtc", {"required": True}),
        ("--tax-notice", {"required": True}),
        ("--tax-date", {"required": True}),
        ("--treasury", {}),
        _ATTACH,
    ),
    "send-back": (("code", {}), _REASON),
    "cancel-suspension": (("code", {}), _REASON),
    "resume": (("code", {}), ("--attach", {"dest": "evidence"}), *_PROOF[:2], _PROOF[3]),
    "approve-refund": (("case", {}), ("--note", {"default": ""})),
    "pay-refund": (("case", {}), *_PROOF),
    "close-case": (("case", {}), ("--note", {"required": True})),
    "collected": (("--date", {}), ("--out", {})),
    "substitute": (
        ("officer", {}),
        ("--by", {"default": ""}),
        ("--from", {"dest": "from_day", "required": True}),
        ("--to", {"dest": "to_day", "required": True}),
    ),
    "substitutes": (),
    "unsent": (),
    "hand-over": (("officer", {}), ("--to", {"required": True})),
    "send-for": (("officer", {}),),
    "end-substitute": (("officer", {}), ("--from", {"dest": "from_day", "required": True}), ("--back-on", {})),
    "preview": (
        ("deed", {"choices": ["remind", "cancel-notice", "waive", "reverse-payment", "pay-refund", "suspend"]}),
        ("target", {}),
        ("--reason", {"default": ""}),
        ("--ground", {"default": ""}),
        ("--line", {"type": int}),
        *_PROOF,
    ),
    "calendar": (("action", {"choices": ["show", "try", "set", "versions"]}), ("what", {"nargs": "?", "default": ""})),
    "propose-extension": (("code", {}), ("--until", {"required": True}), _REASON),
    "decline-extension": (("code", {}), ("--reason", {"required": True})),
    "extend": (("code", {}), ("--until", {"default": ""}), ("--reason", {"default": ""})),
    "today": (),
    "leave": (),
    "outbox": (),
    "looks": (("--date", {"default": ""}),),
    "purge": (("--days", {"type": int}),),
    "set-pin": (),
    "decisions": (),
    "decide": (("id", {}), ("choice", {})),
    "journal": (("action", {"choices": ["verify"]}), ("--key", {"default": ""})),
    "rescue": (("action", {"choices": ["read", "restore"]}), ("--key", {"required": True}), ("--log", {"default": ""})),
    "reconcile": (("--date", {"default": ""}),),
}


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``desk`` with all its verbs."""
    desk = subparsers.add_parser("desk", help="an officer's desk")
    desk.add_argument("--profile", required=True)
    verbs = desk.add_subparsers(dest="verb", required=True)
    for verb, arguments in _ARGUMENTS.items():
        parser = verbs.add_parser(verb)
        for name, options in arguments:
            parser.add_argument(name, **options)
