"""Officers in real windows who use nothing but the keyboard, a line that can be cut, and a table to compare with.

Stands apart because the online and the offline stories share people and tables. A row is step, state, sub_state,
fee_status, what waits on tiepnhan1's and on thuly1's machine, their queues, payments (channel amount/settled).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.errors import BadInput
from app.sandbox.faults import Fault
from app.sandbox.simulator import verbs
from app.services import inbox, outbox, session
from app.services.desk import Desk
from app.services.views import Card
from tests.ui.desk_fixture import Office
from tests.ui.left_open import end_window
from tests.ui.window_fixture import PATIENCE_S, settle, until
from ui.palette import Palette
from ui.present.dossier import DossierView
from ui.window import Engine, Window

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
COLUMNS = ("state", "sub_state", "fee", "desk waits", "thuly waits", "desk", "thuly", "payments")
_EVER = 10**9
_worker = ThreadPoolExecutor(1)
T = TypeVar("T")


def _away(work: Callable[[], T]) -> T:
    """Do what may wait on another thread, as the program does."""
    return _worker.submit(work).result(60)


class Hands:
    """One officer at the keyboard; ``open`` and ``kill`` as often as the story wants."""

    def __init__(self, town: Office, username: str) -> None:
        self.town, self.username = town, username
        self.window: Window
        self.desk: Desk
        self._runner: Any = None
        self._end = ExitStack()

    def open(self) -> Hands:
        """Start the program on this officer's profile, as it was left."""
        self._end = ExitStack()
        folder = self.town._folder / self.username
        if (folder / "desk.json").exists():
            self.desk = _away(lambda: bootstrap.open_desk(folder, clock=self.town.clock))
        else:
            self.desk = _away(lambda: self.town.desk(self.username))
            del self.town._desks[self.username]
            self.desk.undo_s = 8.0
        self._end.callback(lambda: _away(self.desk.close))
        self._runner = bootstrap.runner(self.desk)
        self.window = Window(self.desk, Engine(self._runner.wake, self._runner.sync_now))
        self._end.callback(end_window, self.window)
        self.window.curtain.stay()
        self.window.resize(1366, 698)
        self.window.show()
        self._end.callback(lambda: _away(lambda: self._runner.stop(self.desk.hang_up)))
        self._runner.start()
        self.front()
        return self

    def kill(self) -> None:
        """End the program without asking it, in the middle of whatever waits; one that has ended stays so."""
        self._end.close()

    # -- keys --------------------------------------------------------------------------------------------------------

    def front(self) -> None:
        """Come to this window, as Alt+Tab does."""
        window = self.window
        until(lambda: self.active() and not window.tasks.open_count() and window.desk_page.shown.settled(), "settled")

    def active(self) -> bool:
        """Say whether keys come to this window, and ask for them again if not.

        Without a window manager a closing dialog takes the activity with it, at times a moment after it is gone.
        """
        if QApplication.activeWindow() is self.window:
            return True
        self.window.raise_()
        self.window.activateWindow()
        return False

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is: in the dialog that is open, else in the window.

        No finger is so fast that the program has no turn between two keys.
        """
        QTest.qWait(0)
        target = QApplication.activeModalWidget()
        if target is None:
            self.front()
            target = self.window
        QTest.keyClick(target.focusWidget() or target, key, held)

    def type(self, text: str) -> None:
        """Type where the focus is; accented letters come from the input method."""
        for letter in text:
            field = QApplication.focusWidget()
            assert field is not None
            if letter.isascii():
                QTest.keyClicks(field, letter)
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(letter)
                QApplication.sendEvent(field, composed)

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until a widget has the focus."""
        passed = []
        for _ in range(40):
            if QApplication.focusWidget() is widget:
                return
            passed.append(str(QApplication.focusWidget()))
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {widget.accessibleName()}, only to {passed}")

    def act(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press an act key once it is awake and the pane shows the latest; nothing happens between look and key."""
        self.rest()
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)

    def rest(self) -> None:
        """Wait until nothing moves: the pane shows what the machine knows, and acts are awake."""
        page = self.window.desk_page

        def still() -> bool:
            view = page.preview.view()
            if not self.active():
                return False
            if self.window.tasks.open_count() or not page.shown.settled() or not page.may_act() or view is None:
                return False
            known = self.card(view.id)
            return known is not None and (known.dossier, known.pending) == (view.card.dossier, view.card.pending)

        until(still, "the pane shows the latest, acts awake")

    def asked(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Any:
        """Press an act key that opens a dialog; return it once it has read what it needs."""
        self.act(key, held)
        return self.dialog()

    def dialog(self) -> Any:
        """Return the dialog that opens."""
        deeds = self.window.desk_page.deeds
        until(lambda: deeds.dialog() is not None and deeds.dialog().isVisible(), "a dialog")
        found = deeds.dialog()
        until(lambda: self.window.tasks.open_count() == 0, "the dialog has read")
        until(lambda: QApplication.activeModalWidget() is found, "the dialog is active")
        until(lambda: QApplication.focusWidget() is not None, "the focus")
        QTest.qWait(0)
        return found

    def confirm(self) -> None:
        """Ctrl+Enter in the dialog; it closes once the deed is saved."""
        deeds = self.window.desk_page.deeds
        self.press(Key.Key_Return, CTRL)
        until(lambda: deeds.dialog() is None, "the deed is saved")
        self._dialogs_gone()

    def palette(self, typed: str, label: str) -> None:
        """Ctrl+K, a few letters, Enter on what stands first."""
        self.rest()
        self.press(Key.Key_K, CTRL)
        until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
        box: Any = QApplication.activeModalWidget()
        until(lambda: QApplication.focusWidget() is box.field, "the palette's field")
        self.type(typed)
        assert [line.label for line in box.lines()][:1] == [label]
        self.press(Key.Key_Return)
        until(lambda: not isinstance(QApplication.activeModalWidget(), Palette), "the palette is gone")

    def _dialogs_gone(self) -> None:
        until(lambda: QApplication.activeModalWidget() is None, "no dialog")
        settle(self.window)

    # -- deeds of more than one key ----------------------------------------------------------------------------------

    def notify(self, amount: str = "") -> None:
        """F6, the sum into the field that waits for it, Ctrl+Enter."""
        form = self.asked(Key.Key_F6)
        until(lambda: form.fields.lines.rows, "the fee table")
        if amount:
            wanted = form.fields.first_empty()
            until(lambda: QApplication.focusWidget() is wanted, "the empty sum has the focus")
            self.type(amount)
        self.confirm()

    def forward(self, to: str = "") -> None:
        """Ctrl+Shift+Enter, down to an officer of the next unit if one is named, Ctrl+Enter."""
        box = self.asked(Key.Key_Return, CTRL | SHIFT)
        until(lambda: box.officer.count() > 1, "officers")
        until(lambda: QApplication.focusWidget() is box.officer, "the officer's field")
        self.press(Key.Key_Home)
        for _ in range(box.officer.count() if to else 0):
            if box.officer.key() != to:
                self.press(Key.Key_Down)
        assert box.officer.key() == to
        self.confirm()

    def suspend(self, number: str, day: str, amount: str) -> None:
        """F7, the tax office's notice, Ctrl+Enter."""
        form = self.asked(Key.Key_F7).tax
        until(lambda: QApplication.focusWidget() is form.number, "the number's field")
        self.type(number)
        self.tab_to(form.day)
        self.type(day)
        self.tab_to(form.registration)
        self.type(amount)
        self.confirm()

    def tick(self, number: str, *, treasury: bool = False) -> None:
        """F8, the check mark, how it was paid, the document's number, Ctrl+Enter."""
        form = self.asked(Key.Key_F8)
        until(form.form.isVisible, "the form")
        until(lambda: form.primary.isEnabled(), "the portal is asked")
        self.tab_to(form.sure)
        self.press(Key.Key_Space)
        if treasury:
            self.press(Key.Key_Tab)
            while form.money.methods().key() != "treasury":
                self.press(Key.Key_Right)
        self.tab_to(form.proof.number)
        self.type(number)
        self.confirm()

    # -- seeing ------------------------------------------------------------------------------------------------------

    def view(self) -> DossierView:
        """Return what the pane shows."""
        found = self.window.desk_page.preview.view()
        assert found is not None
        return found

    def shows(self, name: str) -> None:
        """Wait until the pane shows a person's dossier."""
        preview = self.window.desk_page.preview
        until(lambda: preview.view() is not None and self.view().name == name, name)
        settle(self.window)

    def card(self, dossier_id: str) -> Card | None:
        """Return the dossier as this machine has it, by the services, off the window's thread."""
        try:
            return _away(lambda: inbox.card(self.desk, dossier_id))
        except BadInput:
            return None

    def unsent(self) -> tuple[str, ...]:
        """Return the commands that the portal does not have yet."""
        return tuple(item.type for item in _away(lambda: outbox.unfinished(self.desk)))

    def heard_at(self) -> datetime | None:
        """Return the portal's time when it last told this machine what is new."""
        return _away(lambda: session.connection(self.desk)).synced_at


class Town:
    """Officers at their own machines, one portal, one line that can be cut."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.desk, self.processor = Hands(office, "tiepnhan1"), Hands(office, "thuly1")
        self.here: list[Hands] = []

    def open(self, *who: Hands) -> None:
        """Those named start their programs, without names both; the desks that set the scene are closed before."""
        for made in self.office._desks.values():
            made.close()
        self.office._desks.clear()
        for hands in who or (self.processor, self.desk):
            self.here.append(hands.open())

    def close(self) -> None:
        """All leave."""
        with ExitStack() as end:
            while self.here:
                end.callback(self.here.pop(0).kill)

    def cut(self) -> None:
        """Take the officers' line; citizens still reach the portal."""
        self.office.server.faults.replace([Fault("/v1/*", "drop_before", times=_EVER)])
        self.office.server.hang_up("/v1/")
        for hands in self.here:
            self.press_f5(hands)
            until(hands.window.news.link.isVisible, "the offline banner")

    def mend(self) -> None:
        """Give the line back; F5 tries at once."""
        self.office.server.faults.replace([])
        for hands in self.here:
            self.press_f5(hands)
            until(lambda window=hands.window: not window.news.link.isVisible(), "online again")

    def press_f5(self, hands: Hands) -> None:
        """Press F5 once the window is done with what it does."""
        settle(hands.window)
        hands.press(Key.Key_F5)
        settle(hands.window)

    def undo_time_passes(self) -> None:
        """Nine seconds by everyone's clock."""
        self.office.clock.advance(seconds=9)
        for hands in self.here:
            hands._runner.wake()

    def pay(self, dossier_id: str) -> None:
        """The citizen pays the newest notice through VNPAY, at home."""
        card = self.desk.card(dossier_id) or self.processor.card(dossier_id)
        assert card is not None
        verbs.pay(self.office.url, notice=card.dossier.notices[-1].id)

    def story(self, dossier_id: str, table: str) -> Callable[[str], None]:
        """Return what compares a dossier with the next row of a literal table."""
        lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]
        left = {cells[0]: dict(zip(COLUMNS, cells[1:], strict=True)) for cells in lines}

        def check(step: str) -> None:
            assert next(iter(left), None) == step, f"the table goes on with {next(iter(left), None)}"
            expected, ends = left.pop(step), time.monotonic() + PATIENCE_S
            while self.seen(dossier_id) != expected and time.monotonic() < ends:
                QTest.qWait(20)
            assert self.seen(dossier_id) == expected, step

        return check

    def seen(self, dossier_id: str) -> dict[str, str]:
        """Return the row as both officers see it now."""
        card, other = self.desk.card(dossier_id), self.processor.card(dossier_id)
        assert card is not None
        dossier = card.dossier
        return {
            "state": str(int(dossier.state)),
            "sub_state": str(dossier.sub_state) if dossier.sub_state else "-",
            "fee": str(dossier.fee_status),
            "desk waits": ", ".join(card.pending) or "-",
            "thuly waits": (", ".join(other.pending) or "-") if other else "unseen",
            "desk": str(card.queue) if card.queue else "-",
            "thuly": (str(other.queue) if other.queue else "-") if other else "unseen",
            "payments": ", ".join(f"{p.channel} {p.amount}/{p.settled}" for p in dossier.payments) or "-",
        }
