"""A second notice while one is open: which is meant, the same line twice, its last day; with a line and without."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import LineKind, NoticeState
from app.services import fee_notices, inbox
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import office
from tests.ui.dialog_story import Story, story
from ui.notice.dialog import NoticeDialog


def choose(tale: Story, dialog: NoticeDialog, key: str) -> None:
    """Choose by keyboard: nothing is chosen beforehand, arrows and Space choose."""
    choice = dialog.fields.choice
    assert choice.key() == ""
    choice.first().setFocus()
    tale.key(Qt.Key.Key_Space)
    while choice.key() != key:
        tale.key(Qt.Key.Key_Right)


def test_the_same_kind_and_name_twice_needs_a_reason(qtbot, here) -> None:
    desk = here.desk()
    dossier = here.card(desk, here.file()).dossier
    line = fee_notices.line(desk, dossier, LineKind.PHI, "Phí cấp bản sao trích lục", 8_000)
    here.send(desk, fee_notices.notify(desk, dossier.id, NoticeForm("Nộp phí bản sao", (line,))))
    card = here.card(desk, dossier.id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(0)
        choose(tale, dialog, "add")
        assert dialog.fields._reason_row._why.text() == "“Phí cấp bản sao trích lục” đang chờ ở thông báo khác."
        tale.send()
        assert dialog.fields._reason_row.error() == "Chưa ghi lý do."
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.fields.reason)
        tale.type("Xin thêm một bản")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    assert [n.state for n in here.card(desk, dossier.id).dossier.notices] == [NoticeState.SENT, NoticeState.SENT]


def test_replacing_it_asks_why_but_not_for_the_line_that_goes(qtbot, here) -> None:
    desk = here.desk()
    dossier = here.card(desk, here.file()).dossier
    line = fee_notices.line(desk, dossier, LineKind.PHI, "Phí cấp bản sao trích lục", 16_000)
    here.send(desk, fee_notices.notify(desk, dossier.id, NoticeForm("Nộp phí bản sao", (line,))))
    card = here.card(desk, dossier.id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(0)
        choose(tale, dialog, "replace")
        assert dialog.fields._reason_row._why.text() == "Công dân đọc được vì sao thông báo cũ bị thay."
        dialog.reject()
        tale.settled()


def test_the_day_it_is_due_is_ahead(qtbot, here) -> None:
    desk = here.desk()
    card = here.card(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        dialog.fields.lines.rows[1].amount.set_amount(15_000)
        tale.tab_to(dialog.fields.pay_by)
        tale.type("19/11/2026")
        tale.send()
        assert dialog.fields._pay_by_row.error() == "Hạn nộp đã qua. Chọn từ hôm nay trở đi."
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.fields.pay_by)
        dialog.fields.pay_by.clear()
        tale.type("20/11/2026")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    pay_by = here.card(desk, card.dossier.id).dossier.notices[-1].pay_by
    assert pay_by is not None
    assert f"{pay_by:%d/%m/%Y}" == "20/11/2026"


def test_what_has_not_left_this_machine_counts_too(qtbot, tmp_path) -> None:
    with office(tmp_path) as here:
        desk = here.desk()
        dossier_id = here.card(desk, here.file()).dossier.id
        here.go_offline()
        dossier = inbox.card(desk, dossier_id).dossier
        line = fee_notices.line(desk, dossier, LineKind.LE_PHI, "Lệ phí hộ tịch", 75_000)
        fee_notices.notify(desk, dossier_id, NoticeForm("Nộp lệ phí", (line,)))
        card = inbox.card(desk, dossier_id)
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
            dialog.fields.lines.rows[1].amount.set_amount(15_000)
            tale.send()
            assert dialog.fields._choice_row.error() == "Chọn thay thông báo cũ hay thêm khoản."
            choose(tale, dialog, "replace")
            dialog.fields.reason.setFocus()
            tale.type("Nhập nhầm số tiền")
            tale.send()
            tale.gone(dialog)
        after = inbox.card(desk, dossier_id)
        assert after.pending == ("notify", "notify")
        assert [n.state for n in after.dossier.notices] == [NoticeState.SUPERSEDED, NoticeState.SENT]
