"""Draws every widget into pictures, to be looked at beside the mock-ups.

``python -m tests.ui.gallery DIR [scale]`` with ``scale`` 1 or 1.25 (a screen at 125 %).
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

_SCALE = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = _SCALE

from PySide6.QtCore import QSize, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget  # noqa: E402

from tests.ui.sample_rows import QUEUES, ROWS, TITLES, InlineTasks  # noqa: E402
from ui import theme  # noqa: E402
from ui.desk.dossier_model import DossierModel  # noqa: E402
from ui.desk.dossier_table import DossierTable, TablePane  # noqa: E402
from ui.desk.queue_list import QueueList  # noqa: E402
from ui.keys import DEFAULT  # noqa: E402
from ui.theme import Role  # noqa: E402
from ui.widgets.banner import Banner  # noqa: E402
from ui.widgets.buttons import Button, IconButton  # noqa: E402
from ui.widgets.card import Card, Facts  # noqa: E402
from ui.widgets.checks import CheckBox, RadioButton, Segmented  # noqa: E402
from ui.widgets.chip import Chip, FilterChip, KeyCap  # noqa: E402
from ui.widgets.date_edit import DateEdit  # noqa: E402
from ui.widgets.delivery_row import DeliveryLine, DeliveryRow  # noqa: E402
from ui.widgets.dialog_frame import DialogFrame  # noqa: E402
from ui.widgets.drop_zone import DropZone  # noqa: E402
from ui.widgets.empty_state import EmptyState  # noqa: E402
from ui.widgets.form_row import FormRow, beside  # noqa: E402
from ui.widgets.key_sheet import KeySheet  # noqa: E402
from ui.widgets.money_edit import MoneyEdit  # noqa: E402
from ui.widgets.painting import CHIPS  # noqa: E402
from ui.widgets.plain_label import Bold, PlainLabel  # noqa: E402
from ui.widgets.qr_view import QrView  # noqa: E402
from ui.widgets.radio_card import RadioCard  # noqa: E402
from ui.widgets.tabs import TabStrip  # noqa: E402
from ui.widgets.text_field import ComboBox, TextArea, TextField  # noqa: E402
from ui.widgets.timeline import Timeline, TimelineEntry  # noqa: E402
from ui.widgets.undo_bar import Toast, UndoBar  # noqa: E402

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 11, 20)


def row(*widgets: QWidget) -> QWidget:
    """Put widgets side by side."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return holder


def preview() -> QWidget:
    """Build the dossier pane of the first mock-up, 394 wide."""
    pane = QWidget()
    pane.setObjectName("window")
    column = QVBoxLayout(pane)
    column.setContentsMargins(14, 10, 14, 10)
    column.addWidget(PlainLabel("Trần Văn Bình", role=Role.TITLE))
    column.addWidget(row(Chip("Mới đăng ký"), Chip("Đã đóng", "paid"), Chip("còn 7 giờ 20 phút", icon="clock")))
    column.addWidget(Button("Tiếp nhận", kind="primary", key="Ctrl+Enter", large=True))
    seconds = QHBoxLayout()
    seconds.addWidget(Button("Thông báo công dân", key="F6"), 1)
    seconds.addWidget(Button("Từ chối…"))
    seconds.addWidget(IconButton("dots-three", "Thao tác khác", outlined=True, size=30))
    column.addLayout(seconds)
    tabs = TabStrip(("Hồ sơ", "Giấy tờ", "Phí", "Tiến trình", "Thông báo"))
    for at, count in ((1, 3), (2, 1), (4, 1)):
        tabs.set_count(at, count)
    column.addWidget(tabs)
    until = " lúc 09:32 qua VNPAY. Thời hạn tiếp nhận 8 giờ làm việc tính lại từ lúc đó, đến 09:32 thứ Hai 23/11."
    column.addWidget(Banner("ok", "Công dân đã đóng ", Bold("16.000 đ"), until))
    facts = Facts()
    facts.add("Người nộp", "Trần Văn Bình (chính chủ)")
    facts.add("Số định danh", "056 0•• ••4 417", figures=True, mask_key="citizen_id")
    facts.add("Đề nghị cấp", "02 bản sao Giấy khai sinh của Trần Gia Huy (2019)")
    column.addWidget(facts)
    card = Card("Phí thẩm định điều kiện kinh doanh", "1.200.000 đ")
    for line in (
        DeliveryLine("account", "globe", "Tài khoản trên Cổng", "gasvinh•••", "Đã tới", "acked",
                     since="15:02 T4 18/11"),
        DeliveryLine("email", "envelope-simple", "Thư điện tử", "ke•••@gmail.com", "Hộp thư đầy", "warn",
                     since="từ 15:02 T4 18/11 · đã thử 2 lần", next_step="thử lại lúc 11:15 (lần 3/5)"),
        DeliveryLine("sms", "chat-text", "Tin nhắn", "0258 ••• 117", "Số không đúng", "late", since="từ 15:03 T4 18/11",
                     next_step="Số máy bàn không nhận tin. Không tự thử lại.", action="Sửa số…"),
    ):
        card.add(DeliveryRow(line))
    column.addWidget(card)
    unseen = "Đã 2 ngày công dân chưa xem. Gọi điện theo mẫu, hoặc in giấy báo."
    column.addWidget(Banner("warn", unseen, action="Mẫu gọi"))
    column.addWidget(Timeline((
        TimelineEntry("clock", "Thẩm định hồ sơ – bạn đang giữ", "từ 08:40 T4 18/11 · hạn bước này 17:00 hôm nay",
                      "primary", now=True),
        TimelineEntry("check-circle-fill", "Đo đạc, chỉnh lý bản đồ – Đỗ Minh Trí",
                      "T3 10/11 08:15 → T4 18/11 08:40 · đúng hạn", "paid_badge"),
        TimelineEntry("user", "Công dân nộp hồ sơ", "T2 09/11 07:52 · 4 giấy tờ"),
    )))
    column.addStretch(1)
    pane.resize(394, 820)
    return pane


