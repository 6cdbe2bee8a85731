"""What is said before a payment is written down, for each answer of the portal.

Stands apart from the dialog because it is language; the sentences are the specification's own.
"""

from __future__ import annotations

from datetime import datetime

from app import texts
from app.domain.time_words import clock_time, short_day, short_moment
from app.domain.words import PaymentChannel
from app.services.payments import Outlook
from ui.present.wording import channel_words
from ui.widgets.plain_label import Bold

_ONLINE = (PaymentChannel.GATEWAY, PaymentChannel.TRANSFER)


def time_of(moment: datetime | None, now: datetime) -> str:
    """Return ``09:58`` of today, ``T5 19/11`` of another day, "" when unknown."""
    if moment is None:
        return ""
    return clock_time(moment) if short_day(moment, now) == short_day(now, now) else short_moment(moment, now)


def banner_words(outlook: Outlook) -> tuple[str, tuple[str, ...]]:
    """Return the banner's kind and its sentence in parts."""
    if outlook.kind == "unpaid":
        asked = Bold(f"Đã hỏi Cổng lúc {clock_time(outlook.at)}: ")
        return "ok", (asked, "chưa có khoản đóng trực tuyến nào.")
    if outlook.kind == "offline":
        since = Bold(f"Đang ngoại tuyến từ {time_of(outlook.since, outlook.at)} – chưa hỏi được Cổng. ")
        rest = (
            "Vẫn ghi được: lưu trên máy, gửi khi có mạng. Nếu công dân cũng đã đóng trực tuyến, cả hai khoản được giữ "
            "lại và có việc cần xem lại."
        )
        return "offline", (since, rest)
    if outlook.kind == "paying":
        name = channel_words(outlook.notice.paying_with)
        said = f"Công dân đang mở trang thanh toán {name} (từ {time_of(outlook.since, outlook.at)}). "
        rest = "Vẫn thu: liên kết chưa dùng sẽ đóng; khoản đang ở ngân hàng vẫn có thể tới."
        return "warn", (Bold(said.replace("  ", " ")), rest)
    if outlook.kind == "paid":
        payment = outlook.payment
        at = time_of(payment.paid_at, outlook.at) if payment is not None else ""
        online = payment is None or payment.channel in _ONLINE
        said = f"Công dân đã đóng trực tuyến lúc {at}." if online else f"Đã ghi nhận nộp tại quầy lúc {at}."
        return "ok", (Bold(said), " Không cần thu nữa.")
    return "warn", (texts.sentence("notice-closed"),)
