"""What officers do about money, key by key, each as one function over ``Hands``.

Stands apart so that a story online and the same story without a line read as the same deeds.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.folding import fold
from tests.e2e.keyboard_officers import CTRL, SHIFT, Hands
from tests.ui.window_fixture import settle, until
from ui.palette import Palette

Key = Qt.Key


def find(hands: Hands, name: str) -> None:
    """Ctrl+F, a name without its accents: wherever the dossier stands."""
    settle(hands.window)
    hands.press(Key.Key_F, CTRL)
    focused(hands.window.title.search)
    hands.type(fold(name))
    hands.shows(name)


def go_on(hands: Hands) -> None:
    """Ctrl+Shift+Enter: the expected deed, staying on the dossier."""
    hands.act(Key.Key_Return, CTRL | SHIFT)


def ask(hands: Hands, typed: str, label: str) -> Any:
    """Ctrl+K and a deed that opens a dialog."""
    hands.palette(typed, label)
    return hands.dialog()


def write(hands: Hands, field: QWidget, text: str) -> None:
    """Go to a field and write over what stands there."""
    hands.tab_to(field)
    hands.press(Key.Key_A, CTRL)
    hands.type(text)


def focused(field: QWidget) -> None:
    """Wait until a dialog has put the focus where typing begins."""
    until(lambda: QApplication.focusWidget() is field, field.accessibleName())


def with_reason(hands: Hands, typed: str, label: str, reason: str) -> None:
    """Ctrl+K, a deed that asks for one reason, the reason, Ctrl+Enter."""
    form = ask(hands, typed, label)
    write(hands, form.reason, reason)
    hands.confirm()


def pick(hands: Hands, box: Any, words: str) -> None:
    """Go to a closed choice and step down to a line of it."""
    hands.tab_to(box)
    hands.press(Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() != words:
            hands.press(Key.Key_Down)
    assert box.currentText() == words


def told(hands: Hands, words: str) -> None:
    """Wait until the toast begins so."""
    toast = hands.window.desk_page.list.toast
    until(lambda: toast.isVisible() and toast._title.text().startswith(words), words)


def offers(hands: Hands, command: str) -> str:
    """Wait until the pane is at rest; return why a command cannot be done, "" when it can."""
    hands.rest()
    return hands.view().reason(command)


# -- at the counter --------------------------------------------------------------------------------------------------


def collect(hands: Hands, number: str, *, receive: bool = False) -> None:
    """F12, or *Thu và tiếp nhận*: the fee table's sum, the receipt's number, Ctrl+Enter."""
    form = ask(hands, "thu va tiep nhan", "Thu và tiếp nhận") if receive else hands.asked(Key.Key_F12)
    until(lambda: form.lines.rows, "the fee table")
    write(hands, form.money.proof.number, number)
    hands.confirm()


def tick(hands: Hands, number: str, amount: str = "", *, notice: str = "") -> None:
    """F8, which notice if several are open, the check mark, what was taken, the document's number, Ctrl+Enter."""
    form = hands.asked(Key.Key_F8)
    if notice:
        until(form.form.isVisible, "the form")
        hands.tab_to(form.choice)
        hands.press(Key.Key_Home)
        for _ in range(form.choice.count()):
            if form.choice.key() != notice:
                hands.press(Key.Key_Down)
    until(form.form.isVisible, "the form")
    until(lambda: form.primary.isEnabled(), "the portal is asked")
    hands.tab_to(form.sure)
    hands.press(Key.Key_Space)
    if amount:
        write(hands, form.amount, amount)
    write(hands, form.proof.number, number)
    hands.confirm()


def waive(hands: Hands, ground: str) -> None:
    """Ctrl+K, a ground of the table, Ctrl+Enter."""
    form = ask(hands, "mien khong phai", "Miễn / không phải nộp…")
    wanted, here = form.grounds[ground], form._first_ground()
    focused(here)
    hands.press(Key.Key_Space)
    while not wanted.isChecked():
        here, before = QApplication.focusWidget(), here
        sideways, down = wanted.x() - here.x(), wanted.y() - here.y()
        arrows = (Key.Key_Right if sideways > 0 else Key.Key_Left, Key.Key_Down if down > 0 else Key.Key_Up)
        hands.press(arrows[0 if sideways else 1])
        assert QApplication.focusWidget() is not before, "arrows never come there"
    hands.confirm()


def reverse(hands: Hands, reason: str) -> list[str]:
    """Ctrl+K, the reason, what it will come to is read, Ctrl+Enter; return what was read."""
    form = ask(hands, "ghi nham", "Ghi nhầm – hủy ghi nhận…")
    until(lambda: form.primary.isEnabled() and form.after.text() != "Đang xem việc gì sẽ đổi…", "what it comes to")
    focused(form.reason)
    hands.type(reason)
    words = form.after.text().splitlines()
    hands.confirm()
    return [str(line) for line in words]


