"""Dừng tính, từ chối, chuyển, hoàn thành, trả kết quả; and why an appointment is when it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.clock import VN
from app.domain.dossier import Pause
from app.domain.words import NoticeState, PauseKind, State, SubState
from app.services import attachments, processing, reception
from tests.ui.desk_fixture import BIRTH, BUILDING, LAND, NOW, Office
from tests.ui.dialog_story import story
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import DOSSIERS
from ui.dossier import ledger_words
from ui.dossier.act_dialogs import CompleteDialog, ForwardDialog, ReturnDialog
from ui.dossier.ledger_popover import LedgerPopover
from ui.dossier.paper_viewer import PaperViewer
from ui.dossier.reception_dialogs import RefuseDialog
from ui.dossier.suspend_dialog import SuspendDialog


def test_case_2_is_suspended_by_keyboard_with_two_sums_in_one(qtbot, here) -> None:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: SuspendDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.tax.number)
        assert dialog.banner.text().startswith("Chưa có thông báo của cơ quan thuế: ")
        tale.type("LTB2656001-TK0048812/TB-CCT")
        tale.key(Qt.Key.Key_Tab)
        tale.type("19/11/2026")
        tale.tab_to(dialog.tax.registration)
        tale.type("1750000")
        tale.key(Qt.Key.Key_Tab)
        tale.type("2500000")
        tale.key(Qt.Key.Key_Tab)
        tale.type("7111.1054371")
        assert dialog.tax.total.text() == "4.250.000 đ"
        assert "Bốn triệu hai trăm năm mươi nghìn đồng" in dialog.tax.words.text()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(here.desk(), card.dossier.id).dossier
    assert (after.state, after.sub_state) == (State.AWAITING_OBLIGATION, SubState.DESK_TO_NOTIFY)
    assert after.suspension is not None
    assert (after.suspension.nvtc_amount, after.suspension.tax_notice_date) == (4_250_000, date(2026, 11, 19))
    assert after.suspension.treasury_account == "7111.1054371"


def test_a_sum_without_the_tax_notice_is_asked_for(qtbot, here) -> None:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: SuspendDialog(window, desk, tasks, card))
        dialog.tax.registration.set_amount(1_750_000)
        tale.send()
        assert "số và ngày thông báo" in dialog.tax.row.error()
        dialog.reason.setCurrentIndex(dialog.reason.count() - 1)
        assert dialog.own_reason.isVisible()
        tale.send()
        assert dialog._reason_row.error() == "Chưa ghi lý do."
        dialog.reject()
        tale.settled()
    assert tale.told == []


def test_the_forecast_is_the_real_engines_and_follows_the_assumed_day(qtbot, here) -> None:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: SuspendDialog(window, desk, tasks, card))
        assert dialog._stated.text() == "16:12 T4 09/12"
        assert dialog._new.text() == "16:00 T3 15/12"
        dialog.assumed.set_value(date(2026, 11, 30))
        qtbot.waitUntil(lambda: dialog._new.text() == "16:00 T4 16/12")
        tale.tab_to(dialog.leaves)
        tale.key(Qt.Key.Key_Right)
        assert dialog.citizen.text.isVisible()
        assert "Lý do: Chờ công dân thực hiện nghĩa vụ tài chính" in dialog.citizen.text.toPlainText()
        dialog.reason.setCurrentIndex(dialog.reason.findData("other"))
        dialog.own_reason.setText("Chờ xác minh thửa đất")
        qtbot.waitUntil(lambda: "Lý do: Chờ xác minh thửa đất" in dialog.citizen.text.toPlainText())
        dialog.reject()
        tale.settled()


def test_refusing_needs_a_reason_and_keeps_it_for_later(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RefuseDialog(window, desk, tasks, card))
        tale.send()
        assert dialog._row.error() == "Chưa ghi lý do."
        tale.type("Không thuộc thẩm quyền")
        tale.key(Qt.Key.Key_Escape)
        tale.settled()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: RefuseDialog(window, desk, tasks, card))
        assert again.reason.text() == "Không thuộc thẩm quyền"
        tale.send()
        tale.gone(again)
    here.send(desk, tale.told[0])
    assert here.card(desk, card.dossier.id).dossier.end_reason == "Không thuộc thẩm quyền"


def test_forwarding_begins_with_the_next_steps_unit_and_its_officer(qtbot, here) -> None:
    desk = here.desk()
    dossier_id = here.file()
    here.card(desk, dossier_id)
    here.send(desk, reception.receive(desk, dossier_id))
    card = here.card(desk, dossier_id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ForwardDialog(window, desk, tasks, card))
        assert dialog.primary.text() == "Chuyển: Thẩm định hồ sơ"
        assert (dialog.unit.key(), dialog.officer.key()) == ("H32.8.01", "thuly2")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    holder = here.card(desk, dossier_id).dossier.assigned_to
    assert holder is not None
    assert holder.username == "thuly2"


def test_completing_takes_the_result_file(qtbot, here, tmp_path) -> None:
    card = here.in_processing(here.file("Lê Quang Dũng", BUILDING))
    desk = here.desk("thuly1")
    result = tmp_path / "giay phep.pdf"
    result.write_bytes(b"%PDF-1.4 permit")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CompleteDialog(window, desk, tasks, card))
        dialog.files.zone.take_path(result)
        tale.settled()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(here.desk(), card.dossier.id).dossier
    assert after.state is State.COMPLETED
    assert [file.name for file in after.result_files] == ["giay phep.pdf"]


def completed_owing(here: Office):
    dossier_id = here.file("Phạm Quốc Khánh", BUILDING)
    here.in_processing(dossier_id)
    back, front = here.desk("thuly1"), here.desk()
    here.send(back, processing.complete(back, dossier_id))
    return here.notified(front, dossier_id)


def test_returning_with_money_owing_names_it_and_asks_why(qtbot, here) -> None:
    card = completed_owing(here)
    desk = here.desk()
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReturnDialog(window, desk, tasks, card))
        assert not dialog.primary.isEnabled()
        dialog.all_the_same.click()
        tale.send()
        assert dialog._reason_row.error().startswith("Hồ sơ còn nợ 75.000 đồng.")
        dialog.reason.setText("Công dân hẹn nộp thứ Hai")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.state, after.returned_to) == (State.RETURNED, "Phạm Quốc Khánh")


def test_f8_goes_from_returning_to_the_payment(qtbot, here) -> None:
    card = completed_owing(here)
    desk = here.desk()
    asked: list[tuple[str, str]] = []
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReturnDialog(window, desk, tasks, card))
        dialog.deed_asked.connect(lambda command, notice: asked.append((command, notice)))
        tale.key(Qt.Key.Key_F8)
        tale.settled()
        tale.gone(dialog)
    assert asked == [("tick_paid", card.dossier.notices[-1].id)]


def test_the_ledger_counts_and_skips_with_words(here) -> None:
    card = here.in_processing(here.file("Đinh Công Thành", "1.001612"))
    told = ledger_words.explain(card.dossier, here.desk().calendar, NOW)
    assert told.title == "Vì sao hẹn 10:12 thứ Năm 26/11/2026?"
    assert told.about == "Nhận 10:12 T6 20/11 · 3 ngày làm việc = 24 giờ · giờ làm 07:00–11:30, 13:30–17:00"
    assert [(line.counted, line.days, line.hours, line.length, line.why) for line in told.lines] == [
        (True, "T6 20/11", "10:12 – 11:30", "1 giờ 18 phút", "Buổi sáng; tính từ 10:12"),
        (True, "T6 20/11", "13:30 – 17:00", "3 giờ 30 phút", "Buổi chiều"),
        (False, "T7 21 – CN 22/11", "", "không tính", "Nghỉ cuối tuần"),
        (True, "T2 23/11", "07:00 – 17:00", "8 giờ", "Cả ngày, trừ nghỉ trưa"),
        (False, "T3 24/11", "", "không tính", "Ngày Văn hóa Việt Nam"),
        (True, "T4 25/11", "07:00 – 17:00", "8 giờ", "Cả ngày, trừ nghỉ trưa"),
        (True, "T5 26/11", "07:00 – 10:12", "3 giờ 12 phút", "Đủ 24 giờ làm việc"),
    ]
    assert told.total == "Cộng 24 giờ: 10:12 T5 26/11"


def test_an_open_pause_is_shown_as_such(here) -> None:
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    later = NOW + timedelta(days=3)
    told = ledger_words.explain(card.dossier, here.desk().calendar, later)
    assert told.lines[-1].open
    assert told.lines[-1].why == "Đang dừng: chờ nghĩa vụ tài chính"
    assert told.left.startswith("còn lại 12 ngày 4 giờ, giữ nguyên")


def test_a_supplement_that_is_awaited_has_restarted_nothing_yet(here) -> None:
    card = here.in_processing(here.file("Y Thiên Niê", "1.001612"))
    pause = Pause(PauseKind.SUPPLEMENT, NOW + timedelta(hours=1), 1_380)
    asked = replace(card.dossier, state=State.AWAITING_SUPPLEMENT, pauses=(pause,))
    told = ledger_words.explain(asked, here.desk().calendar, NOW + timedelta(days=5))
    assert [(line.days, line.hours, line.open) for line in told.lines] == [
        ("T6 20/11", "10:12 – 11:12", False),
        ("T6 20/11", "từ 11:12", True),
    ]
    assert told.lines[-1].why == "Đang dừng: chờ bổ sung giấy tờ"
    ended = replace(asked, pauses=(replace(pause, ended_at=NOW + timedelta(days=5)),), state=State.PROCESSING)
    again = ledger_words.explain(ended, here.desk().calendar, NOW + timedelta(days=6))
    assert again.lines[0].why == "Bổ sung giấy tờ, tính lại từ đầu"


def test_in_state_1_the_acceptance_clock_is_explained(qtbot, here) -> None:
    desk = here.desk()
    new = here.card(desk, here.file())
    told = ledger_words.explain(new.dossier, desk.calendar, NOW)
    assert told.title == "Vì sao tiếp nhận trước 10:12 thứ Hai 23/11/2026?"
    waiting = here.notified(desk, new.dossier.id)
    stands = ledger_words.explain(waiting.dossier, desk.calendar, datetime(2026, 11, 21, 9, 0, tzinfo=VN))
    assert stands.title == "Thời hạn tiếp nhận đang đứng"
    taken_back = replace(DOSSIERS["1g"].notices[0], id="n0", state=NoticeState.CANCELLED, sent_at=at("19/11 09:30"))
    twice = replace(DOSSIERS["1g"], notices=(taken_back, *DOSSIERS["1g"].notices))
    assert ledger_words.explain(twice, CALENDAR, NOW).about == ledger_words.explain(DOSSIERS["1g"], CALENDAR, NOW).about
    assert stands.total == "Đóng xong, tính lại 8 giờ làm việc từ đầu"


def test_the_popover_closes_with_its_own_key_and_offers_the_suspension(qtbot, here) -> None:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: LedgerPopover(window, desk, tasks, card))
        with qtbot.waitSignal(dialog.deed_asked):
            dialog._ask_suspend()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: LedgerPopover(window, desk, tasks, card))
        tale.key(Qt.Key.Key_F4)
        tale.gone(again)


def test_a_paper_that_cannot_be_drawn_gets_a_calm_sentence(qtbot, here) -> None:
    desk = here.desk()
    file = attachments.take(desk, b"%PDF-1.4 broken", "giay.pdf")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: PaperViewer(window, desk, tasks, file))
        assert not dialog.view.trouble.isHidden()
        assert dialog.view.trouble._words.text().endswith(".")
        tale.key(Qt.Key.Key_Escape)
        tale.gone(dialog)


def test_the_procedures_of_the_stories_are_the_ones_meant(here) -> None:
    desk = here.desk()
    assert here.card(desk, here.file(procedure=BIRTH)).dossier.procedure.limit_amount == 1
