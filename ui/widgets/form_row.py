"""One field of a form: label above with a small grey why, the field, its error below.

Stands apart so that labels, buddies, accessible names and errors are wired the same way everywhere.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import redden


def beside(*rows: QWidget) -> QHBoxLayout:
    """Return a line of form rows of equal width, their tops aligned whatever errors stand below them."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(16))
    for row in rows:
        line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
    return line


class FormRow(QWidget):
    """Wraps ``field`` with ``label``; ``why`` stands beside the label, an error below the field.

    ``required`` fields that are empty get the focus when a dialog opens.
    """

    def __init__(
        self, label: str, field: QWidget, *, why: str = "", required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        field.setProperty("required", required)
        field.setAccessibleName(label)
        field.setAccessibleDescription(why)
        self._label = PlainLabel(label, weight=500)
        self._label.setBuddy(field)
        self._why = PlainLabel(why, role=Role.SMALL, tone="text_3", elide=True)
        self._head = head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(self._label)
        head.addWidget(self._why)
        head.addStretch(1)
        self._error_icon = Icon(size=14)
        self._error = PlainLabel("", role=Role.SMALL, tone="late_text", wrap=True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(4))
        foot.addWidget(self._error_icon, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._error, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addLayout(head)
        column.addWidget(field)
        column.addLayout(foot)
        column.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred))
        for words in (self._label, self._why):
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_error("")

    def set_label(self, label: str) -> None:
        """Change what is asked."""
        self._label.setText(label)
        self.field.setAccessibleName(label)

    def set_why(self, why: str) -> None:
        """Change the small grey words beside the label."""
        self._why.setText(why)
        self.field.setAccessibleDescription(why)

    def set_aside(self, widget: QWidget) -> None:
        """Put a small button at the right of the label; Tab comes to it after the field."""
        self._head.addWidget(widget)
        QWidget.setTabOrder(self.field, widget)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong below the field and redden its edge; "" clears it, and a warning too."""
        self._say(sentence, "late_text")
        redden(self.field, bool(sentence))

    def set_warning(self, sentence: str) -> None:
        """Show what may be looked at again; it keeps nobody from going on. An error that stands there stays."""
        if not self.field.property("invalid"):
            self._say(sentence, "soon_text")

    def error(self) -> str:
        """Return the sentence shown below the field."""
        return self._error.text()

    def _say(self, sentence: str, tone: str) -> None:
        self._error.setText(sentence)
        self._error.set_tone(tone)
        self._error.setVisible(bool(sentence))
        self._error_icon.setVisible(bool(sentence))
        self._error_icon.set_icon("warning-fill", tone)
        self.field.setAccessibleDescription(sentence or self._why.text())
