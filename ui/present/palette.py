"""What Ctrl+K finds: deeds of the shown dossier, queues, dossiers; typed without diacritics.

Stands apart from the popup so that matching is a pure function over the command table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.folding import fold
from app.domain.listing import ListRow
from ui import commands, keys
from ui.desk.queue_list import QueueItem
from ui.present import veil
from ui.present.dossier import DossierView
from ui.present.queues import CALENDAR, LOOKS, PAGES, UNSENT
from ui.present.wording import code_words

_MOST_HITS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``command`` to run, or a dossier to open; a grey one has its ``reason`` as detail."""

    group: str
    icon: str
    label: str
    detail: str = ""
    cap: str = ""
    command: str = ""
    dossier_id: str = ""
    enabled: bool = True


def lines(typed: str, view: DossierView | None, queues: Sequence[QueueItem], found: Sequence[ListRow]) -> list[Line]:
    """Return what matches ``typed``: every word of it must stand in the line."""
    every = [*_deeds(view), *_queues(queues), *_desk({item.key for item in queues})]
    words = fold(typed).split()
    kept = [line for line in every if all(word in fold(f"{line.label} {_words_of(line.command)}") for word in words)]
    return [*kept, *(_hit(row) for row in found[:_MOST_HITS])]


def _words_of(command: str) -> str:
    own = commands.BY_ID.get(command)
    return own.words if own else ""


def _deeds(view: DossierView | None) -> list[Line]:
    if view is None:
        return []
    primary = view.actions.primary
    shown = []
    for command in commands.COMMANDS:
        if command.about != "dossier":
            continue
        reason = view.reason(command.id)
        if reason and command.rule and reason.startswith("Hồ sơ đang ở bước"):
            continue  # what belongs to another stage altogether only hides what can be done now
        expected = primary is not None and primary.id == command.id
        label = primary.label if expected and primary is not None else command.label
        cap = keys.cap("next") if expected and not reason else keys.cap(command.key)
        shown.append(Line("Với hồ sơ này", command.icon, label, reason, cap, command.id, enabled=not reason))
    return sorted(shown, key=lambda line: not line.enabled)


def _queues(queues: Sequence[QueueItem]) -> list[Line]:
    found = []
    for at, item in enumerate(queues):
        cap = keys.cap(f"queue_{at + 1}") if at < 9 else ""
        if item.key in PAGES:
            count = f"{item.count} việc" if item.count else ""
            found.append(Line("Bàn làm việc", item.icon, item.title, count, cap, item.key))
        else:
            count = f"{item.count} hồ sơ" if isinstance(item.count, int) else ""
            found.append(Line("Hàng việc", item.icon, f"Hàng: {item.title}", count, cap, f"queue:{item.key}"))
    return sorted(found, key=lambda line: line.command in PAGES)


def _desk(in_side_bar: set[str]) -> list[Line]:
    beside = PAGES - {UNSENT, CALENDAR, LOOKS} | in_side_bar
    return [
        Line("Bàn làm việc", command.icon, command.label, "", keys.cap(command.key), command.id)
        for command in commands.COMMANDS
        if command.about == "desk" and command.id not in beside
    ]


def _hit(row: ListRow) -> Line:
    detail = f"{veil.code(code_words(row.receipt_code, row.code))} · {row.procedure}"
    return Line("Hồ sơ", "files", veil.name(row.applicant), detail, dossier_id=row.id)
