"""A witness of what windows say: every sentence about what was sent is laid beside the tables of desk and portal.

Stands apart from the program's own wording on purpose: it reads bare SQL and the words that stand on the widgets, and
knows by a literal table which fact makes a sentence true. A sentence that nobody has listed here must claim nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget
from sqlalchemy import text

from app.clock import from_ms
from tests.e2e.keyboard_officers import Hands, _away
from tests.ui.window_fixture import until
from ui.outbox.page import OutboxPage
from ui.widgets.banner import Banner
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

MONEY = ("tick_paid", "collect", "resume", "confirm_payment")
_OUTBOX = (
    "select o.key, o.dossier_id, o.type, o.state, o.attempts, o.last_problem, "
    "coalesce(o.version, 0) > coalesce((select version from mirror m where m.id = o.dossier_id), 0) as ahead "
    "from outbox o where o.state <> 'resolved' order by o.seq"
)
_STATE = "select name, value from sync_state where name in ('synced_ms')"


@dataclass(frozen=True)
class Sent:
    """A row of the desk's outbox, and whether the portal's own table has its key."""

    key: str
    dossier_id: str
    type: str
    state: str
    attempts: int
    problem: str
    ahead: bool
    at_portal: bool

    @property
    def told(self) -> bool:
        """Whether the desk has the portal's yes or no."""
        return self.state not in ("queued", "sending")

    @property
    def tried(self) -> bool:
        return self.attempts > 0


Holds = Callable[[tuple[Sent, ...]], bool]


def _any(what: Callable[[Sent], bool], *types: str) -> Holds:
    return lambda rows: any(what(row) for row in rows if not types or row.type in types)


def _none(what: Callable[[Sent], bool], *types: str) -> Holds:
    found = _any(what, *types)
    return lambda rows: not found(rows)


def _kept(row: Sent) -> bool:
    return row.state == "queued" and not row.at_portal


def _open_question(row: Sent) -> bool:
    return row.state == "queued" and row.tried


def _held(row: Sent) -> bool:
    return row.state in ("needs_decision", "parked")


# What stands on the screen | what the tables must say of this dossier's commands. The first that fits counts.
CLAIMS: tuple[tuple[str, Holds], ...] = (
    ("Công dân chưa nhận được gì", _any(_kept, "notify")),
    ("Đã đóng – chưa gửi", _any(_kept, *MONEY)),
    ("Đã đóng – đang gửi", _any(lambda row: row.state == "sending", *MONEY)),
    ("Đã đóng – chờ Cổng", _any(_open_question, *MONEY)),
    ("Đã đóng – tạm giữ", _any(_held, *MONEY)),
    ("hờ Cổng xác nhận đã nộp", _any(lambda row: not row.told, "receive")),
    ("Đã lên Cổng", _none(lambda row: not row.at_portal)),
    ("chưa có hồi âm", _any(_open_question)),
    ("hờ Cổng", _any(_open_question)),
    ("Cổng chưa trả lời", _any(lambda row: not row.told and row.tried)),
    ("Đang gửi lên Cổng", _any(lambda row: row.state == "sending")),
    ("Cổng chưa nhận", _any(_held)),
    ("hưa gửi", _any(_kept)),
    ("Chưa rời máy này", _any(_kept, "notify")),
)
# The portal's yes is known of every payment before the money is green.
GREEN = "Đã đóng"


