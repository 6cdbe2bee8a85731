"""The words of one message: the template of its kind and channel, filled from the dossier.

Stands apart from sending so that what a citizen reads is the same text the desk previewed.
"""

from __future__ import annotations

from datetime import datetime

from app import catalogues
from app.domain.citizen_texts import NoticeText, render_notice_text
from app.domain.dossier import Dossier
from app.domain.notice_values import notice_values
from app.domain.words import DeliveryChannel
from app.errors import BugError


def message_text(dossier: Dossier, notice_id: str, kind: str, channel: DeliveryChannel, at: datetime) -> NoticeText:
    """Return title and body of a message; ``kind`` names the template file."""
    province = catalogues.province(catalogues.PROVINCE)
    desk = province.unit(dossier.desk_unit_id)
    if desk is None:
        raise BugError(f"no unit {dossier.desk_unit_id}")
    values = notice_values(dossier, notice_id, kind, province=province, desk=desk, at=at)
    return render_notice_text(catalogues.notice_template(kind, channel), **values)
