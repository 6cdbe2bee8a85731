"""Every key of the desk, as data: the shortcuts, the caps inside buttons and the ``?`` sheet are made from this table.

Stands apart so that a key can be changed or switched off in one place, and so that a test can prove that no key is
given twice, collides with Windows or Unikey, or disturbs Vietnamese typing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ACT_SLEEP_S = 0.6


class Scope(StrEnum):
    """Where a key works: everywhere in the window, in the desk's panes, in the table, in a form."""

    WINDOW = "window"
    DESK = "desk"
    TABLE = "table"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Key:
    """One binding. ``act`` keys change a dossier: they never repeat and sleep after the shown dossier changed.

    ``shown`` is what the cap and the sheet print; ``where_typed`` keys are plain characters or editing keys that must
    not work while a text field has the focus.
    """

    command: str
    sequence: str
    label: str
    scope: Scope
    act: bool = False
    where_typed: bool = False
    shown: str = ""

    @property
    def cap(self) -> str:
        """Return the words on the cap."""
        return self.shown or self.sequence.replace("Return", "Enter")


_FIXED = (
    Key("help", "F1", "trợ giúp màn này", Scope.WINDOW),
    Key("keys", "?", "bảng phím", Scope.WINDOW, where_typed=True),
    Key("counter", "F2", "tiếp nhận tại quầy", Scope.WINDOW, act=True),
    Key("scan", "F3", "quét giấy tờ", Scope.WINDOW, act=True),
    Key("due", "F4", "vì sao hẹn ngày này", Scope.DESK),
    Key("refresh", "F5", "đồng bộ ngay / thử lại", Scope.WINDOW),
    Key("notify", "F6", "thông báo công dân", Scope.DESK, act=True),
    Key("suspend", "F7", "dừng tính NVTC (thụ lý)", Scope.DESK, act=True),
    Key("tick_paid", "F8", "đã thanh toán phí, lệ phí", Scope.DESK, act=True),
    Key("forward", "F9", "chuyển bước / người khác", Scope.DESK, act=True),
    Key("enlarge", "F11", "phóng to bảng", Scope.DESK),
    Key("collect", "F12", "thu tại quầy", Scope.DESK, act=True),
    Key("palette", "Ctrl+K", "mọi thao tác", Scope.WINDOW),
    Key("search", "Ctrl+F", "tìm (mã, tên, số định danh, thủ tục)", Scope.WINDOW),
    Key("filter", "/", "lọc trong hàng này", Scope.TABLE, where_typed=True),
    Key("print", "Ctrl+P", "in (phiếu đúng với bước)", Scope.WINDOW, act=True),
    Key("next", "Ctrl+Return", "việc tiếp theo, rồi sang hồ sơ kế; trong hộp thoại: nút chính", Scope.DESK, act=True),
    Key("next_stay", "Ctrl+Shift+Return", "việc tiếp theo, ở lại", Scope.DESK, act=True),
    Key("undo", "Ctrl+Z", "hoàn tác (khi không ở ô nhập)", Scope.DESK, act=True, where_typed=True),
    Key("row_down", "Alt+Down", "hồ sơ kế", Scope.DESK, shown="Alt+↓"),
    Key("row_up", "Alt+Up", "hồ sơ trước", Scope.DESK, shown="Alt+↑"),
    Key("preview", "Space", "ẩn, hiện khung hồ sơ", Scope.TABLE, where_typed=True),
    Key("into_preview", "Return", "vào khung hồ sơ (không làm gì khác)", Scope.TABLE, where_typed=True),
    Key("copy", "Ctrl+C", "chép mã; lần hai: mã và tên", Scope.TABLE),
    Key("back", "Esc", "lùi một bậc: hộp → khung → bảng → cả hàng, bỏ lọc", Scope.WINDOW),
    Key("lock", "Ctrl+L", "khóa màn hình, che thông tin", Scope.WINDOW),
    Key("privacy", "Ctrl+H", "che tên, số của công dân; bấm lại để hiện", Scope.WINDOW),
    Key("save_draft", "Ctrl+S", "lưu nháp (tiếp nhận tại quầy)", Scope.FORM),
    Key("phrases", "Ctrl+M", "mẫu câu (trong ô lý do)", Scope.FORM),
    Key("next_pane", "Ctrl+Tab", "sang khung kế", Scope.WINDOW),
)
_TABS = tuple(Key(f"tab_{n}", f"Ctrl+{n}", f"thẻ thứ {n} trong khung hồ sơ", Scope.DESK) for n in range(1, 6))
_QUEUES = tuple(Key(f"queue_{n}", f"Alt+{n}", f"hàng việc thứ {n}", Scope.WINDOW) for n in range(1, 10))

