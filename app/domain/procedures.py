"""Administrative procedures (thủ tục hành chính) as data: limit, fees, papers, process.

Stands apart because a procedure is versioned data that the portal publishes and a dossier keeps; rules read it and
never know a code by heart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.dossier import ProcedureRef, Step
from app.domain.words import LimitUnit, LineKind, Role


@dataclass(frozen=True, slots=True)
class Limit:
    """The legal time limit; ``amount`` may be fractional (12.5 working days).

    ``assumed``: the source gives no limit and ours is a guess. ``cutoff``: received after this local time (``HH:MM``)
    counts from the next working day.
    """

    amount: float
    unit: LimitUnit
    assumed: bool = False
    cutoff: str = ""


@dataclass(frozen=True, slots=True)
class FeeItem:
    """One fee of the table: ``amount`` đồng per ``per``; None: set by the province, the officer types it; 0: free."""

    kind: LineKind
    name: str
    amount: int | None
    per: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepDef:
    """One step of the process: who does it, in which department, whether a fee may be collected there.

    ``limit_working_minutes`` is the step's own share of the limit, None when it has none.
    """

    key: str
    name: str
    role: Role
    unit_kind: str
    collects_fee: bool = False
    limit_working_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One component of the list; ``when`` says in which case it is needed at all, empty: always."""

    name: str
    when: str = ""

    @property
    def title(self) -> str:
        """The name as lists and dossiers bear it: ``Văn bản ủy quyền (nếu có)``."""
        return f"{self.name} ({self.when})" if self.when else self.name


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure; ``pays_online`` allows the online fee notice (unknown counts as no)."""

    code: str
    name: str
    field: str
    version: int
    level: str
    limit: Limit
    pays_online: bool
    fees: tuple[FeeItem, ...]
    components: tuple[Paper, ...]
    steps: tuple[StepDef, ...]


def reference(procedure: Procedure, unit_for: Callable[[str], str]) -> ProcedureRef:
    """Return what a dossier keeps of this version; ``unit_for`` names the unit that does steps of a kind."""
    return ProcedureRef(
        code=procedure.code,
        name=procedure.name,
        version=procedure.version,
        pays_online=procedure.pays_online,
        limit_amount=procedure.limit.amount,
        limit_unit=procedure.limit.unit,
        steps=tuple(
            Step(s.key, s.name, s.role, unit_for(s.unit_kind), s.collects_fee, s.limit_working_minutes)
            for s in procedure.steps
        ),
        limit_cutoff=procedure.limit.cutoff,
    )


def expected_fee(procedure: Procedure) -> int:
    """Return what the fee table asks for one unit of everything, in đồng; 0 when a sum is set elsewhere or none is."""
    amounts = [fee.amount for fee in procedure.fees if fee.kind is not LineKind.NVTC]
    return sum(amount for amount in amounts if amount) if None not in amounts else 0
