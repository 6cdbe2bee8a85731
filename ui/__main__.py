"""``motcua``: starts the window. The only module of ``ui`` that wires; heavy things are imported after the first paint.

motcua [--profile DIR] [--portal URL] [--demo] [--tour DIR] [--self-check]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import safe_log

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.demo import Demo
    from app.services.views import FirstLook
    from ui.opening import Opening
    from ui.program import Doors, Program

RENDER_CHILD = "--render-child"
DEMO_FOLDER = Path("motcua-demo")
_WINDOW = (1366, 698)
_HOTLINE = "1900 1023"
_TOUR_BEGINS = (2026, 11, 20, 8)  # always the same morning, so that pictures can be compared


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [RENDER_CHILD]:
        from app.rendering.child import main as child

        return child()
    if argv is None:
        safe_log.install(sys.stderr)
    args = _parser().parse_args(words)
    if args.self_check:
        return _self_check()
    if (args.demo or args.tour) and not _has_screen():
        folder = Path(args.tour or DEMO_FOLDER)
        _say(f"Không có màn hình: chạy không cửa sổ, ảnh từng bước được ghi vào {folder}/")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return _tour(folder)
    if args.tour:
        return _tour(Path(args.tour))
    if not _has_screen():
        _say("Không có màn hình để mở cửa sổ. Dùng --demo hoặc --tour THƯ_MỤC để xem bằng ảnh.")
        return 2
    return _window(args)


def _say(line: str) -> None:
    """Write one line for whoever started the program; a window without a console has nobody to tell."""
    if sys.stdout is not None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa: bàn làm việc của cán bộ một cửa.")
    parser.add_argument("--profile", metavar="DIR", help="thư mục dữ liệu của bàn làm việc")
    parser.add_argument("--portal", metavar="URL", help="địa chỉ Cổng dịch vụ công")
    parser.add_argument("--demo", action="store_true", help="chạy với Cổng thử và hồ sơ mẫu")
    parser.add_argument("--tour", metavar="DIR", help="tự đi qua ba trường hợp, ghi ảnh từng bước vào thư mục")
    parser.add_argument("--self-check", action="store_true", help="tự kiểm tra chương trình đã cài")
    return parser


def _has_screen() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen" or not sys.platform.startswith("linux"):
        return os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from app import catalogues
    from ui import theme

    theme.prepare()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("motcua")
    theme.install(app, catalogues.resource_path())
    return app


def default_profile() -> Path:
    """Return where a desk's data lies when nobody says otherwise: the user's own, never roaming."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "motcua"


def _window(args: argparse.Namespace) -> int:
    gc.disable()  # until all modules are there: they make a million objects and no garbage
    app = _application()
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication

    from app import gui_guard
    from ui.opening import Opening
    from ui.start import Start

    gui_guard.forbid_current_thread()
    demo: list[Demo] = []
    folder = None if args.demo else Path(args.profile or default_profile())
    room = QGuiApplication.primaryScreen().availableGeometry()
    size = QSize(min(_WINDOW[0], room.width()), min(_WINDOW[1], room.height()))
    opening = Opening()
    opening.resize(size)

    def program(standing: Opening) -> Program:
        from ui.program import Program
        from ui.scanner import Scanner

        doors = _demo_doors(demo) if folder is None else _doors(folder, args.portal or "")
        scanner = Scanner(_monotonic())
        scanner.listen(app)
        made = Program(doors, size, scanner, standing)
        made.ended.connect(app.quit)
        return made

    start = Start(opening, lambda: _look(folder), _load, program)
    start.ended.connect(app.quit)
    app.setQuitOnLastWindowClosed(False)
    opening.show()
    try:
        return app.exec()
    finally:
        gui_guard.release_current_thread()
        for running in demo:
            running.close()


def _look(folder: Path | None) -> FirstLook | None:
    """Read the day's list of who sat here last. Thread: any but the GUI's."""
    if folder is None:
        return None
    from app import first_look
    from ui.present import queues  # loaded by now: nothing of Qt is named here for the first time

    return first_look.read(folder, queues.first_list)


