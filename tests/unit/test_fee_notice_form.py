"""The printed fee notice says what it must, carries the right codes, and never one for NVTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from app.clock import VN
from app.documents.fee_notice import FeeNoticeForm, FormLine, NvtcBlock, QrBlock, render
from app.documents.page import balanced, wrapped
from app.documents.qr import qr_matrix
from app.domain import vietqr
from app.domain.words import LineKind
from tests.unit.printed_papers import codes_of, ink_of, pages_of, text_of

GOLDEN = Path(__file__).parent.parent / "golden"
PURPOSE = "H3282611200005N1"


def code_for(caption: str, amount: int, bank: str, bank_bin: str, account: str) -> QrBlock:
    text = vietqr.payload(bank_bin=bank_bin, account=account, amount=amount, purpose=PURPOSE)
    return QrBlock(caption, amount, bank, account, PURPOSE, text)


FORM = FeeNoticeForm(
    authority="Ủy ban nhân dân phường Nha Trang",
    desk="Phòng Tiếp nhận và Trả kết quả",
    place="Nha Trang",
    issued_on=date(2026, 11, 20),
    code="H32.8-261120-0005",
    addressee="Bà Nguyễn Thị Hồng Nhung",
    salutation="Bà",
    desk_and_unit="Phòng Tiếp nhận và Trả kết quả phường Nha Trang",
    filed_online=True,
    filed_at=datetime(2026, 11, 20, 8, 5, tzinfo=VN),
    procedure_name="Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
    procedure_code="1.000689",
    purpose="Để hồ sơ được tiếp nhận",
    lines=(
        FormLine("Phí cấp bản sao trích lục (03 bản)", LineKind.PHI, 24_000),
        FormLine("Lệ phí hộ tịch", LineKind.LE_PHI, 15_000),
        FormLine("Chuyển phát kết quả qua bưu chính công ích", LineKind.OTHER, 26_500),
    ),
    total=65_500,
    total_words="Sáu mươi lăm nghìn năm trăm đồng",
    qr_blocks=(
        code_for("Phí", 24_000, "BIDV", "970418", "5810002207"),
        code_for("Lệ phí", 15_000, "Agribank", "970405", "47002050916"),
        code_for("Khoản khác", 26_500, "VietinBank", "970415", "10286675530"),
    ),
    closing=(
        "Sau khi nộp, thời hạn tiếp nhận hồ sơ là 08 giờ làm việc tính từ lúc khoản nộp được ghi nhận.",
        "Biên lai phí và biên lai lệ phí được lập riêng.",
    ),
    hotline="19001023",
    signer_title="Cán bộ thông báo",
    signer_name="Nguyễn Thị Ấm",
    counter="quầy số 3",
)
OBLIGATION = replace(
    FORM,
    purpose="Để hồ sơ được giải quyết tiếp",
    procedure_name="Cấp đổi Giấy chứng nhận QSDĐ, QSH tài sản gắn liền với đất",
    procedure_code="1.115345",
    lines=(FormLine("Nghĩa vụ tài chính theo thông báo của cơ quan thuế", LineKind.NVTC, 4_250_000),),
    total=4_250_000,
    total_words="Bốn triệu hai trăm năm mươi nghìn đồng",
    qr_blocks=(),
    nvtc=(
        NvtcBlock(
            4_250_000,
            "7111.0.1054321",
            "LTB2656001-TK0048812/TB-CCT",
            date(2026, 11, 19),
            "Kho bạc Nhà nước Khánh Hòa",
            "NVTC-2656001",
        ),
    ),
    closing=("Sau khi nộp, thời hạn giải quyết được tính tiếp.",),
    pay_by=date(2026, 12, 1),
    reprint=2,
)


@pytest.mark.parametrize(("name", "form"), [("fee_notice", FORM), ("fee_notice_nvtc", OBLIGATION)])
def test_the_slip_reads_as_agreed(name: str, form: FeeNoticeForm) -> None:
    read = "\f".join(page.rstrip() for page in pages_of(render(form))) + "\n"
    assert read == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_slip_of_fees_and_an_obligation_names_both() -> None:
    both = replace(OBLIGATION, lines=(*FORM.lines, *OBLIGATION.lines))
    read = pages_of(render(both))[0]
    assert "PHIẾU THÔNG BÁO THU PHÍ, LỆ PHÍ\nVề việc nộp phí, lệ phí và nghĩa vụ tài chính\n" in read


def test_every_code_on_the_paper_reads_back_as_its_payload() -> None:
    pdf = render(FORM)
    assert codes_of(pdf) == {block.payload for block in FORM.qr_blocks}
    assert codes_of(pdf, zxingcpp.BarcodeFormat.Code128) == {"H32.8-261120-0005"}


def test_the_codes_pay_each_account_its_own_sum() -> None:
    read = {vietqr.parse(text) for text in codes_of(render(FORM))}
    assert {(code.bank_bin, code.account, code.amount, code.purpose) for code in read} == {
        ("970418", "5810002207", 24_000, "H3282611200005N1"),
        ("970405", "47002050916", 15_000, "H3282611200005N1"),
        ("970415", "10286675530", 26_500, "H3282611200005N1"),
    }


def test_a_financial_obligation_gets_no_code_but_the_treasury() -> None:
    pdf = render(OBLIGATION)
    assert codes_of(pdf) == set()
    text = text_of(pdf)
    for fact in ("4.250.000 đồng", "7111.0.1054321", "LTB2656001-TK0048812/TB-CCT", "19/11/2026", "NVTC-2656001"):
        assert fact in text
    assert "VietQR" not in text
    assert "nộp trực tiếp tại" not in text


def test_a_kind_without_account_is_said_and_has_no_code() -> None:
    pdf = render(replace(FORM, qr_blocks=FORM.qr_blocks[:2], without_account=("khoản khác",)))
    assert len(codes_of(pdf)) == 2
    assert "Khoản khác không có mã VietQR" in text_of(pdf)


def test_all_fonts_are_inside_the_file() -> None:
    pdf = render(FORM)
    assert pdf.count(b"/FontFile2") == 4
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 2), (30, 3)])
def test_many_lines_go_on_the_next_page_under_the_same_head(count: int, pages: int) -> None:
    lines = tuple(
        FormLine(f"Phí thẩm định hồ sơ thứ {number} có tên dài để xuống dòng", LineKind.PHI, 1_000)
        for number in range(1, count + 1)
    )
    read = pages_of(render(replace(FORM, lines=lines, total=1_000 * count)))
    assert len(read) == pages
    assert sum(page.count("Khoản nộp") for page in read) == sum("\n1.000" in page or " 1.000" in page for page in read)
    whole = " ".join(" ".join(read).split())
    assert all(f"thứ {number} " in whole for number in range(1, count + 1))


def test_a_very_long_name_wraps_and_nothing_leaves_the_margins() -> None:
    form = replace(FORM, addressee="Ông " + "Y Thiên Niê Kđăm " * 20 + "x" * 160, signer_name="Nguyễn " * 12)
    drawn = ink_of(pdfium.PdfDocument(render(form))[0])
    assert min(box[0] for box in drawn) >= 85.0 - 1
    assert max(box[2] for box in drawn) <= 595.3 - 48.2 + 1


def test_markup_and_direction_marks_are_shown_as_plain_text() -> None:
    text = text_of(render(replace(FORM, addressee="Bà <b>Lê\u202e</b> & con")))
    assert "Kính gửi: Bà <b>Lê</b> & con" in text


def test_a_reprint_and_a_missing_number_are_marked() -> None:
    assert "Bản in lại" not in text_of(render(FORM))
    text = text_of(render(replace(FORM, reprint=1, number_pending=True)))
    assert "Bản in lại lần 1" in text
    assert "Số chính thức cấp khi có mạng." in text


def test_the_same_form_gives_the_same_bytes() -> None:
    assert render(FORM) == render(FORM)


def test_a_matrix_is_square_and_has_its_finder_patterns() -> None:
    matrix = qr_matrix("00020101021238")
    assert {len(row) for row in matrix} == {len(matrix)}
    assert matrix[0][:7] == (True,) * 7
    assert matrix[1][:7] == (True, False, False, False, False, False, True)


def test_headings_break_into_lines_of_about_one_length() -> None:
    found = balanced("PHÒNG TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "LiberationSerif-Bold", 12, 144)
    assert found == ["PHÒNG TIẾP NHẬN", "VÀ TRẢ KẾT QUẢ"]


def test_a_word_longer_than_a_line_is_broken_and_nothing_is_lost() -> None:
    lines = wrapped("a " + "w" * 50, "LiberationSerif-Regular", 13, 100)
    assert "".join(lines) == "a" + "w" * 50
    assert wrapped("", "LiberationSerif-Regular", 13, 100) == [""]
