"""The only place that wires: opens a profile as a ``Desk`` and signs an officer in.

Stands apart so that no service constructs an engine, a client or a thread. Imports of the network are late: a desk
opens and paints before the portal is asked anything.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app import catalogues
from app.clock import Clock, ShiftedClock, SystemClock, from_ms, start_skew_ms, to_ms
from app.contract.wire import Capabilities, Me
from app.domain.calendar_files import read_kept
from app.domain.people import Officer
from app.errors import BadInput, KnownError, SignedOut, StoreTrouble
from app.events import Bus
from app.first_look import officer_from
from app.ids import IdSource
from app.portal.client import PortalClient, capabilities
from app.portal.exchange import Transport
from app.portal.keys import SANDBOX_KEY_FILE, KeyVault, Locker, sandbox_key
from app.portal.lazy import LazyTransport
from app.portal.session import Session, Tokens
from app.services.desk import UNDO_S, Desk
from app.store import mending, outbox, pin, state
from app.store.blobs import BlobStore
from app.store.neighbours import Neighbours
from app.store.profile import DeskFile, Profile, read_desk
from app.store.projection import Projector
from app.store.rescue import RescueLog
from app.store.state import Name
from app.store.writer import Store
from app.sync.apply_page import rebuild
from app.sync.ask import Ask
from app.sync.bookkeeper import Bookkeeper
from app.sync.countersigner import Countersigner
from app.sync.engine import Engine
from app.sync.keeping import Keeping
from app.sync.link import Link
from app.sync.looks import LookTeller
from app.sync.numbers import Numbers
from app.sync.puller import Puller
from app.sync.runner import Runner
from app.sync.sender import Sender
from app.sync.teller import Teller

if TYPE_CHECKING:
    from app.portal.sign_in import SignIn

SIGN_IN_TIMEOUT_S = 300.0


class StoredTokens:
    """Keeps an officer's tokens in the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self) -> Tokens | None:
        with self._store.read() as connection:
            text = state.get(connection, Name.TOKENS)
        if not text:
            return None
        access, refresh, expires_ms = json.loads(text)
        return Tokens(access, refresh, from_ms(expires_ms))

    def save(self, tokens: Tokens) -> None:
        text = json.dumps([tokens.access, tokens.refresh, to_ms(tokens.expires_at)])
        with self._store.write() as connection:
            state.put(connection, Name.TOKENS, text)

    def clear(self) -> None:
        with self._store.write() as connection:
            state.put(connection, Name.TOKENS, "")


