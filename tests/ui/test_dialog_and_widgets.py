"""Dialogs fit small screens and end as officers expect; the other widgets say what they should."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.errors import BadInput
from app.services import attachments
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.checks import CheckBox, Segmented
from ui.widgets.dialog_frame import DialogFrame, Scrim
from ui.widgets.drop_zone import DropZone, Picked
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel, RunsLabel
from ui.widgets.qr_view import QrView
from ui.widgets.radio_card import RadioCard
from ui.widgets.tabs import TabStrip
from ui.widgets.text_field import TextField
from ui.widgets.undo_bar import UndoBar

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 698)
    made.show()
    return made


def form(window: QWidget, rows: int) -> DialogFrame:
    dialog = DialogFrame(window, "Thông báo công dân", "Nguyễn Thị Hồng Nhung", primary="Thông báo", width=1200)
    for number in range(rows):
        dialog.body.addWidget(FormRow(f"Ô {number}", TextField(), required=number == 1))
    return dialog


@pytest.mark.parametrize(
    ("room", "most"),
    [(QSize(1366, 698), QSize(1060, 620)), (QSize(1093, 544), QSize(1060, 500)), (QSize(960, 520), QSize(928, 476))],
)
def test_a_dialog_never_outgrows_the_screen_and_only_its_body_scrolls(qtbot, window, room, most) -> None:
    window.resize(room)
    dialog = form(window, 20)
    dialog.open()
    assert dialog.width() == most.width()
    assert dialog.height() == most.height()
    assert dialog.body_scrolls()
    assert dialog.primary.isVisible()
    dialog.reject()


def test_a_short_form_takes_only_its_own_height(qtbot, window) -> None:
    dialog = form(window, 3)
    dialog.open()
    assert dialog.height() < 400
    assert not dialog.body_scrolls()
    dialog.reject()


def test_the_first_empty_required_field_has_the_focus(qtbot, window) -> None:
    dialog = form(window, 3)
    dialog.open()
    fields = dialog.findChildren(TextField)
    qtbot.waitUntil(lambda: dialog.focusWidget() is fields[1])
    dialog.reject()


def test_escape_puts_off_and_ctrl_enter_confirms_but_enter_does_nothing(qtbot, window) -> None:
    dialog = form(window, 2)
    told: list[str] = []
    dialog.confirmed.connect(lambda: told.append("confirmed"))
    dialog.put_off.connect(lambda: told.append("put off"))
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert window.findChildren(Scrim)
    QTest.keyClick(dialog.findChildren(TextField)[0], Qt.Key.Key_Return)
    assert told == []
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == ["confirmed"]
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told == ["confirmed", "put off"]
    qtbot.waitUntil(lambda: not window.findChildren(Scrim))


def test_a_grey_primary_says_why_and_cannot_be_pressed_by_key(qtbot, window) -> None:
    dialog = form(window, 1)
    told: list[str] = []
    dialog.confirmed.connect(lambda: told.append("confirmed"))
    dialog.set_primary("Ghi đã đóng 75.000 đ", "Cần một trong ba: số và ngày chứng từ, tệp, hoặc thông tin.")
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == []
    assert "số và ngày chứng từ" in dialog.primary.toolTip()
    assert dialog.primary.accessibleName() == "Ghi đã đóng 75.000 đ"
    dialog.reject()


def test_the_gallery_can_be_drawn_at_125_per_cent(tmp_path) -> None:
    """A child process, because a screen's scale is fixed when Qt starts."""
    command = [sys.executable, "-m", "tests.ui.gallery", str(tmp_path), "1.25"]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    assert QImage(str(tmp_path / "dialog-125.png")).width() == round(1038 * 1.25)
    sizes = [line for line in done.stdout.splitlines() if line.startswith("dialog")]
    assert sizes[0].startswith("dialog (1038, 500)")


def test_an_error_stands_below_its_field_and_is_told_to_screen_readers(qtbot) -> None:
    row = FormRow("Số chứng từ", TextField(), why="bắt buộc nếu không kèm tệp")
    qtbot.addWidget(row)
    row.show()
    row.set_error("Cần số chứng từ.")
    assert row.field.property("invalid")
    assert row.field.accessibleName() == "Số chứng từ"
    assert row.field.accessibleDescription() == "Cần số chứng từ."
    row.set_error("")
    assert row.field.accessibleDescription() == "bắt buộc nếu không kèm tệp"


def test_names_are_the_visible_words_without_the_key(qtbot) -> None:
    assert Button("Thông báo công dân", key="F6").accessibleName() == "Thông báo công dân"
    assert IconButton("copy", "Chép mã hồ sơ").accessibleName() == "Chép mã hồ sơ"
    assert IconButton("copy", "Chép mã hồ sơ").sizeHint().width() >= 24
    tabs = TabStrip(("Hồ sơ", "Giấy tờ"))
    tabs.set_count(1, 3)
    assert tabs.accessibleTabName(1) == "Giấy tờ, 3"


def test_a_ring_shows_only_for_focus_by_keyboard(qtbot, window) -> None:
    button = Button("Để sau", parent=window)
    button.show()
    window.activateWindow()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button._ring is None
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: button._ring is not None and button._ring.isVisible())
    button.clearFocus()
    assert not button._ring.isVisible()


