"""The order of the start: frame, the day's list, everything else. Each step begins when the one before is painted.

Stands apart because only the order makes the start fast: what a step does not need is not imported before it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui import theme, timers
from ui.opening import Opening
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.views import FirstLook
    from ui.program import Program


SWITCH_S = 0.0005
YOUNG, MIDDLE, OLD = 50_000, 20, 50
SWEEP_MS = 100


def share_the_interpreter(app: QObject) -> None:
    """Let the window answer while the threads behind it work; once, when the modules are loaded.

    A paint gives the interpreter away and takes it back at almost every call of Qt; with the usual 5 ms each time, one
    repaint beside a busy thread takes half a second. A full garbage collection stops every thread for 100 ms: what is
    loaded by now is left out for good, and the oldest generation is walked only after a very long day. What dialogs
    leave behind is found while it is young.
    """
    sys.setswitchinterval(SWITCH_S)
    gc.freeze()
    _Sweeper(app)


class _Sweeper(QObject):
    """Collects garbage on the GUI thread, and there alone.

    Left to itself, Python collects on whichever thread happens to allocate: a dialog's forgotten ring of objects would
    be taken down by the thread that pulls, and Qt's widgets may die on the GUI thread only.
    """

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        gc.disable()
        timers.every(self, SWEEP_MS, _sweep).start()


def _sweep() -> None:
    young, middle, old = gc.get_count()
    if old > OLD:
        gc.collect(2)
    elif middle > MIDDLE:
        gc.collect(1)
    elif young > YOUNG:
        gc.collect(0)


class Start(QObject):
    """Leads from a shown ``Opening`` to the running program.

    ``look`` and ``load`` run on a worker: the first reads the day's list, the second imports what an open desk needs.
    Neither may touch Qt: its classes and enumerations are made when they are first named, and made on another thread
    while this one paints they end the process. ``program`` then imports and makes the window. Signals: ``ended()`` the
    officer closed the frame before the program was there.
    """

    ended = Signal()

    def __init__(
        self,
        opening: Opening,
        look: Callable[[], FirstLook | None],
        load: Callable[[], object],
        program: Callable[[Opening], Program],
    ) -> None:
        super().__init__()
        self._opening, self._look, self._load, self._make = opening, look, load, program
        self._tasks = Tasks(self)
        self.program: Program | None = None
        opening.painted.connect(self._begin)
        opening.left.connect(self._leave)

    def _begin(self) -> None:
        from ui import first_look  # noqa: F401  before a worker runs beside it

        self._tasks.query(self._look, self._looked, lambda _error: self._looked(None), owner=self)

    def _looked(self, look: FirstLook | None) -> None:
        try:
            if look is not None:
                self._show(look)
        finally:  # also when the list cannot be shown; after its own events, which lay it out and paint it
            QTimer.singleShot(0, self, self._seen)

    def _show(self, look: FirstLook) -> None:
        from ui.desk.room import OVERLAY_BELOW, preview_width
        from ui.first_look import FirstLookView

        width = self._opening.width() * 100 // theme.px(100)
        aside = theme.px(preview_width(width)) if width >= OVERLAY_BELOW else 0
        self._opening.show_look(FirstLookView(look, width, aside))

    def _seen(self) -> None:
        self._opening.repaint()
        self._tasks.known.connect(self._broke)
        self._tasks.bug.connect(self._broke)  # not before: without its first look the frame only stays empty
        self._tasks.query(self._load, self._loaded, owner=self)

    def _loaded(self, _none: object) -> None:
        self.program = self._make(self._opening)
        share_the_interpreter(QCoreApplication.instance() or self)
        self.program.start()

    def _broke(self, _error: object) -> None:
        self._opening.tell_broken()

    def _leave(self) -> None:
        if self.program is not None:
            self.program.give_up()
        else:
            self._tasks.close()
            self.ended.emit()