class FreshTokens:
    """Tokens just received, before the officer's store is known."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def current(self) -> str:
        return self._tokens.access

    def renewed(self, stale: str) -> str:
        raise SignedOut("session-over")

    def end(self, why: str) -> SignedOut:
        return SignedOut(why)


def open_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    undo_s: float = UNDO_S,
    locker: Locker | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
    transport: Transport | None = None,
) -> Desk:
    """Open the desk of the officer who sat here last; never touches the network. Thread: any but the GUI's.

    ``transport``: another way to the portal than HTTP, for a simulation.

    Raises StoreTrouble: ``profile-in-use``, ``no-keyring``, ``store-damaged`` …; SignedOut ``sign-in-first`` before
    the first sign-in.
    """
    clock = clock or SystemClock()
    profile = Profile(folder)
    with _closing_unless_assembled(profile) as opened:
        desk_file, officer_id = profile.desk, profile.officer_id
        if desk_file is None or officer_id is None:
            raise SignedOut("sign-in-first")
        key = _key(profile, desk_file, None, locker)
        store, mended = _opened(profile, officer_id, key, clock)
        opened.callback(store.close)
        with store.read() as connection:
            text = state.get(connection, Name.ME)
        if not text:
            raise SignedOut("sign-in-first")
        transport = transport or LazyTransport(desk_file.portal, clock=clock)
        return _assemble(opened, profile, store, transport, json.loads(text), clock, undo_s, uniform, mended)


def sign_in(
    folder: Path,
    portal: str,
    open_page: Callable[[str], object],
    *,
    clock: Clock | None = None,
    undo_s: float = UNDO_S,
    locker: Locker | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
    username: str = "",
    timeout_s: float = SIGN_IN_TIMEOUT_S,
    on_started: Callable[[SignIn], None] | None = None,
    sandbox_only: bool = False,
) -> Desk:
    """Sign an officer in through the system browser and open his desk; binds a new profile to ``portal``.

    ``on_started`` gets the running attempt, so that a window can cancel it; ``sandbox_only`` refuses a real portal
    (``robot-needs-sandbox``). A store that cannot be read (damaged, key lost) is set aside whole, never deleted, and a
    new one is brought from the portal. Raises what ``SignIn.run`` and ``open_desk`` raise; a profile that could not be
    signed in stays as it was.
    """
    from app.portal.sign_in import SignIn

    clock = clock or SystemClock()
    profile = Profile(folder)
    with _closing_unless_assembled(profile) as opened:
        transport = LazyTransport(portal, clock=clock)
        _refuse_other_portal(profile, transport.origin)
        found = capabilities(transport)
        if sandbox_only and not found.sandbox:
            raise BadInput("robot-needs-sandbox")
        key_source = profile.desk or DeskFile(IdSource().new(), transport.origin, found.sandbox)
        key = _key(profile, key_source, found, locker, may_create=True)
        attempt = SignIn(transport, clock=clock, open_page=open_page)
        if on_started:
            on_started(attempt)
        tokens = attempt.run(timeout_s=timeout_s, username=username)
        client = PortalClient(transport, FreshTokens(tokens))
        me, units = client.me(), client.units()
        profile.bind(key_source)
        store, mended = _opened(profile, me.officer_id, key, clock, may_set_aside=True)
        opened.callback(store.close)
        StoredTokens(store).save(tokens)
        with store.write() as connection:
            state.put(connection, Name.SIGNING_KEY, found.signing_key)
            state.put(connection, Name.SEALING_KEY, found.sealing_key)
            pin.signed_in(connection)
            if units is not None:
                state.put(connection, Name.UNITS, units.text)
        remember(store, me)
        profile.seat(me.officer_id)
        return _assemble(opened, profile, store, transport, asdict(me), clock, undo_s, uniform, mended)


def remember(store: Store, me: Me) -> None:
    """Keep who has signed in. Transaction: own. Other roles put dossiers into other lists."""
    told = json.dumps(asdict(me), ensure_ascii=False)
    with store.write() as connection:
        if state.get(connection, Name.ME) not in (None, told):
            store.outdate(connection)
        state.put(connection, Name.ME, told)


@contextmanager
def _closing_unless_assembled(profile: Profile) -> Iterator[ExitStack]:
    """Close what was opened so far, last first, when no desk comes of it; else the desk closes all of it itself."""
    with ExitStack() as opened:
        opened.callback(profile.close)
        yield opened
        opened.pop_all()


def _opened(
    profile: Profile, officer_id: str, key: bytes, clock: Clock, *, may_set_aside: bool = False
) -> tuple[Store, StoreTrouble | None]:
    """Open a store, mended if need be; one that no backup mends is set aside whole when its officer signs in."""
    folder, aside = profile.officer_folder(officer_id), profile.aside(officer_id, f"{clock.now():%Y%m%d-%H%M%S}")
    try:
        return mending.open_store(folder, key, aside)
    except StoreTrouble as trouble:
        if trouble.code != "store-damaged" or not may_set_aside:
            raise
    return mending.begin_anew(folder, key, aside), None


def _refuse_other_portal(profile: Profile, origin: str) -> None:
    if profile.desk is not None and profile.desk.portal != origin:
        raise StoreTrouble("profile-other-portal", portal=profile.desk.portal)


def _key(
    profile: Profile,
    desk: DeskFile,
    found: Capabilities | None,
    locker: Locker | None,
    *,
    may_create: bool = False,
) -> bytes:
    """Return the profile's key: from the locker; without one only for a loopback sandbox, from its file.

    ``may_create``: at sign-in a lost key is replaced; what it had locked is then set aside.
    """
    try:
        vault = KeyVault(locker)
        key = vault.read(desk.desk_id)
        if key is not None:
            return key
        has_file = (profile.folder / SANDBOX_KEY_FILE).exists()
        if not has_file and (may_create or profile.desk is None):
            return vault.create(desk.desk_id)
        if not desk.sandbox:
            raise StoreTrouble("key-missing")
    except StoreTrouble as trouble:
        if trouble.code != "no-keyring" or not desk.sandbox:
            raise
    return sandbox_key(profile.folder, desk.portal, found)


def _assemble(
    opened: ExitStack,
    profile: Profile,
    store: Store,
    transport: Transport,
    me_fields: dict[str, object],
    clock: Clock,
    undo_s: float,
    uniform: Callable[[float, float], float],
    mended: StoreTrouble | None,
) -> Desk:
    with store.read() as connection:
        measured_ms, told_ms = (int(state.get(connection, name) or 0) for name in (Name.SKEW_MS, Name.SYNCED_MS))
        calendar = read_kept(state.get(connection, Name.CALENDARS)) or catalogues.calendar()
    skew_ms = start_skew_ms(to_ms(clock.now()), measured_ms, told_ms)
    desk_clock = ShiftedClock(clock, timedelta(milliseconds=skew_ms))
    me = Me(**me_fields)  # type: ignore[arg-type]
    projector = Projector(officer_of(me), calendar, catalogues.procedures)
    if store.needs_rebuild:
        rebuild(store, projector)
    blobs = BlobStore(store.open_blobs())
    opened.callback(blobs.close)
    bus = Bus()
    link = Link(bus, desk_clock)
    session = Session(transport, StoredTokens(store), clock=clock)
    client = PortalClient(transport, session)
    sender = Sender(store, blobs, projector, client, desk_clock, bus, link, uniform)
    sender.recover()
    ids = IdSource(now_ms=lambda: to_ms(desk_clock.now()))
    numbers = Numbers(store, projector, client, desk_clock, ids)
    neighbours = Neighbours(profile, store, me.officer_id, officer_from)
    desk_id = profile.desk.desk_id if profile.desk else ""
    teller = Teller(neighbours, client, desk_clock, desk_id, profile.folder.name)
    looks = LookTeller(store, client, ids, profile.folder.name)
    keeping = Keeping(store, blobs, projector, desk_clock)
    rescue = RescueLog(profile.rescue_file(me.officer_id))
    bookkeeper = Bookkeeper(store, client, desk_clock, rescue, Countersigner(store, client, ids))
    puller = Puller(store, projector, client, desk_clock, bus, link, numbers, teller, looks, keeping, bookkeeper)
    engine = Engine(sender, puller, Ask(store, projector, client, bus, link), link)
    return Desk(
        profile,
        store,
        blobs,
        projector,
        engine,
        session.sign_out,
        transport.close,
        bus,
        desk_clock,
        ids,
        neighbours,
        rescue,
        me.unit_name,
        undo_s,
        mended,
    )


def runner(desk: Desk) -> Runner:
    """Return the threads that will send, listen and keep backups for an open desk; not started."""
    return Runner(desk.engine, desk.bus, beside=lambda: mending.keep_backup(desk.store, desk.clock.now()))


def portals(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of the portals this desk may be signed in to: its own once it is bound, else the known.

    Reads only ``desk.json`` and the catalogue; raises StoreTrouble ``profile-damaged``.
    """
    desk = read_desk(folder)
    if desk is not None:
        name = "Cổng thử trên máy này" if desk.sandbox else desk.portal.removeprefix("https://")
        return ((name, desk.portal),)
    province = catalogues.province(catalogues.PROVINCE)
    return ((f"Cổng {province.name}", province.portal_address),)


