"""Bad suspensions by keyboard: the tax notice comes later, goes back, the suspension is cancelled, a proof ends it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain import pause_parts
from app.domain.words import PaymentChannel, State, SubState
from app.services import inbox, processing
from app.services.processing import SuspendForm
from tests.ui.desk_fixture import LAND, office
from tests.ui.dialog_story import story
from tests.ui.notice_scenes import sent_back, waiting_for_tax
from ui.dossier import ledger_words
from ui.dossier.obligation_dialogs import AddTaxNoticeDialog, CancelSuspensionDialog, ResumeDialog, SendBackDialog


def test_the_tax_notice_that_comes_later_is_the_second_part_of_one_pause(qtbot, here) -> None:
    card = waiting_for_tax(here)
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: AddTaxNoticeDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.tax.number)
        tale.send()
        assert dialog.tax.row.error() == "Cần số, ngày và số tiền ghi trên thông báo của cơ quan thuế."
        tale.type("LTB2656009/TB-CCT")
        tale.key(Qt.Key.Key_Tab)
        tale.type("20/11/2026")
        tale.tab_to(dialog.tax.registration)
        tale.type("4250000")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(here.desk(), card.dossier.id).dossier
    assert (after.sub_state, len(after.pauses)) == (SubState.DESK_TO_NOTIFY, 1)
    assert after.suspension is not None
    assert (after.suspension.nvtc_amount, after.suspension.tax_notice_date) == (4_250_000, date(2026, 11, 20))
    assert [part.waits_for for part in pause_parts.parts(after, after.pauses[0])] == ["tax_notice", "payment"]


def test_a_number_that_another_dossier_bears_is_warned_of_and_still_taken(qtbot, here) -> None:
    other = here.suspended(here.file("Đinh Công Thành", LAND)).dossier
    card = waiting_for_tax(here)
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: AddTaxNoticeDialog(window, desk, tasks, card))
        tale.type("LTB2656001/TB-CCT")
        tale.key(Qt.Key.Key_Tab)
        tale.settled()
        said = dialog.tax.elsewhere.text()
        assert said.startswith("Thông báo thuế số LTB2656001/TB-CCT đã dùng ở hồ sơ H32.8-")
        assert other.code
        tale.type("20/11/2026")
        tale.tab_to(dialog.tax.registration)
        tale.type("4250000")
        tale.send()
        tale.gone(dialog)
    assert [acted.type for acted in tale.told] == ["add_tax_notice"]


def test_a_wrong_notice_goes_back_to_its_processor_who_reads_why(qtbot, here) -> None:
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    desk = here.desk()
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: SendBackDialog(window, desk, tasks, card))
        assert dialog.effect.text().startswith("Sau khi bấm: hồ sơ về lại Nguyễn Hữu Phước, chờ thông báo thuế mới; ")
        assert "đồng hồ vẫn dừng, còn lại" in dialog.effect.text()
        tale.send()
        assert dialog._row.error() == "Chưa ghi lý do."
        tale.type("Số tiền không khớp")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    back = here.desk("thuly1")
    seen = here.card(back, card.dossier.id)
    assert (seen.dossier.sub_state, seen.queue.value if seen.queue else "") == (SubState.AWAITING_TAX_NOTICE, "paused")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: AddTaxNoticeDialog(window, back, tasks, seen))
        said = [banner.text() for banner in dialog.findChildren(type(dialog.problem))]
        assert "Một cửa trả lại hôm nay 10:12 (Nguyễn Thị Ấm): Số tiền không khớp" in said
        dialog.reject()
        tale.settled()


def test_cancelling_says_that_the_clock_runs_on_and_until_when(qtbot, here) -> None:
    card = waiting_for_tax(here)
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CancelSuspensionDialog(window, desk, tasks, card))
        assert dialog.effect.text() == (
            "Đồng hồ chạy tiếp ngay, còn lại 12 ngày 4 giờ. Hẹn trả mới 16:12 thứ Tư 09/12; "
            "hồ sơ về lại Nguyễn Hữu Phước."
        )
        tale.type("Hồ sơ thuộc diện không phải nộp")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.state, after.suspension, after.pauses[0].ended_at is not None) == (State.PROCESSING, None, True)


def test_the_treasurys_proof_is_a_payment_and_ends_the_pause(qtbot, here) -> None:
    dossier_id = here.suspended(here.file("Lê Thị Ơn", LAND)).dossier.id
    desk = here.desk("thuly1")
    card = here.card(desk, dossier_id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ResumeDialog(window, desk, tasks, card))
        assert dialog.primary.text() == "Ghi kho bạc 4.250.000 đ, tiếp tục"
        assert dialog.proof is not None
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.proof.number)
        tale.send()
        assert dialog.proof.number_row.error().startswith("Cần một trong ba:")
        tale.type("C1-02/NS 0001234")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, dossier_id).dossier
    assert after.state is State.PROCESSING
    assert [(p.channel, p.amount, p.settled, p.reference) for p in after.payments] == [
        (PaymentChannel.TREASURY, 4_250_000, 4_250_000, "C1-02/NS 0001234")
    ]
    assert [pause.ended_at is not None for pause in after.pauses] == [True]


def test_without_a_line_all_of_it_is_kept_and_shown_as_it_will_be(qtbot, tmp_path_factory) -> None:
    with office(tmp_path_factory.mktemp("offline")) as here:
        desk = here.desk("thuly1")
        waiting, back = waiting_for_tax(here), sent_back(here, "Trương Thị Cẩm Vân")
        here.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: AddTaxNoticeDialog(window, desk, tasks, back))
            tale.type("LTB2656010/TB-CCT")
            tale.key(Qt.Key.Key_Tab)
            tale.type("20/11/2026")
            tale.tab_to(dialog.tax.income)
            tale.type("3000000")
            tale.send()
            tale.gone(dialog)
            cancel = tale.open(lambda window, tasks: CancelSuspensionDialog(window, desk, tasks, waiting))
            tale.type("Không phải nộp")
            tale.send()
            tale.gone(cancel)
        assert [acted.type for acted in tale.told] == ["add_tax_notice", "cancel_suspension"]
        known, running = inbox.card(desk, back.dossier.id), inbox.card(desk, waiting.dossier.id)
        assert (known.dossier.sub_state, known.pending) == (SubState.DESK_TO_NOTIFY, ("add_tax_notice",))
        assert (running.dossier.state, running.pending) == (State.PROCESSING, ("cancel_suspension",))
        assert processing.obligation_left(known.dossier) == 3_000_000


def test_one_pause_with_two_parts_is_told_line_by_line(tmp_path) -> None:
    with office(tmp_path) as here:
        card = waiting_for_tax(here, "Trương Thị Cẩm Vân")
        back, desk = here.desk("thuly1"), here.desk()
        here.clock.advance(timedelta(days=3, hours=1))
        form = SuspendForm("", 4_250_000, "LTB2656011/TB-CCT", date(2026, 11, 23), "7111.1054371")
        here.send(back, processing.add_tax_notice(back, card.dossier.id, form))
        seen = here.card(desk, card.dossier.id).dossier
        told = ledger_words.explain(seen, desk.calendar, desk.clock.now())
        assert [(line.days, line.hours, line.length, line.why, line.open) for line in told.lines[-3:]] == [
            ("T6 20/11", "từ 10:12", "không tính", "Đang dừng: chờ nghĩa vụ tài chính", True),
            ("T6 20/11", "từ 10:12", "", "chờ thông báo của cơ quan thuế", False),
            ("T2 23/11", "từ 11:12", "", "chờ công dân đóng", True),
        ]