def _load() -> None:
    """Import what an open desk is made of, nothing of Qt. Thread: any but the GUI's, which meanwhile paints."""
    from app import bootstrap  # noqa: F401


def _monotonic() -> Callable[[], float]:
    from time import monotonic

    return monotonic


def _doors(folder: Path, portal: str) -> Doors:
    """Return the doors of a real desk. ``app.bootstrap`` is imported on the worker that first needs it."""
    from app import __version__
    from ui.program import Doors

    def open_desk() -> Any:
        from app import bootstrap

        return bootstrap.open_desk(folder)

    def sign_in(address: str, started: Callable[[Any], None]) -> Any:
        from app import bootstrap

        return bootstrap.sign_in(folder, address, _browser(), on_started=started)

    def threads(desk: Any) -> Any:
        from app import bootstrap

        return bootstrap.runner(desk)

    def unsent() -> tuple[tuple[str, int], ...]:
        from app import bootstrap

        return bootstrap.unsent_of_others(folder)

    def portals() -> tuple[tuple[str, str], ...]:
        from app import bootstrap

        return ((portal.split("://", 1)[-1], portal),) if portal else bootstrap.portals(folder)

    def pin_holder() -> str:
        from app import bootstrap

        return bootstrap.pin_holder(folder)

    return Doors(open_desk, sign_in, threads, portals, unsent, _HOTLINE, __version__, pin_holder)


def _browser() -> Callable[[str], object]:
    import webbrowser

    return webbrowser.open


def _demo_doors(demo: list[Demo]) -> Doors:
    """Return doors to a sandbox portal that is started with the first of them."""
    from app import __version__
    from ui.program import Doors

    def running() -> Demo:
        if not demo:
            from app import demo as demos

            demo.append(demos.start(told=lambda url: _say(f"Cổng thử: {url}")))
        return demo[0]

    def open_desk() -> Any:
        return running().sign_in()

    def sign_in(_address: str, _started: Callable[[Any], None]) -> Any:
        return running().sign_in()

    def threads(desk: Any) -> Any:
        from app import bootstrap

        return bootstrap.runner(desk)

    def portals() -> tuple[tuple[str, str], ...]:
        return (("Cổng thử trên máy này", "sandbox"),)

    return Doors(open_desk, sign_in, threads, portals, version=__version__)


def _tour(folder: Path) -> int:
    """Walk the three cases in a fresh sandbox and save every step."""
    _application()
    folder.mkdir(parents=True, exist_ok=True)
    from datetime import datetime

    from app import bootstrap, demo, gui_guard
    from app.clock import VN
    from ui import tour

    running = demo.start(now=datetime(*_TOUR_BEGINS, tzinfo=VN))
    gui_guard.forbid_current_thread()

    def doors(username: str) -> Doors:
        from app import __version__
        from ui.program import Doors

        return Doors(
            open_desk=lambda: running.open_desk(username),
            sign_in=lambda _address, _started: running.sign_in(username),
            threads=bootstrap.runner,
            portals=lambda: (("Cổng thử trên máy này", "sandbox"),),
            hotline=_HOTLINE,
            version=__version__,
        )

    try:
        return tour.run(folder, running, doors, _say)
    finally:
        gui_guard.release_current_thread()
        running.close()


def _self_check() -> int:
    """Try what packaging can break, print one line of JSON."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app import __version__, self_check

    found = self_check.run()
    _application()
    from PySide6.QtGui import QFontInfo

    from ui import theme
    from ui.frame import Mark
    from ui.widgets.buttons import Button

    button = Button("Đăng nhập qua trình duyệt", kind="primary", key="Ctrl+Enter", icon="globe")
    picture = button.grab()
    family = QFontInfo(theme.font()).family()
    drawn = not picture.isNull() and not Mark().grab().isNull() and family == "Mot Cua Sans"
    _say(json.dumps({"ok": drawn, "version": __version__, "font": family, **found}, ensure_ascii=False))
    return 0 if drawn else 1


if __name__ == "__main__":
    sys.exit(main())
