"""Reads what the table shows, list by list. Thread: any but the GUI's.

Stands apart from ``queues``, which only names lists: the first look needs the names before any service is loaded.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from app.domain.listing import Narrowing, Parts
from app.domain.words import Queue
from app.services import inbox
from app.services.desk import Desk
from ui.desk.dossier_model import Difference, difference
from ui.present.queues import ALL, FILTERS, OVERLAYS, Filter, Listing, ListQuery, first_of


def read(desk: Desk, query: ListQuery) -> Listing:
    """Read the row numbers of a list. Thread: any but the GUI's."""
    if query.typed:
        return Listing(query, inbox.find(desk, query.typed), ())
    if query.alone:
        return Listing(query, [query.alone], ())
    pks = _keys(desk, query, query.filter)
    offered = [item.key for item in FILTERS if item.queue in ("", query.queue)]
    counted = tuple((key, _how_many(desk, query, key)) for key in offered)
    return Listing(query, pks, counted)


@dataclass(frozen=True, slots=True)
class Compared:
    """A new answer beside what the table shows: ``pks`` to propose, ``kept`` the current row if it left the list."""

    found: Listing
    shown: Sequence[Hashable]
    pks: Sequence[int]
    current: Hashable | None
    kept: int | None
    change: Difference


def compare(desk: Desk, query: ListQuery, shown: Sequence[Hashable], current: Hashable | None) -> Compared:
    """Read a list again and compare it with ``shown``; the current row stays until the officer leaves it."""
    found = read(desk, query)
    pks, kept = found.pks, None
    if isinstance(current, int) and current in shown and current not in pks:
        kept, pks = current, list(found.pks)
        pks.insert(min(shown.index(current), len(pks)), current)
    return Compared(found, shown, pks, current, kept, difference(shown, pks))


def where(desk: Desk, dossier_id: str, present: ListQuery) -> tuple[ListQuery, int] | None:
    """Return a list in which the dossier stands and its row number; None when it is not on this machine."""
    pk = inbox.key_of(desk, dossier_id)
    if pk is None:
        return None
    home = replace(present, queue=_home(desk, dossier_id), filter="", states=(), holders=(), typed="", alone=0)
    for query in (present, home):
        if pk in read(desk, query).pks:
            return query, pk
    return replace(home, queue=present.queue, alone=pk), pk


def _home(desk: Desk, dossier_id: str) -> str:
    """Return the queue of the side bar in which a dossier is looked for: all of a desk's work, else its own queue."""
    first = first_of(desk.officer)
    queue = inbox.card(desk, dossier_id).queue
    return first if first == ALL or queue is None else queue.value


def parts(desk: Desk, query: ListQuery) -> Parts:
    """Read what the queue of ``query`` could be narrowed to. Thread: any but the GUI's."""
    return inbox.parts(desk, _queue(query), OVERLAYS.get(query.queue, ""))


def _queue(query: ListQuery) -> Queue | None:
    return None if query.queue == ALL or query.queue in OVERLAYS else Queue(query.queue)


def _narrowing(query: ListQuery, chip: Filter) -> Narrowing:
    return Narrowing(chip.overlay or OVERLAYS.get(query.queue, ""), chip.fee, query.states, query.holders)


def _keys(desk: Desk, query: ListQuery, chosen: str) -> Sequence[int]:
    chip = next((item for item in FILTERS if item.key == chosen), Filter("", ""))
    across, narrowing = OVERLAYS.get(query.queue, ""), _narrowing(query, chip)
    pks = inbox.keys(desk, _queue(query), narrowing, order=query.order, descending=query.descending)
    if not across or not chip.overlay:
        return pks
    within = set(inbox.keys(desk, None, Narrowing(across)))
    return [pk for pk in pks if pk in within]


def _how_many(desk: Desk, query: ListQuery, chosen: str) -> int:
    chip = next(item for item in FILTERS if item.key == chosen)
    if query.queue in OVERLAYS:
        return len(_keys(desk, query, chosen))
    return inbox.how_many(desk, _queue(query), _narrowing(query, chip))
