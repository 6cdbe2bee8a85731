"""Từ chối and Tiếp nhận khi chưa đóng, when money is owing, under way or paid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import CaseKind, State
from tests.ui.desk_fixture import office
from tests.ui.dialog_story import story
from ui.dossier.reception_dialogs import ReceiveUnpaidDialog, RefuseDialog
from ui.widgets.banner import Banner


def test_while_someone_pays_the_first_press_waits_and_the_second_refuses(qtbot, here) -> None:
    desk = here.desk()
    card = here.paying(desk, here.notified(desk, here.file("Trần Văn Bình")))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RefuseDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.reason)
        tale.type("Sai tham quyen")
        tale.send()
        assert tale.told == []
        assert dialog.problem.text().startswith("Công dân đang mở trang thanh toán VNPAY (từ 10:12). ")
        assert dialog.primary.text() == "Chờ"
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.primary)
        tale.send()
        tale.gone(dialog)
        assert tale.told == []
        tale.settled()
        again = tale.open(lambda window, tasks: RefuseDialog(window, desk, tasks, card))
        assert again.reason.text() == "Sai tham quyen"
        tale.send()
        tale.tab_to(again.problem.action_button())
        tale.key(Qt.Key.Key_Space)
        tale.settled()
        tale.gone(again)
    here.send(desk, tale.told[0])
    assert here.card(desk, card.dossier.id).dossier.state is State.REFUSED


def test_refusing_what_was_paid_says_that_money_goes_back(qtbot, here) -> None:
    desk = here.desk()
    card = here.ticked(desk, here.notified(desk, here.file()))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RefuseDialog(window, desk, tasks, card))
        said = [banner.text() for banner in dialog.findChildren(Banner) if banner.isVisible()]
        assert said == [
            "Công dân đã đóng 75.000 đ. Từ chối thì mở việc hoàn tiền; khi duyệt, lãnh đạo ghi việc đã thực hiện hay "
            "chưa."
        ]
        dialog.reason.setPlainText("Không thuộc thẩm quyền")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert [(c.kind, c.amount) for c in after.cases] == [(CaseKind.REFUND, 75_000)]


def test_received_unpaid_with_the_reason(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh"))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ReceiveUnpaidDialog(window, desk, tasks, card))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.reason)
        tale.send()
        assert (tale.told, dialog._row.error()) == ([], "Chưa ghi lý do.")
        tale.type("Nguoi gia yeu")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert (after.state, [n.state for n in after.notices]) == (State.RECEIVED, ["sent"])


def test_offline_the_officer_with_the_right_still_receives(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        desk = small.desk()
        card = small.notified(desk, small.file())
        small.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: ReceiveUnpaidDialog(window, desk, tasks, card))
            dialog.reason.setPlainText("Công dân hẹn nộp chiều nay")
            tale.send()
            tale.gone(dialog)
        shown = small.card(desk, card.dossier.id)
        assert (shown.pending, shown.dossier.state) == (("receive",), State.RECEIVED)
