"""The screens of the window as (name, title, how to bring them up), one after the other on one stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.domain.dossier import Evidence
from app.domain.words import PaymentChannel
from app.sandbox.robot import Robot
from app.sandbox.server import SandboxServer
from app.sandbox.simulator import verbs
from app.services import covers, fee_notices, payments, reception, refunds
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.inbox import card, keys, locate, rows
from tests.fakes import FakeClock
from tests.ui import screens_counter, screens_notices, screens_office
from tests.ui.desk_fixture import NOW
from tests.ui.window_fixture import settle, until
from ui.sign_in.page import SignInPage
from ui.tasks import Tasks
from ui.window import Engine, Window


class Stage:
    """A sandbox with a morning's dossiers, and windows of the officers who are looked at."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.folder, self.size = folder, size
        self.clock = FakeClock(NOW)
        self.server = SandboxServer(folder / "portal", base_clock=self.clock, dossiers=60)
        self.server.start()
        self._open: dict[str, tuple[Desk, Window]] = {}
        self.online = True

    def window(self, username: str = "tiepnhan1") -> Window:
        """Return the officer's window, brought up to date."""
        if username not in self._open:
            robot = Robot(username, "motcua-sandbox")
            desk = bootstrap.sign_in(self.folder / username, self.server.base_url, robot, clock=self.clock)
            desk.engine.puller.pull_all()
            window = Window(desk, Engine(lambda: None, lambda: desk.engine.step()))
            window.curtain.stay()
            window.resize(*self.size)
            self._open[username] = (desk, window)
        desk, window = self._open[username]
        if self.online:
            desk.engine.puller.pull_all()
        for _, other in self._open.values():
            if other is not window:
                other.hide()
        window.show()
        window.activateWindow()
        settle(window)
        return window

    def desk(self, username: str = "tiepnhan1") -> Desk:
        """Return the officer's desk."""
        self.window(username)
        return self._open[username][0]

    def show(self, code: str, tab: int = 0, username: str = "tiepnhan1") -> Window:
        """Show a dossier on a tab."""
        window = self.window(username)
        window.go(window._items[0])
        settle(window)
        window.open_dossier(locate(self.desk(username), code))
        settle(window)
        QTest.qWait(80)
        settle(window)
        window.desk_page.preview.set_tab(tab)
        return window

    def find(self, holds: Callable[[object], bool], username: str = "tiepnhan1") -> str:
        """Return the code of the first listed dossier whose row is as wanted."""
        desk = self.desk(username)
        found = (row for row in rows(desk, keys(desk, None)) if row is not None and holds(row))
        return next(found).code

    def shot(self, window: QWidget, over: QWidget | None = None) -> QPixmap:
        """Draw a window, and a dialog over it."""
        QTest.qWait(120)
        picture = window.grab()
        if over is not None:
            painter = QPainter(picture)
            place = over.mapToGlobal(over.rect().topLeft()) - window.mapToGlobal(window.rect().topLeft())
            painter.drawPixmap(place, over.grab())
            painter.end()
        return picture

    def close(self) -> None:
        """Put everything away."""
        for desk, window in self._open.values():
            window.curtain.close()
            window.news.close()
            window.tasks.close()
            window.closing.over = True
            window.close()
            desk.close()
        self.server.stop()


Build = Callable[[Stage], QPixmap]


def _sign_in(stage: Stage) -> QPixmap:
    tasks = Tasks()
    page = SignInPage(
        tasks, lambda _address, _started: None, lambda: (("Cổng tỉnh Khánh Hòa", "https://portal.example"),),
        unsent=lambda: (("Ng. T. Ấm", 3),), hotline="1900 1023", version="0.1.0",
    )  # fmt: skip
    page.resize(*stage.size)
    page.show()
    page.appear()
    until(lambda: tasks.open_count() == 0 and page.others.isVisible())
    picture = stage.shot(page)
    tasks.close()
    page.close()
    return picture


def _desk(stage: Stage) -> QPixmap:
    code = stage.find(lambda row: row.state == 1 and row.fee_status == "paid")
    return stage.shot(stage.show(code))


def _since_away(stage: Stage) -> QPixmap:
    window = stage.window()
    window.news.since.hide()
    code = stage.find(lambda row: row.state == 1 and row.fee_status == "none")
    return stage.shot(stage.show(code))


