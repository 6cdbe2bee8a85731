"""Copies words for pasting elsewhere; those that name a citizen are kept out of clipboard histories and clouds.

Stands apart because each system has its own way to ask for that, all of them formats beside the text. On Windows they
are those of *Clipboard formats*, Win32; on Linux the hint is the one password managers give.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_NO = b"\0\0\0\0"
_UNREMEMBERED = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NO,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
    "x-kde-passwordManagerHint": b"secret",
}


def copy(words: str, *, names_someone: bool) -> None:
    """Put ``words`` on the clipboard; ``names_someone``: no history may remember them."""
    data = QMimeData()
    data.setText(words)
    for kind, value in _UNREMEMBERED.items() if names_someone else ():
        data.setData(kind, value)
    QGuiApplication.clipboard().setMimeData(data)


def copied() -> str:
    """Return the text on the clipboard."""
    return QGuiApplication.clipboard().text()
