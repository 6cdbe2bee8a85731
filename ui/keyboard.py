"""Binds the keys of the registry to the window: data in ``ui.keys`` and ``ui.commands``, nothing but wiring here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui import commands
from ui.keys import DEFAULT, KEYS, KeyMap

if TYPE_CHECKING:
    from ui.window import Window

_OF_THE_TABLE = ("keys", "filter", "preview", "into_preview", "copy")
Handler = Callable[[], object]


class Keyboard:
    """Keeps the shortcuts of a window alive; ``in_use`` is what its ``?`` sheet shows."""

    def __init__(self, window: Window) -> None:
        handlers = {**_moves(window), **_acts(window)}
        self.shortcuts = DEFAULT.bind(window, handlers)
        alive = {*handlers, *_OF_THE_TABLE}
        self.in_use = KeyMap({key.command: "" for key in KEYS if key.command not in alive})


def _moves(window: Window) -> dict[str, Handler]:
    page = window.desk_page
    found: dict[str, Handler] = {
        "row_down": partial(page.table.go_by, 1),
        "row_up": partial(page.table.go_by, -1),
        "palette": window.open_palette,
        "search": window.to_search,
        "refresh": window.sync,
        "help": window.open_keys,
        "back": window.back,
        "next_pane": window.next_pane,
        "enlarge": page.toggle_preview,
    }
    found |= {f"tab_{n}": partial(page.preview.set_tab, n - 1) for n in range(1, 6)}
    return found | {f"queue_{n}": partial(window.nth_queue, n - 1) for n in range(1, 10)}


def _acts(window: Window) -> dict[str, Handler]:
    found: dict[str, Handler] = {
        "next": window.go_on,
        "next_stay": partial(window.go_on, stay=True),
        "undo": window.desk_page.undoing.undo,
    }
    own = [item for item in commands.COMMANDS if item.key and item.about == "dossier" and item.id != "copy"]
    return found | {item.key: partial(window.act_key, item.id) for item in own}
