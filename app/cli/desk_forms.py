"""Turns the command line's options into the forms of services: amounts, dates, evidence, files.

Stands apart from the verbs because all of it is untrusted input; every refusal is a BadInput with its sentence.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.clock import YEARS
from app.domain.dossier import Dossier, Evidence, NoticeLine
from app.domain.money import parse_amount
from app.domain.people import FileRef
from app.domain.words import LineKind
from app.errors import BadInput
from app.services import attachments, fee_notices
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.processing import SuspendForm


def amount(text: str) -> int:
    """Return a positive sum in đồng."""
    value = parse_amount(text)
    if value <= 0:
        raise BadInput("amount-not-positive")
    return value


def day(text: str | None) -> date | None:
    """Return a date written 2026-11-20 or 20/11/2026."""
    if not text:
        return None
    try:
        if "/" in text:
            dd, mm, yyyy = (int(part) for part in text.split("/"))
            found = date(yyyy, mm, dd)
        else:
            found = date.fromisoformat(text)
    except ValueError:
        raise BadInput("date-malformed", text=text) from None
    if found.year not in YEARS:
        raise BadInput("date-malformed", text=text)
    return found


def attach(desk: Desk, paths: Sequence[str]) -> tuple[FileRef, ...]:
    """Read files from disk into the encrypted store."""
    found = []
    for text in paths:
        path = Path(text)
        try:
            if path.stat().st_size > attachments.MAX_BYTES:
                raise BadInput("file-too-large", size=path.stat().st_size, limit=attachments.MAX_BYTES)
            data = path.read_bytes()
        except OSError:
            raise BadInput("file-not-readable", name=attachments.plain_name(path.name)) from None
        found.append(attachments.take(desk, data, path.name))
    return tuple(found)


def write_file(path: str, data: bytes) -> None:
    """Write what a verb made; raises BadInput ``file-not-writable``."""
    try:
        Path(path).write_bytes(data)
    except OSError:
        raise BadInput("file-not-writable", path=path) from None


def suspension(desk: Desk, args: argparse.Namespace) -> SuspendForm:
    """Return the form of *Dừng tính nghĩa vụ tài chính*, or of a tax notice that came after it, without a reason."""
    return SuspendForm(
        reason=getattr(args, "reason", ""),
        nvtc_amount=amount(args.nvtc) if args.nvtc else 0,
        tax_notice_no=args.tax_notice or "",
        tax_notice_date=day(args.tax_date),
        treasury_account=args.treasury or "",
        files=attach(desk, args.attach),
    )


def fee_notice(desk: Desk, dossier: Dossier, args: argparse.Namespace) -> NoticeForm:
    """Return the form of *Thông báo công dân*; without an NVTC option a suspension's own line is used."""
    return NoticeForm(
        title=args.title or fee_notices.default_title(dossier),
        lines=lines(desk, dossier, args),
        files=attach(desk, args.attach),
        pay_by=day(args.pay_by),
        replaces=args.replaces or "",
        reason=args.reason or ("Thay bằng thông báo mới" if args.replaces else ""),
    )


def lines(desk: Desk, dossier: Dossier, args: argparse.Namespace) -> tuple[NoticeLine, ...]:
    """Return the lines that the options name."""
    found: list[NoticeLine] = []
    for kind, name, text in ((LineKind.PHI, "Phí", args.phi), (LineKind.LE_PHI, "Lệ phí", args.le_phi)):
        if text is not None:
            found.append(fee_notices.line(desk, dossier, kind, _named(desk, dossier, kind, name), amount(text)))
    for text in args.other:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise BadInput("other-malformed", text=text)
        found.append(fee_notices.line(desk, dossier, LineKind.OTHER, name.strip(), amount(value)))
    found.extend(_nvtc(desk, dossier, args))
    return tuple(found)


def _nvtc(desk: Desk, dossier: Dossier, args: argparse.Namespace) -> list[NoticeLine]:
    if args.nvtc is None:
        return [
            NoticeLine(p.kind, p.name, p.amount or 0, None, *_tax(dossier))
            for p in fee_notices.propose(desk, dossier)
            if p.locked
        ]
    line = fee_notices.line(desk, dossier, LineKind.NVTC, "Nghĩa vụ tài chính", amount(args.nvtc))
    return [line]


def _tax(dossier: Dossier) -> tuple[str, date | None, str]:
    suspension = dossier.suspension
    if suspension is None:
        return "", None, ""
    return suspension.tax_notice_no, suspension.tax_notice_date, suspension.treasury_account


def _named(desk: Desk, dossier: Dossier, kind: LineKind, fallback: str) -> str:
    return next((p.name for p in fee_notices.propose(desk, dossier) if p.kind is kind), fallback)


def evidence(desk: Desk, args: argparse.Namespace) -> Evidence:
    """Return the evidence of a payment in person: document, file or information."""
    files = attach(desk, [args.evidence] if args.evidence else [])
    return Evidence(
        document_no=args.document_no or "",
        document_date=day(args.document_date),
        file=files[0] if files else None,
        info=args.info or "",
    )


def proof(desk: Desk, args: argparse.Namespace) -> Evidence | None:
    """Return the evidence if any was named."""
    found = evidence(desk, args)
    return None if found == Evidence() else found
