"""Binds the keys of the registry to the window: data in ``ui.keys`` and ``ui.commands``, nothing but wiring here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui import commands
from ui.desk.desk_page import DeskPage
from ui.keys import DEFAULT, KEYS, KeyMap

_OF_THE_TABLE = ("keys", "filter", "preview", "into_preview", "copy")
Handler = Callable[[], object]


class Ways(Protocol):
    """What keys ask of the window beyond its daily page."""

    desk_page: DeskPage

    def open_palette(self) -> None: ...
    def open_keys(self) -> None: ...
    def to_search(self) -> None: ...
    def sync(self) -> None: ...
    def back(self) -> None: ...
    def next_pane(self) -> None: ...
    def nth_queue(self, at: int) -> None: ...
    def go_on(self, *, stay: bool = False) -> None: ...
    def act_key(self, command: str) -> None: ...
    def page_key(self, command: str) -> None: ...
    def run(self, command: str, notice_id: str = "") -> None: ...


class Keyboard:
    """Keeps the shortcuts of a window alive; ``in_use`` is what its ``?`` sheet shows."""

    def __init__(self, widget: QWidget, ways: Ways) -> None:
        handlers = {**_moves(ways), **_acts(ways)}
        self.shortcuts = DEFAULT.bind(widget, handlers)
        alive = {*handlers, *_OF_THE_TABLE}
        self.in_use = KeyMap({key.command: "" for key in KEYS if key.command not in alive})


def _moves(window: Ways) -> dict[str, Handler]:
    page = window.desk_page
    found: dict[str, Handler] = {
        "row_down": partial(page.table.go_by, 1),
        "row_up": partial(page.table.go_by, -1),
        "palette": window.open_palette,
        "search": window.to_search,
        "refresh": window.sync,
        "help": window.open_keys,
        "lock": partial(window.run, "lock"),
        "privacy": partial(window.run, "privacy"),
        "back": window.back,
        "next_pane": window.next_pane,
        "enlarge": page.beside.enlarge,
        "counter": partial(window.run, "counter"),
        "scan": partial(window.page_key, "scan"),
        "save_draft": partial(window.page_key, "save_draft"),
    }
    found |= {f"tab_{n}": partial(page.preview.set_tab, n - 1) for n in range(1, 6)}
    return found | {f"queue_{n}": partial(window.nth_queue, n - 1) for n in range(1, 10)}


def _acts(window: Ways) -> dict[str, Handler]:
    found: dict[str, Handler] = {
        "next": window.go_on,
        "next_stay": partial(window.go_on, stay=True),
        "undo": window.desk_page.undoing.undo,
    }
    own = [item for item in commands.COMMANDS if item.key and item.about == "dossier" and item.id != "copy"]
    return found | {item.key: partial(window.act_key, item.id) for item in own}
