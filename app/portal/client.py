"""The portal's endpoints as methods: dataclasses of ``contract.wire`` in and out.

Stands apart from transport (bytes) and classification (meaning): here is only which path, which parameters and which
shape. Nothing is repeated and nothing is kept; the sender and the puller decide both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TypeVar
from urllib.parse import quote

from app.contract import wire_codec
from app.contract.province import Countersigned, JournalHead
from app.contract.wire import (
    MAX_BATCH,
    MAX_WAIT_S,
    BlockRequest,
    Capabilities,
    Catalogue,
    Change,
    CommandBatch,
    CommandEnvelope,
    CommandResult,
    CoverSetting,
    CoverSettings,
    DeskStatus,
    HandedWorks,
    HandOver,
    Me,
    NoticeTruth,
    NumberBlocks,
    Page,
    Reconciliation,
    UnsentWorks,
)
from app.contract.wire_unit import CalendarEdit, CalendarVersions, Looks, LooksTold, SeenFacts
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen
from app.domain.lookup import LookedUp
from app.domain.unit_settings import UnitSettings
from app.errors import BugError, KnownError, PortalProblem, SignedOut
from app.portal.blobs import Blobs
from app.portal.caller import Caller, read
from app.portal.classify import Outcome, outcomes
from app.portal.exchange import Transport
from app.portal.session import TokenSource

Shape = TypeVar("Shape")

CATALOGUE_BYTES = 32 * 1024 * 1024


def capabilities(transport: Transport) -> Capabilities:
    """Ask a portal what it is, without a session: before the first sign-in, and whether it is a sandbox."""
    answer = transport.request("GET", "/v1/capabilities")
    return read(answer, partial(wire_codec.decode, Capabilities), transport.origin)


class PortalClient:
    """One officer's client; any threads but the GUI's.

    Every method raises ``Offline``, ``NotTrusted``, ``SignedOut`` or ``PortalProblem``; only ``send_commands`` turns
    them into outcomes. ``blobs`` carries attachments.
    """

    def __init__(self, transport: Transport, tokens: TokenSource) -> None:
        self._caller = Caller(transport, tokens)
        self.blobs = Blobs(self._caller)

    def capabilities(self) -> Capabilities:
        """Return API range, epoch, limits and features."""
        return capabilities(self._caller.transport)

    def end_session(self, why: str) -> SignedOut:
        """Ask nothing more for this officer until he signs in again; return the error that says why."""
        return self._caller.end(why)

    def me(self) -> Me:
        """Return the officer of this session with roles and rights."""
        return self._get(Me, "/v1/me")

    def sync(self, cursor: str | None, *, limit: int = 500, wait_s: int = 0) -> Page:
        """Return the next page of the feed; ``None`` starts from nothing.

        With ``wait_s`` (at most 25) an empty page is held back until something commits. A cursor that is over raises
        ``PortalProblem`` with ``resync-required`` or ``scope-changed``.
        """
        params = {"limit": str(limit), "wait": str(min(wait_s, MAX_WAIT_S))}
        if cursor is not None:
            params["cursor"] = cursor
        answer = self._caller.send(
            "GET",
            "/v1/sync",
            params=params,
            timeout_s=10.0 + wait_s,
            deadline_s=60.0 + wait_s,
            max_bytes=wire_codec.MAX_PAGE_BYTES,
        )
        return self._caller.read(answer, wire_codec.decode_page)

    def send_commands(
        self, commands: Sequence[CommandEnvelope], *, timeout_s: float = 10.0, deadline_s: float = 30.0
    ) -> tuple[Outcome, ...]:
        """Send up to 50 frozen commands and return what each came to, in order; no ``KnownError`` leaves here."""
        if not 0 < len(commands) <= MAX_BATCH:
            raise BugError(f"a batch of {len(commands)}")
        body = wire_codec.encode(CommandBatch(tuple(commands)))
        try:
            answer = self._caller.send("POST", "/v1/commands", body=body, timeout_s=timeout_s, deadline_s=deadline_s)
        except KnownError as error:
            return outcomes(commands, error)
        return outcomes(commands, answer)

    def command_status(self, key: str) -> CommandResult | None:
        """Return what became of a command, ``None`` if the portal never saw its key; judge by ``of_result``."""
        try:
            return self._get(CommandResult, f"/v1/commands/{quote(key, safe='')}")
        except PortalProblem as problem:
            if problem.code == "not-found":
                return None
            raise

    def dossier(self, dossier_id: str, *, deadline_s: float = 10.0) -> Change:
        """Return the freshest truth about one dossier, to be applied as a page of one."""
        path = f"/v1/dossiers/{quote(dossier_id, safe='')}"
        answer = self._caller.send("GET", path, timeout_s=min(10.0, deadline_s), deadline_s=deadline_s)
        return self._caller.read(answer, partial(wire_codec.decode_change, asked_id=dossier_id))

    def notice(self, notice_id: str, *, deadline_s: float = 10.0) -> NoticeTruth:
        """Return the freshest truth about one notice."""
        return self._get(NoticeTruth, f"/v1/notices/{quote(notice_id, safe='')}", deadline_s=deadline_s)

    def procedures(self, known_version: str = "") -> Catalogue | None:
        """Return all procedures, or ``None`` if ``known_version`` is still the newest."""
        return self._catalogue("/v1/procedures", known_version)

    def calendars(self, known_version: str = "") -> Catalogue | None:
        """Return all working calendars, or ``None`` if ``known_version`` is still the newest."""
        return self._catalogue("/v1/calendars", known_version)

    def replace_calendar(self, edit: CalendarEdit) -> CalendarChanged:
        """Put one year in force; ``PortalProblem`` forbidden (not the administrator), version-conflict, refused."""
        return self._send(CalendarChanged, "PUT", "/v1/calendars", edit, deadline_s=60.0)

    def foresee_calendar(self, edit: CalendarEdit) -> CalendarForeseen:
        """Return what replacing one year would move; ``PortalProblem`` as ``replace_calendar``; nothing changes."""
        return self._send(CalendarForeseen, "POST", "/v1/calendars", edit, deadline_s=60.0)

    def calendar_versions(self) -> CalendarVersions:
        """Return who replaced which year of the calendar, newest first."""
        return self._get(CalendarVersions, "/v1/calendars/versions")

    def units(self, known_version: str = "") -> Catalogue | None:
        """Return all units and their officers, or ``None`` if ``known_version`` is still the newest."""
        return self._catalogue("/v1/units", known_version)

    def look_up(self, code: str, desk_name: str) -> LookedUp:
        """Return where a dossier of any desk stands; ``PortalProblem`` ``forbidden``, ``not-found``."""
        return self._get(LookedUp, "/v1/lookup", params={"code": code, "desk": desk_name}, deadline_s=10.0)

    def tell_looks(self, seen: SeenFacts) -> LooksTold:
        """Tell what this officer looked at here; told twice, kept once."""
        return self._send(LooksTold, "POST", "/v1/looks", seen)

    def looks(self, day: date) -> Looks:
        """Return who looked at what; ``PortalProblem`` ``forbidden`` for anyone but head and administrator."""
        return self._get(Looks, "/v1/looks", params={"date": day.isoformat()})

    def reconciliation(self, day: date) -> Reconciliation:
        """Return what the portal's ledger has of this desk's money on a legal day, key by key."""
        return self._get(Reconciliation, "/v1/reconciliation", params={"date": day.isoformat()})

    def countersign(self, head: JournalHead) -> Countersigned:
        """Return the portal's word about the head of this desk's journal; ``PortalProblem`` ``journal-forked``."""
        return self._send(Countersigned, "POST", "/v1/journal-heads", head)

    def receipt_blocks(self, wanted: BlockRequest) -> NumberBlocks:
        """Lease running numbers for this desk; ``PortalProblem`` ``forbidden`` for anyone but reception."""
        return self._send(NumberBlocks, "POST", "/v1/receipt-blocks", wanted)

    def tell_status(self, status: DeskStatus) -> HandedWorks:
        """Tell what waits on this desk for absent officers; return what of it was handed over to this one."""
        return self._send(HandedWorks, "POST", "/v1/desk-status", status)

    def unsent(self) -> UnsentWorks:
        """Return the unsent work of absent officers; ``PortalProblem`` ``forbidden`` for anyone but the head."""
        return self._get(UnsentWorks, "/v1/unsent")

    def hand_over(self, wanted: HandOver) -> UnsentWorks:
        """Let another officer deliver it; ``PortalProblem`` ``forbidden``, ``not-found``."""
        return self._send(UnsentWorks, "PUT", "/v1/unsent", wanted)

    def settings(self) -> UnitSettings:
        """Return the settings in force at the officer's unit."""
        return self._get(UnitSettings, "/v1/settings")

    def change_settings(self, settings: UnitSettings) -> UnitSettings:
        """Change them; ``PortalProblem`` ``forbidden`` for anyone but the administrator."""
        return self._send(UnitSettings, "PUT", "/v1/settings", settings)

    def covers(self) -> CoverSettings:
        """Return every leave the portal knows."""
        return self._get(CoverSettings, "/v1/covers")

    def set_cover(self, setting: CoverSetting) -> CoverSettings:
        """Set one officer's leave; ``PortalProblem`` ``forbidden`` for anyone but the head."""
        return self._send(CoverSettings, "PUT", "/v1/covers", setting)

    def end_cover(self, officer_id: str, from_day: date) -> CoverSettings:
        """Take a leave back; ``PortalProblem`` ``forbidden`` for anyone but the head, ``not-found``."""
        params = {"officer_id": officer_id, "from_day": from_day.isoformat()}
        answer = self._caller.send("DELETE", "/v1/covers", params=params, deadline_s=10.0)
        return self._caller.read(answer, partial(wire_codec.decode, CoverSettings))

    def _catalogue(self, path: str, known_version: str) -> Catalogue | None:
        headers = {"If-None-Match": f'"{known_version}"'} if known_version else {}
        answer = self._caller.send("GET", path, headers=headers, max_bytes=CATALOGUE_BYTES)
        if answer.status == 304 and known_version:
            return None
        return self._caller.read(answer, partial(wire_codec.decode, Catalogue, max_bytes=CATALOGUE_BYTES))

    def _get(
        self, shape: type[Shape], path: str, *, params: dict[str, str] | None = None, deadline_s: float = 30.0
    ) -> Shape:
        answer = self._caller.send("GET", path, params=params, timeout_s=min(10.0, deadline_s), deadline_s=deadline_s)
        return self._caller.read(answer, partial(wire_codec.decode, shape))

    def _send(self, shape: type[Shape], method: str, path: str, value: object, *, deadline_s: float = 10.0) -> Shape:
        """Send a dataclass of the wire and return the answer."""
        body = wire_codec.encode(value)
        answer = self._caller.send(method, path, body=body, timeout_s=deadline_s, deadline_s=deadline_s)
        return self._caller.read(answer, partial(wire_codec.decode, shape))