def test_one_undo_at_a_time_and_a_second_act_sends_the_first(qtbot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    told: list[str] = []
    bar.undo_asked.connect(lambda act: told.append(f"undo {act}"))
    bar.send_asked.connect(lambda act: told.append(f"send {act}"))
    bar.expired.connect(lambda act: told.append(f"expired {act}"))
    bar.offer("a", "Đã lưu")
    bar.offer("b", "Đã lưu")
    assert told == ["send a"]
    bar.undo()
    assert told == ["send a", "undo b"]
    assert not bar.isVisible()
    bar.offer("c", "Đã lưu")
    for _ in range(8):
        bar._step()
    assert told[-1] == "expired c"
    bar.undo()
    assert told[-1] == "expired c"


def test_a_sentence_wraps_and_keeps_markup_as_letters(qtbot) -> None:
    words = RunsLabel("Công dân ", Bold("<b>16.000 đ</b>"), " lúc 09:32 qua VNPAY. " * 3)
    qtbot.addWidget(words)
    assert "<b>16.000 đ</b>" in words.text()
    assert words.heightForWidth(120) > words.heightForWidth(800)
    assert words.accessibleName() == words.text()


def test_a_banner_passes_its_action_on(qtbot) -> None:
    banner = Banner("offline", Bold("Ngoại tuyến từ 09:58. "), "Việc lưu trên máy này.", action="Thử ngay", key="F5")
    qtbot.addWidget(banner)
    with qtbot.waitSignal(banner.acted):
        banner.action_button().click()


def test_segments_are_radio_buttons_with_keys(qtbot) -> None:
    choice = Segmented((("cash", "Tiền mặt", "money"), ("pos", "Quẹt thẻ", "credit-card")), "cash")
    qtbot.addWidget(choice)
    with qtbot.waitSignal(choice.chosen) as told:
        choice.choose("pos")
    assert told.args == ["pos"]
    assert choice.key() == "pos"


def test_an_impossible_choice_stays_visible_with_its_reason(qtbot) -> None:
    card = RadioCard("Giữ một khoản", "Giữ biên lai.", reason="Hồ sơ này không còn thông báo chưa đóng.")
    assert not card.isEnabled()
    assert card.accessibleDescription() == "Hồ sơ này không còn thông báo chưa đóng."


def test_files_come_in_by_path_unread_and_foreign_ones_are_named(qtbot, tmp_path) -> None:
    zone = DropZone()
    qtbot.addWidget(zone)
    got: list[Picked] = []
    no: list[tuple[str, str]] = []
    zone.picked.connect(got.append)
    zone.rejected.connect(lambda name, why: no.append((name, why)))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("tb.pdf", "virus.exe")])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    zone.dropEvent(drop)
    assert got == [Picked("tb.pdf", path=tmp_path / "tb.pdf")]  # not there at all: nobody looked
    assert no == [("virus.exe", "not-a-document")]


@pytest.mark.parametrize(("name", "first_bytes", "taken"), [
    ("to khai.pdf", b"%PDF-1.7", True),
    ("anh.JPG", b"\xff\xd8\xff\xe0", True),
    ("anh.jpeg", b"\xff\xd8\xff\xe0", True),
    ("anh.png", b"\x89PNG\r\n\x1a\n", True),
    ("quet.tif", b"II*\x00", False),
    ("quet.tiff", b"II*\x00", False),
    ("anh.bmp", b"BM", False),
    ("anh.webp", b"RIFF\x00\x00\x00\x00WEBP", False),
])
def test_the_drop_zone_lets_in_what_the_store_takes_and_nothing_else(qtbot, tmp_path, name, first_bytes, taken) -> None:
    zone = DropZone()
    qtbot.addWidget(zone)
    got: list[Picked] = []
    zone.picked.connect(got.append)
    (tmp_path / name).write_bytes(first_bytes)
    zone.take_path(tmp_path / name)
    assert bool(got) is taken
    with nullcontext() if taken else pytest.raises(BadInput, match="file-type-unknown"):
        attachments.type_of(first_bytes, name)
    assert zone.accessibleDescription() == "PDF, JPG, PNG · đến 25 MB"


def test_a_picture_is_pasted_as_bytes(qtbot) -> None:
    zone = DropZone()
    qtbot.addWidget(zone)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(zone.picked) as told:
        QTest.keyClick(zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].data.startswith(b"\x89PNG")


def test_a_qr_code_is_black_on_white_with_a_quiet_zone(qtbot) -> None:
    view = QrView([[True] * 21 for _ in range(21)], side=116)
    qtbot.addWidget(view)
    image = view.grab().toImage()
    assert image.pixelColor(1, 1) == Qt.GlobalColor.white
    assert image.pixelColor(58, 58) == Qt.GlobalColor.black


def test_a_long_label_is_cut_and_keeps_the_whole_in_its_tooltip(qtbot) -> None:
    label = PlainLabel("Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh", elide=True)
    qtbot.addWidget(label)
    label.resize(80, 18)
    label.show()
    assert label.toolTip() == label.text()


def test_a_check_box_can_be_hit_anywhere(qtbot) -> None:
    box = CheckBox("In biên lai sau khi ghi")
    qtbot.addWidget(box)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
