"""Processors' acts: forward, suspend for a financial obligation, complete; and where a dossier can go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain import payments
from app.domain.commands import AddTaxNotice, CancelSuspension, Complete, Forward, Resume, SendBack, Suspend
from app.domain.deadline import shift, working_minutes
from app.domain.dossier import Dossier, Evidence
from app.domain.handling import Result
from app.domain.notices import of_last_pause, rest_of
from app.domain.people import FileRef, OfficerRef
from app.domain.words import OPEN_NOTICE, LineKind, Signature, State
from app.errors import BadInput, StoreTrouble
from app.services import inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.payments import proofs
from app.services.views import Acted
from app.store import search, state
from app.store.state import Name

_NOT_CHECKED = Result(Signature.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Target:
    """A unit and the officers in it: where a dossier may be forwarded."""

    unit_id: str
    name: str
    officers: tuple[OfficerRef, ...]


@dataclass(frozen=True, slots=True)
class SuspendForm:
    """What the suspension form holds; ``nvtc_amount`` 0: the tax office has not answered yet."""

    reason: str
    nvtc_amount: int = 0
    tax_notice_no: str = ""
    tax_notice_date: date | None = None
    treasury_account: str = ""
    files: tuple[FileRef, ...] = ()


def targets(desk: Desk) -> tuple[Target, ...]:
    """Return every unit and officer the portal has told this desk about."""
    with desk.store.read() as connection:
        text = state.get(connection, Name.UNITS)
    found = []
    for unit in json.loads(text) if text else []:
        officers = tuple(
            OfficerRef(str(o["id"]), str(o["username"]), str(o["name"]), str(unit["id"]))
            for o in unit.get("officers", ())
        )
        found.append(Target(str(unit["id"]), str(unit["name"]), officers))
    return tuple(found)


def officer_named(desk: Desk, username: str) -> OfficerRef:
    """Return the officer of that name in the portal's catalogue; raises BadInput ``no-such-target``."""
    found = next((o for target in targets(desk) for o in target.officers if o.username == username), None)
    if found is None:
        raise BadInput("no-such-target", to=username)
    return found


def officers_by_id(desk: Desk) -> dict[str, OfficerRef]:
    """Return every officer the portal has told this desk about."""
    return {o.id: o for target in targets(desk) for o in target.officers}


def forward(desk: Desk, dossier_id: str, to: str, comment: str = "") -> Acted:
    """Chuyển xử lý to an officer by username, or to a unit by id; raises BadInput ``no-such-target``."""
    for target in targets(desk):
        officer = next((o for o in target.officers if o.username == to), None)
        if officer is not None or target.unit_id == to:
            return act(desk, dossier_id, Forward(desk.clock.now(), target.unit_id, officer, comment))
    raise BadInput("no-such-target", to=to)


def suspend(desk: Desk, dossier_id: str, form: SuspendForm) -> Acted:
    """Dừng tính nghĩa vụ tài chính: the clock stops and the dossier returns to the desk."""
    if form.nvtc_amount and not (form.tax_notice_no.strip() and form.tax_notice_date):
        raise BadInput("tax-notice-needed")
    return _warned(desk, act(desk, dossier_id, suspension(desk, form), [file.sha256 for file in form.files]), form)


def suspension(desk: Desk, form: SuspendForm) -> Suspend:
    """Return the command that the form asks for."""
    return Suspend(
        made_at=desk.clock.now(),
        reason=form.reason,
        nvtc_amount=form.nvtc_amount,
        tax_notice_no=form.tax_notice_no.strip(),
        tax_notice_date=form.tax_notice_date,
        treasury_account=form.treasury_account.strip(),
        files=form.files,
    )


