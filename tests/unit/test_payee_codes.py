"""A code that nobody could find again is never drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app import catalogues, texts
from app.clock import VN
from app.domain.dossier import Notice, NoticeLine
from app.domain.payee_codes import payee_codes
from app.domain.people import OfficerRef
from app.domain.words import LineKind, NoticeState
from app.errors import BadInput

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
CLERK = OfficerRef("o1", "tiepnhan1", "Ng. T. Ấm", "H32.8")


def notice() -> Notice:
    account = catalogues.province("H32").account_for("H32.8", LineKind.PHI, NOW.date())
    line = NoticeLine(LineKind.PHI, "Phí cấp bản sao", 8_000, account)
    return Notice("n1", 1, "Nộp phí", (line,), NoticeState.SENT, CLERK, NOW)


def test_while_the_dossier_waits_for_its_number_there_is_no_code_but_a_sentence():
    assert [code.amount for code in payee_codes("H32.8-261120-0007", notice())] == [8_000]
    with pytest.raises(BadInput, match="qr-no-code") as refused:
        payee_codes("", notice())
    assert texts.of(refused.value) == (
        "Hồ sơ đang chờ cấp số nên chưa có mã QR nộp tiền. Mã có khi Cổng cấp số."
    )


def test_lines_without_an_account_need_no_number():
    plain = replace(notice(), lines=(NoticeLine(LineKind.OTHER, "Chuyển phát", 26_500),))
    assert payee_codes("", plain) == ()
