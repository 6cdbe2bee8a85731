"""How far what an officer did has come, in words: kept here, being sent, without an answer, held, on the portal.

Stands apart because row, badge, banner and outbox must say the same, and because "chưa gửi" of something that the
portal has, or may have, would be a lie about public money.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from app import texts
from app.domain.dossier import Dossier
from app.domain.notices import gate_notices
from app.domain.words import State, Way
from ui.present.banner_view import BannerView
from ui.widgets.plain_label import Bold

MONEY_IN = frozenset({"tick_paid", "collect", "resume", "confirm_payment"})
"""Commands by which money counts as taken in: until the portal has them, what they pay is not green."""

SHORT = texts.SENT_NAMES
"""What stands behind a deed's own words, where there is little room."""

ALONE = {way: words[:1].upper() + words[1:] for way, words in SHORT.items()}
"""The same where it stands alone."""

STATUS = {way: texts.SENT_SENTENCES[way].rstrip(".") for way in Way} | {Way.UNANSWERED: "Đã gửi – chưa có hồi âm"}
"""What a row of the list says instead of where the dossier stands; the longest of them is cut to its width."""

_ORDER = tuple(Way)
_UNREAD = {
    Way.HELD: "Cổng chưa nhận.",
    Way.HERE: "Chưa rời máy này.",
    Way.SENDING: "Đang gửi lên Cổng.",
    Way.UNANSWERED: "Cổng chưa trả lời.",
}
# Icon, what follows the sentence, and what follows where a citizen waits for a notice.
_BANNERS: dict[Way, tuple[str, str, str]] = {
    Way.HELD: ("warning-fill", " Mở Cần xem lại để quyết định.", ""),
    Way.HERE: ("floppy-disk", " Việc tự gửi khi có mạng.", " Công dân chưa nhận được gì. In giấy báo đưa tay?"),
    Way.SENDING: ("cloud-arrow-up", " Cổng chưa trả lời.", ""),
    Way.UNANSWERED: ("hourglass-medium", "", " Chưa rõ công dân đã nhận được chưa."),
    Way.THERE: ("cloud-check", " Máy này chưa đọc lại hồ sơ từ Cổng.", ""),
}


def on_its_way(pending: tuple[str, ...], ways: tuple[Way, ...]) -> dict[str, Way]:
    """Return how far each type of command came; of several alike the one an officer must know of first.

    >>> on_its_way(("notify", "notify"), (Way.THERE, Way.HERE))
    {'notify': <Way.HERE: 'here'>}
    """
    found: dict[str, Way] = {}
    for kind, way in zip(pending, ways, strict=True):
        found[kind] = min(way, found.get(kind, way), key=_ORDER.index)
    return found


def unsent(waiting: Mapping[str, Way], kinds: Collection[str] = ()) -> Way | None:
    """Return how far the commands came, those of ``kinds`` if named; None when the portal has them all."""
    ways: Iterable[Way] = (way for kind, way in waiting.items() if not kinds or kind in kinds)
    return min((way for way in ways if way is not Way.THERE), key=_ORDER.index, default=None)


def unsent_money(waiting: Mapping[str, Way]) -> Way | None:
    """Return how far money came that was written down here and that the portal is not known to have; else None."""
    return unsent(waiting, MONEY_IN)


def awaits_gate(dossier: Dossier, waiting: Mapping[str, Way]) -> bool:
    """Say whether a reception was queued without effect here: only the portal knows whether the fee was paid."""
    without_effect = dossier.state is State.SUBMITTED and bool(gate_notices(dossier))
    return without_effect and unsent(waiting, ("receive",)) not in (None, Way.HELD)


def banner(dossier: Dossier, waiting: Mapping[str, Way]) -> BannerView | None:
    """Return what stands above a dossier that the portal does not show as this machine does."""
    if not waiting:
        return None
    if awaits_gate(dossier, waiting):
        words = " Tiếp nhận khi Cổng cho biết công dân đã đóng. Chưa in giấy tiếp nhận."
        return BannerView("offline", (Bold("Đã xếp hàng – chờ Cổng xác nhận đã nộp."), words), "hourglass-medium")
    way = unsent(waiting) or Way.THERE
    icon, tail, to_citizen = _BANNERS[way]
    notice = to_citizen if unsent(waiting, ("notify",)) is way else ""
    kind = "warn" if way is Way.HELD else "info" if way is Way.THERE else "offline"
    return BannerView(kind, (Bold(texts.SENT_SENTENCES[way]), notice or tail), icon)


def unread(way: Way) -> tuple[str, str]:
    """Return state and reason of a channel whose notice the portal is not known to have."""
    return "Đang chờ gửi" if way is Way.HERE else ALONE[way], _UNREAD[way]
