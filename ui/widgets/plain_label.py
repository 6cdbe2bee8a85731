"""Text that is never rich: everything from the network, and everything else too, passes through here.

``PlainLabel`` is one run of text; ``RunsLabel`` wraps a sentence some of whose words are bold.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme
from ui.theme import Role


class PlainLabel(QLabel):
    """A label that shows its text as it is, in one role and one tone of the tokens.

    ``elide`` cuts at the right and keeps the whole in the tooltip; ``figures`` for codes, dates and money.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = Role.BODY,
        tone: str = "text",
        weight: int | None = None,
        wrap: bool = False,
        elide: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self._elide = elide
        self.setProperty("face", str(role))
        self.setProperty("tone", tone)
        if weight is not None:
            self.setProperty("weight", str(weight))
        self.setFont(theme.font(role, weight, figures=figures))
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setTextFormat(self, _format: Qt.TextFormat) -> None:
        """Ignore: the format is plain for good."""

    def set_tone(self, tone: str) -> None:
        """Change the colour to another token."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
            self.setToolTip(plain_tip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, self.alignment() | Qt.TextFlag.TextSingleLine, shown)


def plain_tip(text: str) -> str:
    """Return ``text`` as a tooltip may have it: Qt takes what looks like markup for rich text, and names are foreign.

    >>> plain_tip("<b>Bình</b>"), plain_tip("A &lt; B")
    ('‹b>Bình‹/b>', 'A ＆lt; B')
    """
    return text.replace("<", "‹").replace("&lt;", "＆lt;")


class Bold(str):
    """Words of a sentence that stand out; see ``RunsLabel``."""

    __slots__ = ()


class RunsLabel(QWidget):
    """A wrapped sentence with bold words, laid out without any markup.

    Parts are plain ``str`` or ``Bold``; colour by token.
    """

    def __init__(self, *parts: str, role: Role = Role.BODY, tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._tone = tone
        self._parts: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_parts(*parts)

    def set_parts(self, *parts: str) -> None:
        """Show another sentence."""
        self._parts = parts
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Change the colour to another token."""
        self._tone = tone
        self.update()

    def text(self) -> str:
        """Return the whole sentence."""
        return "".join(self._parts)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(1, len(self._lines(self._layout(), width))) * theme.line(self._role)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(self._role, 600)).horizontalAdvance(self.text()) + 2
        wanted = min(width, theme.px(320))
        return QSize(wanted, self.heightForWidth(wanted))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.line(self._role))

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), theme.font(self._role))
        ranges: list[QTextLayout.FormatRange] = []
        at = 0
        for part in self._parts:
            if isinstance(part, Bold):
                span = QTextLayout.FormatRange()
                span.start, span.length = at, len(part)
                form = span.format
                form.setFont(theme.font(self._role, 600))
                span.format = form
                ranges.append(span)
            at += len(part)
        layout.setFormats(ranges)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        return layout

    def _lines(self, layout: QTextLayout, width: int) -> list[float]:
        tops: list[float] = []
        height = theme.line(self._role)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            top = len(tops) * height + (height - line.height()) / 2
            line.setPosition(QPointF(0, top))
            tops.append(top)
        layout.endLayout()
        return tops

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self._tone))
        layout = self._layout()
        height = len(self._lines(layout, self.width())) * theme.line(self._role)
        layout.draw(painter, QPointF(0, max(0, (self.height() - height) // 2)))
