"""Nhắc, Mẫu gọi, In và giao tay, Sửa số: by keyboard, against a real portal, and without one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.dossier import Evidence
from app.domain.words import DeliveryChannel, DeliveryState, PaymentChannel
from app.services import inbox, payments, privacy
from tests.ui.desk_fixture import Office, office
from tests.ui.dialog_story import story
from tests.ui.notice_scenes import DEAD, told
from ui.notice.contact_dialog import ContactDialog
from ui.notice.reach_dialogs import CallDialog, HandOverDialog
from ui.notice.remind_dialog import RemindDialog


def states(here: Office, dossier_id: str) -> dict[str, str]:
    notice = here.card(here.desk(), dossier_id).dossier.notices[-1]
    return {delivery.channel.value: delivery.state.value for delivery in notice.deliveries}


def test_a_reminder_asks_for_the_rest_and_shows_what_will_be_read(qtbot, here) -> None:
    desk = here.desk()
    card = told(here)
    notice = card.dossier.notices[-1]
    proof = Evidence(info="Công dân đưa tiền mặt tại quầy")
    here.send(desk, payments.tick_paid(desk, notice.id, amount=60_000, method=PaymentChannel.COUNTER_CASH,
                                       evidence=proof))  # fmt: skip
    card = here.card(desk, card.dossier.id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RemindDialog(window, desk, tasks, card, notice.id))
        assert dialog.primary.text() == "Nhắc nộp 15.000 đ"
        assert "còn phải nộp 15.000 đồng" in dialog.citizen.text.toPlainText()
        assert "Đã nộp: 60.000 đồng." in dialog.citizen.text.toPlainText()
        tale.send()
        tale.gone(dialog)
    assert [acted.type for acted in tale.told] == ["remind"]
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier.notices[-1]
    assert (after.reminders, after.reminded_at is not None) == (1, True)
    again = here.card(desk, card.dossier.id)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RemindDialog(window, desk, tasks, again, notice.id))
        shown = [label.text() for label in dialog.findChildren(type(dialog._title)) if "lần cuối" in label.text()]
        assert shown == ["1 lần, lần cuối 10:12 hôm nay"]
        dialog.reject()
        tale.settled()


def test_a_dead_number_is_refused_in_words_with_the_ways_out(qtbot, here) -> None:
    desk = here.desk()
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RemindDialog(window, desk, tasks, card, notice))
        assert dialog.problem.text() == (
            "Không còn kênh nào tới được công dân. Sửa số điện thoại hoặc thư điện tử, gọi, hoặc giao tay."
        )
        assert not dialog.primary.isVisible()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.correct)
        asked: list[tuple[str, str]] = []
        dialog.deed_asked.connect(lambda command, subject: asked.append((command, subject)))
        tale.tab_to(dialog.call)
        tale.key(Qt.Key.Key_Space)
        tale.gone(dialog)
    assert asked == [("call", notice)]
    assert tale.told == []


def test_a_call_by_the_script_is_written_down_and_each_look_at_the_number_is_logged(qtbot, here) -> None:
    desk = here.desk()
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: CallDialog(window, desk, tasks, card, notice))
        words = dialog.script.findChildren(type(dialog._title))[-1].text()
        assert words.startswith("Chào ông/bà. Tôi là Nguyễn Thị Ấm, ")
        assert "Tôi xin gặp Trần Văn Bình." in words
        assert f"Hồ sơ {card.dossier.code}" in words
        assert "còn phải nộp 75.000 đồng (Bảy mươi lăm nghìn đồng)" in words
        tale.send()
        assert dialog._row.error() == "Ghi ai nghe máy và hẹn gì."
        dialog.findChildren(type(dialog.close_button))[1].click()
        tale.settled()
        qtbot.waitUntil(lambda: "02583822222" in [label.text() for label in dialog.findChildren(type(dialog._title))])
        dialog.note.setFocus()
        tale.type("Vợ nghe máy, chiều nay ra nộp")
        tale.send()
        tale.gone(dialog)
    assert [look.field for look in privacy.looks(desk, card.dossier.id)] == ["phone"]
    here.send(desk, tale.told[0])
    made = here.card(desk, card.dossier.id).dossier.notices[-1].deliveries[-1]
    assert (made.channel, made.state) == (DeliveryChannel.CALL, DeliveryState.DELIVERED)
    assert made.code == "Vợ nghe máy, chiều nay ra nộp"


def test_a_paper_is_printed_handed_over_and_written_down(qtbot, here) -> None:
    desk = here.desk()
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: HandOverDialog(window, desk, tasks, card, notice))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.print_button)
        tale.key(Qt.Key.Key_Space)
        tale.settled()
        viewer = dialog.viewer
        assert viewer is not None
        qtbot.waitUntil(lambda: viewer.view.pages == 1)
        viewer.reject()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.print_button.setFocus()
        dialog.receiver.setText("")
        tale.send()
        assert dialog._row.error() == "Chưa ghi tên người nhận giấy báo."
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.receiver)
        tale.type("Trần Thị Lan")
        tale.tab_to(dialog.note)
        tale.type("con gái nhận")
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    made = here.card(desk, card.dossier.id).dossier.notices[-1].deliveries[-1]
    assert (made.channel.value, made.code) == ("handed", "Trần Thị Lan. con gái nhận")


def test_a_corrected_number_is_sent_to_at_once(qtbot, here) -> None:
    desk = here.desk()
    card = told(here, "Trần Văn Bình", **DEAD)
    assert states(here, card.dossier.id) == {"account": "no_address", "email": "failed", "sms": "failed"}
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: ContactDialog(window, desk, tasks, card, "sms"))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.phone)
        assert dialog._phone_row._why.text() == "đang ghi 0258 •••• 222 · số không đúng"
        tale.send()
        assert dialog._phone_row.error() == "Chưa nhập số điện thoại hoặc thư điện tử."
        tale.type("0258 382")
        tale.send()
        assert dialog._phone_row.error().startswith("Số điện thoại không đúng.")
        dialog.phone.clear()
        tale.type("0905123214")
        tale.tab_to(dialog.email)
        tale.type("binh@")
        tale.send()
        assert dialog._email_row.error() == "Địa chỉ thư điện tử không đúng. Nhập dạng ten@noi.vn."
        dialog.email.clear()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    qtbot.waitUntil(lambda: states(here, card.dossier.id)["sms"] == "delivered", timeout=10_000)
    assert states(here, card.dossier.id)["email"] == "failed"
    assert here.card(desk, card.dossier.id).dossier.submitter.phone == "0905123214"


def test_without_a_line_a_reminder_a_call_and_a_new_number_are_kept(qtbot, tmp_path_factory) -> None:
    with office(tmp_path_factory.mktemp("offline")) as here:
        desk = here.desk()
        lost, well = told(here, "Trần Văn Bình", **DEAD), told(here)
        here.go_offline()
        desk.engine.ask.freshest("nothing", deadline_s=0.5)
        with story(qtbot) as tale:
            notice = well.dossier.notices[-1].id
            dialog = tale.open(lambda window, tasks: RemindDialog(window, desk, tasks, well, notice))
            tale.send()
            tale.gone(dialog)
            notice = lost.dossier.notices[-1].id
            call = tale.open(lambda window, tasks: CallDialog(window, desk, tasks, lost, notice))
            tale.type("Ông Bình nghe máy, mai nộp")
            tale.send()
            tale.gone(call)
            contact = tale.open(lambda window, tasks: ContactDialog(window, desk, tasks, lost))
            tale.type("0905123214")
            tale.send()
            tale.gone(contact)
        assert [acted.type for acted in tale.told] == ["remind", "reach", "correct_contact"]
        assert inbox.card(desk, well.dossier.id).pending == ("remind",)
        seen = inbox.card(desk, lost.dossier.id)
        assert seen.pending == ("reach", "correct_contact")
        assert [d.state.value for d in seen.dossier.notices[-1].deliveries] == [
            "no_address", "failed", "queued", "delivered",
        ]  # fmt: skip
        assert seen.dossier.submitter.phone == "0905123214"