def unsent_of_others(folder: Path, locker: Locker | None = None) -> tuple[tuple[str, int], ...]:
    """Return name and number of unsent commands of every officer with work on this desk; never raises.

    Thread: any but the GUI's. Only while no desk is open here.
    """
    found = []
    try:
        profile = Profile(folder)
    except StoreTrouble:
        return ()
    try:
        if profile.desk is None:
            return ()
        key = _key(profile, profile.desk, None, locker)
        for officer_id in profile.officers():
            store = Store(profile.officer_folder(officer_id), key)
            try:
                with store.read() as connection:
                    text, waiting = state.get(connection, Name.ME), len(outbox.unfinished(connection))
            finally:
                store.close()
            if text and waiting:
                found.append((str(json.loads(text)["name"]), waiting))
    except KnownError:
        return tuple(found)
    finally:
        profile.close()
    return tuple(found)


def pin_holder(folder: Path, locker: Locker | None = None) -> str:
    """Return the name of who sat here last if a PIN would open the desk, else ""; never raises.

    Thread: any but the GUI's. Only while no desk is open here.
    """
    try:
        profile = Profile(folder)
    except StoreTrouble:
        return ""
    try:
        if profile.desk is None or profile.officer_id is None:
            return ""
        key = _key(profile, profile.desk, None, locker)
        store = Store(profile.officer_folder(profile.officer_id), key)
        try:
            with store.read() as connection:
                text, kept = state.get(connection, Name.ME), pin.read(connection)
        finally:
            store.close()
        return str(json.loads(text)["name"]) if text and kept is not None and kept.left else ""
    except KnownError:
        return ""
    finally:
        profile.close()


def officer_of(me: Me) -> Officer:
    """Return the officer of an answer of ``/v1/me``; roles and rights this program does not know are left out."""
    return officer_from(asdict(me))