def _papers(stage: Stage) -> QPixmap:
    code = stage.find(lambda row: row.state == 1 and row.fee_status == "paid")
    return stage.shot(stage.show(code, 1))


def _nvtc(stage: Stage) -> QPixmap:
    window = stage.window()
    window.go("to_notify")
    window.desk_page.preview.set_tab(2)
    settle(window)
    QTest.qWait(80)
    settle(window)
    return stage.shot(window)


def _delivery(stage: Stage) -> QPixmap:
    code = stage.find(lambda row: row.fee_status == "due")
    return stage.shot(stage.show(code, 4))


def _history(stage: Stage) -> QPixmap:
    code = stage.find(lambda row: row.state == 9)
    return stage.shot(stage.show(code, 3))


def _processor(stage: Stage) -> QPixmap:
    window = stage.window("thuly1")
    window.news.since.hide()
    window.desk_page.preview.set_tab(3)
    return stage.shot(window)


def _head(stage: Stage) -> QPixmap:
    return stage.shot(stage.window("lanhdao1"))


def _narrowed(stage: Stage) -> QPixmap:
    window = stage.window("lanhdao1")
    window.desk_page.filtering.narrow((4, 6), ("Nguyễn Hữu Phước",))
    settle(window)
    QTest.qWait(80)
    settle(window)
    return stage.shot(window)


def _narrowing(stage: Stage) -> QPixmap:
    window = stage.window("lanhdao1")
    window.desk_page.filtering.open_dialog()
    settle(window)
    dialog = QApplication.activeModalWidget()
    picture = stage.shot(window, dialog)
    dialog.reject()
    window.desk_page.filtering.clear()
    settle(window)
    return picture


def _palette(stage: Stage) -> QPixmap:
    window = stage.show(stage.find(lambda row: row.state == 1 and row.fee_status == "none"))
    window.open_palette()
    palette = QApplication.activeModalWidget() or window.findChildren(QWidget, "")[-1]
    palette.field.setText("thong bao")
    QTest.qWait(200)
    settle(window)
    picture = stage.shot(window, palette)
    palette.reject()
    return picture


def _keys(stage: Stage) -> QPixmap:
    window = stage.window()
    window.open_keys()
    sheet = QApplication.activeModalWidget()
    picture = stage.shot(window, sheet)
    sheet.reject()
    return picture


def _search(stage: Stage) -> QPixmap:
    window = stage.window()
    window.to_search()
    window.title.search.setText("nguyen thi")
    QTest.qWait(120)
    settle(window)
    picture = stage.shot(window)
    window.title.search.setText("khong co ai")
    QTest.qWait(120)
    settle(window)
    return picture


def _nothing_found(stage: Stage) -> QPixmap:
    picture = stage.shot(stage.window())
    stage.window().title.search.clear()
    QTest.qWait(80)
    return picture


def _masked(stage: Stage) -> QPixmap:
    """A citizen stands at the desk: the others' names are masked by the key."""
    window = stage.show(stage.find(lambda row: row.state == 1 and row.fee_status == "paid"))
    window.curtain.toggle()
    settle(window)
    return stage.shot(window)


def _nobody_here(stage: Stage) -> QPixmap:
    """The same desk after a minute without a touch; somebody comes back afterwards."""
    window = stage.window()
    window.curtain.idle.timeout.emit()
    settle(window)
    picture = stage.shot(window)
    window.curtain.wake()
    window.curtain.toggle()
    settle(window)
    return picture


def _undo(stage: Stage) -> QPixmap:
    window = stage.show(stage.find(lambda row: row.state == 1 and row.fee_status == "paid"))
    until(window.desk_page.may_act)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: window.desk_page.list.undo_bar.isVisible())
    settle(window)
    return stage.shot(window)


