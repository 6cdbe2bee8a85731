"""How the link stands, in words: the status bar, the banner over the pages, the strip after sign-in.

Stands apart because "since when" and "what stays here" must be said the same way at all three places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app import texts
from app.domain.time_words import clock_time, short_day
from app.domain.words import Queue
from app.services.session import Since
from app.services.views import Connection
from ui.present import queues
from ui.widgets.plain_label import Bold

_NOT_ASKED, _ASKING = "not-asked", "Đang kết nối Cổng"
_LEADS = {"signed_out": "Chưa đăng nhập", "not_trusted": "Ngừng gửi", "barred": "Cổng không nhận việc"}
_STOPPED = frozenset({"not_trusted", "barred"})
"""States that only somebody else can end; their code says all there is to say."""


@dataclass(frozen=True, slots=True)
class StatusView:
    """The left end of the status bar: a dot (green), the icon of a lost line or neither, and its words in parts."""

    online: bool | None
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
    others = (f" · {of_others(link.others)}",) if link.others else ()
    data = f" · số liệu lúc {synced} · " if synced else " · "
    if link.code == _NOT_ASKED:
        return StatusView(None, (_ASKING, data, waiting, *others))
    if link.state == "online":
        said = f"Trực tuyến · đồng bộ {synced} · " if synced else "Trực tuyến · đang đồng bộ lần đầu · "
        return StatusView(True, (said, waiting, *others))
    lead = _LEADS.get(link.state, "Ngoại tuyến")
    since = f" từ {_at(link.since, now)}" if link.since else ""
    return StatusView(False, (Bold(lead + since), data, waiting, *others))


def of_others(works: Sequence[tuple[str, int]]) -> str:
    """Return what waits on this machine for other officers, by name and number.

    >>> of_others((("Trần Thị Mỹ Duyên", 3),)), of_others((("A", 3), ("B", 1)))
    ('Trần Thị Mỹ Duyên còn 3 việc chưa gửi trên máy này', '2 người khác còn 4 việc chưa gửi trên máy này')
    """
    who = works[0][0] if len(works) == 1 else f"{len(works)} người khác"
    return f"{who} còn {sum(count for _name, count in works)} việc chưa gửi trên máy này"


def banner(link: Connection, now: datetime) -> LinkBanner | None:
    """Return what stands over the pages while the portal is not reached; None when it is."""
    if link.state == "online":
        return None
    if link.code == "account-revoked":
        return LinkBanner("refused", (texts.sentence(link.code),), "sign_in", "Đăng nhập")
    if link.state == "signed_out":
        kept = f"Đăng nhập lại để gửi {link.unsent} việc; không việc nào mất." if link.unsent else "Đăng nhập lại."
        lead = "Quyền của bạn đã thay đổi. " if link.code == "rights-changed" else "Phiên đăng nhập đã hết. "
        return LinkBanner("warn", (Bold(lead), kept), "sign_in", "Đăng nhập lại")
    if link.state in _STOPPED:
        return LinkBanner("refused", (texts.sentence(link.code),), "refresh", "Thử ngay")
    since = f" từ {_at(link.since, now)}" if link.since else ""
    words = "Bạn vẫn tiếp nhận, báo phí và thu tiền được. Việc lưu trên máy này và tự gửi khi có mạng."
    seen = f" Số liệu lúc {_at(link.synced_at, now)}." if link.synced_at else ""
    why = f" {texts.sentence(link.code)}" if link.code in ("captive-page", "proxy-password", "proxy-failed") else ""
    return LinkBanner("offline", (Bold(f"Ngoại tuyến{since}. "), words + seen + why), "refresh", "Thử ngay")


def retry_words(in_s: float) -> str:
    """Return the countdown beside the offline banner.

    >>> retry_words(19.2), retry_words(0)
    ('thử lại sau 20 giây', 'đang thử lại…')
    """
    return f"thử lại sau {math.ceil(in_s)} giây" if in_s > 0 else "đang thử lại…"


def details(link: Connection, now: datetime, retry: str = "") -> tuple[tuple[str, str], ...]:
    """Return what the status bar opens: pairs of name and value; ``retry`` is the countdown, if one runs."""
    state = "Trực tuyến" if link.state == "online" else _LEADS.get(link.state, "Ngoại tuyến")
    since = f" từ {_at(link.since, now)}" if link.since else ""
    if link.code == _NOT_ASKED:
        state, since = _ASKING, ""
    waiting = f"{link.unsent} việc, nằm trên máy này" if link.unsent else "không có"
    return (
        ("Trạng thái", state + since),
        ("Đồng bộ gần nhất", _at(link.synced_at, now) or "chưa lần nào"),
        ("Chờ gửi", waiting),
        ("Sắp tới", _next(link, retry)),
        ("Cổng", link.portal),
    )


def _next(link: Connection, retry: str) -> str:
    if link.state == "online":
        return f"Gửi {link.unsent} việc theo thứ tự" if link.unsent else "Cổng báo ngay khi có thay đổi"
    if link.state == "signed_out":
        return "Đăng nhập lại thì gửi tiếp" if link.unsent else "Đăng nhập lại"
    if link.state in _STOPPED:
        return texts.sentence(link.code)
    again = retry[:1].upper() + retry[1:] if retry else "Tự thử lại"
    return f"{again}, rồi gửi {link.unsent} việc theo thứ tự" if link.unsent else again


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip after sign-in, and the list that shows exactly those rows: queue and filter."""

    words: str
    queue: str
    filter: str = ""


def since_lead(since: Since, now: datetime) -> str:
    """Return how the strip begins. Its figures are what waits now: the officer asks where to begin."""
    seen = f" (lần trước bạn xem lúc {_at(since.seen_at, now)})" if since.seen_at else ""
    return f"Đang chờ bạn{seen}:"


def since_figures(since: Since) -> tuple[Figure, ...]:
    """Return the strip's figures, nothing for what does not wait."""
    found = (
        (since.paid, Figure("hồ sơ đã đóng – làm tiếp", Queue.PAID_NEXT)),
        (since.to_notify, Figure("hồ sơ NVTC cần báo", Queue.TO_NOTIFY)),
        (since.new, Figure("hồ sơ mới nộp", Queue.NEW)),
        (since.supplemented, Figure("hồ sơ đã bổ sung", Queue.SUPPLEMENTED)),
        (since.late, Figure("hồ sơ quá hạn", queues.ALARM, "late")),
        (since.decisions, Figure("việc cần xem lại", queues.DECISIONS)),
        (since.unsent, Figure("việc chờ gửi", queues.OUTBOX)),
    )
    return tuple(replace(figure, words=f"{count} {figure.words}") for count, figure in found if count)


def _at(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else f"{clock_time(moment)} {day}"
