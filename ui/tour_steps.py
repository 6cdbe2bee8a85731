"""The second half of the tour: case 2 between two officers, case 3 at a step and at the return, and paid twice."""

from __future__ import annotations

from app.domain.words import FeeStatus, State, SubState
from ui.dossier.act_dialogs import CompleteDialog, ForwardDialog, ReturnDialog
from ui.dossier.ledger_popover import LedgerPopover
from ui.dossier.suspend_dialog import SuspendDialog
from ui.notice.dialog import NoticeDialog
from ui.payment.tick_dialog import TickDialog
from ui.present.queues import DECISIONS, OUTBOX
from ui.tour_fees import CITIZEN, NOTICE_TAB, PHI_TAB, Cast
from ui.tour_stage import until

_LAND = "1.115345"  # a tax office's notice comes while it is worked on
_BUILDING = "1.013225"  # lệ phí set by the province, taken while it is worked on
_COPY = "2.000635"  # phí 8.000 a copy


def case_2(cast: Cast) -> None:
    """Suspended for a financial obligation, notified, paid at the treasury, back to the same processor."""
    dossier_id = cast.file(_LAND, "Trương Thị Cẩm Vân", "truongcamvan", "0905334817")
    _to_the_processor(cast, dossier_id)
    cast.later(60 * 5 + 15)
    _suspended(cast, dossier_id)
    _notified_from_the_queue(cast, dossier_id)
    _paid_at_the_treasury(cast, dossier_id)


def _to_the_processor(cast: Cast, dossier_id: str) -> None:
    desk, processor, camera = cast.desk, cast.processor, cast.camera
    cast.received(dossier_id)
    desk.next()
    forward = desk.dialog(ForwardDialog)
    forward.officer.setCurrentIndex(max(forward.officer.findData("thuly1"), 0))
    camera.take(desk.window, "chuyen-xu-ly", desk.who, "chuyển hồ sơ cho người thụ lý")
    desk.press(forward)
    desk.sees(dossier_id, lambda found: found.state is State.PROCESSING, "chuyển xử lý")
    processor.arrive()
    processor.sign_in()
    processor.show(dossier_id)
    camera.take(processor.window, "ban-thu-ly", processor.who, "mở bàn của mình: hồ sơ vừa chuyển tới")


def _suspended(cast: Cast, dossier_id: str) -> None:
    processor, camera = cast.processor, cast.camera
    processor.window.news.since.hide()
    processor.front()
    processor.show(dossier_id)
    processor.run("suspend")
    form = processor.dialog(SuspendDialog)
    form.tax.number.setText("LTB2656001/TB-CCT")
    form.tax.day.setText("20/11/2026")
    form.tax.registration.setText("3500000")
    form.tax.income.setText("750000")
    form.tax.treasury.setText("7111.1054371")
    processor.settle()
    camera.take(processor.window, "dung-tinh-nvtc", processor.who,
                "bấm Dừng tính NVTC (F7): bên phải nói nếu dừng hôm nay thì hẹn lại ngày nào")
    processor.press(form)
    processor.send_now()
    processor.sees(dossier_id, lambda found: found.sub_state is SubState.DESK_TO_NOTIFY, "dừng tính")
    camera.take(processor.window, "dong-ho-dung", processor.who, "đồng hồ dừng, hồ sơ về quầy một cửa")


def _notified_from_the_queue(cast: Cast, dossier_id: str) -> None:
    desk, camera = cast.desk, cast.camera
    desk.front()
    desk.window.go("to_notify")
    desk.show(dossier_id)
    camera.take(desk.window, "hang-can-thong-bao", desk.who, "mở hàng Dừng tính NVTC – cần thông báo")
    desk.next()
    desk.offered_undo()
    camera.take(desk.window, "tiep-nhan-bo-sung-va-bao", desk.who,
                "bấm Tiếp nhận bổ sung và báo công dân: một lần bấm, hai việc, hoàn tác được")
    desk.send_now()
    desk.sees(dossier_id, lambda found: found.sub_state is SubState.AWAITING_PAYMENT, "chờ công dân đóng")
    cast.delivered(desk, dossier_id)
    desk.window.desk_page.preview.set_tab(NOTICE_TAB)
    camera.take(desk.window, "cho-dong-nvtc", "Cổng", "đã báo công dân số tiền của cơ quan thuế; đồng hồ vẫn dừng")
    viewer = desk.printed(camera.paper("giay-bao-truong-hop-2.pdf"))
    camera.take(desk.window, "giay-bao-nvtc", desk.who, "in giấy báo NVTC: không có mã QR, nộp vào tài khoản kho bạc")
    desk.close_dialog(viewer)


