"""The seven official forms filled in by hand: long names, many papers, three pages; and short ones.

Stands apart because golden files, layout tests and the pictures look at the same papers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.clock import VN
from app.documents.apology import Apology
from app.documents.control_sheet import ControlSheet
from app.documents.official import Head, PaperRow, Parties
from app.documents.reception_slip import ReceptionSlip
from app.documents.refusal_slip import RefusalSlip
from app.documents.register_book import RegisterBook, RegisterRow
from app.documents.stop_notice import StopNotice
from app.documents.supplement_slip import SupplementSlip
from app.domain.handovers import Handover

CODE = "H32.8-20261120-0012"
PROCEDURE = (
    "Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu đối với hộ "
    "gia đình, cá nhân (mã 1.115375)"
)
RECEIVED, DUE = datetime(2026, 11, 20, 8, 5, tzinfo=VN), datetime(2026, 12, 31, 8, 5, tzinfo=VN)


def head(title: str, label: str, **more: object) -> Head:
    fields = {
        "title": title, "label": f"{label} (Thông tư số 03/2025/TT-VPCP)", "code": CODE,
        "authority": "Ủy ban nhân dân phường Nha Trang", "desk": "Phòng Tiếp nhận và Trả kết quả",
        "place": "Nha Trang", "issued_on": date(2026, 11, 20), "symbol": "TNTKQ", "contact": "1900 1023",
        "portal": "hanhchinhcong.khanhhoa.gov.vn",
    }  # fmt: skip
    return Head(**(fields | more))  # type: ignore[arg-type]


WHO = Parties(
    applicant="Nguyễn Phúc Bảo Ngọc Thảo Nguyên Hoàng Yến (đại diện hộ gia đình ông Nguyễn Phúc Vĩnh Tường)",
    submitter="Công Tằng Tôn Nữ Thị Huyền Trang",
    address="Số 120/45/7 đường Nguyễn Thị Minh Khai, tổ dân phố 12, phường Nha Trang, tỉnh Khánh Hòa",
    phone="0905 123 456",
    email="nguyenphucbaongocthaonguyen.hoangyen@congdan.example",
    identity_no="056190123456",
)
COMPANY = Parties(
    applicant="Công ty Trách nhiệm hữu hạn Một thành viên Yến sào Biển Xanh", identity_no="4200240380", organised=True
)
PAPERS = tuple(
    PaperRow(
        f"Giấy tờ thứ {number}: văn bản thỏa thuận phân chia di sản thừa kế đã được công chứng, kèm sơ đồ thửa đất",
        originals=number % 3,
        certified=1 if number % 4 == 0 else None,
        photocopies=number % 2,
        files=number % 5,
        note="Đã đối chiếu bản chính" if number % 7 == 0 else "",
    )
    for number in range(1, 24)
)
RECEPTION = ReceptionSlip(
    head=head("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Mẫu số 01", number="0012"),
    parties=WHO,
    procedure=PROCEDURE,
    papers=PAPERS,
    sets=1,
    limit="27 ngày làm việc",
    received_at=RECEIVED,
    due_at=DUE,
    stage_two_limit="03 ngày làm việc sau khi hoàn thành nghĩa vụ tài chính",
    result_channel="Qua bưu chính công ích, tới địa chỉ nêu trên",
    receiver="Nguyễn Thị Ấm",
    entry="0012",
    copies=("Giao khách hàng",),
)
SUPPLEMENT = SupplementSlip(
    head=head("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Mẫu số 02"),
    parties=WHO,
    procedure=PROCEDURE,
    papers=tuple(replace(paper, files=None, note="Thiếu chữ ký của người thừa kế thứ hai") for paper in PAPERS[:20]),
    reason="Văn bản thỏa thuận chưa có chữ ký của tất cả những người được hưởng di sản (Điều 57 Luật Công chứng).",
    officer="Nguyễn Thị Ấm",
    by=date(2026, 12, 5),
    round=2,
)
REFUSAL = RefusalSlip(
    head=head("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Mẫu số 03"),
    parties=WHO,
    procedure=PROCEDURE,
    submitted_at=RECEIVED,
    papers=23,
    reason="Thửa đất nằm ngoài địa bàn và không thuộc thẩm quyền giải quyết của phường. " * 70,
    officer="Nguyễn Thị Ấm",
)
APOLOGY = Apology(
    head=head("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "Mẫu số 04"),
    parties=WHO,
    procedure=PROCEDURE,
    received_at=RECEIVED,
    due_at=DUE,
    reason="Chờ ý kiến của cơ quan quản lý quy hoạch về ranh giới thửa đất. " * 95,
    new_due_at=datetime(2027, 1, 8, 16, 30, tzinfo=VN),
    overdue=True,
    signer="Phạm Văn Đức",
)
STOP = StopNotice(
    head=head("Thông báo dừng giải quyết hồ sơ", "Mẫu số 05"),
    parties=COMPANY,
    procedure=PROCEDURE,
    received_at=RECEIVED,
    due_at=DUE,
    ends=False,
    asked_by="Nguyễn Hữu Phước, Phòng Kinh tế, Hạ tầng và Đô thị",
    asked_at=datetime(2026, 11, 27, 14, 20, tzinfo=VN),
    reason="Chờ cơ quan thuế ra thông báo nộp tiền sử dụng đất và lệ phí trước bạ. " * 85,
    stage="Thẩm định hồ sơ tại Phòng Kinh tế, Hạ tầng và Đô thị",
    goes_on="đã hoàn thành nghĩa vụ tài chính",
    money=("Đã nộp: 75.000 đồng.", "Còn phải nộp: 4.250.000 đồng."),
    signer="Phạm Văn Đức",
)
CONTROL = ControlSheet(
    head=head("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Mẫu số 06"),
    applicant=WHO.applicant,
    procedure=PROCEDURE,
    received_at=RECEIVED,
    due_at=DUE,
    responsible="Chi nhánh Văn phòng Đăng ký đất đai Nha Trang",
    together_with="Phòng Kinh tế, Hạ tầng và Đô thị; Thuế cơ sở 1 tỉnh Khánh Hòa",
    handovers=tuple(
        Handover(
            "Phòng Tiếp nhận và Trả kết quả",
            "Chi nhánh Văn phòng Đăng ký đất đai Nha Trang",
            datetime(2026, 11, 20 + number, 9, 30, tzinfo=VN),
            "Nguyễn Thị Ấm",
            "Công Tằng Tôn Nữ Thị Huyền Trang",
            ("Đúng hạn", "Trước hạn", "Quá hạn")[number % 3],
            "Chuyển thẩm định, kèm bản vẽ",
        )
        for number in range(8)
    ),
)
REGISTER = RegisterBook(
    head=head("Sổ theo dõi hồ sơ", "Mẫu số 07", code="", symbol=""),
    first=date(2026, 11, 1),
    last=date(2026, 11, 30),
    rows=tuple(
        RegisterRow(
            code=f"H32.8-202611{number % 28 + 1:02d}-{number:04d}",
            procedure=PROCEDURE if number % 4 == 0 else "Đăng ký khai sinh",
            applicant=WHO.applicant if number % 5 == 0 else "Trần Thị Mai",
            address=WHO.address if number % 3 == 0 else "Phường Nha Trang",
            phone="0905 123 456",
            responsible="Chi nhánh Văn phòng Đăng ký đất đai Nha Trang",
            received_at=RECEIVED,
            due_at=DUE,
            returned_at=datetime(2026, 11, 30, 16, 0, tzinfo=VN) if number % 2 else None,
            way="Trực tiếp" if number % 2 else "Bưu chính",
            sets=1,
            note="Quá hạn" if number == 7 else "",
        )
        for number in range(1, 13)
    ),
    keeper="Nguyễn Thị Ấm",
)
