"""Numbered pictures of the tour, each under a strip that says who did what, and a page that lists them.

Stands apart because it only looks: windows as they stand, a dialog drawn over the window it dims.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import theme
from ui.tour_stage import NotReached, until

_STRIP = 44
_EDGE = 16
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa – từng bước</title>
<style>body{{font:16px/1.5 sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem}}
img{{width:100%;border:1px solid silver}}
figure{{margin:0 0 2rem}}figcaption{{font-weight:600;margin:0 0 .4rem}}</style>
<h1>Ba trường hợp thu phí và trường hợp nộp hai lần, từng bước</h1>
<p>Cửa sổ thật trên một Cổng thử. Giấy báo đã in: {papers}</p>
{figures}
</html>
"""


class Camera:
    """Takes pictures into ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[tuple[str, str]] = []
        self.papers: list[str] = []

    def take(self, window: QWidget, name: str, who: str, what: str) -> None:
        """Save the next picture once the window stands still; ``who`` did ``what``."""
        self._save(_still(window), name, who, what)

    def take_unfinished(self, window: QWidget, why: str) -> None:
        """Save how things stood when a step did not come to its end."""
        self._save(_seen(window), "KHONG-XONG", "KHÔNG XONG", why)

    def paper(self, name: str) -> Path:
        """Return where a printed paper goes, and list it."""
        self.papers.append(name)
        return self.folder / name

    def write_index(self) -> None:
        """Write the page that shows all pictures."""
        figures = "\n".join(
            f'<figure id="{n:02d}"><figcaption>{escape(title)}</figcaption><img src="{file}" alt="{escape(title)}">'
            "</figure>"
            for n, (file, title) in enumerate(self.taken, 1)
        )
        papers = ", ".join(f'<a href="{name}">{name}</a>' for name in self.papers) or "chưa có"
        (self.folder / "index.html").write_text(_PAGE.format(papers=papers, figures=figures), encoding="utf-8")

    def _save(self, picture: QPixmap, name: str, who: str, what: str) -> None:
        number = len(self.taken) + 1
        file = f"{number:02d}-{name}.png"
        if not _titled(picture, f"{number:02d}", who, what).save(str(self.folder / file)):
            raise NotReached(f"không ghi được {file}")
        self.taken.append((file, f"{number:02d} · {who}: {what}"))


def _still(window: QWidget) -> QPixmap:
    """Return the picture that two looks in a row agree on; looking makes a list load its rows."""
    seen: list[QPixmap] = [_seen(window)]
    images: list[QImage] = [seen[0].toImage()]

    def same() -> bool:
        picture = _seen(window)
        image = picture.toImage()
        if image == images[0]:
            return True
        seen[0], images[0] = picture, image
        return False

    until(same, "màn hình không đứng yên")
    return seen[0]


def _seen(window: QWidget) -> QPixmap:
    """Draw a window and the dialogs open over it, the deepest last."""
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in sorted(_dialogs(window), key=_depth):
        place = dialog.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
        painter.drawPixmap(place, dialog.grab())
    painter.end()
    return picture


def _dialogs(window: QWidget) -> list[QDialog]:
    shown = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible())
    return [dialog for dialog in shown if _belongs(dialog, window)]


def _belongs(widget: QWidget | None, window: QWidget) -> bool:
    while widget is not None and widget is not window:
        widget = widget.parentWidget()
    return widget is window


def _depth(widget: QWidget) -> int:
    count, above = 0, widget.parentWidget()
    while above is not None:
        count, above = count + 1, above.parentWidget()
    return count


def _titled(picture: QPixmap, number: str, who: str, what: str) -> QPixmap:
    ratio = picture.devicePixelRatio()
    size = picture.deviceIndependentSize().toSize()
    whole = QPixmap(round(size.width() * ratio), round((size.height() + _STRIP) * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(theme.colour("primary"))
    painter = QPainter(whole)
    painter.setPen(theme.colour("surface"))
    strip = QRect(_EDGE, 0, size.width() - 2 * _EDGE, _STRIP)
    bold = QFont(theme.font())
    bold.setPixelSize(17)
    bold.setBold(True)
    painter.setFont(bold)
    lead = f"{number}   {who}"
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(strip, middle, lead)
    plain = QFont(bold)
    plain.setBold(False)
    offset = painter.fontMetrics().horizontalAdvance(lead) + _EDGE
    painter.setFont(plain)
    words = painter.fontMetrics().elidedText(what, Qt.TextElideMode.ElideRight, strip.width() - offset)
    painter.drawText(strip.adjusted(offset, 0, 0, 0), middle, words)
    painter.drawPixmap(0, _STRIP, picture)
    painter.end()
    return whole
