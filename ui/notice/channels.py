"""Where a notice will go: the three channels with masked address and readiness, said before anything is sent.

Stands apart because a missing address must be known before the officer presses the button, not after.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dossier import Delivery, Dossier
from app.domain.words import DeliveryChannel, DeliveryState
from ui import theme
from ui.present.wording import masked
from ui.theme import Role
from ui.widgets.chip import Chip
from ui.widgets.icon import Icon
from ui.widgets.parts import rule
from ui.widgets.plain_label import PlainLabel

_LOOKS = {
    DeliveryChannel.ACCOUNT: ("globe", "Tài khoản trên Cổng", "Công dân chưa có tài khoản trên Cổng"),
    DeliveryChannel.EMAIL: ("envelope-simple", "Thư điện tử", "Chưa có địa chỉ thư"),
    DeliveryChannel.SMS: ("chat-text", "Tin nhắn điện thoại", "Chưa có số điện thoại"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One channel as the form shows it; ``ready`` False: nothing will go this way, or nothing came last time."""

    channel: DeliveryChannel
    address: str
    words: str
    ready: bool
    reachable: bool


def ways(dossier: Dossier, deliveries: tuple[Delivery, ...]) -> tuple[Way, ...]:
    """Return how each channel stands: ready, without address, or not reached last time."""
    last = dossier.notices[-1].deliveries if dossier.notices else ()
    failed = {d.channel for d in last if d.state is DeliveryState.FAILED}
    found = []
    for delivery in deliveries:
        reachable = delivery.state is not DeliveryState.NO_ADDRESS
        words = _LOOKS[delivery.channel][2] if not reachable else "Sẵn sàng"
        if reachable and delivery.channel in failed:
            words = "Lần trước không tới"
        shown = masked(delivery.channel, delivery.address)
        found.append(Way(delivery.channel, shown, words, words == "Sẵn sàng", reachable))
    return tuple(found)


class ChannelsBox(QFrame):
    """All channels: one row each, or side by side on a low screen (``tight``)."""

    def __init__(self, *, tight: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._tight = tight
        column = QHBoxLayout(self) if tight else QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._box = column
        self.setMinimumHeight(theme.px(42 if tight else 92))

    def show_ways(self, found: tuple[Way, ...]) -> None:
        """Show the channels."""
        for at, way in enumerate(found):
            if self._tight:
                self._box.addWidget(self._cell(way), 1)
            else:
                if at:
                    self._box.addWidget(rule())
                self._box.addWidget(self._row(way))
        self.setAccessibleName("; ".join(f"{_LOOKS[w.channel][1]}, {w.address}, {w.words}" for w in found))

    def _icon(self, way: Way) -> Icon:
        return Icon(_LOOKS[way.channel][0], "primary") if way.reachable else Icon("prohibit", "text_3")

    def _row(self, way: Way) -> QWidget:
        row = QWidget()
        row.setFixedHeight(theme.px(29))
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        line.setSpacing(theme.px(8))
        name = PlainLabel(_LOOKS[way.channel][1])
        name.setFixedWidth(theme.px(150))
        line.addWidget(self._icon(way))
        line.addWidget(name)
        line.addWidget(PlainLabel(way.address, tone="text_2", figures=True, elide=True), 1)
        line.addWidget(Chip(way.words, "neutral" if way.ready else "warn"))
        return row

    def _cell(self, way: Way) -> QWidget:
        cell = QWidget()
        line = QHBoxLayout(cell)
        line.setContentsMargins(theme.px(8), 0, theme.px(4), 0)
        line.setSpacing(theme.px(7))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(_LOOKS[way.channel][1], elide=True))
        lower = way.words[:1].lower() + way.words[1:]
        second = f"{way.address} · {lower}" if way.ready else lower
        tone = "text_3" if way.ready else "soon_text"
        words.addWidget(PlainLabel(second, role=Role.SMALL, tone=tone, elide=True, figures=True))
        line.addWidget(self._icon(way))
        line.addLayout(words, 1)
        return cell
