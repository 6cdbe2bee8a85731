"""The screens of head and administrator, as ``screens.SCREENS``: the working calendar and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from app.errors import BadInput
from app.services import lookup, phrases, privacy
from app.services.inbox import locate
from tests.ui.window_fixture import settle, until

if TYPE_CHECKING:
    from tests.ui.screens import Stage

    Build = Callable[[Stage], QPixmap]


def page_of(stage: Stage, key: str, username: str) -> Any:
    """Return a page of an officer's window, filled."""
    window = stage.window(username)
    window.go(key)
    settle(window)
    return window.pages.currentWidget()


def _changed(stage: Stage) -> Any:
    """The calendar with a day off and an exchange that are not in force."""
    page = page_of(stage, "calendar", "quantri")
    until(lambda: page.add.isEnabled(), "the years")
    if page.primary.isEnabled():
        return page
    _ask(page, page.add, day=date(2026, 11, 25), name="Nghỉ theo công điện khắc phục bão số 13")
    _ask(page, page.swap, worked=date(2026, 12, 5), given=date(2026, 12, 7))
    page.list.pick("day 2026-11-25")
    return page


def _ask(page: Any, button: QPushButton, **values: Any) -> None:
    button.click()
    for name, value in values.items():
        field = getattr(page.dialog, name)
        (field.setText if isinstance(value, str) else field.set_value)(value)
    page.dialog.confirm()
    until(lambda: page.dialog is None, "changed")


def _calendar(stage: Stage) -> QPixmap:
    return stage.shot(_changed(stage).window())


def _dialog(which: str) -> Build:
    def build(stage: Stage) -> QPixmap:
        page = _changed(stage)
        getattr(page, which).click()
        settle(page.window())
        picture = stage.shot(page.window(), page.dialog)
        page.dialog.reject()
        until(lambda: page.dialog is None, "closed")
        return picture

    return build


def _refused(stage: Stage) -> QPixmap:
    """A day that stands there already."""
    page = _changed(stage)
    page.add.click()
    page.dialog.day.set_value(date(2026, 11, 24))
    page.dialog.name.setText("Ngày Văn hóa")
    page.dialog.confirm()
    picture = stage.shot(page.window(), page.dialog)
    page.dialog.reject()
    until(lambda: page.dialog is None, "closed")
    return picture


def _applied(stage: Stage) -> QPixmap:
    """In force: who replaced the year stands at the foot of it."""
    page = _changed(stage)
    page.confirm()
    until(lambda: page.dialog.primary.isEnabled(), "what would move")
    page.dialog.confirm()
    until(lambda: page.dialog is None and page.list.rows, "in force")
    settle(page.window())
    page.refresh()
    settle(page.window())
    page.list.pick(list(page.list.rows)[-1])
    return stage.shot(page.window())


def _read_only(stage: Stage) -> QPixmap:
    page = page_of(stage, "calendar", "tiepnhan1")
    until(lambda: page.list.rows, "the year")
    return stage.shot(page.window())


def _looks(stage: Stage) -> QPixmap:
    """Reception asked two codes and opened a number and a paper; the head reads it."""
    desk = stage.desk("tiepnhan1")
    code = stage.find(lambda row: row.state == 4, "thuly1")
    lookup.look_up(desk, code)
    with suppress(BadInput):
        lookup.look_up(desk, "H32.8-261120-9999")
    seen = locate(desk, stage.find(lambda row: row.state == 1))
    for field in ("phone", "identity_no"):
        privacy.revealed(desk, seen, field)
    privacy.opened(desk, seen, "0" * 64)
    desk.engine.puller.pull_all()
    page = page_of(stage, "looks", "lanhdao1")
    until(lambda: page.list.rows, "looks")
    return stage.shot(page.window())


def _no_looks(stage: Stage) -> QPixmap:
    page = page_of(stage, "looks", "lanhdao1")
    page.before.click()
    settle(page.window())
    picture = stage.shot(page.window())
    page.after.click()
    settle(page.window())
    return picture


def _phrases(stage: Stage) -> QPixmap:
    """The sentences of a refusal, one of them the officer's own."""
    desk = stage.desk("tiepnhan1")
    phrases.keep(desk, "refuse", "Thửa đất thuộc phường Bắc Nha Trang; đề nghị nộp tại UBND phường Bắc Nha Trang.")
    window = stage.show(stage.find(lambda row: row.state == 1 and row.fee_status == "none"))
    window.run("refuse")
    until(lambda: window.desk_page.deeds.dialog() is not None, "the dialog")
    form: Any = window.desk_page.deeds.dialog()
    settle(window)
    form.phrases.ask()
    until(lambda: form.phrases.menu is not None, "the sentences")
    menu = form.phrases.menu
    window_picture = stage.shot(window, form)
    painter = QPainter(window_picture)
    painter.drawPixmap(menu.pos() - window.mapToGlobal(window.rect().topLeft()), menu.grab())
    painter.end()
    menu.close()
    until(lambda: form.phrases.menu is None, "closed")
    form.reject()
    until(lambda: window.desk_page.deeds.dialog() is None, "put off")
    return window_picture


SCREENS: tuple[tuple[str, str, Build], ...] = (
    ("calendar", "Lịch làm việc, chưa áp dụng", _calendar),
    ("calendar-day-off", "Thêm ngày nghỉ, trùng ngày", _refused),
    ("calendar-swap", "Thêm ngày làm bù", _dialog("swap")),
    ("calendar-hours", "Giờ làm việc", _dialog("hours")),
    ("calendar-apply", "Áp dụng lịch: hồ sơ đổi ngày hẹn", _dialog("primary")),
    ("calendar-applied", "Lịch làm việc, đã áp dụng", _applied),
    ("phrases", "Mẫu câu của lý do từ chối", _phrases),
    ("looks", "Nhật ký tra cứu", _looks),
    ("looks-none", "Nhật ký tra cứu, ngày trống", _no_looks),
    ("calendar-read", "Lịch làm việc, chỉ xem", _read_only),
)
