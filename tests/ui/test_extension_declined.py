"""Form 04 that the head does not sign: by keyboard, the proposer reads why, nothing moves, another is proposed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.desk_fixture import no_waiting_here, office
from tests.ui.test_office_pages import by_palette, tab_to
from tests.ui.window_fixture import dialog, press, settle, until, window_of
from tests.ui.work_scenes import proposed
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
ASKED = "Nguyễn Hữu Phước đề nghị hẹn lại 10:12 thứ Hai 14/12: Chờ ý kiến phòng cháy, chữa cháy"
DECLINED = "Phạm Văn Đức không duyệt gia hạn hôm nay 10:12: Ghi ro co quan nao."


def banners(window: Window) -> list[str]:
    view = window.desk_page.preview.view()
    return [banner.text for banner in view.banners] if view is not None else []


def shows(window: Window, dossier: str, words: str) -> None:
    """Open the dossier and wait until its pane says so."""
    window.open_dossier(dossier)
    until(lambda: any(words in text for text in banners(window)), words)
    settle(window)


def asked(window: Window, typed: str) -> Any:
    """Ctrl+K, a few letters, Enter; return the dialog."""
    by_palette(window, typed)
    form: Any = dialog(window)
    until(lambda: QApplication.activeModalWidget() is form and form.isAncestorOf(QApplication.focusWidget()), "keys")
    return form


def confirmed(window: Window) -> None:
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: window.desk_page.deeds.dialog() is None, "the deed is saved")
    window.activateWindow()


def test_the_head_declines_the_proposer_reads_why_and_proposes_again(tmp_path):
    with office(tmp_path) as town:
        card = proposed(town)
        dossier, due_at = card.dossier.id, card.dossier.due_at
        with window_of(town, "lanhdao1", threads=True) as window, no_waiting_here():
            shows(window, dossier, ASKED)
            asked(window, "khong duyet gia han")
            press(Qt.Key.Key_Return, CTRL)
            form = window.desk_page.deeds.dialog()
            assert form._row.error() == "Chưa ghi lý do."
            QTest.keyClicks(form.reason, "Ghi ro co quan nao")
            confirmed(window)
            until(lambda: DECLINED in banners(window), "the head sees it done")
            preview = window.desk_page.preview
            until(lambda: not preview.view().card.pending, "the portal has it")
            assert preview.view().reason("decline_extension") == (
                "Hồ sơ không có đề nghị gia hạn nào đang chờ ký."
            )
        with window_of(town, "thuly1", threads=True) as window, no_waiting_here():
            shows(window, dossier, DECLINED)
            kept = window.desk_page.preview.view().card.dossier
            assert (kept.state, kept.due_at, kept.assigned_to.username) == (4, due_at, "thuly1")
            form = asked(window, "de nghi gia han")
            assert form.reason.text() == "Chờ ý kiến phòng cháy, chữa cháy"
            tab_to(form.reason)
            press(Qt.Key.Key_End, CTRL)
            QTest.keyClicks(form.reason, " cua tinh")
            confirmed(window)
            until(lambda: f"{ASKED} cua tinh." in banners(window), "it lies with the head again")
