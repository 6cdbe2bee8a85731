"""Takes a replaced working calendar over: kept in the store, in force at once, and every list counts anew.

Stands apart from the feed because a calendar is no dossier: pages only say which version is in force.
"""

from __future__ import annotations

from app.domain.calendar_files import read_kept
from app.events import Bus, DossiersChanged
from app.portal.client import PortalClient
from app.store import calendars, state
from app.store.projection import Projector
from app.store.state import Name
from app.store.writer import Store

_CHUNK = 2000


def is_kept(store: Store, version: str) -> bool:
    """Tell whether this desk has the calendars of ``version``; a portal that names none has nothing to bring."""
    with store.read() as connection:
        return version in ("", state.get(connection, Name.CALENDARS_VERSION))


def take_over(store: Store, projector: Projector, client: PortalClient, bus: Bus) -> None:
    """Bring the portal's calendars and put them in force; raises KnownError.

    A calendar this program does not understand is kept unread: it goes on counting with the one it has. Until the last
    row is counted the rows hold for nothing: whoever opens the store next, or the next page, counts anew.
    """
    catalogue = client.calendars()
    if catalogue is None:
        return
    found = read_kept(catalogue.text) or projector.calendar
    with store.write() as connection:
        state.put(connection, Name.CALENDARS, catalogue.text)
        if found != projector.calendar:
            store.outdate(connection)
    projector.calendar = found
    if store.needs_rebuild:
        _count_anew(store, projector)
        bus.publish(DossiersChanged(()))
    with store.write() as connection:
        store.renew(connection)
        state.put(connection, Name.CALENDARS_VERSION, catalogue.version)


def _count_anew(store: Store, projector: Projector) -> None:
    """Derive the rows that hang on the calendar again, in short transactions: officers go on working."""
    with store.write() as connection:  # whoever is still writing counts with the old one
        ids = calendars.hanging_on(connection)
    for start in range(0, len(ids), _CHUNK):
        with store.write() as connection:
            projector.project(connection, ids[start : start + _CHUNK])
