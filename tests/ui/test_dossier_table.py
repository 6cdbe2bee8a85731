"""The table: a model Qt believes, rows that never move under the cursor, a place that is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.sample_rows import QUEUES, ROWS, TITLES, InlineTasks
from ui import theme
from ui.desk.dossier_model import PAGE_ROWS, PAGES, DossierModel
from ui.desk.dossier_table import DossierTable, TablePane
from ui.desk.queue_list import QueueItem, QueueList, QueueModel
from ui.desk.row_view import RowView
from ui.widgets import painting


def plain_row(key: Any) -> RowView:
    return RowView(str(key), f"Người {key}", f"mã {key}", "Thủ tục", "Đang xử lý", accessible=f"Người {key}")


class Shelf:
    """Answers fetches and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.word = "Đang xử lý"

    def fetch(self, ids: Sequence[Any]) -> list[RowView]:
        self.asked.append(tuple(ids))
        return [RowView(str(key), f"Người {key}", "mã", "Thủ tục", self.word) for key in ids]


class LateTasks:
    """Keeps answers back until ``deliver``: a slow store."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def query(self, operation, on_done, on_error=None, owner=None):
        self.waiting.append(lambda: on_done(operation()))

    def deliver(self) -> None:
        waiting, self.waiting = self.waiting, []
        for answer in waiting:
            answer()


class Eyes(QObject):
    """Hears what a widget is asked to do."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen: list[QEvent.Type] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen.append(event.type())
        return False


def table_of(qtbot, ids: Sequence[Any], tasks=None, fetch=None) -> tuple[DossierTable, DossierModel]:
    model = DossierModel(tasks or InlineTasks(), fetch or (lambda keys: [plain_row(key) for key in keys]), TITLES)
    table = DossierTable(model)
    qtbot.addWidget(table)
    table.resize(750, 600)
    table.show()
    table.show_ids(ids)
    return table, model


def test_qt_finds_no_fault_with_the_models(qtbot, qtmodeltester) -> None:
    _, model = table_of(qtbot, [f"id-{at}" for at in range(300)])
    qtmodeltester.check(model, force_py=True)
    queues = QueueModel()
    queues.set_items(QUEUES)
    qtmodeltester.check(queues, force_py=True)


def test_a_million_rows_cost_only_the_pages_looked_at(qtbot) -> None:
    shelf = Shelf()
    table, model = table_of(qtbot, range(1_000_000), fetch=shelf.fetch)
    table.go_to(900_000)
    table.grab()
    assert model.view_at(900_000).name == "Người 900000"
    assert len(shelf.asked) <= 6
    for page in range(PAGES + 10):
        model.view_at(page * PAGE_ROWS)
    assert len(model._pages) == PAGES


def test_filtering_while_scrolled_deep_starts_at_the_top(qtbot) -> None:
    table, _ = table_of(qtbot, range(100_000))
    table.go_to(90_000)
    table.show_ids(range(50))
    assert table.verticalScrollBar().value() == 0
    assert table.current_id() == 0


def test_changed_rows_show_their_old_words_until_the_new_ones_are_there(qtbot) -> None:
    tasks, shelf = LateTasks(), Shelf()
    table, model = table_of(qtbot, [1, 2, 3], tasks=tasks, fetch=shelf.fetch)
    table.grab()
    tasks.deliver()
    shelf.word = "Đã xử lý xong"
    model.invalidate([2])
    assert model.view_at(1).status_line == "Đang xử lý"
    tasks.deliver()
    assert model.view_at(1).status_line == "Đã xử lý xong"


def test_rows_that_are_late_are_painted_as_grey_bars_meanwhile(qtbot) -> None:
    tasks = LateTasks()
    table, model = table_of(qtbot, range(5), tasks)
    qtbot.waitUntil(lambda: bool(tasks.waiting))
    assert not bars_in(table)
    eyes = Eyes(table.viewport())
    qtbot.waitUntil(lambda: model.loading)
    qtbot.waitUntil(lambda: QEvent.Type.Paint in eyes.seen)
    assert bars_in(table)
    tasks.deliver()
    assert not bars_in(table)


def bars_in(table: DossierTable) -> bool:
    picture = table.viewport().grab().toImage()
    return any(picture.pixelColor(40, y) == theme.colour("sunken") for y in range(picture.height()))


def test_an_answer_for_other_rows_is_dropped(qtbot) -> None:
    tasks, shelf = LateTasks(), Shelf()
    table, model = table_of(qtbot, [1, 2, 3], tasks=tasks, fetch=shelf.fetch)
    model.view_at(0)
    late = tasks.waiting
    tasks.waiting = []
    table.show_ids([9])
    for answer in late:
        answer()
    assert model.view_at(0) is None
    tasks.deliver()
    assert model.view_at(0).id == "9"


def test_new_rows_wait_until_asked_for_and_the_place_stays(qtbot) -> None:
    table, model = table_of(qtbot, [1, 2, 3])
    pane = TablePane(table, model)
    qtbot.addWidget(pane)
    pane.show()
    table.go_to(2)
    model.propose([7, 8, 1, 2, 3])
    assert list(model.ids()) == [1, 2, 3]
    assert pane.strip.isVisible()
    assert pane.strip.text() == "2 hồ sơ mới – hiện"
    pane.strip.click()
    assert list(model.ids()) == [7, 8, 1, 2, 3]
    assert table.current_id() == 2
    assert not pane.strip.isVisible()