# -- notices ---------------------------------------------------------------------------------------------------------


def notify(hands: Hands, amount: str, *, pay_by: str = "", how: str = "", reason: str = "", other: str = "") -> None:
    """F6, which notice is meant if one is open, the sum, the last day, the reason, Ctrl+Enter."""
    form = hands.asked(Key.Key_F6).fields
    until(lambda: form.lines.rows, "the fee table")
    if how:
        assert form.choice.key() == "", "nothing is chosen beforehand"
        hands.tab_to(form.choice.first())
        hands.press(Key.Key_Space)
        if how == "add":
            hands.press(Key.Key_Right)
        assert form.choice.key() == how
    if pay_by:
        write(hands, form.pay_by, pay_by)
    write(hands, form.first_empty(), "0" if other else amount)
    if other:
        hands.tab_to(form.lines.add)
        hands.press(Key.Key_Space)
        row = form.lines.rows[-1]
        focused(row.name)
        hands.type(other)
        write(hands, row.amount, amount)
    if reason:
        write(hands, form.reason, reason)
    hands.confirm()


def remind(hands: Hands) -> None:
    """Ctrl+K, the words to the citizen are composed, Ctrl+Enter."""
    form = ask(hands, "nhac nop", "Nhắc…")
    until(lambda: "còn phải nộp" in form.citizen.text.toPlainText(), "the words")
    hands.confirm()


def by_hand(hands: Hands) -> None:
    """Call, give the paper to someone, and correct the number, which sends the notice there again."""
    form = ask(hands, "mau goi", "Mẫu gọi…")
    write(hands, form.note, "Ông Bình nghe máy, mai nộp")
    hands.confirm()
    form = ask(hands, "in va giao tay", "In và giao tay…")
    write(hands, form.receiver, "Trần Văn Tám")
    hands.confirm()
    form = ask(hands, "sua so", "Sửa số, địa chỉ thư…")
    write(hands, form.phone, "0905123214")
    hands.confirm()


def stop(hands: Hands, reason: str) -> None:
    """Ctrl+K, for good, the reason, Ctrl+Enter."""
    form = ask(hands, "dung giai quyet", "Dừng giải quyết…")
    hands.tab_to(form.pauses)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    until(form.ends.isChecked, "for good")
    write(hands, form.reason, reason)
    hands.confirm()


def suspend_without_tax_notice(hands: Hands) -> None:
    """F7, nothing known of the tax office yet, Ctrl+Enter."""
    hands.asked(Key.Key_F7)
    hands.confirm()


def add_tax_notice(hands: Hands, number: str, amount: str) -> None:
    """Ctrl+Shift+Enter, the tax office's number, day and sum, Ctrl+Enter."""
    form = hands.asked(Key.Key_Return, CTRL | SHIFT).tax
    focused(form.number)
    hands.type(number)
    write(hands, form.day, "20/11/2026")
    write(hands, form.registration, amount)
    hands.confirm()


# -- refunds ---------------------------------------------------------------------------------------------------------


def decide(hands: Hands, dossier_id: str, way: str) -> None:
    """Ctrl+K to *Cần xem lại*, arrows to one of the ways, Ctrl+Enter."""
    shown = page(hands, "can xem lai", "Cần xem lại")
    until(lambda: shown.choices and shown.shown().dossier_id == dossier_id, "the decision")
    settle(hands.window)
    assert not any(choice.isChecked() for choice in shown.choices)
    titles = [choice.title for choice in shown.shown().choices]
    at = next(at for at, title in enumerate(titles) if title.startswith(way))
    hands.tab_to(shown.choices[0])
    for _ in range(at):
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    until(lambda: shown.choices[at].isChecked() and shown.primary.isEnabled(), "a way is chosen")
    hands.press(Key.Key_Return, CTRL)
    settle(hands.window)


# -- pages -----------------------------------------------------------------------------------------------------------


def page(hands: Hands, typed: str, label: str) -> Any:
    """Ctrl+K to a page; return it."""
    settle(hands.window)
    hands.press(Key.Key_K, CTRL)
    until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
    box: Any = QApplication.activeModalWidget()
    focused(box.field)
    hands.type(typed)
    assert [line.label for line in box.lines()][:1] == [label]
    hands.press(Key.Key_Return)
    until(lambda: QApplication.activeModalWidget() is None, "the palette is gone")
    settle(hands.window)
    return hands.window.pages.currentWidget()


def lines(shown: Any) -> list[str]:
    """Return what each line of a page says."""
    return [row.line.spoken for row in shown.list.rows.values()]
