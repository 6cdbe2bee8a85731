"""How chips, key caps, rings and lines of text are drawn: shared by painted widgets and delegates.

Stands apart so that a chip in a table row and a chip in a dialog are the same pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from ui import theme
from ui.theme import Role, Size


@dataclass(frozen=True, slots=True)
class ChipStyle:
    """Token names of a chip: ground ("" for none), words, edge ("" for none), icon, and whether the edge is dashed."""

    ground: str
    words: str
    edge: str = ""
    icon: str = ""
    dashed: bool = False


CHIPS: dict[str, ChipStyle] = {
    "neutral": ChipStyle("sunken", "text_2"),
    "info": ChipStyle("primary_soft", "primary"),
    "paid": ChipStyle("paid_badge", "on_paid_badge", icon="check-circle-fill"),
    "paid_unsent": ChipStyle("", "paid_text", "paid_badge", "check-circle"),
    "pause": ChipStyle("pause_bg", "pause_text", icon="pause-fill"),
    "soon": ChipStyle("soon_bg", "soon_text", icon="clock"),
    "warn": ChipStyle("soon_bg", "soon_text", icon="warning-fill"),
    "due": ChipStyle("soon_bg", "soon_text", icon="hourglass-medium"),
    "late": ChipStyle("late_bg", "late_text", icon="warning-fill"),
    "conflict": ChipStyle("conflict_bg", "conflict_text", icon="swap"),
    "queued": ChipStyle("", "text_2", "line_strong", "floppy-disk", dashed=True),
    "sending": ChipStyle("sunken", "text_2", icon="cloud-arrow-up"),
    "acked": ChipStyle("acked_bg", "acked_text", icon="cloud-check"),
}
"""Kinds of chip by name; the icon is the usual one and may be replaced or left out by the caller."""

CHIP_PAD = 6
CHIP_PAD_TIGHT = 4
CHIP_ICON = 13
CHIP_GAP = 4


def chip_width(text: str, *, icon: bool) -> int:
    """Return the width of a chip with these words."""
    metrics = QFontMetrics(theme.font(Role.SMALL, 600, figures=True))
    mark = theme.px(CHIP_ICON + CHIP_GAP) if icon else 0
    return metrics.horizontalAdvance(text) + 1 + mark + 2 * theme.px(CHIP_PAD)


def draw_chip(painter: QPainter, rect: QRect, text: str, kind: str, icon: str | None = None) -> int:
    """Draw a chip at the left of ``rect``, centred in its height; return the chip's width.

    ``icon`` None takes the kind's own icon, "" none. Where room is short the icon goes first, then padding, then the
    end of the words: shape and words still tell the state without colour.
    """
    style = CHIPS[kind]
    mark = style.icon if icon is None else icon
    pad = CHIP_PAD
    if mark and chip_width(text, icon=True) > rect.width():
        mark, pad = "", CHIP_PAD_TIGHT
    width = min(chip_width(text, icon=bool(mark)) - 2 * theme.px(CHIP_PAD - pad), rect.width())
    height = theme.px(Size.CHIP)
    box = QRect(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
    draw_box(painter, box, style.ground, style.edge, Size.RADIUS_CHIP, dashed=style.dashed)
    inner = box.adjusted(theme.px(pad), 0, -theme.px(pad), 0)
    if mark:
        draw_icon(painter, QRect(inner.left(), box.top(), theme.px(CHIP_ICON), height), mark, style.words, CHIP_ICON)
        inner.setLeft(inner.left() + theme.px(CHIP_ICON + CHIP_GAP))
    draw_text(painter, inner, text, theme.font(Role.SMALL, 600, figures=True), style.words)
    return width


def draw_box(
    painter: QPainter, box: QRect, ground: str, edge: str, radius: int, *, dashed: bool = False, width: int = 1
) -> None:
    """Draw a rounded box by token names; the edge lies inside ``box``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    shape = QRectF(box)
    if edge:
        pen = QPen(theme.colour(edge), width)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        half = width / 2
        shape = shape.adjusted(half, half, -half, -half)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(shape, theme.px(radius), theme.px(radius))
    painter.restore()


def draw_icon(painter: QPainter, rect: QRect, name: str, token: str, size: int) -> None:
    """Draw icon ``name`` in the middle of ``rect``."""
    pixmap = theme.pixmap(name, token, size, painter.device().devicePixelRatio())
    side = pixmap.deviceIndependentSize()
    left = rect.left() + (rect.width() - side.width()) / 2
    top = rect.top() + (rect.height() - side.height()) / 2
    painter.drawPixmap(QPointF(round(left), round(top)), pixmap)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    token: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of plain text, elided at the right, in the vertical middle of ``rect``."""
    painter.setFont(font)
    painter.setPen(QColor(theme.colour(token)))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def key_cap_width(text: str) -> int:
    """Return the width of a key cap with these words."""
    metrics = QFontMetrics(theme.font(Role.CAPTION))
    return max(theme.px(Size.KEY_CAP), metrics.horizontalAdvance(text) + 2 * theme.px(6))


def draw_key_cap(
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    on_primary: bool = False,
    on_dark: bool = False,
    enabled: bool = True,
) -> None:
    """Draw a key cap filling ``rect``; on filled and dark grounds it is an outline in their own ink."""
    if on_primary or on_dark:
        token = "on_primary" if on_primary else "surface"
        draw_box(painter, rect, "", token, Size.RADIUS_CHIP)
    else:
        draw_box(painter, rect, "sunken", "line", Size.RADIUS_CHIP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(
            QPointF(rect.left() + 3, rect.bottom() + 0.5), QPointF(rect.right() - 2, rect.bottom() + 0.5)
        )
        painter.restore()
        token = "text_2" if enabled else "text_3"
    draw_text(painter, rect, text, theme.font(Role.CAPTION), token, Qt.AlignmentFlag.AlignHCenter)


def draw_tick(painter: QPainter, rect: QRect, token: str) -> None:
    """Draw a check mark inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour(token), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y, w, h = rect.left(), rect.top(), rect.width(), rect.height()
    points = [QPointF(x + 0.25 * w, y + 0.53 * h), QPointF(x + 0.43 * w, y + 0.70 * h)]
    points.append(QPointF(x + 0.76 * w, y + 0.33 * h))
    painter.drawPolyline(QPolygonF(points))
    painter.restore()
