"""Papers checked, a dossier stopped, a result signed and handed over, a paper printed again: each by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.forms import Form
from app.domain.words import CheckVerdict, Signature
from app.services import attachments, forms, handling, printing, privacy, processing
from tests.ui.desk_fixture import Office
from tests.ui.dialog_story import story
from tests.ui.work_scenes import asked_for, in_hand
from ui import papers
from ui.dossier.act_dialogs import CompleteDialog, ReturnDialog
from ui.dossier.check_dialog import CheckDialog
from ui.dossier.supplement_dialogs import RequestSupplementDialog
from ui.dossier.work_dialogs import StopDialog

Key = Qt.Key


def with_files(here: Office):
    """A building permit whose first two papers have a file each, brought as a supplement; as thuly1 has it."""
    card, front = asked_for(here), here.desk()
    slip = here.notified(front, here.file())
    pdf = printing.fee_notice_pdf(front, slip.dossier.id, slip.dossier.notices[-1].id)
    other = printing.fee_notice_pdf(front, (again := here.notified(front, here.file())).dossier.id,
                                    again.dossier.notices[-1].id)  # fmt: skip
    files = (attachments.take(front, pdf, "Đơn.pdf"), attachments.take(front, other, "Thửa đất.pdf"))
    first, second, *_ = card.dossier.components
    brought = [replace(first, files=files[:1]), replace(second, files=files[1:])]
    here.send(front, handling.bring_supplement(front, card.dossier.id, brought))
    return here.card(front, card.dossier.id)


def test_papers_are_checked_with_arrows_and_what_was_never_opened_is_written_down(qtbot, here) -> None:
    card, desk = with_files(here), here.desk()
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CheckDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: len(dialog.opened) == 1, timeout=10_000)
        assert dialog.rows[0].note.text() == "1 tệp · đã xem"
        assert dialog.rows[1].note.text() == "1 tệp · chưa mở xem"
        qtbot.waitUntil(lambda: dialog.rows[0].isAncestorOf(QApplication.focusWidget()))
        tale.key(Key.Key_Space)
        dialog.rows[2].take_focus()
        tale.key(Key.Key_Right)
        if dialog.rows[2].verdict.key() != CheckVerdict.FAILED:
            dialog.rows[2].verdict.choose("failed")
        tale.send()
        assert tale.told == []
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.rows[2].reason)
        tale.type("Thiếu mặt cắt")
        dialog.all_passed.click()
        assert dialog.told.text() == "1 giấy tờ đạt mà chưa mở xem: sẽ ghi rõ."
        tale.turned()
        tale.send()
        tale.gone(dialog)
    assert [acted.type for acted in tale.told] == ["check_components"], "one row of the outbox for the whole list"
    here.send(desk, tale.told[0])
    found = [c.check for c in here.card(desk, card.dossier.id).dossier.components]
    assert [(c.verdict, c.reason, c.unopened) for c in found[:3] if c] == [
        ("passed", "", False), ("passed", "", True), ("failed", "Thiếu mặt cắt", False),
    ]  # fmt: skip
    assert len(privacy.opened_files(desk, card.dossier.id)) == 1


def test_a_stop_says_for_a_while_or_for_good_before_it_is_done(qtbot, here) -> None:
    card, desk = in_hand(here), here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: StopDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.pauses)
        tale.send()
        assert dialog._how.error() == "Chưa chọn tạm dừng hay chấm dứt."
        assert dialog._row.error() == "Chưa ghi lý do."
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.pauses)
        tale.turned()
        tale.key(Key.Key_Space)
        assert dialog.pauses.isChecked()
        tale.key(Key.Key_Down)
        assert dialog.ends.isChecked()
        tale.tab_to(dialog.reason)
        tale.type("Đất đã bị thu hồi")
        qtbot.waitUntil(lambda: "Đất đã bị thu hồi" in dialog.citizen.text.toPlainText())
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    stop = here.card(here.desk(), card.dossier.id).dossier.stop
    assert (stop.reason, stop.ends) == ("Đất đã bị thu hồi", True)


def test_which_papers_and_why_are_asked_for_and_what_failed_stands_there_already(qtbot, here) -> None:
    card, desk = in_hand(here), here.desk("thuly1")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RequestSupplementDialog(window, desk, tasks, card))
        tale.send()
        assert dialog._papers_row.error() == "Ghi ít nhất một giấy tờ cần bổ sung."
        assert dialog._reason_row.error() == "Chưa ghi lý do."
        dialog.supply_by.setText("19/11/2026")
        tale.send()
        assert dialog._by_row.error() == "Hạn bổ sung đã qua. Chọn một ngày từ hôm nay trở đi."
        dialog.supply_by.setText("27/11/2026")
        dialog.own.setPlainText("Giấy ủy quyền\n\nẢnh hiện trạng")
        dialog.reason.setPlainText("Thiếu giấy ủy quyền")
        qtbot.waitUntil(lambda: "- Ảnh hiện trạng" in dialog.citizen.text.toPlainText(), timeout=5_000)
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    asked = here.card(desk, card.dossier.id).dossier.supplements[-1]
    assert (asked.papers, asked.supply_by.isoformat()) == (("Giấy ủy quyền", "Ảnh hiện trạng"), "2026-11-27")


def test_a_signed_result_names_its_signer_and_the_return_says_how(qtbot, here) -> None:
    card, back, front = in_hand(here), here.desk("thuly1"), here.desk()
    pdf = forms.form_paper(back, card.dossier.id, Form.CONTROL).pdf
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CompleteDialog(window, back, tasks, card))
        dialog.signature.setCurrentIndex(1)
        tale.send()
        assert dialog._signer_row.error() == (
            "Kết quả đã ký cần tên người ký. Ghi tên người ký, hoặc chọn chưa kiểm tra chữ ký."
        )
        dialog.signed_by.setText("Phạm Văn Đức")
        dialog.reject()
        tale.settled()
    file = attachments.take(back, pdf, "Giấy phép.pdf")
    signed = processing.Result(Signature.SIGNED, "Phạm Văn Đức")
    here.send(back, processing.complete(back, card.dossier.id, [file], "", signed))
    done = here.card(front, card.dossier.id)
    with story(qtbot) as tale:
        box = tale.open(lambda window, tasks: ReturnDialog(window, front, tasks, done))
        box.identity.setCurrentIndex(1)
        tale.send()
        tale.gone(box)
    here.send(front, tale.told[0])
    after = here.card(front, card.dossier.id).dossier
    assert (after.result.signature, after.result.signed_by) == ("signed", "Phạm Văn Đức")
    assert (after.collected.identity, after.collected.signed) == ("Thẻ căn cước", True)


def test_a_paper_saved_once_is_a_reprint_the_next_time(qtbot, here, tmp_path: Path) -> None:
    card, desk = asked_for(here), here.desk()
    paper = papers.make(desk, "print", card.dossier, "")
    assert (paper.key, paper.reprint, paper.name.startswith("Phieu bo sung")) == ("supplement", 0, True)
    with story(qtbot) as tale:
        viewer = tale.open(lambda window, tasks: papers.viewer(window, desk, tasks, paper))
        assert not viewer.banner.isVisible()
        viewer.save_to(tmp_path / "mau-02.pdf")
        tale.settled()
        viewer.reject()
        tale.settled()
    again = papers.make(desk, "print", card.dossier, "")
    assert again.reprint == 1
    with story(qtbot) as tale:
        viewer = tale.open(lambda window, tasks: papers.viewer(window, desk, tasks, again))
        assert viewer.banner.text() == "Phiếu này đã in 1 lần; bản này ghi “bản in lại”."
        viewer.reject()
        tale.settled()
