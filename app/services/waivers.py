"""Miễn / không phải nộp: a notice, one of its lines, or the whole dossier, with ground and proof."""

from __future__ import annotations

from dataclasses import replace

from app.domain.commands import Waive
from app.domain.dossier import Dossier, Evidence, Notice, NoticeLine
from app.domain.grounds import fits, fitting
from app.domain.notices import nvtc_line, open_notices
from app.domain.words import State
from app.errors import BadInput
from app.services import fee_notices, inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.payments import proofs
from app.services.views import Acted


def waive_notice(
    desk: Desk,
    notice_id: str,
    ground: str,
    *,
    line: int | None = None,
    evidence: Evidence | None = None,
    note: str = "",
) -> Acted:
    """Waive an open notice, or its line of that index (from 0); the note is for officers only."""
    command = replace(of_notice(desk, notice_id, ground, line, evidence), note=note.strip())
    return _waive(desk, inbox.locate_notice(desk, notice_id), command)


def waive_dossier(
    desk: Desk,
    dossier_id: str,
    ground: str,
    *,
    line: int | None = None,
    evidence: Evidence | None = None,
    note: str = "",
) -> Acted:
    """Record that nothing need be paid: the one open notice or its line of that index, before any what would be asked.

    Raises BadInput ``several-open-notices``; ``no-such-line`` for a line that nobody has asked for yet.
    """
    return _waive(desk, dossier_id, replace(of_dossier(desk, dossier_id, ground, line, evidence), note=note.strip()))


def of_notice(
    desk: Desk, notice_id: str, ground: str, line: int | None = None, evidence: Evidence | None = None
) -> Waive:
    """Return the command that waives a notice or one of its lines."""
    return Waive(desk.clock.now(), desk.ids.new(), notice_id, ground.strip(), line, evidence=evidence)


def of_dossier(
    desk: Desk, dossier_id: str, ground: str, line: int | None = None, evidence: Evidence | None = None
) -> Waive:
    """Return the command that waives all that is asked or one line of it, or all that would be; raises BadInput."""
    dossier = inbox.card(desk, dossier_id).dossier
    waiting = open_notices(dossier)
    if len(waiting) > 1:
        raise BadInput("several-open-notices", count=len(waiting))
    if waiting:
        return of_notice(desk, waiting[0].id, ground, line, evidence)
    if line is not None:
        raise BadInput("no-such-line")
    return of_table(desk, dossier, ground, evidence)


def of_table(desk: Desk, dossier: Dossier, ground: str, evidence: Evidence | None = None) -> Waive:
    """Return the command that waives what nobody has asked yet."""
    return replace(of_notice(desk, desk.ids.new(), ground, None, evidence), lines=_whole(desk, dossier, ground.strip()))


def grounds_for(notice: Notice, line: int | None = None) -> tuple[str, ...]:
    """Return the grounds, besides the head's own words, that may waive a notice or its line of that index."""
    return fitting(notice.lines if line is None else notice.lines[line : line + 1])


def _whole(desk: Desk, dossier: Dossier, ground: str) -> tuple[NoticeLine, ...]:
    """Return all that would be asked: a suspended dossier's obligation, even of 0 đồng, otherwise the fee table.

    Of the table only the lines that the ground is for; the others are still asked.
    """
    if dossier.state is State.AWAITING_OBLIGATION:
        demanded = nvtc_line(dossier)
        return (demanded,) if demanded else fee_notices.obligation_of_nothing(dossier)
    proposals = fee_notices.propose(desk, dossier)
    lines = tuple(NoticeLine(p.kind, p.name, p.amount or 0) for p in proposals)
    return tuple(line for line in lines if fits(ground, line)) or lines or fee_notices.obligation_of_nothing(dossier)


def _waive(desk: Desk, dossier_id: str, command: Waive) -> Acted:
    return act(desk, dossier_id, command, proofs(command.evidence))
