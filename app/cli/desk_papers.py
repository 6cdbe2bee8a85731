"""The verbs of ``motcua-cli desk`` that write papers: slip of a notice, official forms, register.

Stands apart from ``desk`` by subject; the same shape. A file that was written counts as printed.
"""

from __future__ import annotations

import argparse

from app.cli import desk_forms
from app.cli.lane import Verb
from app.cli.output import DONE, emit
from app.errors import BadInput
from app.services import forms, inbox, outbox, printing
from app.services.desk import Desk
from app.services.forms import Paper


def _print_notice(desk: Desk, args: argparse.Namespace) -> int:
    """Write the slip as a PDF; what waits is sent first, so that the slip knows whether the portal is there."""
    dossier_id = inbox.locate_notice(desk, args.notice)
    outbox.send_now(desk)
    while desk.engine.sender.step():
        pass
    paper = printing.notice_paper(desk, dossier_id, args.notice)
    return _written(desk, paper, args.out, notice_id=args.notice, dossier_id=dossier_id)


def _form(desk: Desk, args: argparse.Namespace) -> int:
    """Write the named form, or the paper that fits the step; never touches the network."""
    dossier_id = inbox.locate(desk, args.code)
    if args.form:
        paper = forms.form_paper(desk, dossier_id, forms.numbered(desk, dossier_id, args.form))
    else:
        paper = printing.slip_pdf(desk, dossier_id)
    return _written(desk, paper, args.out, dossier_id=dossier_id)


def _register(desk: Desk, args: argparse.Namespace) -> int:
    first, last = desk_forms.day(args.from_day), desk_forms.day(args.to_day)
    if first is None or last is None or first > last:
        raise BadInput("bad-usage")
    return _written(desk, forms.register_paper(desk, first, last), args.out)


def _written(desk: Desk, paper: Paper, out: str, **named: str) -> int:
    desk_forms.write_file(out, paper.pdf)
    forms.note_printed(desk, paper)
    size = len(paper.pdf)
    emit({**named, "paper": paper.key, "name": paper.name, "reprint": paper.reprint, "out": out, "size_bytes": size})
    return DONE


PAPER_VERBS: dict[str, Verb] = {"print-notice": _print_notice, "form": _form, "register-book": _register}
