"""The program's window in a process of its own, timed from the process's birth; prints ``frame`` and ``queue`` in ms.

    python -m tests.bench.started PROFILE          our window
    python -m tests.bench.started --bare           a bare Qt window
    python -m tests.bench.started --bare-libraries the same after importing sqlalchemy, sqlcipher3 and keyring

Stands apart because a start can be measured only once per process. Nothing in the program helps: paint functions are
wrapped from outside, and the process ends as soon as the last moment is known.
"""

from __future__ import annotations

import os
import sys
import time


def since_birth_ms() -> float:
    """Return the age of this process by the clock of the parent, who noted when it was born."""
    return 1000 * (time.time() - float(os.environ["BENCH_BORN"]))


def _end() -> None:
    sys.stdout.flush()
    os._exit(0)


def bare(libraries: bool) -> None:
    """Show a window with one label, painted."""
    if libraries:
        import keyring  # noqa: F401
        import sqlalchemy  # noqa: F401
        import sqlcipher3  # noqa: F401
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Painted(QLabel):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)  # type: ignore[arg-type]
            QTimer.singleShot(0, done)

    def done() -> None:
        print("frame", since_birth_ms())
        _end()

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(Painted("Một Cửa"))
    window.show()
    app.exec()


def ours(profile: str) -> None:
    """Start the program on ``profile``; end when the first row of its first queue stands painted."""
    import ui.__main__ as program

    program._has_screen = lambda: True
    real = program._application

    def application() -> object:
        made = real()
        from PySide6.QtCore import QObject, QTimer

        from ui.opening import Opening

        paint = Opening.paintEvent

        def painted(self: Opening, event: object) -> None:
            if not self._was_painted:
                QTimer.singleShot(0, frame)  # fires when the paint has reached the screen, before the program goes on
            paint(self, event)  # type: ignore[arg-type]

        Opening.paintEvent = painted  # type: ignore[assignment, method-assign]
        made.watch = _Watch.into(QObject, QTimer)
        return made

    def frame() -> None:
        print("frame", since_birth_ms())

    program._application = application  # type: ignore[assignment]
    program.main(["--profile", profile])


class _Watch:
    """Wraps the row's painter as soon as its module is there, without importing it earlier than the program does."""

    @staticmethod
    def into(qobject: type, qtimer: type) -> object:
        class Finder:
            def find_spec(self, name: str, path: object, target: object = None) -> None:
                if name == "ui.present.rows":  # imported after the delegate, before the first row
                    sys.meta_path.remove(self)
                    wrap()

        def wrap() -> None:
            from ui.desk.dossier_delegate import DossierDelegate
            from ui.desk.dossier_model import ROW_ROLE

            real, seen = DossierDelegate.paint, []

            def paint(self: object, painter: object, option: object, index: object) -> None:
                real(self, painter, option, index)  # type: ignore[arg-type]
                if not seen and index.data(ROW_ROLE) is not None:  # type: ignore[attr-defined]
                    seen.append(1)
                    qtimer.singleShot(0, done)  # type: ignore[attr-defined]

            DossierDelegate.paint = paint  # type: ignore[assignment, method-assign]

        def done() -> None:
            print("queue", since_birth_ms())
            print("loaded", ",".join(sorted({name.partition(".")[0] for name in sys.modules})))
            _end()

        finder = Finder()
        sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
        return finder


if __name__ == "__main__":
    if sys.argv[1] in ("--bare", "--bare-libraries"):
        bare(sys.argv[1] == "--bare-libraries")
    else:
        ours(sys.argv[1])
