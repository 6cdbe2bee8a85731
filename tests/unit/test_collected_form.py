"""The list of a day's takings: every fact, long names, two pages, the same bytes for the same day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium

from app.documents.collected import CollectedForm, TakenRow, render
from tests.unit.moments import at

ROWS = (
    TakenRow(at("20/11 08:05"), "H32.8-20261120-0001", "Trần Thị Mai", "BL 0001", "Tiền mặt", 120_000),
    TakenRow(
        at("20/11 09:10"), "H32.8-20261120-0002", "Công ty TNHH Một thành viên Xây dựng và Thương mại Khánh Hòa", "",
        "Thẻ (POS)", 1_500_000, "chờ bổ sung chứng từ, chưa gửi",
    ),
    TakenRow(at("20/11 10:00"), "H32.8-20261120-0003", "Lê Văn An", "BL 0002", "Tiền mặt", 8000, "đã hủy ghi nhận"),
)  # fmt: skip
FORM = CollectedForm(
    authority="Ủy ban nhân dân phường Nha Trang",
    desk="Phòng Tiếp nhận và Trả kết quả",
    place="Nha Trang",
    day=date(2026, 11, 20),
    printed_at=at("20/11 16:45"),
    officer="Nguyễn Thị Ấm",
    rows=ROWS,
    by_way=(("Tiền mặt", 120_000), ("Thẻ (POS)", 1_500_000)),
    by_kind=(("Phí", 1_600_000), ("Lệ phí", 20_000)),
    total=1_620_000,
    total_words="Một triệu sáu trăm hai mươi nghìn đồng",
    unsent=1,
)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(pdf)]


def test_every_fact_and_sum_stands_on_the_paper() -> None:
    text = pages(render(FORM))[0]
    for said in (
        "BẢNG KÊ TIỀN ĐÃ THU", "Ngày 20/11/2026. Người thu: Nguyễn Thị Ấm", "08:05 H32.8-20261120-0001 Trần Thị Mai",
        "BL 0001", "120.000", "(chờ bổ sung chứng", "(đã hủy ghi",
        "Theo hình thức: Tiền mặt 120.000 đồng; Thẻ (POS) 1.500.000 đồng.",
        "Theo loại khoản: Phí 1.600.000 đồng; Lệ phí 20.000 đồng.",
        "Tổng cộng: 1.620.000 đồng (Một triệu sáu trăm hai mươi nghìn đồng).", "1 khoản Cổng chưa xác nhận",
    ):  # fmt: skip
        assert said in text


def test_the_month_is_written_as_on_every_other_paper() -> None:
    """NĐ 30/2020/NĐ-CP: only January and February have a leading zero."""
    text = pages(render(replace(FORM, printed_at=at("05/03 16:45"))))[0]
    assert "ngày 05 tháng 3 năm 2026" in text


def test_many_rows_go_on_with_the_head_repeated() -> None:
    found = pages(render(replace(FORM, rows=ROWS * 20)))
    assert len(found) > 1
    assert all("Người nộp" in page for page in found[:-1])
    assert found[1].startswith("2 ")


def test_a_day_without_takings_and_the_same_bytes_for_the_same_day() -> None:
    nothing = replace(FORM, rows=(), by_way=(), by_kind=(), total=0, unsent=0)
    assert "Không có khoản thu nào." in pages(render(nothing))[0]
    assert render(FORM) == render(FORM)


def test_the_largest_sum_is_not_cut() -> None:
    text = pages(render(replace(FORM, rows=(replace(ROWS[0], amount=999_999_999_999),))))[0]
    assert "999.999.999.999" in text