def test_rows_that_left_go_at_once_and_the_next_one_is_current(qtbot) -> None:
    table, model = table_of(qtbot, [1, 2, 3])
    seen: list[Any] = []
    table.current_changed.connect(seen.append)
    table.go_to(2)
    model.propose([1, 3])
    assert list(model.ids()) == [1, 3]
    assert table.current_id() == 3
    assert seen[-1] == 3


def test_the_same_rows_in_another_order_wait_as_well(qtbot) -> None:
    table, model = table_of(qtbot, [1, 2, 3])
    model.propose([3, 2, 1])
    assert list(model.ids()) == [1, 2, 3]
    table.show_waiting()
    assert list(model.ids()) == [3, 2, 1]


@pytest.mark.parametrize("width", [750, 685])
def test_columns_fill_the_width_without_a_scroll_bar(qtbot, width: int) -> None:
    table, _ = table_of(qtbot, range(5))
    table.resize(width, 500)
    assert table.columnWidth(0) == 188
    assert table.columnWidth(2) == 140
    assert painting.chip_width("Đã đóng – chờ Cổng", icon=False) <= 140, "the longest badge is read whole"
    assert sum(table.columnWidth(at) for at in range(4)) == table.viewport().width()


def test_enter_only_opens_and_letters_do_nothing(qtbot) -> None:
    table, _ = table_of(qtbot, [1, 2, 3])
    opened: list[Any] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClicks(table, "dd3")
    assert opened == [1]
    assert table.current_id() == 1


def test_keys_of_the_table_tell_what_was_asked(qtbot) -> None:
    table, _ = table_of(qtbot, [1, 2, 3])
    asked: list[str] = []
    table.filter_asked.connect(lambda: asked.append("filter"))
    table.keys_asked.connect(lambda: asked.append("keys"))
    table.preview_asked.connect(lambda: asked.append("preview"))
    table.copy_asked.connect(lambda key: asked.append(f"copy {key}"))
    QTest.keyClick(table, Qt.Key.Key_Slash)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(table, "?")
    assert asked == ["filter", "preview", "copy 1", "keys"]


def test_every_kind_of_row_can_be_painted_and_read_out(qtbot) -> None:
    table, model = table_of(qtbot, [row.id for row in ROWS], fetch=lambda ids: [r for r in ROWS if r.id in set(ids)])
    assert not table.grab().isNull()
    index = model.index(4, 0)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("Trần Văn Bình, H32.8-261120-0007")


def test_queues_keep_their_place_when_counts_change(qtbot) -> None:
    queues = QueueList()
    qtbot.addWidget(queues)
    queues.set_items(QUEUES)
    queues.set_current("to_notify")
    chosen: list[str] = []
    queues.chosen.connect(chosen.append)
    queues.set_items([QueueItem(q.key, q.title, q.short, q.icon, 99, group=q.group) for q in QUEUES])
    assert queues.current_key() == "to_notify"
    queues.set_rail(True)
    assert queues.current_key() == "to_notify"
    assert chosen == []
    assert not queues.grab().isNull()


def test_a_queue_is_read_out_with_its_count() -> None:
    model = QueueModel()
    model.set_items(QUEUES)
    assert model.data(model.index_of("new"), Qt.ItemDataRole.AccessibleTextRole) == "Mới nộp, 12 hồ sơ"


def test_arrows_pass_over_headings(qtbot) -> None:
    queues = QueueList()
    qtbot.addWidget(queues)
    queues.resize(205, 600)
    queues.show()
    queues.set_items(QUEUES)
    queues.set_current("near")
    QTest.keyClick(queues, Qt.Key.Key_Down)
    assert queues.current_key() == "decisions"


WORDS = "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu đối với hộ gia đình, cá nhân đang sử dụng đất <b>ổn định</b>"


@pytest.mark.parametrize(("procedure", "name", "helps"), [
    ("Tách hộ", "Trần Văn Bình", False),
    (WORDS, "Trần Văn Bình", True),
    ("Tách hộ", "Công ty trách nhiệm hữu hạn một thành viên Gas Vĩnh Hải", True),
])
def test_a_row_with_cut_words_says_itself_in_full_as_plain_text(qtbot, procedure, name, helps) -> None:
    row = RowView("id-0", name, "H32.8-261120-0007", procedure, "Mới đăng ký", fee_kind="due", fee_line1="16.000 đ",
                  fee_line2="chờ đóng", due_kind="plain", due_line1="còn 7h20", due_line2="09:32 T2 23/11")
    table, model = table_of(qtbot, ["id-0"], fetch=lambda _ids: [row])
    model.view_at(0)  # asks for the page
    assert table._has_cut_words(0) is helps
    tip = model.data(model.index(0, 2), Qt.ItemDataRole.ToolTipRole)
    assert tip.split("\n") == [
        name, "H32.8-261120-0007", procedure.replace("<", "‹"), "Mới đăng ký", "16.000 đ", "chờ đóng", "còn 7h20",
        "09:32 T2 23/11",
    ]