@dataclass
class Witness:
    """Watches the windows of a town.

    ``offline_since`` by officer: since when the line is cut, "" while it is whole, None while only half of it is.
    """

    people: list[Hands]
    portal: Path
    offline_since: dict[str, str | None] = field(default_factory=dict)

    def look(self, step: str = "") -> None:
        """Wait for rest; then no window may say anything that the tables deny."""
        for hands in self.people:
            lies: list[str] = []

            def true(hands: Hands = hands, lies: list[str] = lies) -> bool:
                lies[:] = list(self.lies(hands))
                return not lies

            try:
                until(true, "the words are true")
            except AssertionError:
                raise AssertionError(f"{step}: {hands.username}'s window lies: {lies}") from None

    def lies(self, hands: Hands) -> Iterator[str]:
        """Yield every sentence of one window that its tables or the portal's deny."""
        window = hands.window
        if window.tasks.open_count() or not window.desk_page.shown.settled():
            yield "still moving"
            return
        rows, facts = _away(lambda: self._tables(hands))
        yield from self._about_the_link(hands, rows, facts)
        view = window.desk_page.preview.view()
        if view is not None and window.on_desk():
            own = tuple(row for row in rows if row.dossier_id == view.id and (row.state != "acked" or row.ahead))
            yield from _about_the_dossier(said(window.desk_page.preview), own)
            yield from _about_the_dossier(_row_words(hands), own)
        page = window.pages.currentWidget()
        if isinstance(page, OutboxPage):
            cells = {key: row.line.cells[2] for key, row in page.list.rows.items()}
            lines = {key: [cell.first, cell.second] for key, cell in cells.items()}
            yield from _about_the_outbox(lines, rows)
        bar = window.desk_page.list.undo_bar
        if bar.isVisible():
            kept = next((row for row in rows if row.key == bar.pending()), None)
            if kept is None or kept.state != "queued" or kept.tried:
                yield f"offers to take back {kept}"

    def _about_the_link(self, hands: Hands, rows: tuple[Sent, ...], facts: dict[str, str]) -> Iterator[str]:
        window = hands.window
        waits = sum(not row.told for row in rows)
        stuck = sum(_held(row) for row in rows)
        line = window.status.accessibleName()
        if f"· {waits} chờ gửi" not in line:
            yield f"{line!r}, but {waits} wait"
        counts = {item.key: item.count for item in window.desk_page.items()}
        if counts.get("outbox") != waits:
            yield f"the side bar counts {counts.get('outbox')} to send, not {waits}"
        if int(counts.get("decisions") or 0) < stuck:
            yield f"the side bar counts {counts.get('decisions')} to decide, not {stuck}"
        synced = f"{from_ms(int(facts['synced_ms'])):%H:%M}"
        told = re.search(r"(?:đồng bộ|số liệu lúc) (\d\d:\d\d)", line)
        if told is None or told[1] > synced:  # read every ten seconds: never newer than it is
            yield f"{line!r}, but synced at {synced}"
        banner = window.news.link
        since = self.offline_since.get(hands.username, "")
        if since is None:  # half a line: both ends of the window must say the same
            if banner.isVisible() != line.startswith("Ngoại tuyến"):
                yield f"{line!r}, but the banner {'stands' if banner.isVisible() else 'is gone'}"
        elif since:
            lead, now = line[: len("Ngoại tuyến từ 00:00")], f"{hands.desk.clock.now():%H:%M}"
            fits = f"Ngoại tuyến từ {since}" <= lead <= f"Ngoại tuyến từ {now}"
            if not (fits and banner.isVisible() and banner.text().startswith(lead)):
                yield f"{line!r} and {banner.text()!r}, but the line is cut from {since}"
        elif banner.isVisible() or not line.startswith("Trực tuyến"):
            yield f"{line!r}, but the line is whole"

    def _tables(self, hands: Hands) -> tuple[tuple[Sent, ...], dict[str, str]]:
        """Read the desk's outbox and the portal's commands; the portal first: what it has, it keeps."""
        with closing(sqlite3.connect(f"file:{self.portal}?mode=ro", uri=True, timeout=30)) as portal:
            there = {key for (key,) in portal.execute("select key from commands where status = 'done'")}
        with hands.desk.store.read() as desk:
            rows = [dict(row) for row in desk.execute(text(_OUTBOX)).mappings()]
            facts = {str(name): str(value) for name, value in desk.execute(text(_STATE))}
        return tuple(
            Sent(row["key"], row["dossier_id"], row["type"], row["state"], row["attempts"], row["last_problem"],
                 bool(row["ahead"]), row["key"] in there)
            for row in rows
        ), facts  # fmt: skip


def _about_the_dossier(words: list[str], own: tuple[Sent, ...]) -> Iterator[str]:
    for sentence in words:
        for claim, holds in CLAIMS:
            if claim in sentence:
                if not holds(own):
                    yield f"{sentence!r}, but {_plain(own)}"
                break
        if sentence == GREEN and any(row.type in MONEY and not row.told for row in own):
            yield f"{sentence!r}, but {_plain(own)}"
    if any(not row.told for row in own) and not any(claim in sentence for sentence in words for claim, _ in CLAIMS):
        yield f"nothing is said of {_plain(own)}"


def _plain(rows: tuple[Sent, ...]) -> str:
    return json.dumps([[r.type, r.state, r.attempts, r.problem, f"at portal {r.at_portal}"] for r in rows])


def _row_words(hands: Hands) -> list[str]:
    """Return what the list says of the dossier in the pane; nothing while it stands in another list."""
    page = hands.window.desk_page
    rows = (page.model.view_at(at) for at in range(page.model.rowCount()))
    current = page.table.current_id()
    return [words for row in rows if row is not None and row.id == current
            for words in (row.status_line, row.fee_line1, row.fee_line2)]  # fmt: skip


# What a line of the outbox page says | what its own row must be.
LINES: tuple[tuple[str, Callable[[Sent], bool]], ...] = (
    ("Đã lưu trên máy – chưa gửi", _kept),
    ("Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng", _open_question),
    ("Đang gửi – từ ", lambda row: row.state == "sending"),
    ("Cổng chưa chấp nhận – cần bạn quyết định", lambda row: row.state == "needs_decision"),
    ("Tạm giữ – cần bạn quyết định", lambda row: row.state == "parked"),
    ("Đã lên Cổng ", lambda row: row.state == "acked" and row.at_portal),
)


def _about_the_outbox(lines: dict[str, list[str]], rows: tuple[Sent, ...]) -> Iterator[str]:
    for row in rows:
        words = lines.get(row.key)
        if words is None:
            if not row.told or _held(row):
                yield f"the outbox leaves out {_plain((row,))}"
            continue
        if not any(holds(row) for claim, holds in LINES if words[0].startswith(claim)):
            yield f"{words}, but {_plain((row,))}"
        tries = f"đã thử {row.attempts} lần" if row.attempts else "chưa thử lần nào"
        if row.state != "acked" and tries not in words[1]:
            yield f"{words}, but {_plain((row,))}"
    for key in set(lines) - {row.key for row in rows}:
        yield f"the outbox shows {lines[key]}, which is nowhere"


def said(screen: QWidget) -> list[str]:
    """Return every sentence that stands on a screen."""
    labels = [label.text() for label in screen.findChildren(PlainLabel) if label.isVisible()]
    chips = [chip.text() for chip in screen.findChildren(Chip) if chip.isVisible()]
    banners = [banner.text() for banner in screen.findChildren(Banner) if banner.isVisible()]
    return [words for words in (*labels, *chips, *banners) if words]
