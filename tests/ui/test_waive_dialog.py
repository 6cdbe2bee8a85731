"""Miễn / không phải nộp: a notice, one of its lines, or before any notice; grounds, proof, what the citizen reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import FeeStatus, LineKind, State
from app.services import fee_notices
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import LAND, office
from tests.ui.dialog_story import story
from ui.payment.waive_dialog import WaiveDialog


def awake(dialog: WaiveDialog) -> list[str]:
    return [key for key, button in dialog.grounds.items() if button.isEnabled()]


def test_a_notice_is_waived_by_keyboard_and_the_citizen_text_is_shown(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh"))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: WaiveDialog(window, desk, tasks, card))
        assert dialog.primary.text() == "Miễn 75.000 đ"
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.grounds["nguoi-co-cong"])
        tale.send()
        assert (tale.told, dialog._grounds_row.error()) == ([], "Chưa chọn căn cứ miễn.")
        tale.key(Qt.Key.Key_Space)
        tale.key(Qt.Key.Key_Right)
        assert dialog.ground() == "ho-ngheo"
        qtbot.waitUntil(lambda: "được miễn 75.000 đồng" in dialog.citizen.text.toPlainText())
        tale.tab_to(dialog.proof.number)
        tale.type("HN 2026/114")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    (waiver,) = after.waivers
    assert (after.fee_status, waiver.amount, waiver.ground) == (FeeStatus.WAIVED, 75_000, "ho-ngheo")
    assert waiver.evidence is not None
    assert waiver.evidence.document_no == "HN 2026/114"


def test_one_line_of_a_notice_is_waived_and_the_other_stays(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    asked = ((LineKind.PHI, "Phí bản sao", 8_000), (LineKind.LE_PHI, "Lệ phí hộ tịch", 57_500))
    lines = tuple(fee_notices.line(desk, card.dossier, *line) for line in asked)
    here.send(desk, fee_notices.notify(desk, card.dossier.id, NoticeForm("Nộp phí", lines)))
    card = here.card(desk, card.dossier.id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: WaiveDialog(window, desk, tasks, card))
        words = [dialog.what.itemText(at) for at in range(dialog.what.count())]
        assert words == ["65.500 đ · cả thông báo “Nộp phí”", "8.000 đ · Phí bản sao", "57.500 đ · Lệ phí hộ tịch"]
        dialog.what.setCurrentIndex(2)
        assert dialog.primary.text() == "Miễn 57.500 đ"
        dialog.grounds["khuyet-tat"].setChecked(True)
        dialog.note.setText("Con của người khuyết tật nặng")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.fee_status, [(w.line, w.amount, w.note) for w in after.waivers]) == (
        FeeStatus.DUE, [(1, 57_500, "Con của người khuyết tật nặng")],
    )  # fmt: skip


def test_only_the_head_writes_another_ground(qtbot, here) -> None:
    desk, head = here.desk(), here.desk("lanhdao1")
    dossier_id = here.file("Trần Văn Bình")
    mine, hers = here.card(desk, dossier_id), here.card(head, dossier_id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: WaiveDialog(window, desk, tasks, mine))
        other = dialog.grounds["other"]
        assert not other.isEnabled()
        assert other.toolTip().endswith("Người làm được: bộ phận một cửa đã nhận hồ sơ, lãnh đạo đơn vị.")
        dialog.reject()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: WaiveDialog(window, head, tasks, hers))
        again.grounds["other"].setChecked(True)
        tale.send()
        assert (tale.told, again._other_row.error()) == ([], "Chưa chọn căn cứ miễn.")
        again.other.setText("Quyết định 12/QĐ-UBND")
        tale.send()
        tale.gone(again)
    here.send(head, tale.told[0])
    after = here.card(head, dossier_id).dossier
    assert (after.fee_status, after.waivers[0].ground) == (FeeStatus.WAIVED, "Quyết định 12/QĐ-UBND")


def test_an_obligation_has_the_grounds_of_the_tax_office_and_lets_the_dossier_go_on(qtbot, here) -> None:
    desk = here.desk()
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: WaiveDialog(window, desk, tasks, card))
        assert awake(dialog) == ["thue-0-dong", "ghi-no"]
        dialog.grounds["ghi-no"].setChecked(True)
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.state, after.fee_status) == (State.PROCESSING, FeeStatus.WAIVED)


def test_offline_the_waiver_waits_on_this_machine(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        desk = small.desk()
        card = small.notified(desk, small.file())
        small.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: WaiveDialog(window, desk, tasks, card))
            dialog.grounds["dung-han"].setChecked(True)
            tale.send()
            tale.gone(dialog)
        shown = small.card(desk, card.dossier.id)
        assert (shown.pending, shown.dossier.fee_status) == (("waive",), FeeStatus.WAIVED)
