"""The seven official forms say all that their circular wants, in the layout of NĐ 30/2020, however long they get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.units import mm

from app.documents import (
    apology,
    control_sheet,
    reception_slip,
    refusal_slip,
    register_book,
    stop_notice,
    supplement_slip,
)
from tests.unit.printed_papers import codes_of, ink_of, pages_of, rules_of, text_of, type_of
from tests.unit.sample_forms import (
    APOLOGY,
    CODE,
    COMPANY,
    CONTROL,
    PAPERS,
    RECEPTION,
    REFUSAL,
    REGISTER,
    STOP,
    SUPPLEMENT,
)

GOLDEN = Path(__file__).parent.parent / "golden"
FORMS: dict[str, tuple[Callable[[Any], bytes], Any]] = {
    "01": (reception_slip.render, RECEPTION),
    "02": (supplement_slip.render, SUPPLEMENT),
    "03": (refusal_slip.render, REFUSAL),
    "04": (apology.render, APOLOGY),
    "05": (stop_notice.render, STOP),
    "06": (control_sheet.render, CONTROL),
    "07": (register_book.render, REGISTER),
}
UPRIGHT = tuple(name for name in FORMS if name != "07")
# What the forms of TT 03/2025/TT-VPCP ask for, as people read it (domain.md §3).
COMMON = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN PHƯỜNG NHA TRANG",
          "PHÒNG TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "Nha Trang, ngày 20 tháng 11 năm 2026")  # fmt: skip
WANTED = {
    "01": (
        "Mẫu số 01 (Thông tư số 03/2025/TT-VPCP)", "Số: 0012/TNTKQ", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "(Liên: Giao khách hàng)", "Mã hồ sơ: H32.8-20261120-0012",
        "Bộ phận tiếp nhận và trả kết quả: Phòng Tiếp nhận và Trả kết quả", "Tiếp nhận hồ sơ của: Nguyễn Phúc Bảo Ngọc",
        "Người nộp hồ sơ: Công Tằng Tôn Nữ Thị Huyền Trang", "Địa chỉ: Số 120/45/7 đường",
        "Số điện thoại: 0905 123 456",
        "Email: nguyenphucbaongocthaonguyen.hoangyen@congdan.example", "Số CMND/CC/Hộ chiếu: 056190123456",
        "Nội dung yêu cầu giải quyết: Đăng ký đất đai, cấp Giấy chứng nhận", "1. Thành phần hồ sơ nộp gồm",
        "TT Thành phần hồ sơ", "Bản chính", "Bản chứng thực", "Bản photo", "Tệp điện tử", "Ghi chú",
        "2. Số lượng hồ sơ: 01 (bộ)",
        "3. Thời gian giải quyết hồ sơ theo quy định: 27 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 08 giờ 05 phút, ngày 31 tháng 12 năm 2026",
        "6. Thời gian giải quyết giai đoạn 2 (nếu có): 03 ngày làm việc",
        "7. Thời gian trả kết quả giai đoạn 2 (nếu có):",
        "8. Đăng ký nhận kết quả: Qua bưu chính công ích", "Quyển số: ……, Số thứ tự: 0012", "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ", "Nguyễn Thị Ấm",
    ),
    "02": (
        "Mẫu số 02 (", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Mã hồ sơ: H32.8-20261120-0012", "(Lần 2)",
        "Tiếp nhận hồ sơ/yêu cầu của: Nguyễn Phúc Bảo Ngọc", "Nội dung yêu cầu giải quyết: Đăng ký đất đai",
        "Địa chỉ: Số 120/45/7", "Số điện thoại: 0905 123 456", "Email:",
        "Yêu cầu Ông/Bà bổ sung, hoàn thiện hồ sơ gồm những giấy tờ, nội dung sau", "Bản chính",
        "Bản chứng thực", "Bản photo", "Ghi chú",
        "Lý do: Văn bản thỏa thuận chưa có chữ ký", "Thời hạn bổ sung: trước hết ngày 05 tháng 12 năm 2026",
        "Ông/Bà liên hệ với Phòng Tiếp nhận và Trả kết quả, số điện thoại 1900 1023",
        "tra cứu theo mã hồ sơ tại hanhchinhcong.khanhhoa.gov.vn", "NGƯỜI HƯỚNG DẪN", "Nguyễn Thị Ấm",
    ),
    "03": (
        "Mẫu số 03 (", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Mã hồ sơ: H32.8-20261120-0012",
        "Tiếp nhận hồ sơ của: Nguyễn Phúc Bảo Ngọc", "Người nộp hồ sơ: Công Tằng Tôn Nữ", "Địa chỉ: Số 120/45/7",
        "Số điện thoại: 0905 123 456; Email:", "Số CMND/CC/Hộ chiếu: 056190123456",
        "Nội dung yêu cầu giải quyết: Đăng ký đất đai",
        "Thời gian nộp hồ sơ: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026", "Số giấy tờ đã nộp: 23",
        "Lý do: Thửa đất nằm ngoài địa bàn", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TỪ CHỐI TIẾP NHẬN",
    ),
    "04": (
        "Mẫu số 04 (", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: Ông/Bà Nguyễn Phúc Bảo Ngọc",
        "Mã hồ sơ: H32.8-20261120-0012", "Chủ hồ sơ: Nguyễn Phúc Bảo Ngọc",
        "Thời gian hẹn trả kết quả: 08 giờ 05 phút, ngày 31 tháng 12 năm 2026", "đã quá thời hạn nêu trên",
        "Lý do chậm: Chờ ý kiến", "Ủy ban nhân dân phường Nha Trang xin lỗi Ông/Bà và đề nghị gia hạn",
        "16 giờ 30 phút, ngày 08 tháng 01 năm 2027", "Nơi nhận:", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "Phạm Văn Đức",
    ),
    "05": (
        "Mẫu số 05 (", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Kính gửi: Công ty Trách nhiệm hữu hạn",
        "Mã hồ sơ: H32.8-20261120-0012", "1. Đề nghị dừng", "Người đề nghị: Nguyễn Hữu Phước",
        "lúc 14 giờ 20 phút, ngày 27",
        "Lý do: Chờ cơ quan thuế", "2. Giai đoạn giải quyết khi dừng", "Thẩm định hồ sơ tại Phòng Kinh tế",
        "chưa có quyết định về kết quả giải quyết hồ sơ", "3. Quyết định", "Tạm dừng giải quyết hồ sơ",
        "tính tiếp khi đã hoàn thành nghĩa vụ tài chính", "4. Phí, lệ phí và nghĩa vụ tài chính",
        "Đã nộp: 75.000 đồng.",
        "Còn phải nộp: 4.250.000 đồng.", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    ),
    "06": (
        "Mẫu số 06 (", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Mã hồ sơ: H32.8-20261120-0012",
        "Kèm theo hồ sơ của: Nguyễn Phúc Bảo Ngọc", "Nội dung yêu cầu giải quyết: Đăng ký đất đai",
        "Ngày nhận: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "Ngày giờ hẹn trả kết quả: 08 giờ 05 phút, ngày 31 tháng 12 năm 2026",
        "Cơ quan, đơn vị giải quyết hồ sơ: Chi nhánh Văn phòng Đăng ký đất đai Nha Trang",
        "Cơ quan phối hợp giải quyết hồ sơ: Phòng Kinh tế, Hạ tầng và Đô thị", "Tên cơ quan",
        "Thời gian giao, nhận hồ sơ", "1. Giao: Phòng Tiếp nhận", "2. Nhận: Chi nhánh",
        "09 giờ 30 phút, ngày 20 tháng 11",
        "Người giao (ký):", "Người nhận (ký):", "Trước hạn", "Đúng hạn", "Quá hạn", "Ghi chú",
        "…… giờ …… phút, ngày ……",
    ),
    "07": (
        "Mẫu số 07 (", "SỔ THEO DÕI HỒ SƠ", "(Từ ngày 01/11/2026 đến ngày 30/11/2026)", "STT", "Mã hồ sơ", "Tên TTHC",
        "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết",
        "Nhận và trả kết quả",
        "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả", "Ký nhận", "Ghi chú",
        "H32.8-20261102-0001", "0905 123 456", "20/11/2026", "31/12/2026", "Trực tiếp", "Bưu chính",
        "Tổng số: 12 hồ sơ.", "NGƯỜI LẬP SỔ",
    ),
}  # fmt: skip


def drawn(name: str, **changed: Any) -> bytes:
    render, form = FORMS[name]
    return render(replace(form, **changed))


@pytest.mark.parametrize("name", FORMS)
def test_the_form_reads_as_agreed(name: str) -> None:
    read = "\f".join(page.rstrip() for page in pages_of(drawn(name))) + "\n"
    assert read == (GOLDEN / f"form_{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_the_circular_is_there(name: str) -> None:
    text = text_of(drawn(name))
    missing = [field for field in (*COMMON, *WANTED[name]) if field not in text]
    assert not missing


@pytest.mark.parametrize("name", FORMS)
def test_long_forms_take_three_pages_numbered_from_the_second(name: str) -> None:
    pages = pages_of(drawn(name))
    assert len(pages) == 3
    assert not pages[0].startswith("1\n")
    assert [page.split("\n")[0] for page in pages[1:]] == ["2", "3"]


@pytest.mark.parametrize("name", FORMS)
def test_nothing_leaves_the_margins(name: str) -> None:
    top, bottom, left, right = (20, 20, 30, 17) if name != "07" else (30, 17, 20, 20)
    for number, page in enumerate(pdfium.PdfDocument(drawn(name)), 1):
        width, height = page.get_size()
        text = [box for box in ink_of(page) if number == 1 or box[3] < height - top * mm]
        assert min(box[0] for box in text) >= left * mm - 1
        assert max(box[2] for box in text) <= width - right * mm + 1
        assert min(box[1] for box in text) >= bottom * mm - 4, "descenders only"
        assert max(box[3] for box in text) <= height - top * mm + 1
        above = [box for box in ink_of(page) if box[3] >= height - top * mm + 1]
        assert len(above) == (0 if number == 1 else 1), "only the page's number stands above"


@pytest.mark.parametrize("name", FORMS)
def test_all_fonts_are_inside_the_file(name: str) -> None:
    pdf = drawn(name)
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") >= 3
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("name", UPRIGHT)
def test_the_code_reads_back(name: str) -> None:
    assert codes_of(drawn(name)) == {CODE}


@pytest.mark.parametrize("name", FORMS)
def test_type_and_rules_are_those_of_the_decree(name: str) -> None:
    page = pdfium.PdfDocument(drawn(name))[0]
    _, form = FORMS[name]
    bold, roman, italic = "LiberationSerif-Bold", "LiberationSerif", "LiberationSerif-Italic"
    assert type_of(page, "CỘNG HÒA XÃ HỘI") == (bold, pytest.approx(12, abs=1))
    assert type_of(page, "Độc lập - Tự do") == (bold, pytest.approx(13.5, abs=0.5))
    assert type_of(page, "ỦY BAN NHÂN DÂN") == (roman, pytest.approx(12, abs=1))
    assert type_of(page, "PHÒNG TIẾP NHẬN") == (bold, pytest.approx(12, abs=1))
    assert type_of(page, "Nha Trang, ngày") == (italic, pytest.approx(13.5, abs=0.5))
    assert type_of(page, form.head.title.upper()[:12]) == (bold, pytest.approx(14, abs=0.5))
    if name != "07":
        assert type_of(page, "Số: ") == (roman, 13)
        assert type_of(page, "Mã hồ sơ")[1] == pytest.approx(13.5, abs=0.5)
    motto = page.get_textpage().search("Độc lập - Tự do - Hạnh phúc").get_next()
    assert motto is not None
    text = page.get_textpage()
    first, last = text.get_charbox(motto[0]), text.get_charbox(motto[0] + motto[1] - 1)
    assert any(
        left == pytest.approx(first[0], abs=2) and right == pytest.approx(last[2], abs=2) and 0 < first[1] - height < 8
        for left, right, height in rules_of(page)
    ), "a rule as long as the motto stands under it"


@pytest.mark.parametrize(("name", "column"), [("01", "Thành phần hồ sơ"), ("06", "Tên cơ quan"), ("07", "Tên TTHC")])
def test_the_head_of_a_table_stands_on_every_page(name: str, column: str) -> None:
    pages = pages_of(drawn(name))
    assert all(column in page for page in pages)


@pytest.mark.parametrize(("name", "words"), [("02", "liên hệ với"), ("03", "được biết"), ("04", "thông cảm")])
def test_a_signature_never_stands_alone(name: str, words: str) -> None:
    field = "papers" if name == "02" else "reason"
    for count in range(1, 26, 3):
        value: Any = PAPERS[:count] if name == "02" else "Thửa đất nằm ngoài địa bàn của phường. " * count * 3
        last = pages_of(drawn(name, **{field: value}))[-1]
        assert "(Ký" in last
        assert words in " ".join(last.split())


def test_a_reception_slip_comes_in_two_copies_each_from_its_own_first_page() -> None:
    pages = pages_of(drawn("01", copies=reception_slip.COPIES, papers=PAPERS[:2]))
    assert ["(Liên: Giao khách hàng)" in page for page in pages] == [True, False, False, False]
    assert ["(Liên: Lưu)" in page for page in pages] == [False, False, True, False]
    assert [page.split("\n")[0] for page in pages][1::2] == ["2", "2"]
    assert codes_of(drawn("01", copies=reception_slip.COPIES, papers=PAPERS[:2]), page=2) == {CODE}


def test_certified_papers_are_counted_by_pages_and_signed_copies() -> None:
    text = text_of(drawn("01", certified=True, papers=(replace(PAPERS[0], pages=3, paper_copies=2, signed_copies=1),)))
    for column in ("Số trang", "Số bản giấy", "Ký bản điện tử", "03 02 01"):
        assert column in text
    assert "Bản photo" not in text


def test_an_online_citizen_does_not_sign() -> None:
    assert "NGƯỜI NỘP HỒ SƠ" not in text_of(drawn("01", with_submitter=False))


def test_a_stop_says_whether_it_ends_the_dossier() -> None:
    assert "Chấm dứt" not in text_of(drawn("05"))
    ended = text_of(drawn("05", ends=True))
    assert "Chấm dứt giải quyết hồ sơ. Khi còn nhu cầu, Quý đơn vị nộp hồ sơ mới." in ended
    assert "Tạm dừng" not in ended


@pytest.mark.parametrize("name", FORMS)
def test_a_reprint_and_a_missing_number_are_marked(name: str) -> None:
    assert "Bản in lại" not in text_of(drawn(name))
    head = replace(FORMS[name][1].head, reprint=2, number_pending=True)
    text = text_of(drawn(name, head=head))
    assert "Bản in lại lần 2" in text
    assert "Số chính thức cấp khi có mạng." in text


def test_what_is_not_known_is_left_to_the_pen() -> None:
    head = replace(FORMS["04"][1].head, issued_on=None, number="")
    text = text_of(drawn("04", head=head, reason="", new_due_at=None, due_at=None, signer=""))
    for blank in ("Nha Trang, ngày …… tháng …… năm ……", "Số: ……/TNTKQ", "Lý do chậm: …………", "…… giờ …… phút, ngày ……"):
        assert blank in text
    for name in UPRIGHT:
        who = {"parties": replace(COMPANY, address="", phone="", identity_no="")} if name != "06" else {}
        assert "None" not in text_of(drawn(name, **who))


def test_without_a_code_there_is_no_symbol_to_scan() -> None:
    text = text_of(drawn("01", head=replace(RECEPTION.head, code="", number_pending=True)))
    assert "Mã hồ sơ: ……" in text
    assert codes_of(drawn("01", head=replace(RECEPTION.head, code=""))) == set()


def test_a_form_its_edition_does_not_have_bears_no_number() -> None:
    assert "Mẫu số" not in text_of(drawn("05", head=replace(STOP.head, label="")))


def test_a_cell_longer_than_a_page_goes_on_and_loses_nothing() -> None:
    long = replace(PAPERS[0], name=" ".join(f"từ{number}" for number in range(900)))
    text = text_of(drawn("01", papers=(PAPERS[0], long, PAPERS[1])))
    assert all(f"từ{number} " in text for number in range(899))


def test_markup_and_direction_marks_are_shown_as_plain_text() -> None:
    text = text_of(drawn("03", reason="Đơn <b>thiếu\u202e</b> chữ ký & dấu"))
    assert "Lý do: Đơn <b>thiếu</b> chữ ký & dấu" in text


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_gives_the_same_bytes(name: str) -> None:
    assert drawn(name) == drawn(name)
