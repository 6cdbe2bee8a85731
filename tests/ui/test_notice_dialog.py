"""Thông báo công dân: case 1, case 2 and a second notice, by keyboard, against a real portal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import LineKind
from app.services import inbox
from app.services.drafts import load
from app.services.fee_notices import Proposal
from tests.ui.desk_fixture import BIRTH, LAND
from tests.ui.dialog_story import Story, story
from ui.dossier.pdf_viewer import PdfViewer
from ui.notice.cancel_dialog import CancelNoticeDialog
from ui.notice.dialog import NoticeDialog
from ui.notice.lines import differs, table_words


def previewed(tale: Story, dialog: NoticeDialog, words: str) -> None:
    tale.qtbot.waitUntil(lambda: words in dialog.citizen.text.toPlainText())
    tale.settled()


def test_case_1_is_told_by_keyboard_from_an_empty_sum_to_the_outbox(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        phi, le_phi = dialog.fields.lines.rows
        qtbot.waitUntil(lambda: QApplication.focusWidget() is le_phi.amount)
        assert dialog.fields.title.text() == f"Nộp phí, lệ phí hồ sơ {card.dossier.code}"
        assert (phi.amount.text(), le_phi.amount.text()) == ("8.000", "")
        tale.send()
        assert tale.told == []
        assert "Chưa nhập số tiền" in le_phi._error.text()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is le_phi.amount)
        tale.type("57500")
        assert dialog.primary.text() == "Thông báo 65.500 đ"
        assert dialog.fields.lines._total._words.text() == "Sáu mươi lăm nghìn năm trăm đồng"
        previewed(tale, dialog, "65.500 đồng")
        assert [code.account for code in dialog.citizen._found.qr] == ["5810002207", "47002050916"]
        tale.send()
        tale.gone(dialog)
    assert [acted.type for acted in tale.told] == ["notify"]
    here.send(desk, tale.told[0])
    notice = here.card(desk, card.dossier.id).dossier.notices[-1]
    assert [(line.kind, line.amount) for line in notice.lines] == [(LineKind.PHI, 8_000), (LineKind.LE_PHI, 57_500)]
    assert notice.total == 65_500


def test_another_sum_with_its_name_is_added_and_taken_out_again(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(0)
        tale.tab_to(dialog.fields.lines.add)
        tale.key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.fields.lines.rows[-1].name)
        tale.type("Chuyển phát kết quả")
        tale.send()
        assert dialog.fields.lines.rows[2]._error.text() == "Chưa nhập số tiền cho khoản này."
        dialog.fields.lines.rows[2].amount.set_amount(26_500)
        assert dialog.fields.written().total == 34_500
        dialog.fields.lines._remove(dialog.fields.lines.rows[2])
        assert dialog.fields.written().total == 8_000
        dialog.reject()
        tale.settled()


def test_the_tax_offices_sum_is_locked_and_gets_no_code(qtbot, here) -> None:
    desk = here.desk()
    card = here.suspended(here.file("Trương Thị Cẩm Vân", LAND))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        row = dialog.fields.lines.rows[0]
        assert (row.kind, row.amount.amount(), row.amount.isReadOnly()) == (LineKind.NVTC, 4_250_000, True)
        previewed(tale, dialog, "4.250.000")
        assert dialog.citizen._codes.isHidden()
        assert "7111.1054371" in dialog.citizen.note.text()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    assert here.card(desk, card.dossier.id).dossier.notices[-1].total == 4_250_000


def test_with_a_notice_open_nothing_is_chosen_and_replacing_needs_a_reason(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    old = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(15_000)
        assert dialog.fields.choice.key() == ""
        tale.send()
        assert dialog.fields._choice_row.error() == "Chọn thay thông báo cũ hay thêm khoản."
        dialog.fields.choice.choose("replace")
        tale.send()
        assert dialog.fields._reason_row.error() == "Chưa ghi lý do."
        dialog.fields.reason.setText("Nhập nhầm số tiền")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    states = {n.id: n.state.value for n in here.card(desk, card.dossier.id).dossier.notices}
    assert states.pop(old) == "superseded"
    assert list(states.values()) == ["sent"]


def test_a_sum_that_is_not_the_tables_asks_why(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file(procedure="1.011441"))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        assert not dialog.fields._reason_row.isVisible()
        dialog.fields.lines.rows[0].amount.set_amount(50_000)
        assert dialog.fields._reason_row.isVisible()
        assert dialog.fields._reason_row._why.text() == (
            "Biểu phí ghi 80.000 đ, bạn nhập 50.000 đ. Ghi lý do để gửi."
        )
        dialog.reject()
        tale.settled()


def test_what_was_typed_is_there_again_after_later(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        tale.type("15000")
        tale.key(Qt.Key.Key_Escape)
        tale.settled()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        assert again.fields.lines.rows[1].amount.amount() == 15_000
        assert again._kept.isVisible()
        tale.send()
        tale.gone(again)
    assert load(desk, card.dossier.id, "notify") is None


def test_a_refusal_stands_in_the_dialog_in_words(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file(procedure="1.000894"))
    assert [failed.code for failed in inbox.why_not(desk, card.dossier, "notify")] == ["not-online"]
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        tale.send()
        assert dialog.problem.isVisible()
        assert "chưa cho nộp tiền trực tuyến" in dialog.problem.text()
        assert dialog.primary.isEnabled()
        dialog.reject()
        tale.settled()
    assert tale.told == []


def test_the_slip_can_be_printed_before_sending(qtbot, here, tmp_path) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(15_000)
        dialog.print_button.click()
        tale.settled()
        viewer = dialog.viewer
        assert viewer is not None
        qtbot.waitUntil(lambda: viewer.view.pages == 1)
        assert viewer.width() == 1060
        target = tmp_path / "giay bao.pdf"
        viewer.save_to(target)
        tale.settled()
        assert viewer.banner.text() == "Đã lưu giay bao.pdf."
        viewer.save_to(tmp_path)
        tale.settled()
        assert viewer.banner.text().startswith("Không ghi được tệp")
        viewer.reject()
        dialog.reject()
        tale.settled()
    assert target.read_bytes().startswith(b"%PDF-")


def test_without_a_printer_a_sentence_says_what_to_do(qtbot) -> None:
    with story(qtbot) as tale:
        viewer = tale.open(lambda window, tasks: PdfViewer(window, tasks, b"%PDF-", "a", has_printer=lambda: False))
        viewer.print_out()
        assert viewer.banner.text() == "Máy này chưa có máy in. Lưu thành tệp rồi in ở máy khác."
        tale.settled()
        assert not viewer.body_scrolls(), "the page gives the sentence its room"
        viewer.reject()
        tale.settled()


def test_replacing_a_notice_can_be_asked_for_from_outside(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    old = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card, replaces=old))
        assert dialog.fields.written().replaces == old
        assert dialog.fields._reason_row.isVisible()
        dialog.reject()
        tale.settled()


def test_a_missing_address_is_said_before_sending(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file(email=""))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        assert "Thư điện tử, , Chưa có địa chỉ thư" in dialog.fields.channels.accessibleName()
        dialog.reject()
        tale.settled()


def test_a_notice_is_cancelled_with_a_reason(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    notice = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CancelNoticeDialog(window, desk, tasks, card, notice))
        assert dialog.primary.text() == "Hủy thông báo 75.000 đ"
        tale.send()
        assert tale.told == []
        tale.type("Nhập nhầm hồ sơ")
        qtbot.waitUntil(lambda: "Nhập nhầm hồ sơ" in dialog.citizen.text.toPlainText())
        tale.settled()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    assert here.card(desk, card.dossier.id).dossier.notices[-1].state.value == "cancelled"


@pytest.mark.parametrize(
    ("table", "per", "amount", "asks"),
    [
        (8_000, "bản", 24_000, False),
        (8_000, "bản", 20_000, True),
        (8_000, "bản", None, False),
        (80_000, "hồ sơ", 80_000, False),
        (80_000, "hồ sơ", 160_000, True),
        (80_000, "hồ sơ", None, True),
        (0, "hồ sơ", 15_000, True),
        (None, "hồ sơ", 15_000, False),
    ],
)
def test_a_reason_is_wanted_only_for_what_the_table_does_not_say(table, per, amount, asks) -> None:
    assert differs(Proposal(LineKind.PHI, "Phí", table, None, per), amount) is asks


def test_copies_are_counted_in_words() -> None:
    fee = Proposal(LineKind.PHI, "Phí cấp bản sao", 8_000, None, "bản")
    assert table_words(fee, 24_000) == "Phí cấp bản sao · 3 bản × 8.000 đ"
    assert table_words(fee, 8_000) == "Phí cấp bản sao · 8.000 đ/bản"


def test_the_procedure_of_the_stories_is_the_one_meant(here) -> None:
    desk = here.desk()
    assert here.card(desk, here.file()).dossier.procedure.code == BIRTH
