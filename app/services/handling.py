"""Between reception and return: papers checked and asked for, dossiers passed on, submitted, stopped, withdrawn.

Stands apart from ``processing`` (the fee cases) and ``reception``; each function is one command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.domain.dossier import Component
from app.domain.people import ref
from app.domain.words import CheckVerdict
from app.domain.work_commands import (
    AskCitizen,
    Assign,
    BringSupplement,
    CheckComponents,
    DecideApproval,
    Finding,
    GiveBack,
    Recall,
    RequestSupplement,
    StopHandling,
    SubmitToHead,
    Withdraw,
)
from app.services import inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.processing import officer_named
from app.services.views import Acted


def check(desk: Desk, dossier_id: str, findings: Sequence[Finding]) -> Acted:
    """Write down what was found of some components; what fails needs a reason.

    Each finding leaves with its paper's name, so that a correction on its way cannot give the verdict to another.
    """
    components = dict(enumerate(inbox.card(desk, dossier_id).dossier.components))
    named = (f if f.name or f.index not in components else replace(f, name=components[f.index].name) for f in findings)
    return act(desk, dossier_id, CheckComponents(desk.clock.now(), tuple(named)))


def pass_all(desk: Desk, dossier_id: str, opened: frozenset[str] = frozenset()) -> Acted:
    """Tất cả đạt; ``opened`` are the digests of files that were looked at: the others are written down as unopened."""
    components = inbox.card(desk, dossier_id).dossier.components
    return check(
        desk,
        dossier_id,
        [
            Finding(at, CheckVerdict.PASSED, unopened=any(file.sha256 not in opened for file in component.files))
            for at, component in enumerate(components)
        ],
    )


def request_supplement(
    desk: Desk, dossier_id: str, papers: Sequence[str], reason: str, supply_by: date | None = None
) -> Acted:
    """Yêu cầu bổ sung: before reception the citizen is told at once, while processing the desk tells him."""
    cleaned = tuple(" ".join(paper.split()) for paper in papers)
    return act(desk, dossier_id, RequestSupplement(desk.clock.now(), cleaned, reason.strip(), supply_by))


def ask_citizen(desk: Desk, dossier_id: str) -> Acted:
    """Báo công dân bổ sung what the processor asked for."""
    return act(desk, dossier_id, AskCitizen(desk.clock.now()))


def bring_supplement(desk: Desk, dossier_id: str, components: Sequence[Component]) -> Acted:
    """Nhận giấy tờ bổ sung at the counter."""
    blobs = [file.sha256 for component in components for file in component.files]
    return act(desk, dossier_id, BringSupplement(desk.clock.now(), tuple(components)), blobs)


def assign(desk: Desk, dossier_id: str, username: str, comment: str = "") -> Acted:
    """Phân công to an officer of the unit; raises BadInput ``no-such-target``."""
    return act(desk, dossier_id, Assign(desk.clock.now(), officer_named(desk, username), comment.strip()))


def take(desk: Desk, dossier_id: str) -> Acted:
    """Nhận xử lý: take a dossier from the unit's queue for oneself."""
    return act(desk, dossier_id, Assign(desk.clock.now(), ref(desk.officer)))


def give_back(desk: Desk, dossier_id: str, reason: str) -> Acted:
    """Trả lại bước trước."""
    return act(desk, dossier_id, GiveBack(desk.clock.now(), reason.strip()))


def recall(desk: Desk, dossier_id: str, reason: str = "") -> Acted:
    """Rút lại bước vừa chuyển, while nobody has worked on it."""
    return act(desk, dossier_id, Recall(desk.clock.now(), reason.strip()))


def submit(desk: Desk, dossier_id: str, username: str, note: str = "") -> Acted:
    """Trình lãnh đạo; raises BadInput ``no-such-target``."""
    return act(desk, dossier_id, SubmitToHead(desk.clock.now(), officer_named(desk, username), note.strip()))


def decide(desk: Desk, dossier_id: str, *, approved: bool, reason: str = "") -> Acted:
    """Duyệt, or Không duyệt with the reason."""
    return act(desk, dossier_id, DecideApproval(desk.clock.now(), approved, reason.strip()))


def stop(desk: Desk, dossier_id: str, reason: str, *, ends: bool = False) -> Acted:
    """Dừng giải quyết (form 05), for a while or for good."""
    return act(desk, dossier_id, StopHandling(desk.clock.now(), reason.strip(), ends))


def withdraw(desk: Desk, dossier_id: str, reason: str) -> Acted:
    """Rút hồ sơ at the citizen's written wish."""
    return act(desk, dossier_id, Withdraw(desk.clock.now(), reason.strip()))
