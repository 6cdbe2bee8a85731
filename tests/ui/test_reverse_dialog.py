"""Ghi nhầm – hủy ghi nhận: what will be so afterwards is read first, and only who may takes a payment back."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.domain.words import FeeStatus, LineKind, State
from app.services import fee_notices, processing, reception
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import BUILDING, LAND, office
from tests.ui.dialog_story import story
from ui.payment.reverse_dialog import ReverseDialog


def test_a_tick_by_mistake_is_taken_back_by_keyboard(qtbot, here) -> None:
    desk = here.desk()
    card = here.ticked(desk, here.notified(desk, here.file("Phạm Quốc Khánh")))
    title = card.dossier.notices[-1].title
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReverseDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.reason)
        assert dialog.primary.text() == "Hủy ghi nhận 75.000 đ"
        assert dialog.after.text().splitlines() == [
            "Khoản này không bị xóa: được gạch đi, kèm lý do và tên bạn.",
            f"Thông báo “{title}” chờ đóng lại: 75.000 đ.",
            "Thời hạn tiếp nhận dừng lại cho đến khi công dân đóng.",
        ]
        assert "còn phải nộp 75.000 đồng" in dialog.citizen.text.toPlainText()
        tale.send()
        assert (tale.told, dialog._reason_row.error()) == ([], "Chưa ghi lý do.")
        tale.type("Bam nham ho so")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.fee_status, after.payments[0].reversed, after.payments[0].reversed_reason) == (
        FeeStatus.DUE, True, "Bam nham ho so",
    )  # fmt: skip


def test_a_pause_that_the_tick_ended_is_continuous_again(qtbot, here) -> None:
    desk = here.desk()
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    line = fee_notices.line(desk, card.dossier, LineKind.NVTC, "NVTC", 4_250_000)
    here.send(desk, fee_notices.notify(desk, card.dossier.id, NoticeForm("Nộp NVTC", (line,))))
    card = here.ticked(desk, here.card(desk, card.dossier.id), 4_250_000)
    assert card.dossier.state is State.PROCESSING
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReverseDialog(window, desk, tasks, card))
        assert dialog.after.text().splitlines()[1:] == [
            "Thông báo “Nộp NVTC” chờ đóng lại: 4.250.000 đ.",
            "Hồ sơ về lại “Yêu cầu thực hiện NVTC”; đồng hồ dừng liền mạch từ hôm nay 10:12.",
        ]
        dialog.reason.setPlainText("Nhầm giấy nộp tiền")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    assert here.card(desk, card.dossier.id).dossier.state is State.AWAITING_OBLIGATION


def test_after_the_return_it_is_a_shortfall_and_not_the_tickers_any_more(qtbot, here) -> None:
    front, back, head = here.desk(), here.desk("thuly1"), here.desk("lanhdao1")
    dossier_id = here.file("Lê Quang Dũng", BUILDING)
    here.in_processing(dossier_id)
    here.send(back, processing.complete(back, dossier_id))
    here.ticked(front, here.notified(front, dossier_id))
    here.send(front, reception.return_result(front, dossier_id, "Lê Quang Dũng"))
    mine, hers = here.card(front, dossier_id), here.card(head, dossier_id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReverseDialog(window, front, tasks, mine))
        assert not dialog.primary.isEnabled()
        assert dialog.after.text() == (
            "Tài khoản này không có quyền hủy ghi nhận cho hồ sơ này. Người làm được: người đã ghi nhận, trong ngày, "
            "lãnh đạo đơn vị, thủ quỹ."
        )
        dialog.reject()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: ReverseDialog(window, head, tasks, hers))
        assert again.after.text().splitlines()[-1] == (
            "Hồ sơ giữ trạng thái “Đã trả kết quả”; mở việc thiếu tiền 75.000 đ."
        )
        again.reason.setPlainText("Không có tiền trong két")
        tale.send()
        tale.gone(again)
    here.send(head, tale.told[0])
    after = here.card(head, dossier_id).dossier
    assert (after.state, [(c.kind, c.amount) for c in after.cases]) == (State.RETURNED, [("shortfall", 75_000)])


def test_of_two_payments_the_one_meant_is_chosen(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    for amount in (60_000, 15_000):
        card = here.ticked(desk, card, amount)
    second = card.dossier.payments[1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReverseDialog(window, desk, tasks, card, second))
        assert [dialog.choice.itemText(at) for at in range(2)] == [
            "60.000 đ · tiền mặt · 10:12 hôm nay · Nguyễn Thị Ấm",
            "15.000 đ · tiền mặt · 10:12 hôm nay · Nguyễn Thị Ấm",
        ]
        assert dialog.primary.text() == "Hủy ghi nhận 15.000 đ"
        dialog.reason.setPlainText("Ghi trùng")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert [(p.amount, p.reversed) for p in after.payments] == [(60_000, False), (15_000, True)]
    assert after.fee_status is FeeStatus.PARTIAL


def test_offline_it_waits_on_this_machine(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        desk = small.desk()
        card = small.ticked(desk, small.notified(desk, small.file()))
        small.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: ReverseDialog(window, desk, tasks, card))
            dialog.reason.setPlainText("Ghi nhầm")
            tale.send()
            tale.gone(dialog)
        shown = small.card(desk, card.dossier.id)
        assert (shown.pending, shown.dossier.fee_status) == (("reverse_payment",), FeeStatus.DUE)
