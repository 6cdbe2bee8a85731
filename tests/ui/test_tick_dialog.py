"""Đã thanh toán phí, lệ phí: what the portal says first, what evidence is asked, and what is written."""

from __future__ import annotations

import requests
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import FeeStatus, PaymentChannel
from tests.ui.desk_fixture import LAND, office
from tests.ui.dialog_story import story
from ui.payment.tick_dialog import TickDialog


def test_cash_is_written_down_by_keyboard(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh"))
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        assert dialog.banner.text() == "Đã hỏi Cổng lúc 10:12: chưa có khoản đóng trực tuyến nào."
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.sure)
        tale.key(Qt.Key.Key_Space)
        tale.send()
        assert tale.told == []
        assert dialog.proof.number_row.error().startswith("Cần một trong ba")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.proof.number)
        tale.type("BL 0001235")
        assert dialog.primary.text() == "Ghi đã đóng 75.000 đ"
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    after = here.card(desk, card.dossier.id).dossier
    assert after.fee_status is FeeStatus.PAID
    payment = after.payments[0]
    assert (payment.amount, payment.channel, payment.payer) == (75_000, PaymentChannel.COUNTER_CASH, "Phạm Quốc Khánh")
    assert payment.evidence is not None
    assert payment.evidence.document_no == "BL 0001235"


def test_information_of_ten_characters_is_evidence_and_nine_are_not(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        dialog.sure.setChecked(True)
        dialog.proof.info.setText("chị Lan bá")
        dialog.proof.info.setText("chị Lan b")
        tale.send()
        assert dialog.proof.number_row.error()
        dialog.proof.info.setText("chị Lan báo lúc 10 giờ")
        tale.send()
        tale.gone(dialog)
    assert len(tale.told) == 1


def test_unticked_nothing_is_written(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        dialog.proof.number.setText("BL 1")
        tale.send()
        assert "Đánh dấu ô" in dialog.problem.text()
        dialog.reject()
        tale.settled()
    assert tale.told == []


def test_a_part_is_named_as_a_part(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        dialog.amount.set_amount(60_000)
        assert dialog._amount_row._why.text() == "còn thiếu 15.000 đ"
        assert dialog.primary.text() == "Ghi đã đóng 60.000 đ"
        dialog.amount.set_amount(80_000)
        assert dialog._amount_row._why.text() == "thừa 5.000 đ, sẽ mở việc hoàn tiền"
        dialog.reject()
        tale.settled()


def test_while_the_citizen_pays_online_the_default_is_to_wait(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    notice = card.dossier.notices[-1].id
    opened = requests.post(here.url + "/citizen/payments", json={"notice_id": notice, "gateway": "vnpay"}, timeout=10)
    assert opened.status_code == 201, opened.text
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card, notice))
        assert dialog.banner.text().startswith("Công dân đang mở trang thanh toán VNPAY (từ 10:12). ")
        assert dialog.primary.text() == "Chờ"
        assert dialog.form.isHidden()
        dialog.banner.action_button().click()
        assert dialog.form.isVisible()
        assert dialog.primary.text() == "Ghi đã đóng 75.000 đ"
        dialog.reject()
        tale.settled()
        tale.gone(dialog)
        again = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card, notice))
        tale.send()
        tale.gone(again)
    assert tale.told == []


def test_paid_meanwhile_there_is_nothing_to_collect(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    notice = card.dossier.notices[-1].id
    from app.sandbox.simulator import verbs

    assert verbs.pay(here.url, notice=notice)["notice_state"] == "paid"
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card, notice))
        assert dialog.banner.text() == "Công dân đã đóng trực tuyến lúc 10:12. Không cần thu nữa."
        assert not dialog.primary.isVisible()
        tale.key(Qt.Key.Key_Escape)
        tale.gone(dialog)


def test_the_treasury_is_offered_for_a_financial_obligation_only(qtbot, here) -> None:
    desk = here.desk()
    plain = here.notified(desk, here.file())
    suspended = here.suspended(here.file("Lê Thị Ơn", LAND))
    from app.services import fee_notices
    from app.services.fee_notices import NoticeForm

    line = fee_notices.line(desk, suspended.dossier, fee_notices.LineKind.NVTC, "NVTC", 4_250_000)
    here.send(desk, fee_notices.notify(desk, suspended.dossier.id, NoticeForm("Nộp NVTC", (line,))))
    card = here.card(desk, suspended.dossier.id)
    with story(qtbot) as tale:
        for wanted, there in ((plain, False), (card, True)):
            dialog = tale.open(lambda window, tasks, which=wanted: TickDialog(window, desk, tasks, which))
            assert ("treasury" in dialog.money.methods()._keys.values()) is there
            dialog.reject()
            tale.settled()


def test_a_picture_of_the_document_is_evidence(qtbot, here, tmp_path) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file())
    scan = tmp_path / "bien lai.pdf"
    scan.write_bytes(b"%PDF-1.4 one page")
    wrong = tmp_path / "bien lai.png"
    wrong.write_bytes(b"MZ no picture")
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        dialog.sure.setChecked(True)
        dialog.proof.files.zone.take_path(wrong)
        tale.settled()
        assert "không đúng với đuôi tệp" in dialog.proof.files_row.error()
        dialog.proof.files.zone.take_path(scan)
        tale.settled()
        assert dialog.proof.files_row.error() == ""
        assert dialog.proof.files.zone.isHidden()
        tale.send()
        tale.gone(dialog)
    here.send(desk, tale.told[0])
    evidence = here.card(desk, card.dossier.id).dossier.payments[0].evidence
    assert evidence is not None
    assert evidence.file is not None
    assert evidence.file.name == "bien lai.pdf"


def test_offline_it_is_kept_on_this_machine_and_says_so(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        desk = small.desk()
        card = small.notified(desk, small.file())
        small.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
            assert dialog.banner.text().startswith("Đang ngoại tuyến từ 10:12 – chưa hỏi được Cổng. Vẫn ghi được")
            assert "Đã đóng – chưa gửi" in dialog._note.text()
            dialog.sure.setChecked(True)
            dialog.proof.number.setText("BL 7")
            tale.send()
            tale.gone(dialog)
        assert small.card(desk, card.dossier.id).pending == ("tick_paid",)