def desk() -> QWidget:
    """Build sidebar and table of the first mock-up, with the undo bar."""
    window = QWidget()
    window.setObjectName("window")
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    queues = QueueList()
    queues.set_items(QUEUES)
    queues.set_current("all")
    queues.setFixedWidth(205)
    rail = QueueList()
    rail.set_items(QUEUES[:9])
    rail.set_rail(True)
    rail.set_current("all")
    rail.setFixedWidth(56)
    model = DossierModel(InlineTasks(), lambda ids: [ROWS[int(key.split("-")[1])] for key in ids], TITLES)
    model.set_titles((*TITLES[:-1], f"{TITLES[-1]} ▲"))
    table = DossierTable(model)
    middle = QVBoxLayout()
    middle.setSpacing(0)
    filters = QWidget()
    filters.setObjectName("surface")
    chips = QHBoxLayout(filters)
    chips.addWidget(PlainLabel("Tất cả việc của quầy", role=Role.TITLE))
    chips.addWidget(PlainLabel("30", tone="text_2"))
    chips.addStretch(1)
    for at, name in enumerate(("Chờ đóng 8", "Đã đóng 7", "Hạn hôm nay 2")):
        chips.addWidget(FilterChip(name, checked=at == 0))
    chips.addWidget(IconButton("dots-three", "Lọc thêm"))
    middle.addWidget(filters)
    still = "Bạn vẫn tiếp nhận, báo phí và thu tiền được. Việc lưu trên máy này và tự gửi khi có mạng."
    middle.addWidget(Banner("offline", Bold("Ngoại tuyến từ 09:58. "), still, action="Thử ngay", key="F5",
                            aside="thử lại sau 20 giây", flat=True))
    middle.addWidget(TablePane(table, model), 1)
    undo = UndoBar()
    toast = Toast()
    middle.addWidget(undo)
    middle.addWidget(toast)
    line.addWidget(rail)
    line.addWidget(queues)
    line.addLayout(middle, 1)
    window.resize(1020, 700)
    ids = [view.id for view in ROWS]
    table.show_ids(ids[1:])
    table.go_to("id-4")
    model.propose(ids)
    undo.offer("key", "Đã lưu thông báo 65.500 đ – Nguyễn Thị Hồng Nhung", "Gửi qua Cổng, thư điện tử, tin nhắn.")
    undo._left = 6
    undo._tell_when()
    toast.tell("Đã chép mã hồ sơ H32.8-261120-0007")
    return window


def furniture() -> QWidget:
    """Build chips, caps, banners, choices and states."""
    sheet = QWidget()
    sheet.setObjectName("window")
    column = QVBoxLayout(sheet)
    kinds = list(CHIPS)
    column.addWidget(row(*(Chip(kind, kind) for kind in kinds[:7])))
    column.addWidget(row(*(Chip(kind, kind) for kind in kinds[7:])))
    column.addWidget(row(Button("In giấy báo", icon="printer"), Button("Thêm khoản khác", kind="link", icon="plus"),
                         Button("Đổi biểu mẫu", caret=True), KeyCap("F2"), KeyCap("Alt+1…9")))
    grey = Button("Tiếp nhận", kind="primary", key="Ctrl+Enter")
    grey.set_reason("còn 65.500 đ chờ công dân đóng")
    grey2 = Button("Thông báo công dân", key="F6")
    grey2.set_reason("Thủ tục này chưa cho thanh toán trực tuyến.")
    column.addWidget(row(grey, grey2, CheckBox("In biên lai sau khi ghi", checked=True), CheckBox("Để trống"),
                         RadioButton("Tại quầy", checked=True)))
    column.addWidget(Banner("info", Bold("Có thông báo nộp tiền của cơ quan thuế? "), "Bấm Dừng tính NVTC."))
    column.addWidget(Banner("paused", Bold("Sau khi bấm: "), "đồng hồ dừng, hồ sơ về hàng “Dừng tính NVTC”."))
    column.addWidget(Banner("refused", "Cổng chưa chấp nhận – cần bạn quyết định.", action="Xem khác nhau"))
    first = RadioCard("Dùng khoản trực tuyến, hoàn 75.000 đ tiền mặt tại quầy",
                      "Hủy biên lai 0001231 (giữ lại dấu vết), lập biên lai cho khoản VNPAY, mở việc hoàn tiền. Sổ "
                      "thu hôm nay giảm 75.000 đ khi công dân ký nhận.", tag="Nên chọn")
    first.setChecked(True)
    column.addWidget(first)
    column.addWidget(RadioCard("Dùng khoản tiền mặt, hoàn 75.000 đ qua VNPAY", "Giữ biên lai 0001231."))
    why = "Hồ sơ này không còn thông báo chưa đóng."
    column.addWidget(RadioCard("Giữ một khoản cho thông báo khác", "", reason=why))
    column.addWidget(EmptyState("tray", "Không còn hồ sơ mới. Sang “Chờ thanh toán” (8)?", "Sang Chờ thanh toán"))
    sheet.resize(700, 800)
    return sheet