def _paid_twice(stage: Stage) -> QPixmap:
    """The desk takes cash offline while the citizen pays online: two facts, one decision."""
    window, desk = stage.window(), stage.desk()
    window.desk_page.undoing.send_now()
    settle(window)
    made = verbs.file(stage.server.base_url, procedure="1.013225", name="Dương Thị Mộng Tuyền")
    desk.engine.puller.pull_all()
    line = fee_notices.line(desk, card(desk, made["id"]).dossier, fee_notices.LineKind.LE_PHI, "Lệ phí", 75_000)
    acted = fee_notices.notify(desk, made["id"], NoticeForm("Nộp lệ phí", (line,)))
    desk.engine.work_lane(acted.dossier_id, acted.key)
    desk.engine.sender.send_lane_now(acted.dossier_id)
    desk.engine.step()
    notice = card(desk, made["id"]).dossier.notices[-1]
    verbs.pay(stage.server.base_url, notice=notice.id)
    evidence = Evidence(document_no="BI-26T · 0001231", document_date=NOW.date())
    tick = payments.tick_paid(desk, notice.id, amount=75_000, method=PaymentChannel.COUNTER_CASH, evidence=evidence)
    desk.engine.work_lane(tick.dossier_id, tick.key)
    desk.engine.puller.pull_all()
    window.go("decisions")
    settle(window)
    return stage.shot(window)


def _refund_to_approve(stage: Stage) -> QPixmap:
    """The case of the picture before, as the head finds it; he approves it afterwards."""
    window, desk = _officer(stage, "lanhdao1")
    window.desk_page.preview.set_tab(2)
    window.go("refunds")
    settle(window)
    picture = stage.shot(window)
    view = window.desk_page.preview.view()
    assert view is not None
    acted = refunds.approve(desk, view.card.dossier.cases[0].id, "Đồng ý hoàn khoản thu tại quầy")
    desk.engine.work_lane(acted.dossier_id, acted.key)
    return picture


def _refund_to_pay(stage: Stage) -> QPixmap:
    window, _desk = _officer(stage, "thuquy1")
    window.desk_page.preview.set_tab(2)
    window.go("refunds")
    settle(window)
    return stage.shot(window)


def _officer(stage: Stage, username: str) -> tuple[Window, Desk]:
    window = stage.window(username)
    window.news.since.hide()
    return window, stage.desk(username)


def _cashier(stage: Stage) -> QPixmap:
    window, _desk = _officer(stage, "thuquy1")
    window.go("all")
    settle(window)
    return stage.shot(window)


def _administrator(stage: Stage) -> QPixmap:
    return stage.shot(stage.window("quantri"))


def _page(name: str, username: str = "tiepnhan1") -> Build:
    def build(stage: Stage) -> QPixmap:
        window, _desk = _officer(stage, username)
        window.go(name)
        settle(window)
        return stage.shot(window)

    return build


def _covers(stage: Stage) -> QPixmap:
    desk = stage.desk("lanhdao1")
    today = NOW.date()
    covers.set_leave(desk, "thuly1", "thuly2", today, today + timedelta(days=4))
    covers.set_leave(desk, "tiepnhan2", "", today + timedelta(days=10), today + timedelta(days=12))
    return _page("covers", "lanhdao1")(stage)


def _add_leave(stage: Stage) -> QPixmap:
    window, _desk = _officer(stage, "lanhdao1")
    page: Any = window.pages.currentWidget()
    page.confirm()
    page.dialog.officer.setCurrentIndex(1)
    picture = stage.shot(window, page.dialog)
    page.dialog.reject()
    return picture


def _printed_takings(stage: Stage) -> QPixmap:
    window, _desk = _officer(stage, "tiepnhan1")
    page: Any = window.pages.currentWidget()
    page.confirm()
    until(lambda: page.viewer is not None and window.tasks.open_count() == 0)
    QTest.qWait(300)
    picture = stage.shot(window, page.viewer)
    page.viewer.reject()
    return picture


def _unsent(stage: Stage) -> QPixmap:
    """tiepnhan2 received a dossier on quay-1 and went home before it was sent; a working hour goes by."""
    for username in ("tiepnhan2", "thuquy1"):
        robot = Robot(username, "motcua-sandbox")
        desk = bootstrap.sign_in(stage.folder / "quay-1", stage.server.base_url, robot, clock=stage.clock)
        desk.engine.puller.pull_all()
        if username == "tiepnhan2":
            reception.receive(desk, locate(desk, stage.find(lambda row: row.state == 1 and row.fee_status == "none")))
            desk.close()
    stage.clock.advance(minutes=75)
    desk.engine.puller.pull_all()
    desk.close()
    return _page("unsent", "lanhdao1")(stage)


