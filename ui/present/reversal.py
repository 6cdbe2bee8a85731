"""What reversing a payment comes to, in words: read by the officer before it is done.

Stands apart from the dialog because these sentences are drawn from the dossier before and after, by the very rule.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.notices import gate_notices, open_notices, rest_of
from app.domain.time_words import short_moment
from app.domain.words import CaseKind, State
from ui.present.wording import state_words


def consequences(before: Dossier, after: Dossier, now: datetime) -> tuple[str, ...]:
    """Return the sentences, what matters most first."""
    found = ["Khoản này không bị xóa: được gạch đi, kèm lý do và tên bạn."]
    waited = {notice.id: rest_of(before, notice) for notice in open_notices(before)}
    for notice in open_notices(after):
        rest = rest_of(after, notice)
        if rest != waited.get(notice.id, 0):
            again = "chờ đóng lại" if notice.id not in waited else "còn thiếu"
            found.append(f"Thông báo “{notice.title}” {again}: {format_dong(rest)}.")
    missing = sum(c.amount for c in after.cases if c.kind is CaseKind.SHORTFALL and c not in before.cases)
    if missing:
        found.append(f"Hồ sơ giữ trạng thái “{state_words(after)}”; mở việc thiếu tiền {format_dong(missing)}.")
    elif after.state is State.AWAITING_OBLIGATION and before.state is not State.AWAITING_OBLIGATION:
        since = short_moment(after.pauses[-1].started_at, now)
        found.append(f"Hồ sơ về lại “{state_words(after)}”; đồng hồ dừng liền mạch từ {since}.")
    elif after.state is State.SUBMITTED and gate_notices(after):
        found.append("Thời hạn tiếp nhận dừng lại cho đến khi công dân đóng.")
    return tuple(found)