KEYS: tuple[Key, ...] = _FIXED + _TABS + _QUEUES

_TYPED_ALLOWED = {"?", "/", "Space", "Return", "Esc"}


def forbidden(sequence: str) -> str:
    """Return why ``sequence`` may never be bound, "" if it may: Windows, Unikey, IME and bare characters."""
    parts = sequence.split("+") if sequence != "+" else ["+"]
    held, last = set(parts[:-1]), parts[-1]
    letter = len(last) == 1 and last.isalpha()
    if last == "F10" and not held:
        return "windows-menu"
    if not held and len(last) == 1 and sequence not in _TYPED_ALLOWED:
        return "bare-character"
    if ({"Ctrl", "Shift"} <= held and letter) or (last in ("Shift", "Ctrl") and held <= {"Ctrl", "Shift"}):
        return "unikey-switch"
    if held == {"Alt"} and last == "Z":
        return "unikey-switch"
    if last == "Space" and held & {"Alt", "Ctrl"}:
        return "windows-or-ime"
    if "Meta" in held or "Win" in held:
        return "windows"
    if {"Ctrl", "Alt"} <= held:
        return "altgr"
    return ""


class KeyMap:
    """The keys in force: the table with the officer's changes; "" switches a key off."""

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        wanted = changes or {}
        kept = (replace(key, sequence=wanted.get(key.command, key.sequence), shown=_shown(key, wanted)) for key in KEYS)
        self._keys = {key.command: key for key in kept if key.sequence}

    def all(self) -> tuple[Key, ...]:
        """Return the keys in force, in the order of the table."""
        return tuple(self._keys.values())

    def cap(self, command: str) -> str:
        """Return what a button's cap prints, "" if the command has no key."""
        key = self._keys.get(command)
        return key.cap if key is not None else ""

    def sequence(self, command: str) -> str:
        """Return the key sequence of a command, "" if it has none."""
        key = self._keys.get(command)
        return key.sequence if key is not None else ""

    def problems(self) -> tuple[str, ...]:
        """Return commands whose key is forbidden or given twice, for the test."""
        seen: dict[str, str] = {}
        wrong: list[str] = []
        for key in self._keys.values():
            if forbidden(key.sequence) or key.sequence in seen:
                wrong.append(key.command)
            seen[key.sequence] = key.command
        return tuple(wrong)

    def bind(self, widget: QWidget, handlers: Mapping[str, Callable[[], object]]) -> tuple[QShortcut, ...]:
        """Make shortcuts on ``widget`` for the commands in ``handlers``; acts do not auto-repeat.

        Keys of scope ``table`` work while the widget or a child has the focus, the others in its whole window.
        Keys that are typed characters must be handled by the focused table itself and are left out of other widgets.
        """
        made: list[QShortcut] = []
        for command, handler in handlers.items():
            key = self._keys.get(command)
            if key is None:
                continue
            shortcut = QShortcut(QKeySequence(key.sequence), widget)
            inner = key.scope is Scope.TABLE
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut if inner else Qt.ShortcutContext.WindowShortcut
            shortcut.setContext(context)
            shortcut.setAutoRepeat(not key.act)
            shortcut.activated.connect(handler)
            made.append(shortcut)
        return tuple(made)


def _shown(key: Key, changes: Mapping[str, str]) -> str:
    return "" if key.command in changes else key.shown


DEFAULT = KeyMap()


def cap(command: str) -> str:
    """Return the cap of ``command`` in the default map."""
    return DEFAULT.cap(command)


def sequence(command: str) -> str:
    """Return the sequence of ``command`` in the default map."""
    return DEFAULT.sequence(command)


class ActGuard:
    """Lets an act through only when the officer has had time to see whom it is about."""

    def __init__(self, monotonic: Callable[[], float], sleep_s: float = ACT_SLEEP_S) -> None:
        self._monotonic, self._sleep_s = monotonic, sleep_s
        self._changed_at = float("-inf")

    def dossier_changed(self) -> None:
        """Note that another dossier is shown now."""
        self._changed_at = self._monotonic()

    def may_act(self) -> bool:
        """Say whether acts are awake."""
        return self._monotonic() - self._changed_at >= self._sleep_s
