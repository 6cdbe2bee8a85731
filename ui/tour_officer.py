"""One officer of the tour: a real program with its window, driven as the officer would, waiting as a person would.

Stands apart so that the cases read as deeds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize

from app.domain.dossier import Dossier
from app.services import inbox
from app.services.desk import Desk
from ui.dossier.pdf_viewer import PdfViewer
from ui.notice.dialog import NoticeDialog
from ui.pin_dialog import PinDialog
from ui.program import Doors, Program
from ui.tour_stage import elsewhere, until
from ui.widgets.dialog_frame import DialogFrame
from ui.window import Window

SIZE = QSize(1366, 698)


class TourOfficer:
    """``who`` names the officer in titles, ``username`` at the portal."""

    def __init__(self, who: str, doors: Doors) -> None:
        self.who = who
        self._ended = False
        self.program = Program(doors, SIZE)
        self.program.ended.connect(self._end)

    def _end(self) -> None:
        self._ended = True

    # -- coming and going --------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Start the program and come to the sign-in page."""
        page = self.program.page
        self.program.start()
        until(lambda: page.button.isEnabled() and page.portal.count(), "trang đăng nhập")

    def sign_in(self) -> None:
        """Press the blue button; the robot plays the browser."""
        self.program.page.button.click()
        until(lambda: self.program.window is not None, "đăng nhập", 60.0)
        self.window.curtain.stay()
        self._put_off_pin()
        self.settle()

    def _put_off_pin(self) -> None:
        """Later: the pictures show the desk, not the question that comes with the first sign-in."""
        until(lambda: self.window.findChild(PinDialog) is not None, "câu hỏi mã PIN")
        self.window.findChild(PinDialog).reject()

    def leave(self) -> None:
        """Close the window; what was not sent goes first."""
        window = self.program.window
        if window is None:
            self.program.gate.close()
        else:
            window.closing.begin()
        until(lambda: self._ended, "đóng chương trình")

    @property
    def window(self) -> Window:
        """The window of the signed-in officer."""
        assert self.program.window is not None
        return self.program.window

    @property
    def desk(self) -> Desk:
        """The desk behind the window."""
        return self.window.desk

    # -- looking -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until nothing is under way and the pane shows what is wanted."""
        window = self.window
        until(lambda: window.tasks.open_count() == 0 and window.desk_page.shown.settled(), "màn hình đọc xong")

    def front(self) -> None:
        """Bring the window to the front, its times read again."""
        self.window.raise_()
        self.window.activateWindow()
        self.window.desk_page.list.toast.hide()
        self.window.news.tick()
        self.settle()

    def show(self, dossier_id: str, tab: int = 0) -> None:
        """Open a dossier once it has arrived, on a tab."""
        self.until_here(dossier_id)
        self.window.open_dossier(dossier_id)
        self.sees(dossier_id, lambda _dossier: True, "mở hồ sơ")
        self.window.desk_page.preview.set_tab(tab)
        self.settle()

    def until_here(self, dossier_id: str) -> None:
        """Wait until the feed has brought a dossier to this machine."""
        def known() -> bool:
            try:
                inbox.card(self.desk, dossier_id)
            except Exception:  # not here yet
                return False
            return True

        until(lambda: elsewhere(self.window.tasks, known, "đọc hồ sơ"), "hồ sơ về máy")

    def sees(self, dossier_id: str, holds: Callable[[Dossier], bool], what: str) -> Dossier:
        """Wait, without a click, until the pane shows the dossier and it is as ``holds`` says; return it."""
        preview = self.window.desk_page.preview

        def seen() -> bool:
            view = preview.view()
            return view is not None and view.id == dossier_id and holds(view.card.dossier)

        until(seen, what)
        self.settle()
        view = preview.view()
        assert view is not None
        return view.card.dossier

    # -- doing -------------------------------------------------------------------------------------------------------

    def next(self) -> None:
        """Ctrl+Shift+Enter: the expected next action, staying on the dossier."""
        until(self.window.desk_page.may_act, "phím thức")
        self.settle()
        self.window.go_on(stay=True)

    def run(self, command: str) -> None:
        """Do a command by its name, as its key or button does."""
        until(self.window.desk_page.may_act, "phím thức")
        self.settle()
        self.window.run(command)

    def dialog(self, kind: type[Any]) -> Any:
        """Return the dialog of ``kind`` once it stands and has read what it needs."""
        deeds = self.window.desk_page.deeds
        until(lambda: isinstance(deeds.dialog(), kind), f"hộp {kind.__name__}")
        found = deeds.dialog()
        assert isinstance(found, DialogFrame)
        until(found.isVisible, "hộp thoại hiện")
        self.settle()
        return found

    def press(self, dialog: DialogFrame) -> None:
        """Press the blue button; the dialog closes once the deed is saved."""
        deeds = self.window.desk_page.deeds
        dialog.primary.click()
        until(lambda: deeds.dialog() is None, "việc được lưu")
        self.settle()

    def offered_undo(self) -> None:
        """Wait for the bar that offers to undo."""
        until(self.window.desk_page.list.undo_bar.isVisible, "thanh hoàn tác")
        self.settle()

    def send_now(self) -> None:
        """Press *Gửi ngay* on the undo bar instead of letting eight seconds pass."""
        self.offered_undo()
        self.window.desk_page.list.undo_bar.send_button.click()
        self.settle()

    def previewed(self, dialog: NoticeDialog, words: str) -> None:
        """Wait until the notice form shows what the citizen will read."""
        until(lambda: words in dialog.citizen.text.toPlainText(), "phần công dân đọc")
        self.settle()

    def printed(self, path: Path) -> PdfViewer:
        """Open the slip of the open notice and save it; return the viewer, still open."""
        self.run("print_notice")
        viewer: PdfViewer = self.dialog(PdfViewer)
        saved: list[str] = []
        viewer.saved.connect(saved.append)
        viewer.save_to(path)
        until(lambda: saved, "ghi giấy báo")
        self.settle()
        return viewer

    def close_dialog(self, dialog: DialogFrame) -> None:
        """Put a dialog off."""
        dialog.reject()
        until(lambda: self.window.desk_page.deeds.dialog() is None, "hộp thoại đóng")
        self.settle()
