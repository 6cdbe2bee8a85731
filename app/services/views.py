"""What services hand to screens and command line: frozen values, domain words, no display text.

Stands apart because it is the border: no ORM object, no row of SQL, no dict crosses it. The screens turn these into
Vietnamese (``ui.present``; the list's painted row is ``ui.desk.row_view.RowView``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.calendar import Calendar
from app.domain.dossier import Dossier, Payment
from app.domain.edits import Clash
from app.domain.listing import ListRow
from app.domain.people import Officer
from app.domain.words import OutboxState, Queue, Way


@dataclass(frozen=True, slots=True)
class Card:
    """One dossier as this desk sees it: the portal's truth with waiting commands folded in.

    ``pending`` names the wire types not yet in the portal's truth as this machine has it, in order; ``ways``: how far
    each came. ``soon_at`` is when a quarter of its limit is left, ``due_at`` the date that runs now; both None while
    nothing runs. ``left_minutes``: working minutes to (positive) or past (negative) that date at reading time.
    ``step_due_at``: *Hạn bước*. ``judged_at``: what early and late are judged by. ``apology``: whether form 04 is to be
    written, soon or late, else empty.
    """

    dossier: Dossier
    queue: Queue | None
    pending: tuple[str, ...]
    due_at: datetime | None = None
    soon_at: datetime | None = None
    left_minutes: int | None = None
    step_due_at: datetime | None = None
    judged_at: datetime | None = None
    apology: str = ""
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignCard:
    """A dossier whose words only a newer program knows: shown, never acted on."""

    id: str
    code: str
    applicant: str
    procedure: str


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Live counts: per queue of this officer, and the overlays."""

    queues: tuple[tuple[Queue, int], ...]
    soon: int
    late: int
    unsent: int
    decisions: int
    pay_late: int = 0
    unreached: int = 0

    @property
    def total(self) -> int:
        """All work of the desk: every dossier that stands in some queue."""
        return sum(count for _, count in self.queues)


@dataclass(frozen=True, slots=True)
class FirstList:
    """The list an officer's day begins with: its queue (None: every one) and order (due, or step)."""

    queue: Queue | None = None
    order: str = "due"


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What is shown before the desk is open: the first (row number, facts) of the day's list and the side bar's counts.

    ``now`` is the portal's time of the look. Nothing of it can be acted on.
    """

    officer: Officer
    unit_name: str
    counts: QueueCounts
    rows: tuple[tuple[int, ListRow], ...]
    now: datetime
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One deed on its way: what, whose dossier, how far, since when, what comes next; ``notice_id`` it makes."""

    key: str
    type: str
    dossier_id: str
    dossier_code: str
    applicant: str
    amount: int
    channel: str
    state: OutboxState
    attempts: int
    last_problem: str
    created_at: datetime
    changed_at: datetime
    next_try_at: datetime | None
    can_undo: bool
    notice_id: str = ""
    way: Way = Way.HERE


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out of a decision: ``label`` and ``effect`` are codes of ``app.texts``; ``why_not`` when impossible."""

    id: str
    label: str
    effect: str
    recommended: bool = False
    why_not: str = ""
    params: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """Fields that two people changed; ``last_by`` and ``last_at``: who corrected the dossier last on the portal."""

    clashes: tuple[Clash, ...]
    last_by: str = ""
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a human must decide.

    ``kind``: paid_twice (two payments of one notice), surplus (one payment too much), refused (the portal said no),
    edited (somebody else changed the same: ``edited``), parked. ``theirs`` and ``mine`` are the two payments of
    paid_twice. ``code`` and ``params`` name the sentence.
    """

    id: str
    kind: str
    dossier_id: str
    dossier_code: str
    applicant: str
    since: datetime
    code: str
    params: tuple[tuple[str, object], ...]
    choices: tuple[Choice, ...]
    amount: int = 0
    deed: str = ""
    theirs: Payment | None = None
    mine: Payment | None = None
    surplus_id: str = ""
    edited: Edited | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How the link to the portal stands: online, offline, signed_out, not_trusted or barred.

    ``portal`` is its address. ``unsent``: what leaves by itself, not what waits for a decision. ``others``: name and
    number of commands of the other officers whose work waits here.
    """

    state: str
    code: str = ""
    since: datetime | None = None
    synced_at: datetime | None = None
    unsent: int = 0
    portal: str = ""
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """What became of an officer's act: queued under ``key``; ``undo_until`` while it can be taken back.

    ``note``: code of a sentence about how it waits; ``warning``: of one about something to check, with its parameters.
    """

    key: str
    dossier_id: str
    type: str
    undo_until: datetime | None = None
    note: str = ""
    warning: str = ""
    warning_params: tuple[tuple[str, object], ...] = ()
