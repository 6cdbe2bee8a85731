"""Thu tại quầy: sums from the fee table, evidence, one deed; with *Thu và tiếp nhận*, online and offline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import FeeStatus, NoticeState, PaymentChannel, State
from app.services import outbox, reception
from tests.ui.desk_fixture import COPY, office
from tests.ui.dialog_story import story
from ui.payment.collect_dialog import CollectDialog, CollectReceiveDialog


def money(dossier) -> tuple[object, ...]:
    """What the dossier's money came to: state, fee, notices and payments."""
    notices = [(n.state.value, n.total, [d.channel for d in n.deliveries]) for n in dossier.notices]
    payments = [(p.channel.value, p.amount, p.settled, p.evidence.document_no) for p in dossier.payments]
    return int(dossier.state), dossier.fee_status.value, notices, payments


def test_the_sums_of_the_fee_table_are_collected_by_keyboard(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file("Phạm Quốc Khánh"))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        _phi, le_phi = dialog.lines.rows
        qtbot.waitUntil(lambda: QApplication.focusWidget() is le_phi.amount)
        tale.send()
        assert tale.told == []
        assert "Chưa nhập số tiền" in le_phi._error.text()
        assert dialog.money.proof.number_row.error().startswith("Cần một trong ba")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is le_phi.amount)
        tale.type("57500")
        assert dialog.primary.text() == "Thu 65.500 đ"
        assert dialog.lines._total._words.text() == "Sáu mươi lăm nghìn năm trăm đồng"
        tale.tab_to(dialog.money.proof.number)
        tale.type("BI-26T 0001236")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert money(after) == (
        1, "paid", [("paid", 65_500, [])], [("counter_cash", 65_500, 65_500, "BI-26T 0001236")],
    )  # fmt: skip


def test_a_procedure_that_is_not_paid_online_is_collected_here(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file("Đinh Công Thành", COPY))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        assert dialog.primary.text() == "Thu 8.000 đ"
        dialog.money.methods().choose("pos")
        dialog.money.proof.info.setText("máy POS số 2, lúc 10 giờ 10")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    (payment,) = here.card(desk, card.dossier.id).dossier.payments
    assert (payment.channel, payment.amount, payment.payer) == (PaymentChannel.COUNTER_POS, 8_000, "Đinh Công Thành")


def test_a_line_that_an_open_notice_asks_already_needs_a_reason(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file(), 75_000, line="Lệ phí hộ tịch")
    asked: list[tuple[str, str]] = []
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        phi, le_phi = dialog.lines.rows
        phi.amount.set_amount(8_000)
        assert dialog._reason_row.isHidden()
        le_phi.amount.set_amount(20_000)
        dialog.money.proof.number.setText("BL 9")
        assert dialog._reason_row._why.text() == "“Lệ phí hộ tịch” đang có trong thông báo chờ đóng."
        tale.send()
        assert (tale.told, dialog._reason_row.error()) == ([], "Chưa ghi lý do.")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.reason)
        tale.type("Thu them ban sao")
        tale.send()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        again.deed_asked.connect(lambda command, subject: asked.append((command, subject)))
        again.open_notice.action_button().click()
        tale.gone(again)
    here.send(desk, tale.told[0])
    assert asked == [("tick_paid", card.dossier.notices[-1].id)]
    after = here.card(desk, card.dossier.id).dossier
    assert [(n.state, n.total) for n in after.notices] == [(NoticeState.SENT, 75_000), (NoticeState.PAID, 28_000)]
    assert after.fee_status is FeeStatus.DUE


def test_collecting_and_receiving_is_one_press_and_only_the_reception_can_be_undone(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file("Trần Văn Bình", COPY))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectReceiveDialog(window, desk, tasks, card))
        assert dialog.primary.text() == "Thu 8.000 đ và tiếp nhận"
        tale.tab_to(dialog.money.proof.number)
        tale.type("BL 12")
        tale.send()
        tale.gone(dialog)
    ((collected, received),) = tale.told
    assert (collected.type, received.type) == ("collect", "receive")
    assert outbox.undo(desk, received.key)
    assert not outbox.undo(desk, collected.key)
    here.send(desk, collected)
    after = here.card(desk, card.dossier.id).dossier
    assert (after.state, after.fee_status) == (State.SUBMITTED, FeeStatus.PAID)


def test_money_is_taken_once_although_the_reception_is_refused(qtbot, here) -> None:
    """Somebody else received it meanwhile: the collection stays, and the dialog closes so that nobody presses again."""
    desk = here.desk()
    card = here.card(desk, here.file("Y Thiên Niê", COPY))
    here.send(desk, reception.receive(desk, card.dossier.id))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectReceiveDialog(window, desk, tasks, card))
        dialog.money.proof.number.setText("BL 13")
        tale.send()
        tale.gone(dialog)
    (collected,) = tale.told
    here.send(desk, collected)
    after = here.card(desk, card.dossier.id).dossier
    assert [p.amount for p in after.payments] == [8_000]


def test_put_off_it_keeps_what_was_typed(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        dialog.lines.rows[1].amount.set_amount(15_000)
        dialog.money.proof.number.setText("BL 77")
        tale.key(Qt.Key.Key_Escape)
        tale.gone(dialog)
        tale.settled()
        again = tale.open(lambda window, tasks: CollectDialog(window, desk, tasks, card))
        assert (again.lines.rows[1].amount.amount(), again.money.proof.number.text()) == (15_000, "BL 77")
        assert again.primary.text() == "Thu 23.000 đ"
        again.reject()
        tale.settled()


def test_offline_it_is_kept_on_this_machine_and_says_so(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        desk = small.desk()
        card = small.card(desk, small.file("Hồ Thị Kim Liên", COPY))
        small.go_offline()
        desk.engine.ask.freshest("nothing", deadline_s=0.5)
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: CollectReceiveDialog(window, desk, tasks, card))
            assert dialog.link.text().startswith("Ngoại tuyến từ 10:12. Khoản thu lưu trên máy này")
            dialog.money.proof.number.setText("BL 5")
            tale.send()
            tale.gone(dialog)
        shown = small.card(desk, card.dossier.id)
        assert shown.pending == ("collect", "receive")
        assert (shown.dossier.state, shown.dossier.fee_status) == (State.RECEIVED, FeeStatus.PAID)
