"""Not received at the counter: refused (form 03), or sent for what is missing (form 02), with its reason in writing.

Stands apart from ``counter`` because nothing is promised and no money is taken. The law asks for a paper that names the
reason, never for a spoken no; a paper needs a dossier behind it. So the dossier is written down in state 1 with a code
of the desk's own block (no mã biên nhận, no entry in the register of what was received) and decided in the same
transaction by the very commands that decide an online one: it can be found, counted and complained of, and the papers
that come later join it instead of a new dossier.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.commands import Refuse
from app.domain.registration import newborn
from app.domain.work_commands import Lodge, RequestSupplement
from app.services import counter
from app.services.counter import CounterForm
from app.services.desk import Desk
from app.services.views import Acted, Card


def refuse(desk: Desk, form: CounterForm, reason: str) -> tuple[Acted, ...]:
    """Từ chối tiếp nhận for whoever stands at the counter; raises as ``counter.register``, nothing is written then."""
    return counter.lodge(desk, form, Refuse(desk.clock.now(), reason.strip()))


def request_supplement(
    desk: Desk, form: CounterForm, papers: Sequence[str], reason: str, supply_by: date | None = None
) -> tuple[Acted, ...]:
    """Yêu cầu bổ sung before reception: state 5, no clock, back to 1 once the papers came. Raises as ``refuse``."""
    return counter.lodge(desk, form, RequestSupplement(desk.clock.now(), tuple(papers), reason.strip(), supply_by))


def card(desk: Desk, form: CounterForm) -> Card:
    """Return the dossier as it would be, kept nowhere yet, without a code; raises BadInput for what cannot be read."""
    return Card(newborn("", counter.birth(desk, form, Lodge)), None, ())
