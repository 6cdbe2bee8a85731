"""Whoever stands at the desk reads no other citizen: by a key, and while nobody sits there, on every screen.

Every word is looked at: texts, tooltips, what a screen reader says, and what the tables would paint.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from app.domain.dossier import Evidence
from app.events import PaymentArrived
from app.services import lookup, payments, reception
from tests.ui.desk_fixture import BIRTH, BUILDING, Office, no_waiting_here, office
from tests.ui.window_fixture import awake, dialog, press, settle, until, window_of
from ui.curtain import IDLE_MS
from ui.desk.dossier_model import ROW_ROLE
from ui.palette import Palette
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, ROW_ROLE)
SAYS = ("text", "toPlainText", "windowTitle", "accessibleName", "accessibleDescription", "toolTip")
HERE = "Lê Hoàng Phúc"
OTHERS = ("Đặng Quốc Tuấn", "Huỳnh Thị Mỹ Lệ", "Vòng A Sáng", "Ksor H’Bia")
PHONES = ("0914882661", "0914882662", "0914882663", "0914882664")
PROOF = Evidence(info="công dân đưa tiền mặt tại quầy")


class Town:
    """An office in which four citizens left a trace on every list, and a fifth stands at the desk."""

    def __init__(self, made: Office) -> None:
        self.office, desk = made, made.desk()
        filed = [made.file(name, BUILDING if at < 2 else BIRTH, phone=phone)
                 for at, (name, phone) in enumerate(zip(OTHERS, PHONES, strict=True))]  # fmt: skip
        self.here = made.file(HERE, BIRTH, phone="0987654321")
        made.paid_twice(filed[0])
        made.collected(filed[1])
        self.codes = [made.card(desk, one).dossier.code for one in filed]
        lookup.look_up(desk, self.codes[3])
        reception.receive(desk, filed[2])
        notice = made.notified(desk, filed[1]).dossier.notices[-1].id
        payments.tick_paid(desk, notice, amount=75_000, method=payments.METHODS["cash"], evidence=PROOF)
        self.filed = filed

    def secrets(self) -> list[str]:
        return [*OTHERS, *PHONES, *self.codes]


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Town]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield Town(made)


def said() -> str:
    """Return every word that the program shows, paints from a table, has in a tooltip or tells a screen reader."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        if isinstance(widget, QLineEdit):
            found.append(widget.displayText())
        else:
            found += [str(word()) for word in (getattr(widget, name, None) for name in SAYS) if callable(word)]
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            cells = (model.index(row, column) for row in range(model.rowCount(QModelIndex())) for column in range(4))
            found += [str(cell.data(role)) for cell in cells if cell.isValid() for role in ROLES]
    return "\n".join(found)


def read_by(secrets: list[str]) -> list[str]:
    words = said()
    return [secret for secret in secrets if secret in words]


def unread(secrets: list[str], where: str) -> None:
    try:
        until(lambda: not read_by(secrets), where)
    except AssertionError as late:
        told = [line for line in said().splitlines() if any(secret in line for secret in secrets)]
        raise AssertionError(f"{where} shows {told}") from late


def at_rest(window: Window) -> None:
    settle(window)
    until(lambda: all(window.desk_page.model.view_at(at) for at in range(window.desk_page.model.rowCount())), "rows")


def open_here(window: Window, town: Town) -> None:
    window.open_dossier(town.here)
    view = window.desk_page.preview.view
    until(lambda: view() is not None and view().id == town.here and window.desk_page.preview.filled(), "the pane")
    at_rest(window)


def leave(window: Window) -> None:
    """Nobody has touched the desk for a minute."""
    window.curtain.idle.setInterval(1)
    window.curtain.idle.start()
    until(lambda: window.curtain.away, "nobody is here")
    window.curtain.stay()


def touch(window: Window) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    until(lambda: not window.curtain.away, "somebody is here")
    at_rest(window)


# What must still be there to find a row by, on the places where an officer looks for one.
FOUND_BY = {"all": "Đ. Q. T.", "decisions": "Đ. Q. T.", "outbox": "V. A. S.", "collected": "H. T. M. L."}
FOUND_BY_HEAD = {"decisions": "Đ. Q. T.", "looks": "…20-"}