def _paid_at_the_treasury(cast: Cast, dossier_id: str) -> None:
    desk, processor, camera = cast.desk, cast.processor, cast.camera
    cast.later(60 * 24 * 3)  # Monday
    desk.front()
    desk.run("tick_paid")
    tick = desk.dialog(TickDialog)
    tick.sure.setChecked(True)
    tick.money.methods().choose("treasury")
    tick.proof.number.setText("GNT 0048213")
    tick.proof.day.setText("23/11/2026")
    desk.settle()
    camera.take(desk.window, "da-thanh-toan-kho-bac", CITIZEN,
                "nộp tại kho bạc, đưa giấy nộp tiền; cán bộ ghi Đã thanh toán (F8)")
    desk.press(tick)
    desk.sees(dossier_id, lambda found: found.state is State.PROCESSING, "tính tiếp")
    desk.window.desk_page.preview.set_tab(PHI_TAB)
    camera.take(desk.window, "quay-thay-da-dong", desk.who, "hồ sơ xanh và trở lại đúng người thụ lý")
    processor.front()
    processor.window.go("paid_next")
    processor.show(dossier_id)
    processor.sees(dossier_id, lambda found: found.state is State.PROCESSING, "trở lại người thụ lý")
    camera.take(processor.window, "da-dong-lam-tiep", processor.who, "thấy hồ sơ trong Đã đóng – làm tiếp, tính tiếp")
    processor.run("due")
    popover = processor.dialog(LedgerPopover)
    camera.take(processor.window, "vi-sao-hen-ngay-nay", processor.who, "bấm F4: quãng nào tính, quãng nào không")
    processor.close_dialog(popover)


def case_3(cast: Cast) -> None:
    """A fee at a step, another before the return, and returned with money owing."""
    desk, processor, camera = cast.desk, cast.processor, cast.camera
    dossier_id = cast.file(_BUILDING, "Lê Hoàng Phúc", "lehoangphuc", "0983417205")
    desk.front()
    cast.received(dossier_id)
    desk.next()
    forward = desk.dialog(ForwardDialog)
    forward.officer.setCurrentIndex(max(forward.officer.findData("thuly1"), 0))
    desk.press(forward)
    desk.sees(dossier_id, lambda found: found.state is State.PROCESSING, "chuyển xử lý")

    processor.front()
    processor.show(dossier_id)
    processor.run("notify")
    form = processor.dialog(NoticeDialog)
    form.fields.lines.rows[1].amount.setText("75000")
    processor.previewed(form, "75.000")
    camera.take(processor.window, "thu-o-buoc-tham-dinh", processor.who,
                "bước này được thu: bấm Thông báo công dân, đồng hồ vẫn chạy")
    processor.press(form)
    processor.send_now()
    notice = cast.delivered(processor, dossier_id)
    cast.later(40)
    cast.pay(notice)
    processor.sees(dossier_id, lambda found: found.fee_status is FeeStatus.PAID, "đã đóng ở bước")
    camera.take(processor.window, "dong-o-buoc", CITIZEN, "đóng qua VNPAY; người thụ lý thấy Đã đóng và làm tiếp")
    _completed_and_returned(cast, dossier_id)


def _completed_and_returned(cast: Cast, dossier_id: str) -> None:
    desk, processor, camera = cast.desk, cast.processor, cast.camera
    processor.front()
    processor.run("complete")
    done = processor.dialog(CompleteDialog)
    camera.take(processor.window, "hoan-thanh", processor.who, "bấm Hoàn thành: hồ sơ về hàng Chờ trả kết quả")
    processor.press(done)
    processor.send_now()
    processor.sees(dossier_id, lambda found: found.state is State.COMPLETED, "hoàn thành")

    desk.front()
    desk.show(dossier_id)
    desk.sees(dossier_id, lambda found: found.state is State.COMPLETED, "chờ trả kết quả")
    desk.run("notify")
    form = desk.dialog(NoticeDialog)
    form.fields.lines.rows[1].amount.setText("0")
    form.fields.lines.add_other()
    desk.settle()
    row = form.fields.lines.rows[-1]
    assert row.name is not None
    row.name.setText("Sao chụp bản vẽ")
    row.amount.setText("20000")
    desk.previewed(form, "20.000")
    camera.take(desk.window, "thu-truoc-khi-tra", desk.who, "trước khi trả, báo thêm một khoản khác")
    desk.press(form)
    desk.send_now()
    cast.delivered(desk, dossier_id)
    desk.run("return")
    dialog = desk.dialog(ReturnDialog)
    camera.take(desk.window, "con-no-tien", desk.who, "bấm Trả kết quả: hộp nêu số còn nợ trước")
    dialog.all_the_same.click()
    dialog.reason.setText("Công dân hẹn nộp chiều nay, có giấy hẹn")
    desk.settle()
    camera.take(desk.window, "van-tra-co-ly-do", desk.who, "vẫn trả thì phải ghi lý do")
    desk.press(dialog)
    desk.send_now()
    desk.sees(dossier_id, lambda found: found.state is State.RETURNED, "trả kết quả")
    desk.window.desk_page.preview.set_tab(3)
    camera.take(desk.window, "da-tra-ket-qua", desk.who, "đã trả, khoản còn nợ vẫn ghi trong hồ sơ")


