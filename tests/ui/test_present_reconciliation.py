"""How a difference between desk and portal is said over *Đã thu hôm nay*."""

from __future__ import annotations

from datetime import date, datetime

from app.clock import VN
from app.services.reconciliation import Compared, Difference
from ui.present.collected import compared

AT = datetime(2026, 11, 20, 16, 45, tzinfo=VN)
LOST = Difference("reconcile-not-at-portal", "k1", "d1", "H32.8-20261120-0001", 120_000, None)
OTHER = Difference("reconcile-differs", "k2", "d2", "H32.8-20261120-0002", 8_000, 80_000)


def found(*differences: Difference) -> Compared:
    return Compared(date(2026, 11, 20), AT, 128_000, 80_000, 0, differences)


def test_agreement_says_nothing_and_a_difference_names_its_dossier_and_sums():
    assert compared(found()) == ""
    assert compared(found(LOST)) == (
        "Đối chiếu với Cổng lúc 16:45 có lệch. "
        "H32.8-20261120-0001: máy này đã gửi 120.000 đồng, Cổng không có khoản này."
    )
    assert compared(found(OTHER, LOST)).endswith(
        "máy này ghi 8.000 đồng, Cổng ghi 80.000 đồng. Còn 1 khoản lệch khác."
    )
