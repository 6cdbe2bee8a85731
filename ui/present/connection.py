"""How the link stands, in words: the status bar, the banner over the pages, the strip after sign-in.

Stands apart because "since when" and "what stays here" must be said the same way at all three places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import texts
from app.domain.time_words import clock_time, short_day
from app.services.session import Since
from app.services.views import Connection
from ui.widgets.plain_label import Bold


@dataclass(frozen=True, slots=True)
class StatusView:
    """The left end of the status bar: a dot (green) or the icon of a lost line, and its words in parts."""

    online: bool
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the whole line."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class LinkBanner:
    """The banner over the pages; ``action`` is refresh or sign_in."""

    kind: str
    parts: tuple[str, ...]
    action: str
    action_words: str


def status(link: Connection, now: datetime) -> StatusView:
    """Return the status bar's words."""
    synced = _at(link.synced_at, now)
    unsent = f"{link.unsent} chờ gửi"
    waiting: str = Bold(unsent) if link.unsent else unsent
    if link.state == "online":
        said = f"Trực tuyến · đồng bộ {synced} · " if synced else "Trực tuyến · đang đồng bộ lần đầu · "
        return StatusView(True, (said, waiting))
    lead = {"signed_out": "Chưa đăng nhập", "not_trusted": "Ngừng gửi"}.get(link.state, "Ngoại tuyến")
    since = f" từ {_at(link.since, now)}" if link.since else ""
    data = f" · số liệu lúc {synced} · " if synced else " · "
    return StatusView(False, (Bold(lead + since), data, waiting))


def banner(link: Connection, now: datetime) -> LinkBanner | None:
    """Return what stands over the pages while the portal is not reached; None when it is."""
    if link.state == "online":
        return None
    if link.state == "signed_out":
        kept = f"Đăng nhập lại để gửi {link.unsent} việc; không việc nào mất." if link.unsent else "Đăng nhập lại."
        return LinkBanner("warn", (Bold("Phiên đăng nhập đã hết. "), kept), "sign_in", "Đăng nhập lại")
    if link.state == "not_trusted":
        return LinkBanner("refused", (texts.sentence(link.code),), "refresh", "Thử ngay")
    since = f" từ {_at(link.since, now)}" if link.since else ""
    words = "Bạn vẫn tiếp nhận, báo phí và thu tiền được. Việc lưu trên máy này và tự gửi khi có mạng."
    seen = f" Số liệu đang xem là lúc {_at(link.synced_at, now)}." if link.synced_at else ""
    why = f" {texts.sentence(link.code)}" if link.code in ("captive-page", "proxy-password", "proxy-failed") else ""
    return LinkBanner("offline", (Bold(f"Ngoại tuyến{since}. "), words + seen + why), "refresh", "Thử ngay")


def since_words(since: Since, now: datetime) -> tuple[str, ...]:
    """Return the strip after sign-in, in parts; empty when nothing waits.

    Figures are what waits now: the officer asks where to begin, not what was once.
    """
    counted = (
        (since.paid, "hồ sơ công dân đã đóng, làm tiếp được"),
        (since.to_notify, "hồ sơ dừng tính NVTC cần báo công dân"),
        (since.new, "hồ sơ mới nộp"),
        (since.supplemented, "hồ sơ đã bổ sung"),
        (since.late, "hồ sơ quá hạn"),
        (since.decisions, "việc cần xem lại"),
        (since.unsent, "việc chờ gửi"),
    )
    told = [(count, words) for count, words in counted if count]
    if not told:
        return ()
    lead = f"Từ lần trước ({_at(since.seen_at, now)}): " if since.seen_at else "Đang chờ bạn: "
    parts: list[str] = [lead]
    for at, (count, words) in enumerate(told):
        parts += [Bold(str(count)), f" {words}", "." if at == len(told) - 1 else ", "]
    return tuple(parts)


def _at(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else f"{clock_time(moment)} {day}"