def _hand_over(stage: Stage) -> QPixmap:
    window, _desk = _officer(stage, "lanhdao1")
    page: Any = window.pages.currentWidget()
    page.confirm()
    picture = stage.shot(window, page.dialog)
    page.dialog.reject()
    return picture


def _outbox_offline(stage: Stage) -> QPixmap:
    window, desk = stage.window(), stage.desk()
    waiting = [locate(desk, stage.find(lambda row: row.state == 1 and row.fee_status == "none" and not row.pending))]
    owing = locate(desk, stage.find(lambda row: row.fee_status == "due" and row.state != 1))
    stage.online = False
    stage.server.stop()
    reception.receive(desk, waiting[0])
    notice = next(n for n in card(desk, owing).dossier.notices)
    evidence = Evidence(document_no="BI-26T · 0001234", document_date=NOW.date())
    payments.tick_paid(desk, notice.id, amount=notice.total, method=PaymentChannel.COUNTER_CASH, evidence=evidence)
    desk.engine.step()
    stage.clock.advance(minutes=2)
    window.go("outbox")
    until(window.news.link.isVisible)
    window.news.tick()
    settle(window)
    return stage.shot(window)


def _desk_offline(stage: Stage) -> QPixmap:
    window = stage.window()
    window.go("all")
    settle(window)
    return stage.shot(window)


def _last_screen(stage: Stage) -> QPixmap:
    window = stage.window()
    window.closing.begin()
    until(lambda: window.closing.last_screen is not None and window.closing.last_screen.isVisible())
    picture = stage.shot(window, window.closing.last_screen)
    window.closing.last_screen.reject()
    return picture


SCREENS: tuple[tuple[str, str, Build], ...] = (
    ("sign-in", "Đăng nhập", _sign_in),
    ("desk", "Bàn làm việc, hồ sơ đã đóng", _desk),
    ("desk-new", "Hồ sơ mới, chưa báo phí", _since_away),
    ("papers", "Giấy tờ", _papers),
    ("nvtc-queue", "Dừng tính NVTC – cần thông báo", _nvtc),
    ("delivery", "Thông báo từng kênh", _delivery),
    ("history", "Tiến trình", _history),
    ("processor", "Cán bộ thụ lý", _processor),
    ("head", "Lãnh đạo", _head),
    ("narrowed", "Lãnh đạo, hàng đã lọc theo trạng thái và người giữ", _narrowed),
    ("narrowing", "Lọc hàng này", _narrowing),
    ("palette", "Mọi thao tác", _palette),
    ("keys", "Bảng phím", _keys),
    ("search", "Tìm", _search),
    ("nothing-found", "Không tìm thấy", _nothing_found),
    ("names-masked", "Che tên của công dân khác", _masked),
    ("nobody-here", "Không ai ở quầy", _nobody_here),
    ("undo", "Hoàn tác", _undo),
    ("paid-twice", "Cần xem lại", _paid_twice),
    ("collected", "Đã thu hôm nay", _page("collected")),
    ("collected-print", "Bảng kê tiền đã thu", _printed_takings),
    ("refund-to-approve", "Hoàn tiền, lãnh đạo duyệt", _refund_to_approve),
    ("refund-to-pay", "Hoàn tiền, thủ quỹ ghi đã hoàn", _refund_to_pay),
    ("cashier", "Thủ quỹ", _cashier),
    ("administrator", "Quản trị", _administrator),
    ("covers", "Người xử lý thay", _covers),
    ("covers-add", "Thêm đợt nghỉ", _add_leave),
    *screens_notices.SCREENS,
    *screens_counter.SCREENS,
    *screens_office.SCREENS,
    ("unsent", "Việc chưa gửi của đơn vị", _unsent),
    ("hand-over", "Giao cho người khác gửi", _hand_over),
    ("outbox-offline", "Chờ gửi, ngoại tuyến", _outbox_offline),
    ("collected-offline", "Đã thu hôm nay, ngoại tuyến", _page("collected")),
    ("covers-offline", "Người xử lý thay, ngoại tuyến", _page("covers", "lanhdao1")),
    ("desk-offline", "Bàn làm việc, ngoại tuyến", _desk_offline),
    ("last-screen", "Việc còn ở máy này", _last_screen),
)