def add_tax_notice(desk: Desk, dossier_id: str, form: SuspendForm) -> Acted:
    """Thêm thông báo thuế to a suspension that waits for it."""
    if form.tax_notice_date is None:
        raise BadInput("tax-notice-needed")
    command = AddTaxNotice(
        made_at=desk.clock.now(),
        nvtc_amount=form.nvtc_amount,
        tax_notice_no=form.tax_notice_no.strip(),
        tax_notice_date=form.tax_notice_date,
        treasury_account=form.treasury_account.strip(),
        files=form.files,
    )
    return _warned(desk, act(desk, dossier_id, command, [file.sha256 for file in form.files]), form)


def tax_notice_elsewhere(desk: Desk, dossier_id: str, number: str) -> str | None:
    """Return the code of another dossier that bears this tax notice, None when this desk knows of none."""
    with desk.store.read() as connection:
        return search.tax_notice_elsewhere(connection, number.strip(), dossier_id)


def _warned(desk: Desk, acted: Acted, form: SuspendForm) -> Acted:
    """Return the act with a warning when this desk knows the tax notice's number from another dossier."""
    try:
        code = tax_notice_elsewhere(desk, acted.dossier_id, form.tax_notice_no)
    except StoreTrouble:  # it is done: what only warns may not say it was not
        return acted
    if code is None:
        return acted
    params = (("number", form.tax_notice_no.strip()), ("code", code))
    return replace(acted, warning="tax-notice-elsewhere", warning_params=params)


def send_back(desk: Desk, dossier_id: str, reason: str) -> Acted:
    """Trả lại thụ lý: the clock goes on standing."""
    return act(desk, dossier_id, SendBack(desk.clock.now(), reason))


def cancel_suspension(desk: Desk, dossier_id: str, reason: str) -> Acted:
    """Hủy dừng tính while nothing was notified."""
    return act(desk, dossier_id, CancelSuspension(desk.clock.now(), reason))


def resume(desk: Desk, dossier_id: str, evidence: Evidence | None = None) -> Acted:
    """Tiếp tục: state 8; or 6 with the tax office's proof of the whole obligation."""
    dossier = inbox.card(desk, dossier_id).dossier
    if dossier.state is State.STOPPED:
        return act(desk, dossier_id, Resume(desk.clock.now()))
    command = Resume(desk.clock.now(), desk.ids.new(), obligation_left(dossier), evidence)
    return act(desk, dossier_id, command, proofs(evidence))


def obligation_left(dossier: Dossier) -> int:
    """Return what the tax office still demands of a suspended dossier, in đồng: the rest of its notice, else all."""
    waiting = [n for n in of_last_pause(dossier) if n.state in OPEN_NOTICE]
    demanding = [n for n in waiting if any(line.kind is LineKind.NVTC for line in n.lines)]
    if demanding:
        return sum(rest_of(dossier, n) for n in demanding)
    return dossier.suspension.nvtc_amount if dossier.suspension else 0


def due_if_resumed_now(desk: Desk, dossier: Dossier) -> datetime | None:
    """Return the appointment if the clock ran on from now: the real rule on a copy."""
    now = desk.clock.now()
    return payments.resume(dossier, now, now, desk.calendar)[0].due_at


def complete(
    desk: Desk, dossier_id: str, files: Sequence[FileRef] = (), comment: str = "",
    result: Result = _NOT_CHECKED,
) -> Acted:  # fmt: skip
    """Hoàn thành: the result is ready at the desk; ``result`` says how its signature stands."""
    command = Complete(desk.clock.now(), tuple(files), comment, result.signature, result.signed_by.strip())
    return act(desk, dossier_id, command, [file.sha256 for file in files])


def if_suspended_now(desk: Desk, dossier: Dossier, paid_at: datetime) -> tuple[int, datetime]:
    """Return the working minutes left and the new appointment if paid at ``paid_at``: the real engine on a copy."""
    left = working_minutes(desk.calendar, desk.clock.now(), dossier.due_at) if dossier.due_at else 0
    return left, shift(desk.calendar, paid_at, left)
