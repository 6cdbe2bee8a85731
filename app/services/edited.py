"""Two people changed the same field: what differs, and this officer's edit sent again over what stands now.

Stands apart from the other decisions because only here bytes that were refused go out changed in what they say, and
only as far as the officer chose.
"""

from __future__ import annotations

from app.contract.codec import Foreign, command_text, read_command, read_dossier
from app.domain.corrections import CorrectContact, CorrectReception
from app.domain.dossier import Dossier
from app.domain.edits import EDITED, Clash, Edit, changed, clashes, rebased
from app.domain.words import OutboxState
from app.errors import BadInput
from app.services.desk import Desk
from app.services.outbox import problem_code, problem_params
from app.services.views import Choice, Edited, OutboxItem
from app.store import mirror, outbox

_MINE = Choice("mine", "decision-mine", "decision-mine-effect")
_REST = Choice("theirs", "decision-theirs", "decision-theirs-rest")
_NONE = Choice("drop", "decision-theirs", "decision-theirs-effect")
_CORRECTIONS = frozenset({"reception_corrected", "contact_corrected"})


def what_differs(desk: Desk, item: OutboxItem) -> tuple[Edited, tuple[Choice, ...]] | None:
    """Return both versions field by field, as this desk knows the portal's, and the two ways out.

    Keeping theirs where both differ drops the command, unless it changes something else too: that still goes out.
    None for any command that was not refused because somebody else changed the same.
    """
    refused = item.state is OutboxState.NEEDS_DECISION and problem_code(item.last_problem) == EDITED
    read = _read(desk, item.key) if refused else None
    if read is None:
        return None
    edit, dossier, _ = read
    found = clashes(dossier, edit)
    rest = set(changed(edit)) - _given_up(item.last_problem, found)
    last = next((event for event in reversed(dossier.history) if event.kind in _CORRECTIONS), None)
    told = Edited(found, last.by if last else "", last.at if last else None)
    return told, (_MINE, _REST if rest else _NONE)


def again(desk: Desk, key: str, choice_id: str) -> str:
    """Return the body that goes out over what stands on the portal now; raises BadInput ``no-such-decision``."""
    read = _read(desk, key)
    if read is None:
        raise BadInput("no-such-decision")
    edit, dossier, last_problem = read
    names = _given_up(last_problem, clashes(dossier, edit)) if choice_id == _REST.id else set()
    return command_text(rebased(edit, dossier, names))


def _given_up(last_problem: str, found: tuple[Clash, ...]) -> set[str]:
    """Return what the portal named, and what was changed since it did."""
    told = problem_params(last_problem).get("fields")
    named = {str(name) for name in told} if isinstance(told, list) else set()
    return named | {clash.field for clash in found}


def _read(desk: Desk, key: str) -> tuple[Edit, Dossier, str] | None:
    """Return the edit, the dossier as the portal has it, and what the portal said; None where either is unreadable."""
    with desk.store.read() as connection:
        row = outbox.get(connection, key)
        body = mirror.bodies(connection, [row.dossier_id]).get(row.dossier_id) if row else None
    if row is None or body is None:
        return None
    edit, dossier = read_command(row.type, row.body), read_dossier(body)
    if not isinstance(edit, CorrectReception | CorrectContact) or edit.before is None or isinstance(dossier, Foreign):
        return None
    return edit, dossier, row.last_problem
