"""What citizens read: whole, plain, and within one SMS."""

from __future__ import annotations

import pytest

from app import catalogues
from app.domain.citizen_texts import (
    NoticeTemplate,
    Value,
    placeholders,
    render_notice_text,
    unaccented,
)
from app.domain.words import DeliveryChannel
from app.errors import BugError

SMS = DeliveryChannel.SMS
VALUES: dict[str, Value] = {
    "code": "H32.8-261120-0005",
    "total": 65_500,
    "old_total": 70_000,
    "total_words": "Sáu mươi lăm nghìn năm trăm đồng",
    "title": "Nộp phí, lệ phí hồ sơ H32.8-261120-0005",
    "applicant": "Bà Nguyễn Thị Hồng Nhung",
    "procedure": "Đăng ký khai sinh",
    "lines": ("Phí cấp bản sao: 24.000 đồng", "Lệ phí hộ tịch: 41.500 đồng"),
    "desk": "Phòng Tiếp nhận và Trả kết quả phường Nha Trang",
    "portal": "https://hanhchinhcong.khanhhoa.gov.vn",
    "hotline": "19001023",
    "date": "20/11/2026",
    "pay_by": "",
    "after_payment": "",
    "by_qr": "quét từng mã VietQR kèm theo bằng ứng dụng ngân hàng",
    "at_desk": "Phòng Tiếp nhận và Trả kết quả phường Nha Trang",
    "treasury": "",
    "tax_notice": "",
    "reason": "",
    "rest": 35_500,
    "paid": 30_000,
    "waived": 30_000,
    "refunded": 30_000,
    "refunded_words": "Ba mươi nghìn đồng",
    "refund_document": "",
    "first_due": "10:00 thứ Năm 26/11/2026",
    "new_due": "10:00 thứ Hai 30/11/2026",
}
KINDS = ("fee", "cancel", "extension", "replace", "refund", "reminder", "reversal", "suspension", "waiver")


def test_the_fee_sms_to_the_letter() -> None:
    text = render_notice_text(catalogues.notice_template("fee", SMS), **VALUES)
    assert text.body == (
        "Ho so H32.8-261120-0005 can nop 65.500 dong. Nop tai hanhchinhcong.khanhhoa.gov.vn hoac tai quay mot cua. "
        "Hoi dap 19001023."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_sms_fits_with_the_largest_sum_and_the_longest_code(kind: str) -> None:
    values = VALUES | {
        "code": "000.17.22.H56-210531-0001",
        "total": 999_999_999_999,
        "old_total": 999_999_999_999,
        "rest": 999_999_999_999,
        "waived": 999_999_999_999,
        "refunded": 999_999_999_999,
        "hotline": "02693844789",
    }
    body = render_notice_text(catalogues.notice_template(kind, SMS), **values).body
    assert len(body) <= 160
    assert body.isascii()
    assert "000.17.22.H56-210531-0001" in body
    assert "02693844789" in body
    assert kind in ("suspension", "extension") or "999.999.999.999 dong" in body


@pytest.mark.parametrize("kind", KINDS)
def test_an_sms_names_nobody(kind: str) -> None:
    wanted = placeholders(catalogues.notice_template(kind, SMS))
    sums = {"total", "old_total", "rest", "waived", "refunded"}
    assert wanted <= sums | {"code", "portal", "hotline", "date", "new_due"}


@pytest.mark.parametrize("channel", [DeliveryChannel.ACCOUNT, DeliveryChannel.EMAIL])
def test_the_long_texts_say_sum_words_lines_and_hotline(channel: DeliveryChannel) -> None:
    text = render_notice_text(catalogues.notice_template("fee", channel), **VALUES)
    assert text.title == "Nộp phí, lệ phí hồ sơ H32.8-261120-0005"
    assert "65.500 đồng (Sáu mươi lăm nghìn năm trăm đồng)" in text.body
    assert "Phí cấp bản sao: 24.000 đồng\nLệ phí hộ tịch: 41.500 đồng" in text.body
    assert "19001023" in text.body
    assert "Nộp trước hết ngày" not in text.body


def test_a_line_with_its_date_is_kept() -> None:
    template = catalogues.notice_template("fee", DeliveryChannel.ACCOUNT)
    text = render_notice_text(template, **VALUES | {"pay_by": "01/12/2026"})
    assert "\nNộp trước hết ngày 01/12/2026.\n" in text.body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channel", [DeliveryChannel.ACCOUNT, DeliveryChannel.EMAIL, SMS])
def test_no_text_wants_more_than_the_known_values(kind: str, channel: DeliveryChannel) -> None:
    assert placeholders(catalogues.notice_template(kind, channel)) <= VALUES.keys()


def test_free_text_makes_room_and_the_sum_is_never_cut() -> None:
    template = NoticeTemplate("x", SMS, "", "Ho so {code}: {reason} Nop {total} dong.")
    body = render_notice_text(template, code="H32", reason="Đã sửa " * 40, total=123_456_789_012).body
    assert len(body) <= 160
    assert body.endswith(".. Nop 123.456.789.012 dong.")


def test_an_sms_that_cannot_fit_is_our_mistake() -> None:
    template = NoticeTemplate("x", SMS, "", "a" * 155 + "{total}")
    with pytest.raises(BugError):
        render_notice_text(template, total=1_000_000)


def test_a_value_that_is_not_given_is_our_mistake() -> None:
    with pytest.raises(BugError):
        render_notice_text(catalogues.notice_template("fee", SMS), code="H32")


def test_values_cannot_bring_placeholders_controls_or_lines() -> None:
    template = NoticeTemplate("x", DeliveryChannel.EMAIL, "", "{applicant}|{code}")
    text = render_notice_text(template, applicant="{code}\r\nBcc: a\u202eb", code="H32")
    assert text.body == "{code} Bcc: ab|H32"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đỗ Thị Hạnh", "Do Thi Hanh"),
        ("Kpă H’Linh", "Kpa HLinh"),
        ("Nguyễn “Ấm” – ~{x}", 'Nguyen "Am" - x'),
        ("日本", ""),
    ],
)
def test_unaccented(text: str, plain: str) -> None:
    assert unaccented(text) == plain
