"""What officers do with a dossier at the counter and between reception and return, as frozen values.

Stands apart from ``commands`` (fees, and the table of all types) only by size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.dossier import Component, ProcedureRef
from app.domain.people import Mailing, OfficerRef, Person
from app.domain.words import CheckVerdict


@dataclass(frozen=True, slots=True)
class Birth:
    """What makes a dossier where there was none: everything that is known of one brought in person.

    ``code`` and ``receipt_code`` come from a block of numbers leased by the desk; empty when it is used up, then the
    portal gives them.
    """

    made_at: datetime
    procedure: ProcedureRef
    desk_unit_id: str
    applicant: Person
    submitter: Person
    components: tuple[Component, ...]
    code: str = ""
    receipt_code: str = ""
    summary: str = ""
    result_channel: str = "counter"
    sets: int = 1
    mail_to: Mailing | None = None
    result_also_online: bool = False


@dataclass(frozen=True, slots=True)
class Register(Birth):
    """Tiếp nhận tại quầy: the dossier is born received."""


@dataclass(frozen=True, slots=True)
class Lodge(Birth):
    """Ghi hồ sơ nộp tại quầy: written down and not received, because it is refused or sent for papers at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of the component ``name``; ``verdict`` None takes an earlier finding back.

    ``index``: where it stood then, which tells papers of one name apart; the only word of an older desk.
    """

    index: int
    verdict: CheckVerdict | None
    reason: str = ""
    unopened: bool = False
    name: str = ""

    def place(self, components: tuple[Component, ...]) -> int | None:
        """Return where its paper stands now: a correction may have put another in its place; None when it is gone."""
        there = [at for at, component in enumerate(components) if self.name in ("", component.name)]
        if self.index in there:
            return self.index
        return there[0] if self.name and there else None


@dataclass(frozen=True, slots=True)
class CheckComponents:
    """Kiểm tra thành phần hồ sơ: đạt, không đạt, chưa kiểm tra; the whole list at once is many findings."""

    made_at: datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    """Yêu cầu bổ sung: before reception straight to the citizen, while processing to the desk, which tells him."""

    made_at: datetime
    papers: tuple[str, ...]
    reason: str
    supply_by: date | None = None


@dataclass(frozen=True, slots=True)
class AskCitizen:
    """Báo công dân bổ sung: the desk tells the citizen what the processor asked for."""

    made_at: datetime


@dataclass(frozen=True, slots=True)
class BringSupplement:
    """Nhận giấy tờ bổ sung at the counter: each stands for the component of its name, or is a new one."""

    made_at: datetime
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    """Phân công: the head gives a dossier to an officer, or an officer takes it from his unit's queue."""

    made_at: datetime
    to: OfficerRef
    comment: str = ""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Trả lại bước trước, with the reason."""

    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Recall:
    """Rút lại bước vừa chuyển, while nobody has worked on it."""

    made_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SubmitToHead:
    """Trình lãnh đạo."""

    made_at: datetime
    to: OfficerRef
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """Duyệt, or Không duyệt with the reason; the dossier goes back to who proposed it."""

    made_at: datetime
    approved: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StopHandling:
    """Dừng giải quyết (form 05); ``ends``: for good, otherwise it may go on."""

    made_at: datetime
    reason: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Rút hồ sơ at the citizen's written wish, recorded at the desk."""

    made_at: datetime
    reason: str