def screens(window: Window, found_by: dict[str, str]) -> Iterator[str]:
    """Go to every place of the side bar, and search."""
    for item in window.desk_page.items():
        window.go(item.key)
        at_rest(window)
        yield item.key
        assert found_by.get(item.key, "") in said()
    window.go("all")
    at_rest(window)


def test_by_the_key_every_list_keeps_others_to_itself_and_the_dossier_at_hand_stays_readable(town):
    with window_of(town.office) as window, no_waiting_here():
        open_here(window, town)
        assert set(OTHERS) <= set(read_by(town.secrets()))
        press(Qt.Key.Key_H, CTRL)
        unread(town.secrets(), "desk")
        words = said()
        assert "Đang che tên · Ctrl+H để hiện" in words
        assert HERE in words  # the pane is of who stands here
        assert "Đ. Q. T." in words
        assert f"…{town.codes[0][-7:]}" in words
        for place in screens(window, FOUND_BY):
            if place != "decisions":
                window.desk_page.shown.want(None)
            unread([*OTHERS[1:], *PHONES[1:], *town.codes[1:]] if place == "decisions" else town.secrets(), place)
        window.title.search.setText("dang quoc")
        until(lambda: window.desk_page.model.rowCount() == 1, "found")
        window.desk_page.shown.want(None)
        at_rest(window)
        unread([*town.secrets(), "dang quoc"], "search")
        window.title.search.setText("khong ai ca")
        until(window.desk_page.list.is_empty, "nothing found")
        unread(["khong ai ca"], "search for nobody")
        window.title.search.clear()
        open_here(window, town)
        press(Qt.Key.Key_K, CTRL)
        until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
        palette = QApplication.activeModalWidget()
        palette.field.setText("my le")
        until(lambda: any(line.dossier_id for line in palette.lines()), "a dossier")
        unread(town.secrets(), "palette")
        palette.reject()
        window.desk.bus.publish(PaymentArrived(town.filed[3], 8_000))
        until(lambda: "vừa đóng" in said(), "the toast")
        unread(town.secrets(), "toast")
        press(Qt.Key.Key_H, CTRL)
        until(lambda: set(OTHERS) <= set(read_by(town.secrets())), "shown again")
        assert "Đang che tên" not in said()


def test_with_nobody_at_the_desk_the_dossier_the_dialog_and_the_counter_are_covered_too(town):
    everyone = [*town.secrets(), HERE, "0987654321"]
    with window_of(town.office) as window, no_waiting_here():
        assert IDLE_MS == 60_000
        open_here(window, town)
        awake(window)
        press(Qt.Key.Key_F6)
        form = dialog(window)
        until(form.isVisible, "the form")
        leave(window)
        unread(everyone, "desk")
        assert not form.isVisible()
        assert "Đang che tên · chạm phím hoặc chuột để hiện" in said()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, CTRL)  # the first touch does nothing but show
        until(form.isVisible, "the form again")
        assert window.desk_page.deeds.dialog() is form
        form.reject()
        at_rest(window)
        assert HERE in said()
        for place in ("counter", "decisions", "outbox", "collected"):
            window.go(place)
            at_rest(window)
            if place == "counter":
                window.pages.currentWidget().form.applicant.name.setText(HERE)
            page = window.pages.currentWidget()
            leave(window)
            unread(everyone, place)
            touch(window)
            assert window.pages.currentWidget() is page
        window.go("all")


def test_the_lock_and_the_veil_do_not_get_into_each_others_way(town):
    with window_of(town.office) as window, no_waiting_here():
        open_here(window, town)
        leave(window)
        window.locking.lock()
        assert window.locking.locked
        assert not window.curtain.away
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        QTest.qWait(0)
        assert not read_by([*town.secrets(), HERE])


def test_the_head_reads_looks_and_decisions_masked(town):
    with window_of(town.office, "lanhdao1") as window, no_waiting_here():
        at_rest(window)
        press(Qt.Key.Key_H, CTRL)
        for place in screens(window, FOUND_BY_HEAD):
            if place != "decisions":
                window.desk_page.shown.want(None)
                unread(town.secrets(), place)


def test_working_by_shortcuts_alone_counts_as_sitting_here(town):
    with window_of(town.office) as window, no_waiting_here():
        window.curtain.idle.stop()
        window.locking.idle.stop()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert window.curtain.idle.isActive()
        assert window.locking.idle.isActive()
        window.curtain.idle.stop()