def paid_twice(cast: Cast) -> None:
    """Ticked at the counter without a network while the citizen pays online."""
    desk, camera = cast.desk, cast.camera
    dossier_id = cast.file(_COPY, "Phạm Quốc Bảo", "phamquocbao", "0935661208")
    desk.front()
    desk.show(dossier_id)
    desk.run("notify")
    form = desk.dialog(NoticeDialog)
    form.fields.lines.rows[0].amount.setText("120000")
    desk.previewed(form, "120.000")
    desk.press(form)
    desk.send_now()
    notice = cast.delivered(desk, dossier_id)
    _ticked_offline(cast, dossier_id)
    cast.later(12)
    cast.pay(notice)
    desk.window.go(OUTBOX)
    desk.front()
    camera.take(desk.window, "cho-gui", desk.who, "mở Chờ gửi; cùng lúc công dân đóng qua VNPAY ở nhà")

    cast.away(cast.stage.mend_line, "có mạng lại")
    desk.window.sync()
    until(lambda: not desk.window.news.link.isVisible(), "có mạng lại")
    desk.show(dossier_id, PHI_TAB)
    desk.sees(dossier_id, lambda found: bool(found.cases), "hai khoản cùng có mặt")
    camera.take(desk.window, "hai-khoan", "Cổng", "mạng về: cả hai khoản đều còn, một khoản chờ hoàn")
    _decided(cast, dossier_id)


def _ticked_offline(cast: Cast, dossier_id: str) -> None:
    desk, camera = cast.desk, cast.camera
    cast.away(cast.stage.cut_line, "mất mạng")
    desk.window.sync()
    until(desk.window.news.link.isVisible, "dải ngoại tuyến")
    desk.settle()
    camera.take(desk.window, "ngoai-tuyen", "Mạng", "mất mạng: dải ngoại tuyến hiện, việc vẫn làm được")
    desk.run("tick_paid")
    tick = desk.dialog(TickDialog)
    until(tick.form.isVisible, "hỏi Cổng")
    tick.sure.setChecked(True)
    tick.proof.number.setText("BL 0021873")
    tick.proof.day.setText("23/11/2026")
    desk.settle()
    camera.take(desk.window, "ghi-khi-ngoai-tuyen", CITIZEN, "nộp tiền mặt tại quầy; chưa hỏi được Cổng, vẫn ghi")
    desk.press(tick)
    desk.sees(dossier_id, lambda found: found.fee_status is FeeStatus.PAID, "ghi trên máy")
    desk.window.desk_page.preview.set_tab(PHI_TAB)
    camera.take(desk.window, "da-dong-chua-gui", desk.who, "Đã đóng – chờ Cổng: có viền, chưa xanh")


def _decided(cast: Cast, dossier_id: str) -> None:
    desk, camera = cast.desk, cast.camera
    desk.window.go(DECISIONS)
    page = desk.window.pages.currentWidget()
    until(lambda: page.choices and page.shown().dossier_id == dossier_id, "việc cần xem lại")  # type: ignore[attr-defined]
    desk.settle()
    camera.take(desk.window, "can-xem-lai", desk.who, "mở Cần xem lại: hai khoản cạnh nhau, chưa chọn gì")
    page.choices[0].setChecked(True)  # type: ignore[attr-defined]
    camera.take(desk.window, "chon-cach-xu-ly", desk.who, "chọn một cách; mỗi cách nói rõ hậu quả")
    desk.window.go_on()
    until(lambda: not page.choices, "đã quyết định")  # type: ignore[attr-defined]
    desk.show(dossier_id, PHI_TAB)
    until(lambda: desk.window.desk_page.preview.view() is not None, "xem lại hồ sơ")
    camera.take(desk.window, "da-quyet-dinh", desk.who, "đã ghi sổ ai quyết, lúc nào; tiền nào cũng còn dấu")
