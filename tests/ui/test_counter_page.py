"""The counter page in a real window: what it fills, warns of, refuses in words, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import catalogues
from app.domain.forms import Form
from app.domain.people import FileRef, Mailing, Person
from app.domain.words import Role, State
from app.services import counter as counter_service
from app.services import forms, inbox
from tests.ui.counter_scenes import received
from tests.ui.desk_fixture import BIRTH, Office, office
from tests.ui.window_fixture import dialog as dialog_of
from tests.ui.window_fixture import press, settle, until, window_of
from tests.unit.moments import CALENDAR, at
from tests.unit.printed_papers import text_of
from tests.unit.sample_dossiers import DOSSIERS
from ui import theme
from ui.counter.page import CounterPage
from ui.dossier import ledger_words
from ui.dossier.act_dialogs import ReturnDialog
from ui.frame import SideBar
from ui.widgets.banner import Banner
from ui.window import Window

CARD = "056190004417||Nguyễn Thị Cẩm Tú|14071990|Nữ|Tổ 6, phường Nha Trang, Khánh Hòa|15042021"
NEWER = "056190004417|225512345|Nguyễn Thị Cẩm Tú|14071990|Nữ|Tổ 6, Nha Trang|15042021|Nguyễn Văn Ba|Trần Thị Tư|"


@pytest.fixture
def here(qapp: QApplication, tmp_path: Path) -> Iterator[Office]:
    theme.install(qapp, catalogues.resource_path())
    with office(tmp_path) as made:
        yield made


@pytest.fixture
def window(here: Office) -> Iterator[Window]:
    with window_of(here) as shown:
        yield shown


def counter(window: Window, procedure: str = "") -> Any:
    window.run("counter")
    settle(window)
    page: Any = window.pages.currentWidget()
    if procedure:
        page.form.procedure.choose(counter_service.procedure(procedure))
        until(lambda: page.side.due.text(), "the appointment")
        settle(window)
    return page


def received_now(window: Window, page: Any) -> None:
    page.slip.setChecked(False)
    page.confirm_stay()
    until(lambda: page.told.isVisible(), "received")
    settle(window)


def newest(here: Office, name: str) -> Any:
    desk = here.desk()
    rows = inbox.rows(desk, inbox.keys(desk, None))
    found = [row.id for row in rows if row is not None and row.applicant == name]
    return inbox.card(desk, found[0]).dossier


def test_the_way_to_the_counter_stands_above_the_queues_for_who_receives_there(window: Window) -> None:
    assert (window.side.counter.isVisible(), window.side.counter.key()) == (True, "F2")
    QTest.mouseClick(window.side.counter, Qt.MouseButton.LeftButton)
    settle(window)
    assert isinstance(window.pages.currentWidget(), CounterPage)
    processor = replace(window.desk.officer, roles=frozenset({Role.PROCESSOR}))
    assert SideBar(processor).counter.isHidden()


@pytest.mark.parametrize(("card", "address"), [(CARD, "Tổ 6, phường Nha Trang, Khánh Hòa"), (NEWER, "Tổ 6, Nha Trang")])
def test_a_card_scanned_anywhere_opens_the_counter_with_the_person(window: Window, card: str, address: str) -> None:
    assert window.on_desk()
    window.scanned(card)
    settle(window)
    form = window.pages.currentWidget().form  # type: ignore[union-attr]
    assert (form.applicant.name.text(), form.applicant.number.text()) == ("Nguyễn Thị Cẩm Tú", "056190004417")
    assert (form.applicant.address.text(), form.applicant.birth.text()) == (address, "14/07/1990")
    assert form.card_note.text() == "Đã đọc thẻ căn cước của chủ hồ sơ: Nguyễn Thị Cẩm Tú."


NO_CARD = "Mã vừa quét không phải mã QR của thẻ căn cước. Quét lại, hoặc nhập tay."
READ_BADLY = (
    (CARD[:40], NO_CARD),
    (CARD.replace("14071990", "31021990"), "Mã trên thẻ có ngày không đọc được. Nhập tay thông tin trên thẻ."),
    ("GD4797932|4e677579|01/01/1990|1|x|y|z", NO_CARD),
    (
        CARD.replace("|Nữ|", "|Nam|"),
        "Số định danh không khớp giới tính trên thẻ. Kiểm tra lại; vẫn ghi được.",
    ),
)


@pytest.mark.parametrize(("card", "sentence"), READ_BADLY)
def test_a_card_that_cannot_be_read_or_disagrees_is_said(window: Window, card: str, sentence: str) -> None:
    window.scanned(card)
    settle(window)
    assert window.pages.currentWidget().form.card_note.text() == sentence  # type: ignore[union-attr]


LEFT = (
    ("number", "123456789", "Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Nhập số định danh 12 chữ số."),
    ("number", "12345", "Số định danh cần đúng 12 chữ số."),
    ("number", "056 190 004 417", ""),
    ("phone", "12345", "Số điện thoại không đúng. Nhập số di động 10 chữ số hoặc số máy bàn có mã vùng."),
    ("birth", "140790", "Ngày sinh phải từ năm 1900 đến hôm nay. Ghi đủ bốn chữ số của năm."),
    ("birth", "31/12/1899", "Ngày sinh phải từ năm 1900 đến hôm nay. Ghi đủ bốn chữ số của năm."),
    ("birth", "31/02/1990", "Ngày không đọc được. Nhập ngày/tháng/năm."),
    ("birth", "14071990", ""),
    ("email", "mai@", "Địa chỉ thư điện tử không đúng. Nhập dạng ten@noi.vn."),
)


@pytest.mark.parametrize(("field", "typed", "sentence"), LEFT)
def test_a_field_says_what_is_wrong_when_it_is_left(window: Window, field: str, typed: str, sentence: str) -> None:
    box = counter(window).form.applicant
    getattr(box, field).setText(typed)
    getattr(box, field).editingFinished.emit()
    assert getattr(box, f"{field}_row").error() == sentence


def test_a_birth_date_that_the_number_speaks_against_is_warned_of_and_kept(window: Window, here: Office) -> None:
    page = counter(window, BIRTH)
    window.scanned(CARD.replace("14071990", "14071991"))
    box = page.form.applicant
    warning = "Số định danh không khớp năm sinh. Kiểm tra lại; vẫn ghi được."
    assert (box.birth_row.error(), bool(box.birth.property("invalid"))) == (warning, False)
    box.number.setText("056 191 004 417")
    box.number.editingFinished.emit()
    assert box.birth_row.error() == ""
    box.birth.setText("14/07/1992")
    box.birth.editingFinished.emit()
    page.form.also_online.setChecked(True)
    page.anew.click()
    settle(window)
    assert (box.birth.text(), page.form.also_online.isChecked()) == ("", False)
    page.anew.click()
    settle(window)
    assert (box.birth.text(), box.birth_row.error(), page.form.also_online.isChecked()) == ("14/07/1992", warning, True)
    received_now(window, page)
    dossier = newest(here, "Nguyễn Thị Cẩm Tú")
    assert (dossier.applicant.birth_date, dossier.result_also_online) == (date(1992, 7, 14), True)
    slip = text_of(forms.form_paper(here.desk(), dossier.id, Form.RECEPTION).pdf)
    assert "thêm bản điện tử trên Cổng" in " ".join(slip.split())


def test_nobody_inherits_what_the_last_card_said_of_who_handed_in(window: Window, here: Office) -> None:
    page = counter(window, "1.001612")
    page.form.applicant.kind.choose("organisation")
    window.scanned(CARD)
    assert page.form.submitter.person().address == "Tổ 6, phường Nha Trang, Khánh Hòa"
    page.anew.click()
    settle(window)
    assert page.form.submitter.person() == Person("")


@pytest.mark.parametrize("written", ["0905 118 264", "+84 905118264", "84905118264", "0905.118.264", "(0905) 118-264"])
def test_a_telephone_is_read_in_every_writing(window: Window, written: str) -> None:
    phone = counter(window).form.applicant.phone
    phone.setText(written)
    phone.editingFinished.emit()
    assert phone.text() == "0905118264"


def test_ctrl_tab_walks_through_every_part_of_an_empty_page(window: Window) -> None:
    page = counter(window)
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        seen.append(QApplication.focusWidget())
    assert seen == [page.side.slip, page.foot.refuse, page.form.applicant.number, page.form.procedure]


def test_nothing_is_received_while_something_is_missing(window: Window) -> None:
    page = counter(window)
    page.confirm()
    assert page.form.procedure_row.error() == "Chọn thủ tục: gõ mã hoặc tên, rồi Enter."
    assert page.form.applicant.name_row.error() == "Chưa nhập tên."
    assert page.problem.text() == "Còn thiếu hoặc chưa đúng: xem ô được đánh dấu."
    page = counter(window, BIRTH)
    page.form.applicant.name.setText("Nguyễn Thị Cẩm Tú")
    page.form.result.choose("post")
    page.form.papers.rows[0].counts[0].setText("0")
    page.form.sets.setText("0")
    page.confirm()
    assert page.form.papers._error.text() == (
        "“Tờ khai/Mẫu hộ tịch điện tử tương tác (1 chính)” được đánh dấu nhưng không có bản nào, cũng chưa có tệp."
        " Ghi số bản hoặc bỏ dấu."
    )
    assert page.form.applicant.address_row.error() == "Ghi địa chỉ để gửi kết quả qua bưu chính."
    assert page.form.sets_row.error() == "Số bộ hồ sơ cần từ 1 đến 99."
    page.fee.ways.choose("now")
    page.fee.sums[0][1].setText("15000")
    page.form.papers.rows[0].counts[0].setText("1")
    page.form.applicant.address.setText("12 Tháp Bà")
    page.form.sets.setText("1")
    page.confirm()
    assert page.fee.document_row.error() == (
        "Cần số biên lai, chứng từ; hoặc thông tin (ai báo, lúc nào, nội dung)."
    )
    assert window.desk_page.deeds.dialog() is None


def test_no_number_of_sets_is_too_long_to_be_refused(window: Window) -> None:
    page = counter(window, BIRTH)
    page.form.sets.setText("9" * 5000)
    assert page.form.check() is not None
    assert page.form.sets_row.error()


def test_an_organisation_has_a_tax_code_and_somebody_who_hands_in(window: Window, here: Office) -> None:
    page = counter(window, "1.001612")
    form = page.form
    form.applicant.kind.choose("organisation")
    assert not form.same.isChecked()
    form.applicant.name.setText("Công ty TNHH Biển Xanh")
    form.applicant.number.setText("4200240381")
    page.confirm()
    assert form.applicant.number_row.error() == (
        "Mã số thuế không đúng: cần 10 số (có số kiểm tra), 10 số và -nnn, hoặc 12 số."
    )
    assert form.submitter.name_row.error() == "Chưa nhập tên."
    form.applicant.number.setText("4200240380")
    window.scanned(CARD)
    assert form.submitter.name.text() == "Nguyễn Thị Cẩm Tú"
    received_now(window, page)
    dossier = newest(here, "Công ty TNHH Biển Xanh")
    assert (dossier.applicant.kind, dossier.applicant.identity_no) == ("organisation", "4200240380")
    assert (dossier.submitter.name, dossier.submitter.identity_no) == ("Nguyễn Thị Cẩm Tú", "056190004417")


def test_who_has_a_dossier_already_is_warned_of_never_blocked(window: Window, here: Office) -> None:
    received(here)
    page = counter(window, BIRTH)
    window.scanned(CARD)
    until(page.others.isVisible, "the warning")
    assert page.others.text() == "Người này đang có 1 hồ sơ: H32.8-20261120-0001 – Đăng ký thành lập hộ kinh doanh."
    received_now(window, page)
    desk = here.desk()
    codes = {row.receipt_code for row in inbox.rows(desk, inbox.keys(desk, None)) if row is not None}
    assert codes == {"H32.8-20261120-0001", "H32.8-20261120-0002"}


def test_no_fee_is_owed_on_a_ground_with_its_proof(window: Window, here: Office) -> None:
    page = counter(window, BIRTH)
    window.scanned(CARD)
    page.fee.ways.choose("exempt")
    page.confirm()
    assert page.fee.proof_row.error() == "Ghi giấy tờ chứng minh (từ 10 ký tự), hoặc kèm tệp."
    page.fee.ground.setCurrentIndex(page.fee.ground.findData("ho-ngheo"))
    page.fee.proof.setText("Giấy chứng nhận hộ nghèo số 12/2026")
    assert page.primary.text() == "Tiếp nhận, ghi miễn và in"
    received_now(window, page)
    dossier = newest(here, "Nguyễn Thị Cẩm Tú")
    assert [(w.ground, w.evidence.info) for w in dossier.waivers if w.evidence] == [
        ("ho-ngheo", "Giấy chứng nhận hộ nghèo số 12/2026")
    ]
    assert (int(dossier.state), str(dossier.fee_status)) == (2, "waived")


def test_when_no_numbers_are_left_it_is_said_before_and_everywhere_after(window: Window, here: Office) -> None:
    here.go_offline()
    for nth in range(21):
        page = counter(window, BIRTH)
        if nth == 17:
            assert page.side.note.text() == (
                "Dự kiến, nếu tiếp nhận lúc này (10:12). Còn 3 số cấp sẵn cho hôm nay."
            )
        if nth == 20:
            assert page.side.note.text() == (
                "Dự kiến, nếu tiếp nhận lúc này (10:12). Đã hết số cấp sẵn: hồ sơ sẽ chờ cấp số."
            )
        page.form.applicant.name.setText(f"Người thứ {nth}")
        received_now(window, page)
    window.open_dossier(newest(here, "Người thứ 20").id)
    until(lambda: window.desk_page.preview.view() is not None, "the dossier")
    until(lambda: window.desk_page.preview.view().name == "Người thứ 20", "that dossier")  # type: ignore[union-attr]
    assert window.desk_page.preview.view().code == "chờ cấp số"  # type: ignore[union-attr]
    window.run("outbox")
    settle(window)
    page = window.pages.currentWidget()
    rows = {view.name: (view.title, view.code) for view in page._views.values()}
    assert rows["Người thứ 20"] == ("Tiếp nhận tại quầy", "chờ cấp số")
    assert rows["Người thứ 19"] == ("Tiếp nhận tại quầy", "H32.8-20261120-0020")


def test_a_result_posted_to_another_door_keeps_that_address_to_the_end(window: Window, here: Office) -> None:
    page = counter(window, "1.013225")
    assert page.side.note.text() == "Dự kiến, nếu tiếp nhận lúc này (10:12). 24/11 nghỉ."
    window.scanned(CARD)
    box = page.form.mailing
    assert not box.isVisible()
    page.form.result.choose("post")
    box.own.setChecked(False)
    page.form.applicant.address.setText("")
    page.confirm()
    assert [row.error() for row in (box.name_row, box.phone_row, box.address_row, page.form.applicant.address_row)] == [
        "Chưa nhập tên.",
        "Số điện thoại không đúng. Nhập số di động 10 chữ số hoặc số máy bàn có mã vùng.",
        "Ghi tên người nhận và địa chỉ để gửi kết quả qua bưu chính.",
        "",
    ]
    for field, text in ((box.name, "Lê Văn Ba"), (box.phone, "0258 3822 222"), (box.address, "45 Lý Tự Trọng, Huế")):
        field.setText(text)
    page.anew.click()
    settle(window)
    assert (box.isVisible(), box.name.text()) == (False, "")
    page.anew.click()
    settle(window)
    assert (box.isVisible(), box.own.isChecked(), box.name.text()) == (True, False, "Lê Văn Ba")
    received_now(window, page)
    dossier = newest(here, "Nguyễn Thị Cẩm Tú")
    kept = Mailing("Lê Văn Ba", "02583822222", "45 Lý Tự Trọng, Huế")
    assert (dossier.mail_to, dossier.applicant.address) == (kept, "")
    assert counter_service.form_of(dossier).mail_to == kept
    slip = text_of(forms.form_paper(here.desk(), dossier.id, Form.RECEPTION).pdf)
    assert "tới: Lê Văn Ba, điện thoại 02583822222, 45 Lý Tự Trọng, Huế" in " ".join(slip.split())
    window.open_dossier(dossier.id)
    until(lambda: window.desk_page.preview.view() is not None, "the dossier")
    settle(window)
    view: Any = window.desk_page.preview.view()
    facts = {fact.name: (fact.value, fact.full) for fact in view.facts}
    assert facts["Gửi tới"] == ("Lê Văn Ba, 45 Lý Tự Trọng, Huế", "")
    assert facts["Điện thoại nhận"][1] == "02583822222"
    assert "3822" not in facts["Điện thoại nhận"][0]
    done = replace(here.card(here.desk(), dossier.id), dossier=replace(dossier, state=State.COMPLETED))
    dialog: Any = ReturnDialog(window, here.desk(), window.tasks, done)
    assert dialog.receiver.text() == "Lê Văn Ba"
    said = [banner.text() for banner in dialog.findChildren(Banner)]
    assert "Gửi bưu chính tới: Lê Văn Ba, 02583822222, 45 Lý Tự Trọng, Huế" in said
    dialog.reject()
    settle(window)


WHEN = (
    ("20/11 10:12", "24/11 nghỉ."),
    ("20/11 17:30", "Tính từ 07:00 thứ Hai 23/11. 24/11 nghỉ."),
    ("24/11 09:00", "Tính từ 07:00 thứ Tư 25/11. 24/11 nghỉ."),
    ("30/11 09:00", ""),
)


@pytest.mark.parametrize(("moment", "words"), WHEN)
def test_a_receipt_outside_hours_or_on_a_holiday_says_from_when_it_counts(moment: str, words: str) -> None:
    dossier = replace(DOSSIERS["2"], received_at=at(moment))
    assert ledger_words.briefly(dossier, CALENDAR, at(moment)) == words


def test_a_procedure_without_a_sound_limit_promises_nothing(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = catalogues.procedures()[BIRTH]
    broken = {BIRTH: replace(known, limit=replace(known.limit, amount=0.0))}
    monkeypatch.setattr(catalogues, "procedures", lambda: broken)
    page = counter(window)
    page.form.procedure.choose(broken[BIRTH])
    until(page.told.isVisible, "why there is no date")
    assert page.told.text() == (
        "Thời hạn giải quyết phải lớn hơn 0. Thủ tục trả kết quả trong ngày dùng đơn vị “trong ngày”."
    )
    assert (page.side.due.text(), page.side.why.isVisible()) == ("", False)


def test_what_was_thrown_away_comes_back_with_the_same_button(window: Window) -> None:
    page = counter(window, BIRTH)
    page.form.applicant.name.setText("Nguyễn Thị Cẩm Tú")
    page.form.papers._kept[0] = (FileRef("0" * 64, "to khai.pdf", 1_000, "application/pdf"),)
    page.anew.click()
    settle(window)
    assert (page.form.is_blank(), page.anew.text()) == (True, "Lấy lại nháp")
    page.anew.click()
    settle(window)
    assert page.form.applicant.name.text() == "Nguyễn Thị Cẩm Tú"
    assert [file.name for file in page.form.papers.components()[0].files] == ["to khai.pdf"]


def test_a_mistake_found_after_printing_is_corrected_and_printed_again(window: Window, here: Office) -> None:
    dossier_id = received(here)
    window.open_dossier(dossier_id)
    until(lambda: window.desk_page.preview.view() is not None, "the dossier")
    settle(window)
    window.desk_page.do("form_reception")
    slip: Any = dialog_of(window)
    settle(window)
    slip.done_printing.emit()
    slip.reject()
    settle(window)
    window.desk_page.do("correct_reception")
    form: Any = dialog_of(window)
    until(lambda: form.form.procedure.procedure() is not None, "the form")
    assert form.form.applicant.name.text() == "Nguyễn Thị Cẩm Tú"
    assert (form.form.applicant.birth.text(), form.form.also_online.isChecked()) == ("14/07/1990", True)
    assert [row.brought.isChecked() for row in form.form.papers.rows] == [True, False, False]
    press(Qt.Key.Key_F3)
    assert form.focusWidget() is form.form.papers.files.zone
    form.confirm()
    assert form.reason_row.error() == "Chưa ghi lý do."
    form.reason.setText("Sai chữ lót trong tên")
    form.form.applicant.name.setText("Nguyễn Thị Cẩm Thu")
    form.confirm()
    until(lambda: window.desk_page.deeds.dialog() not in (None, form), "the reprint")
    again: Any = dialog_of(window)
    assert again.banner.text() == "Phiếu này đã in 1 lần; bản này ghi “bản in lại”."
    again.reject()
    settle(window)
    dossier = inbox.card(here.desk(), dossier_id).dossier
    assert (dossier.applicant.name, dossier.receipt_code) == ("Nguyễn Thị Cẩm Thu", "H32.8-20261120-0001")
    assert (dossier.applicant.birth_date, dossier.result_also_online) == (date(1990, 7, 14), True)