def notice_dialog(window: QWidget) -> DialogFrame:
    """Build a form like that of the fee notice."""
    dialog = DialogFrame(window, "Đã thanh toán phí, lệ phí", "Phạm Quốc Khánh · H32.8-261116-0018 · báo ngày 18/11",
                         primary="Ghi đã đóng 75.000 đ", width=1038)
    asked = (Bold("Đã hỏi Cổng lúc 10:12: "), "chưa có khoản đóng trực tuyến nào.")
    dialog.body.addWidget(Banner("ok", *asked, icon="cloud-check"))
    sure = "Công dân đã nộp tiền trực tiếp, tôi có thông tin hoặc chứng từ"
    dialog.body.addWidget(CheckBox(sure, checked=True, weight=600))
    channels = (("cash", "Tiền mặt", "money"), ("pos", "Quẹt thẻ", "credit-card"), ("transfer", "Chuyển khoản", "bank"))
    kind = FormRow("Hình thức", Segmented(channels, "cash"))
    dialog.body.addLayout(beside(kind, FormRow("Số tiền thực thu", MoneyEdit(75_000))))
    number = FormRow("Số chứng từ", TextField("", figures=True), why="bắt buộc nếu không kèm tệp", required=True)
    number.set_error("Cần một trong ba: số và ngày chứng từ, tệp chứng từ, hoặc thông tin.")
    dialog.body.addLayout(beside(number, FormRow("Ngày chứng từ", DateEdit(lambda: TODAY, TODAY, prefix="Ngày"))))
    dialog.body.addWidget(FormRow("Lý do", ComboBox((("a", "Chờ công dân thực hiện nghĩa vụ tài chính"),))))
    dialog.body.addWidget(FormRow("Nội dung", TextArea(placeholder="ai báo, lúc nào")))
    dialog.body.addWidget(FormRow("Ảnh hoặc tệp chứng từ", DropZone()))
    dialog.body.addStretch(1)
    side = QVBoxLayout()
    side.addWidget(PlainLabel("Công dân sẽ nhận", weight=600))
    side.addWidget(row(FilterChip("Cổng", checked=True), FilterChip("Thư"), FilterChip("SMS")))
    side.addWidget(QrView([[(x * y + x) % 3 == 0 for x in range(33)] for y in range(33)]))
    side.addWidget(Banner("info", "Đóng xong, thời hạn tiếp nhận 8 giờ làm việc tính lại từ đầu."))
    side.addStretch(1)
    dialog.set_side(side, 370)
    dialog.foot.addWidget(Button("In giấy báo", icon="printer"))
    dialog.foot.addWidget(PlainLabel("Sau khi bấm có 8 giây để hoàn tác.", role=Role.SMALL, tone="text_3"))
    return dialog


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    theme.prepare()
    app = QApplication([])
    tag = _SCALE.replace(".", "")
    for dark in (False, True):
        theme.install(app, RESOURCES, dark=dark)
        suffix = f"{tag}-dark" if dark else tag
        for name, build in (("preview", preview), ("desk", desk), ("furniture", furniture)):
            widget = build()
            widget.show()
            app.processEvents()
            widget.grab().save(str(folder / f"{name}-{suffix}.png"))
            widget.close()
        window = QWidget()
        window.setObjectName("window")
        window.resize(QSize(1366, 698) if _SCALE == "1" else QSize(1093, 544))
        window.show()
        dialog = notice_dialog(window)
        dialog.open()
        app.processEvents()
        dialog.grab().save(str(folder / f"dialog-{suffix}.png"))
        sys.stdout.write(f"dialog {dialog.size().toTuple()} scrolls {dialog.body_scrolls()}\n")
        dialog.reject()
        sheet = DialogFrame(window, "Bảng phím", later="Đóng", width=860)
        sheet.body.addWidget(KeySheet(DEFAULT), 0, Qt.AlignmentFlag.AlignTop)
        sheet.open()
        app.processEvents()
        sheet.grab().save(str(folder / f"keys-{suffix}.png"))
        sheet.reject()
        window.close()


if __name__ == "__main__":
    main()
