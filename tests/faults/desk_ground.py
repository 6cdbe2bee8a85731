"""One desk in the middle of its day, laid out anew for each run: the real store and services, the portal in-process.

Stands apart because the campaigns of the disk share it: the day's beginning (dossiers filed, notices sent, a backup
made, work after it) is lived once and copied. ``Straight`` is a line without faults that can be pulled.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from app import bootstrap
from app.domain.words import LineKind, PaymentChannel
from app.portal.session import Tokens
from app.services import drafts, fee_notices, inbox, payments, reception
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.store import mending
from app.sync.apply_page import rebuild
from tests.simulation.crowd import Crowd
from tests.simulation.deeds import PAPER, register
from tests.simulation.ground import SEATS, Ground, Nobody, Straight
from tests.simulation.history import History
from tests.simulation.seeded import Chance, take_over

SEAT = "quay1"
SCAN = b"%PDF-1.4 " + b"Bien lai giay so 7. " * 900
_FACTS = {
    "outbox": "select key, dossier_id, type, sha256, place from outbox order by seq",
    "journal": "select key, amount, hash from journal order by seq",
    "drafts": "select dossier_id, kind, body from drafts order by 1, 2",
}
_VIEW = "select id, code, state, queue, fee_status, pending, fee_dong, facts from dossier_row order by id"
_OPEN_NOTICES = text("select id from belonging where kind = 'notice' and open = 1 order by id")
_UNSENT = text("select count(*) from outbox where state <> 'acked' and state <> 'resolved'")


class DeskGround:
    """Lays the day out in ``folder``; one a process."""

    def __init__(self, folder: Path) -> None:
        self._chance = Chance()
        self.clock = self._chance.clock
        take_over(self._chance)
        self._ground = Ground(folder / "ground", self.clock)
        self.profile = self._ground.profiles / SEAT
        self._base, self._portal_base = folder / "day", folder / "portal-of-the-day.db"
        self.line = Straight(self._ground)
        self._live_the_morning()

    def lay(self, seed: str) -> None:
        """Put desk and portal back to the middle of the day."""
        self._chance.begin(seed)
        self.clock.advance(3600)
        self._ground.restore(self._portal_base, "epoch-0")
        shutil.rmtree(self.profile, ignore_errors=True)
        shutil.copytree(self._base, self.profile)
        self.line.cut = False

    def open(self) -> Desk:
        """Start the program."""
        return bootstrap.open_desk(
            self.profile, clock=self.clock, undo_s=0.0, locker=Nobody(), uniform=lambda low, _high: low,
            transport=self.line,
        )  # fmt: skip

    def come_to_rest(self, desk: Desk) -> str:
        """Send and pull until nothing is left to do; return what is wrong then, "" if nothing is."""
        self.line.cut = False
        desk.engine.sender.wake()
        for _ in range(40):
            pause_s = desk.engine.step()
            if pause_s and not self._unsent(desk):
                break
            self.clock.advance(max(pause_s, 5.0))
        desk.engine.puller.pull_all()
        return self._judged(desk)

    def sign_in(self, desk: Desk | None) -> None:
        """Let the officer sign in again in the browser; the next start of the program has the session."""
        grant = self._ground.grant(SEATS[SEAT])
        assert desk is not None
        ends = self.clock.now() + timedelta(seconds=grant.expires_in)
        bootstrap.StoredTokens(desk.store).save(Tokens(grant.access_token, grant.refresh_token, ends))

    def _judged(self, desk: Desk) -> str:
        if self._unsent(desk):
            return f"{self._unsent(desk)} commands never came to rest"
        with desk.store.read() as connection:
            keys = {row[0] for row in connection.execute(text("select key from outbox where state = 'acked'"))}
            booked = {row[0]: row[1] for row in connection.execute(text("select key, amount from journal"))}
            view = connection.execute(text(_VIEW)).all()
        with self._ground.portal.database.reading() as connection:
            done = {row[0] for row in connection.execute(text("select key from commands"))}
        if keys - done:
            return f"acknowledged here and unknown there: {keys - done}"
        if set(booked) - done:
            return "money in the journal that the portal never had"
        rebuild(desk.store, desk.projector)
        with desk.store.read() as connection:
            if connection.execute(text(_VIEW)).all() != view:
                return "the list is not what mirror and outbox say"
        return ""

    @staticmethod
    def _unsent(desk: Desk) -> int:
        with desk.store.read() as connection:
            return int(connection.execute(_UNSENT).scalar_one())

    def _live_the_morning(self) -> None:
        self._chance.begin("morning")
        self._ground.reset()
        self._ground.lay(SEAT)
        crowd = Crowd(self._ground.portal, History(self.clock), Random(1))
        for _ in range(6):
            crowd.file()
        desk = self.open()
        desk.engine.puller.pull_all()
        new = new_dossiers(desk)
        for dossier_id in new[:4]:
            notify(desk, dossier_id)
        self.come_to_rest(desk)
        mending.keep_backup(desk.store, self.clock.now())
        tick(desk)
        reception.receive(desk, new[5], "Khách chờ tại quầy")
        self.come_to_rest(desk)
        self.line.cut = True
        tick(desk, amount=5_000)
        drafts.save(desk, new[4], "notice", '{"title": "Nộp phí"}')
        desk.blobs.put(SCAN, "application/pdf", uploaded=True)
        desk.close()
        for _ in range(8):
            crowd.file()
        shutil.copytree(self.profile, self._base)
        shutil.copyfile(self._ground.backup(), self._portal_base)


def facts(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return what an officer was told is saved here."""
    with desk.store.read() as connection:
        return {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in _FACTS.items()}


def new_dossiers(desk: Desk) -> list[str]:
    """Return the ids of dossiers that nobody has received, in order."""
    with desk.store.read() as connection:
        return list(connection.execute(text("select id from dossier_row where state = 1 order by id")).scalars())


def noticed(desk: Desk) -> list[str]:
    """Return the ids of open notices, in order."""
    with desk.store.read() as connection:
        return list(connection.execute(_OPEN_NOTICES).scalars())


def notify(desk: Desk, dossier_id: str) -> Any:
    """Tell a citizen of a fee of 120.000 đồng."""
    dossier = inbox.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.PHI, "Phí thẩm định", 120_000)
    return fee_notices.notify(desk, dossier_id, NoticeForm("Nộp phí", (line,)))


def tick(desk: Desk, amount: int = 120_000) -> Any:
    """Take cash: all of the last open notice, or a part of the first."""
    notice = noticed(desk)[-1 if amount == 120_000 else 0]
    return payments.tick_paid(desk, notice, amount=amount, method=PaymentChannel.COUNTER_CASH, evidence=PAPER)


DEEDS = {
    "tick": tick,
    "part": lambda desk: tick(desk, 5_000),
    "notify": lambda desk: notify(desk, new_dossiers(desk)[-1]),
    "receive": lambda desk: reception.receive(desk, new_dossiers(desk)[-1], "Khách chờ tại quầy"),
    "register": lambda desk: register(desk, None, Random(1)),
    "draft": lambda desk: drafts.save(desk, new_dossiers(desk)[0], "receive", '{"note": "nửa chừng"}'),
}
"""What officers do with the line pulled; each in one transaction."""
