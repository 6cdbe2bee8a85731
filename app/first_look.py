"""Opens the eyes before the desk: officer, first rows and counts of a profile, in a few milliseconds.

Stands apart from ``bootstrap``, which loads everything a desk can do: an officer sees the day's queue while that goes
on. Nothing is locked, written or kept; whatever is not as expected answers None, and ``bootstrap.open_desk`` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import catalogues
from app.clock import Clock, SystemClock, to_ms
from app.domain.calendar_files import read_kept
from app.domain.people import Officer
from app.domain.queues import queues_of
from app.domain.words import Right, Role
from app.errors import KnownError
from app.portal.keys import Locker, profile_key
from app.services.views import FirstList, FirstLook, QueueCounts
from app.store import first_page
from app.store.profile import read_desk, seated


def read(
    folder: Path,
    choose: Callable[[Officer], FirstList],
    *,
    clock: Clock | None = None,
    locker: Locker | None = None,
) -> FirstLook | None:
    """Return what the officer who sat here last sees first; ``choose`` names the list.

    Thread: any but the GUI's. Never raises what ``open_desk`` will say better.
    """
    clock = clock or SystemClock()

    def chosen(me: dict[str, Any]) -> tuple[str | None, str]:
        wanted = choose(officer_from(me))
        return wanted.queue.value if wanted.queue else None, wanted.order

    def now_ms(skew_ms: int) -> int:
        return to_ms(clock.now()) + skew_ms

    try:
        desk, home = read_desk(folder), seated(folder)
        if desk is None or home is None:
            return None
        key = profile_key(folder, desk.desk_id, desk.portal, sandbox=desk.sandbox, locker=locker)
        page = first_page.read(home, key, chosen, now_ms)
    except KnownError:
        return None
    if page is None:
        return None
    officer = officer_from(page.me)
    counts = tuple((queue, page.queues.get(queue.value, 0)) for queue in queues_of(officer))
    return FirstLook(
        officer=officer,
        unit_name=str(page.me["unit_name"]),
        counts=QueueCounts(
            counts, page.soon, page.late, page.unsent, page.decisions, page.pay_late, page.unreached
        ),
        rows=page.rows,
        now=clock.now() + timedelta(milliseconds=page.skew_ms),
        calendar=read_kept(page.calendars) or catalogues.calendar(),
    )


def officer_from(me: Mapping[str, Any]) -> Officer:
    """Return the officer of ``/v1/me``; roles and rights this program does not know are left out."""
    roles = frozenset(Role(role) for role in me["roles"] if role in set(Role))
    rights = frozenset(Right(right) for right in me["rights"] if right in set(Right))
    return Officer(me["officer_id"], me["username"], me["name"], me["unit_id"], roles, rights)
