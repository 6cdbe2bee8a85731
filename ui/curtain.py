"""When citizens' names and numbers are masked on the screen: by a key, and while nobody touches the desk for a minute.

Stands apart from ``ui.locking``, which closes the window altogether and asks for a PIN: here work goes on, and the same
key or a touch shows everything again. What is masked is decided in ``ui.present.veil``; the lists only read anew. By
the key the dossier beside the list stays in full, it is of who stands here; with nobody at the desk it goes as well.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from ui import keys
from ui.announce import announce
from ui.desk.desk_page import DeskPage
from ui.frame import StatusRow, TitleRow
from ui.locking import Locking
from ui.pages import ONE_CITIZEN
from ui.present import veil
from ui.put_away import PutAway
from ui.widgets.empty_state import EmptyState

IDLE_MS = 60_000
_NEVER_MS = 24 * 60 * 60 * 1000
_ECHO = QLineEdit.EchoMode


class Shows(Protocol):
    """What the curtain finds in the window."""

    pages: QStackedWidget
    desk_page: DeskPage
    title: TitleRow
    status: StatusRow

    def isVisible(self) -> bool: ...
    def place(self) -> str: ...
    def refresh_other(self) -> None: ...


class Curtain(QObject):
    """``away`` says that nobody sits here; ``rest`` is whatever stands over the window."""

    def __init__(self, window: Shows, locking: Locking, rest: PutAway, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._locking, self._rest = window, locking, rest
        self._by_key = self.away = False
        self._behind: QWidget | None = None
        self._cover = EmptyState("eye-slash", _covered())
        window.pages.addWidget(self._cover)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(IDLE_MS)
        self.idle.timeout.connect(self._nobody)
        self.idle.start()
        locking.touches.touched.connect(self._touched)
        locking.begun.connect(self.wake)
        window.status.veil_asked.connect(self.toggle)

    def stay(self) -> None:
        """Take a still desk for an empty one no more: nobody's hands move a tour."""
        self.idle.setInterval(_NEVER_MS)

    def close(self) -> None:
        """Watch no more; the next window begins without a veil."""
        self.idle.stop()
        veil.draw(False)

    def toggle(self) -> None:
        """Ctrl+H: mask names and numbers, or show them again."""
        self._by_key = not self._by_key
        self._draw()

    def wake(self) -> None:
        """Somebody is here again."""
        if not self.away:
            return
        self.away = False
        if self._behind is not None:
            self._window.pages.setCurrentWidget(self._behind)
            self._behind = None
        self._window.desk_page.preview.cover(False)
        self._rest.back()
        self._draw()

    def _touched(self) -> None:
        self.idle.start()
        if self.away:  # the touch itself still meets the covered screen, on which nothing can be done
            QTimer.singleShot(0, self, self.wake)

    def _nobody(self) -> None:
        self.idle.start()
        if self.away or self._locking.locked or not self._window.isVisible():
            return
        self.away = True
        self._rest.away()
        if self._window.place() in ONE_CITIZEN:
            self._behind = self._window.pages.currentWidget()
            self._window.pages.setCurrentWidget(self._cover)
        self._window.desk_page.preview.cover(True)
        self._draw()

    def behind(self) -> QWidget | None:
        """Return the page that stands behind the cover, if one does."""
        return self._behind

    def _draw(self) -> None:
        drawn = self._by_key or self.away
        veil.draw(drawn)
        echo = _ECHO.Password if self.away else _ECHO.PasswordEchoOnEdit if drawn else _ECHO.Normal
        self._window.title.search.setEchoMode(echo)
        said = self._words() if drawn else ""
        self._window.status.show_veil(said)
        announce(self._window.status, said or self.tr("Tên, số của công dân hiện lại."))
        self._window.desk_page.show_anew()
        self._window.refresh_other()

    def _words(self) -> str:
        if self.away:
            return self.tr("Đang che tên · chạm phím hoặc chuột để hiện")
        return self.tr("Đang che tên · {0} để hiện").format(keys.cap("privacy"))


def _covered() -> str:
    return QCoreApplication.translate("Curtain", "Đang che thông tin công dân. Chạm phím hoặc chuột để hiện.")
