"""The money verbs of ``motcua-cli desk`` beyond the three cases: collect, waive, reverse, remind, refund, the day.

Stands apart from ``desk`` by subject; the same shape.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from app.cli import desk_forms as forms
from app.cli import output
from app.cli.lane import Verb, settled
from app.cli.output import DONE, emit
from app.domain.cover import Cover
from app.domain.money import parse_amount
from app.domain.words import DeliveryChannel, Role
from app.errors import BadInput
from app.services import (
    absent,
    collected,
    covers,
    fee_notices,
    inbox,
    message_preview,
    notice_preview,
    payments,
    printing,
    processing,
    refunds,
    unit_settings,
    waivers,
)
from app.services.desk import Desk
from app.services.message_preview import MessagePreview
from app.services.processing import SuspendForm


def _collect(desk: Desk, args: argparse.Namespace) -> int:
    dossier_id = inbox.locate(desk, args.code)
    dossier = inbox.card(desk, dossier_id).dossier
    acted = payments.collect(
        desk,
        dossier_id,
        title=args.title or fee_notices.default_title(dossier),
        lines=forms.lines(desk, dossier, args),
        method=payments.METHODS[args.method],
        evidence=forms.evidence(desk, args),
        payer=args.payer,
        reason=args.reason,
    )
    newest = inbox.card(desk, dossier_id).dossier.notices
    return settled(desk, acted, notice_id=newest[-1].id if newest else None)


def _reverse_payment(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, payments.reverse(desk, args.payment, args.reason))


def _confirm_payment(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, payments.confirm(desk, args.payment))


def _to_confirm(desk: Desk, _args: argparse.Namespace) -> int:
    for item in payments.to_confirm(desk):
        by = item.payment.recorded_by.username if item.payment.recorded_by else None
        named = {"payment_id": item.payment.id, "code": item.code, "applicant": item.applicant}
        since = output.moment(item.payment.recorded_at)
        emit({**named, "amount": item.payment.amount, "recorded_by": by, "since": since, "mine": item.mine})
    return DONE


def _settings(desk: Desk, args: argparse.Namespace) -> int:
    found = unit_settings.settings(desk)
    if args.two_eyes_over is not None:
        found = unit_settings.change(desk, replace(found, two_eyes_over=parse_amount(args.two_eyes_over)))
    if args.copy_to_applicant is not None:
        found = unit_settings.change(desk, replace(found, copy_to_applicant=args.copy_to_applicant == "yes"))
    if args.gate_warns is not None:
        codes = tuple(code.strip() for code in args.gate_warns.split(",") if code.strip())
        found = unit_settings.change(desk, replace(found, gate_warns=codes))
    for name in ("signer_title", "signer_name"):
        if (text := getattr(args, name)) is not None:
            found = unit_settings.change(desk, replace(found, **{name: text}))
    emit(asdict(found))
    return DONE


def _remind(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, fee_notices.remind(desk, args.notice))


def _reached(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, fee_notices.reached(desk, args.notice, DeliveryChannel(args.channel), args.note))


def _correct_contact(desk: Desk, args: argparse.Namespace) -> int:
    seen = inbox.card(desk, inbox.locate(desk, args.code)).dossier
    return settled(desk, fee_notices.correct_contact(desk, seen, phone=args.phone, email=args.email))


def _waive(desk: Desk, args: argparse.Namespace) -> int:
    proof = forms.proof(desk, args)
    line = args.line - 1 if args.line is not None else None
    try:
        dossier_id = inbox.locate(desk, args.target)
    except BadInput:
        return settled(desk, waivers.waive_notice(desk, args.target, args.ground, line=line, evidence=proof))
    return settled(desk, waivers.waive_dossier(desk, dossier_id, args.ground, line=line, evidence=proof))


def _add_tax_notice(desk: Desk, args: argparse.Namespace) -> int:
    form = forms.suspension(desk, args)
    return settled(desk, processing.add_tax_notice(desk, inbox.locate(desk, args.code), form))


def _send_back(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, processing.send_back(desk, inbox.locate(desk, args.code), args.reason))


def _cancel_suspension(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, processing.cancel_suspension(desk, inbox.locate(desk, args.code), args.reason))


def _resume(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, processing.resume(desk, inbox.locate(desk, args.code), forms.proof(desk, args)))


def _approve_refund(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, refunds.approve(desk, args.case, args.note))


def _pay_refund(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, refunds.pay(desk, args.case, forms.evidence(desk, args)))


def _close_case(desk: Desk, args: argparse.Namespace) -> int:
    return settled(desk, refunds.close(desk, args.case, args.note))


def _collected(desk: Desk, args: argparse.Namespace) -> int:
    day = collected.on(desk, forms.day(args.date) or desk.clock.now().date())
    for item in day.taken:
        emit(
            {
                "time": output.moment(item.at),
                "payment_id": item.payment_id,
                "code": item.code,
                "payer": item.payer,
                "document": item.document,
                "channel": item.channel,
                "amount": item.amount,
                "sent": item.sent,
                "reversed": item.reversed,
                "document_missing": item.document_missing,
                "unconfirmed": item.unconfirmed,
            }
        )
    by_kind = {kind.value: amount for kind, amount in day.by_kind}
    totals = {"total": day.total, "by_channel": dict(day.by_channel), "by_kind": by_kind}
    if args.out:
        pdf = printing.collected_pdf(desk, day)
        forms.write_file(args.out, pdf)
        totals |= {"out": args.out, "size_bytes": len(pdf)}
    emit({"date": day.day.isoformat(), **totals})
    return DONE


def _preview(desk: Desk, args: argparse.Namespace) -> int:
    """Print what the citizen would read, one line per message and channel; nothing is written or sent."""
    for seen in _previews(desk, args):
        for item, copy in [*((t, False) for t in seen.texts), *((t, True) for t in seen.copies)]:
            words = {"title": item.text.title, "body": item.text.body}
            emit({"kind": seen.kind, "channel": item.channel.value, "address": item.address, "copy": copy, **words})
    return DONE


def _previews(desk: Desk, args: argparse.Namespace) -> tuple[MessagePreview, ...]:
    if args.deed == "remind":
        seen = notice_preview.reminder(desk, args.target)
        return (MessagePreview("reminder", seen.texts, seen.copies),)
    if args.deed == "cancel-notice":
        return message_preview.cancellation(desk, args.target, args.reason)
    if args.deed == "waive":
        return message_preview.waiver(desk, args.target, args.ground, args.line and args.line - 1)
    if args.deed == "reverse-payment":
        return message_preview.reversal(desk, args.target, args.reason)
    if args.deed == "pay-refund":
        return message_preview.refund(desk, args.target, forms.proof(desk, args))
    return message_preview.suspension(desk, inbox.locate(desk, args.target), SuspendForm(args.reason))


def _unsent(desk: Desk, _args: argparse.Namespace) -> int:
    """Print unsent work of others: of the whole unit for the head, of this machine for anybody else."""
    found = absent.of_unit(desk) if Role.HEAD in desk.officer.roles else absent.here(desk)
    return _say_unsent(found)


def _hand_over(desk: Desk, args: argparse.Namespace) -> int:
    return _say_unsent(absent.hand_over(desk, args.officer, args.to))


def _say_unsent(found: tuple[absent.Waiting, ...]) -> int:
    for item in found:
        emit(
            {
                "officer": item.username,
                "name": item.officer,
                "desk": item.desk_name,
                "count": item.count,
                "undecided": item.undecided,
                "amount": item.amount,
                "oldest_at": output.moment(item.oldest_at),
                "handed_to": item.handed_to.username if item.handed_to else None,
            }
        )
    return DONE


def _send_for(desk: Desk, args: argparse.Namespace) -> int:
    done = absent.send_for(desk, args.officer)
    emit({"officer": args.officer, "sent": done.sent, "left": done.left, "undecided": done.undecided})
    return DONE if not done.left and not done.undecided else output.QUEUED if done.left else output.REFUSED


def _substitute(desk: Desk, args: argparse.Namespace) -> int:
    first, last = forms.day(args.from_day), forms.day(args.to_day)
    if first is None or last is None:
        raise BadInput("date-malformed", text=args.from_day or args.to_day)
    return _say_leave(covers.set_leave(desk, args.officer, args.by, first, last))


def _substitutes(desk: Desk, _args: argparse.Namespace) -> int:
    for leave in covers.leaves(desk):
        _say_leave(leave)
    return DONE


def _end_substitute(desk: Desk, args: argparse.Namespace) -> int:
    first = forms.day(args.from_day)
    if first is None:
        raise BadInput("date-malformed", text=args.from_day)
    left = covers.end_leave(desk, args.officer, first, forms.day(args.back_on))
    if left is not None:
        return _say_leave(left)
    emit({"officer": args.officer, "ended": True})
    return DONE


def _say_leave(leave: Cover) -> int:
    by = leave.substitute.username if leave.substitute else None
    days = {"from": leave.from_day.isoformat(), "to": leave.to_day.isoformat()}
    emit({"officer": leave.officer.username, "substitute": by, **days})
    return DONE


MONEY_VERBS: dict[str, Verb] = {
    "preview": _preview,
    "unsent": _unsent,
    "hand-over": _hand_over,
    "send-for": _send_for,
    "substitute": _substitute,
    "substitutes": _substitutes,
    "end-substitute": _end_substitute,
    "collect": _collect,
    "reverse-payment": _reverse_payment,
    "confirm-payment": _confirm_payment,
    "to-confirm": _to_confirm,
    "settings": _settings,
    "remind": _remind,
    "reached": _reached,
    "correct-contact": _correct_contact,
    "waive": _waive,
    "add-tax-notice": _add_tax_notice,
    "send-back": _send_back,
    "cancel-suspension": _cancel_suspension,
    "resume": _resume,
    "approve-refund": _approve_refund,
    "pay-refund": _pay_refund,
    "close-case": _close_case,
    "collected": _collected,
}
