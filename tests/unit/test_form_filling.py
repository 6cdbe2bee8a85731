"""Official forms filled from dossiers: which fits which step, whose letterhead and edition, never another's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from app import catalogues
from app.clock import VN
from app.documents import apology, control_sheet, reception_slip, refusal_slip, stop_notice, supplement_slip
from app.domain.dossier import Component, Dossier, HistoryItem, ProcedureRef, Step
from app.domain.extension import Extension
from app.domain.forms import Form, edition_on, fits, form_for, numbered
from app.domain.handling import Stop, SupplementRound
from app.domain.handovers import responsible_units
from app.domain.people import FileRef
from app.domain.time_words import limit_words
from app.domain.unit_settings import UnitSettings
from app.domain.words import FilingChannel, LimitUnit, PauseKind, Role, State
from app.errors import BadInput
from app.services import form_filling
from app.services.form_filling import Filling
from tests.unit.moments import at
from tests.unit.printed_papers import text_of
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS, PROCEDURE, STEPS

CALENDAR = catalogues.calendar()
RENDER: dict[Form, Callable[[Filling], bytes]] = {
    Form.RECEPTION: lambda filling: reception_slip.render(form_filling.reception(filling)),
    Form.SUPPLEMENT: lambda filling: supplement_slip.render(form_filling.supplement(filling)),
    Form.REFUSAL: lambda filling: refusal_slip.render(form_filling.refusal(filling)),
    Form.APOLOGY: lambda filling: apology.render(form_filling.apology(filling)),
    Form.STOP: lambda filling: stop_notice.render(form_filling.stop(filling)),
    Form.CONTROL: lambda filling: control_sheet.render(form_filling.control(filling)),
}


def filling(dossier: Dossier, now: datetime = NOW) -> Filling:
    return Filling(dossier, OFFICERS["R"], CALENDAR, now, "Phường Nha Trang")


# What Ctrl+P prints at each step when no fee notice waits.
FITTING = {
    "1": None, "1g": None, "2": "reception", "3": "refusal", "4": "control", "4u": "control", "4f": "control",
    "5a": "supplement", "5b": "supplement", "5c": "supplement", "6t": "stop", "6n": "stop", "6a": "stop", "6p": "stop",
    "7": "stop", "8": "stop", "9w": "control", "9p": "control", "9o": "control", "10": "control",
}  # fmt: skip
# Which forms say something true in which state; r reception, s supplement, f refusal, a apology, t stop, c control.
TRUE = {
    "1": "s", "2": "rac", "3": "f", "4": "rsac", "5a": "rsac", "6t": "ratc", "7": "t", "8": "rtc", "9w": "rac",
    "10": "rac",
}  # fmt: skip
LETTERS = {
    "r": Form.RECEPTION, "s": Form.SUPPLEMENT, "f": Form.REFUSAL, "a": Form.APOLOGY, "t": Form.STOP, "c": Form.CONTROL,
}  # fmt: skip


def test_each_step_has_its_form() -> None:
    assert {key: form_for(dossier, NOW, CALENDAR) for key, dossier in DOSSIERS.items()} == FITTING


def test_past_the_appointment_the_form_is_the_apology() -> None:
    late = at("04/12 10:01")
    assert form_for(DOSSIERS["4"], at("04/12 10:00"), CALENDAR) is Form.CONTROL
    assert form_for(DOSSIERS["4"], late, CALENDAR) is Form.APOLOGY
    assert form_for(DOSSIERS["6t"], late, CALENDAR) is Form.STOP, "while the clock stands nobody apologises"
    proposed = Extension("Chờ ý kiến", at("11/12 10:00"), NOW, "Nguyễn Hữu Phước")
    assert form_for(replace(DOSSIERS["4"], extension=proposed), NOW, CALENDAR) is Form.APOLOGY


def test_a_form_is_made_only_where_it_is_true() -> None:
    for key, letters in TRUE.items():
        assert {form for form in LETTERS.values() if fits(form, DOSSIERS[key])} == {LETTERS[n] for n in letters}, key
    assert not any(fits(Form.REGISTER, dossier) for dossier in DOSSIERS.values())


@pytest.mark.parametrize(
    ("day", "control", "apology_title", "stop"),
    [
        (date(2018, 1, 1), "05", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", ""),
        (date(2025, 9, 14), "05", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", ""),
        (date(2025, 9, 15), "06", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "05"),
        (date(2026, 11, 20), "06", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "05"),
    ],
)
def test_numbers_and_names_are_those_of_the_circular_in_force(
    day: date, control: str, apology_title: str, stop: str
) -> None:
    names = edition_on(catalogues.form_editions(), day).names
    assert (names[Form.CONTROL].number, names[Form.APOLOGY].title, names[Form.STOP].number) == (
        control,
        apology_title,
        stop,
    )


def test_a_province_may_keep_the_older_numbers() -> None:
    older = edition_on(catalogues.form_editions(), date(2026, 11, 20), "tt01-2018")
    assert older.label(Form.REGISTER) == "Mẫu số 06 (Thông tư số 01/2018/TT-VPCP)"
    assert older.label(Form.STOP) == ""
    assert [numbered(older, text) for text in ("05", "5", "control", " Apology ")] == [
        Form.CONTROL, Form.CONTROL, Form.CONTROL, Form.APOLOGY,
    ]  # fmt: skip
    with pytest.raises(BadInput, match="no-such-form"):
        numbered(older, "08")
    with pytest.raises(BadInput, match="no-such-form"):
        numbered(older, "")


def test_what_was_printed_before_1_july_2025_bore_the_names_of_then() -> None:
    def desk(unit: str, day: date) -> tuple[str, str, str]:
        province = catalogues.province_with(unit)
        assert province is not None
        found = province.letterhead(unit, day)
        assert found is not None
        return found.authority, found.desk_name, found.portal

    assert {(unit, day): desk(unit, day) for unit in ("H32.8.02", "kon-tum", "ia-grai") for day in DAYS} == {
        ("H32.8.02", DAYS[0]): (
            "Ủy ban nhân dân thành phố Nha Trang", "Bộ phận Tiếp nhận và Trả kết quả", "hanhchinhcong.khanhhoa.gov.vn",
        ),
        ("H32.8.02", DAYS[1]): (
            "Ủy ban nhân dân phường Nha Trang", "Phòng Tiếp nhận và Trả kết quả", "hanhchinhcong.khanhhoa.gov.vn",
        ),
        ("kon-tum", DAYS[0]): (
            "Ủy ban nhân dân thành phố Kon Tum", "Bộ phận Tiếp nhận và Trả kết quả", "dichvucong.kontum.gov.vn",
        ),
        ("kon-tum", DAYS[1]): (
            "Ủy ban nhân dân phường Kon Tum", "Trung tâm Phục vụ hành chính công", "dichvucong.gov.vn",
        ),
        ("ia-grai", DAYS[0]): (
            "Ủy ban nhân dân huyện Ia Grai", "Bộ phận Tiếp nhận và Trả kết quả", "dichvucong.gialai.gov.vn",
        ),
        ("ia-grai", DAYS[1]): (
            "Ủy ban nhân dân xã Ia Grai", "Trung tâm Phục vụ hành chính công", "dichvucong.gialai.gov.vn",
        ),
    }  # fmt: skip


DAYS = (date(2025, 6, 30), date(2025, 7, 1))
# Names, telephones and portals that belong to one province's papers only.
OWN = {
    "H32.8": ("Nha Trang", "Khánh Hòa", "khanhhoa", "1900 1023", "TNTKQ"),
    "kon-tum": ("Kon Tum", "Quảng Ngãi", "kontum", "0260"),
    "ia-grai": ("Ia Grai", "Gia Lai", "gialai", "0269"),
}
PASSED_THROUGH = (
    HistoryItem("forwarded", at("19/11 11:00"), "Nguyễn Thị Ấm", note="Thẩm định – Nguyễn Hữu Phước: gấp"),
    HistoryItem("suspended", at("20/11 09:00"), "Nguyễn Hữu Phước", note="Chờ thuế"),
)


def moved_to(unit: str, key: str, day: datetime) -> Dossier:
    """The sample dossier as a desk of another province has it, received on that day."""
    steps = tuple(replace(step, unit_id=unit) for step in STEPS)
    found = DOSSIERS[key]
    received = day if found.received_at else None
    return replace(
        found, desk_unit_id=unit, procedure=replace(PROCEDURE, steps=steps), received_at=received,
        code="H1.1-250601-0001",
        receipt_code="H1.1-20250601-0001" if received else None, step=replace(STEPS[1], unit_id=unit),
        history=tuple(replace(item, at=day) for item in (*PASSED_THROUGH, HistoryItem("refused", day, "Ấm"))),
    )  # fmt: skip


@pytest.mark.parametrize("unit", OWN)
@pytest.mark.parametrize("day", [datetime(2025, 6, 2, 9, tzinfo=VN), datetime(2026, 11, 20, 9, tzinfo=VN)])
def test_no_province_is_named_on_the_form_of_another(unit: str, day: datetime) -> None:
    foreign = [word for other, words in OWN.items() if other != unit for word in words if word != "TNTKQ"]
    for key in DOSSIERS:
        dossier = moved_to(unit, key, day)
        for form in (form for form in RENDER if fits(form, dossier)):
            text = text_of(RENDER[form](filling(dossier, day)))
            assert OWN[unit][0].upper() in text.upper()
            assert not [word for word in foreign if word.lower() in text.lower()], (form, key)


def test_a_unit_of_no_known_province_bears_its_own_name_and_nobodys_telephone() -> None:
    dossier = replace(DOSSIERS["2"], desk_unit_id="H99.1")
    text = text_of(RENDER[Form.RECEPTION](replace(filling(dossier), unit_name="Xã Không Tên")))
    assert "XÃ KHÔNG TÊN" in text
    assert not [word for words in OWN.values() for word in words if word in text and word != "TNTKQ"]


def test_the_slip_of_an_online_dossier() -> None:
    files = (FileRef("0" * 64, "a.pdf", 1, "application/pdf"),) * 2
    dossier = replace(DOSSIERS["2"], components=(Component("Đơn đề nghị", files), Component("Bản vẽ")))
    text = text_of(RENDER[Form.RECEPTION](filling(dossier)))
    for fact in (
        "Số: 0001/TNTKQ", "Nha Trang, ngày 19 tháng 11 năm 2026", "Mã hồ sơ: H32.8-20261119-0001",
        "Tiếp nhận hồ sơ của: Trần Thị Mai", "Số điện thoại: 0905123456; Email: mai@congdan.example",
        "Nội dung yêu cầu giải quyết: Cấp giấy phép xây dựng (mã 1.013225)", "1 Đơn đề nghị 02", "2 Bản vẽ",
        "2. Số lượng hồ sơ: 01 (bộ)", "quy định: 10 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 10 giờ 00 phút, ngày 19 tháng 11 năm 2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 10 giờ 00 phút, ngày 04 tháng 12 năm 2026",
        "8. Đăng ký nhận kết quả: Trực tiếp tại Phòng Tiếp nhận và Trả kết quả", "Số thứ tự: 0001", "Nguyễn Thị Ấm",
    ):  # fmt: skip
        assert fact in text, fact
    assert "NGƯỜI NỘP HỒ SƠ" not in text
    assert "cấp khi có mạng" not in text


def test_a_dossier_without_its_number_says_that_it_comes_later() -> None:
    pending = text_of(RENDER[Form.RECEPTION](filling(replace(DOSSIERS["2"], receipt_code=None))))
    assert "Số chính thức cấp khi có mạng." in pending
    assert "Số: ……/TNTKQ" in pending
    assert "Số thứ tự: ……" in pending
    refused = text_of(RENDER[Form.REFUSAL](filling(replace(DOSSIERS["3"], received_at=None, receipt_code=None))))
    assert "cấp khi có mạng" not in refused


def test_the_first_appointment_stays_on_the_slip() -> None:
    first = form_filling.reception(filling(DOSSIERS["2"])).due_at
    paused = form_filling.reception(filling(replace(DOSSIERS["6p"], due_at=at("31/12 10:00"))))
    signed = Extension("Chờ", at("31/12 10:00"), NOW, "A", at("04/12 10:00"), NOW, "Phạm Văn Đức")
    moved = replace(DOSSIERS["4"], extension=signed, due_at=at("31/12 10:00"))
    assert first == paused.due_at == form_filling.reception(filling(moved)).due_at == at("04/12 10:00")
    assert (paused.stage_two_limit, paused.stage_two_due) == (form_filling.STAGE_TWO, None)
    ended = replace(DOSSIERS["6p"].pauses[0], ended_at=at("01/12 10:00"))
    resumed = replace(DOSSIERS["4"], pauses=(ended,), due_at=at("31/12 10:00"))
    assert form_filling.reception(filling(resumed)).stage_two_due == at("31/12 10:00")
    assert ended.kind is PauseKind.FINANCIAL_OBLIGATION


def test_a_counter_dossier_counts_its_copies_and_is_signed_by_who_brought_it() -> None:
    papers = (Component("Đơn đề nghị", originals=1), Component("Bản vẽ", certified=2, copies=1))
    dossier = replace(DOSSIERS["2"], channel=FilingChannel.COUNTER, result_channel="post", components=papers)
    text = text_of(RENDER[Form.RECEPTION](filling(dossier)))
    assert "NGƯỜI NỘP HỒ SƠ" in text
    assert "1 Đơn đề nghị 01 0 0 2 Bản vẽ 0 02 01 2." in text
    assert "2. Số lượng hồ sơ: 01 (bộ)" in text
    assert "Qua bưu chính công ích, tới địa chỉ nêu trên" in text
    also = text_of(RENDER[Form.RECEPTION](filling(replace(dossier, result_also_online=True))))
    assert "tới địa chỉ nêu trên; thêm bản điện tử trên Cổng" in also


def test_certification_counts_pages() -> None:
    procedure = ProcedureRef("2.000815", "Chứng thực bản sao", 1, True, 1, LimitUnit.SAME_DAY, STEPS)
    text = text_of(RENDER[Form.RECEPTION](filling(replace(DOSSIERS["2"], procedure=procedure))))
    assert "Số trang" in text
    assert "Trong ngày làm việc" in text


def test_the_refusal_gives_the_officers_reason_and_name() -> None:
    refused = HistoryItem("refused", at("20/11 08:30"), "Cao Thị Hồng", note="Không thuộc thẩm quyền")
    dossier = replace(DOSSIERS["3"], end_reason="Không thuộc thẩm quyền", history=(refused,))
    text = text_of(RENDER[Form.REFUSAL](filling(dossier)))
    for fact in ("Lý do: Không thuộc thẩm quyền", "Cao Thị Hồng", "Nha Trang, ngày 20 tháng 11 năm 2026",
                 "Thời gian nộp hồ sơ: 09 giờ 00 phút, ngày 19 tháng 11 năm 2026"):  # fmt: skip
        assert fact in text


def test_the_apology_before_and_after_the_head_signed() -> None:
    proposed = Extension("Chờ ý kiến của Sở", at("11/12 10:00"), NOW, "Nguyễn Hữu Phước")
    before = text_of(RENDER[Form.APOLOGY](filling(replace(DOSSIERS["4"], extension=proposed))))
    assert "không thể giải quyết xong trong thời hạn" in before
    assert "10 giờ 00 phút, ngày 11 tháng 12 năm 2026" in before
    signed = replace(
        proposed, first_due_at=at("04/12 10:00"), signed_at=at("05/12 08:00"), signed_by="Phạm Văn Đức", late=True
    )
    after = text_of(RENDER[Form.APOLOGY](filling(replace(DOSSIERS["4"], extension=signed, due_at=at("11/12 10:00")))))
    for fact in (
        "Nha Trang, ngày 05 tháng 12 năm 2026", "Thời gian hẹn trả kết quả: 10 giờ 00 phút, ngày 04 tháng 12 năm 2026",
        "đã quá thời hạn nêu trên", "Lý do chậm: Chờ ý kiến của Sở", "Phạm Văn Đức",
    ):  # fmt: skip
        assert fact in after, fact
    blank = text_of(RENDER[Form.APOLOGY](filling(DOSSIERS["4"])))
    assert "Lý do chậm: …………" in blank


LETTER = Extension("Chờ ý kiến", at("11/12 10:00"), NOW, "Nguyễn Hữu Phước")
CHAIR, KHOI, DUC = "Chủ tịch Ủy ban nhân dân phường", "Lê Văn Khôi", "Phạm Văn Đức"


# What the unit has set, who has signed → title and name in the signature block.
@pytest.mark.parametrize(
    ("unit", "signed_by", "title", "name"),
    [
        (UnitSettings(), "", "Thủ trưởng cơ quan, đơn vị", ""),
        (UnitSettings(signer_title=CHAIR, signer_name=KHOI), "", CHAIR, KHOI),
        (UnitSettings(signer_title=CHAIR, signer_name=KHOI), KHOI, CHAIR, KHOI),
        (UnitSettings(signer_title=CHAIR), KHOI, CHAIR, KHOI),
        (UnitSettings(signer_title=CHAIR, signer_name=KHOI), DUC, "Thủ trưởng cơ quan, đơn vị", DUC),
    ],
)  # fmt: skip
def test_letters_bear_the_title_and_name_that_the_unit_set(
    unit: UnitSettings, signed_by: str, title: str, name: str
) -> None:
    letter = replace(LETTER, signed_at=NOW, signed_by=signed_by) if signed_by else LETTER
    form = form_filling.apology(filling(replace(DOSSIERS["4"], settings=unit, extension=letter)))
    assert (form.signer_title, form.signer) == (title, name)
    if not signed_by:
        stop = filling(replace(DOSSIERS["6t"], settings=unit))
        assert (form_filling.stop(stop).signer_title, form_filling.stop(stop).signer) == (title, name)
        printed = " ".join(text_of(RENDER[Form.STOP](stop)).split())
        assert title.upper() in printed
        assert name in printed


def test_a_declined_letter_is_no_letter() -> None:
    declined = replace(DOSSIERS["4"], extension=replace(LETTER, declined_at=NOW, declined_by="Phạm Văn Đức"))
    form = form_filling.apology(filling(declined))
    assert (form.reason, form.new_due_at) == ("", None)
    assert form_for(declined, NOW, CALENDAR) is Form.CONTROL


def test_a_stop_for_an_obligation_pauses_and_a_withdrawal_ends() -> None:
    paused = text_of(RENDER[Form.STOP](filling(replace(DOSSIERS["6p"], history=PASSED_THROUGH))))
    for fact in (
        "Người đề nghị: Nguyễn Hữu Phước lúc 09 giờ 00 phút, ngày 20 tháng 11 năm 2026", "Lý do: Chờ thuế",
        "Thẩm định, Phòng Kinh tế, Hạ tầng và Đô thị", "tính tiếp khi đã hoàn thành nghĩa vụ tài chính",
        "Còn phải nộp theo thông báo thu: 500.000 đồng.",
    ):  # fmt: skip
        assert fact in paused, fact
    assert "TB-1" not in paused, "the same debt is said once"
    asked = text_of(RENDER[Form.STOP](filling(DOSSIERS["6n"])))
    assert "Nghĩa vụ tài chính theo thông báo số TB-1: 500.000 đồng." in asked
    assert "Còn phải nộp" not in asked
    withdrawn = HistoryItem("withdrawn", NOW, "", note="Đổi ý")
    ended = text_of(RENDER[Form.STOP](filling(replace(DOSSIERS["7"], history=(withdrawn,)))))
    assert "Người đề nghị: Trần Thị Mai lúc 10 giờ 00 phút" in ended
    assert "Chấm dứt giải quyết hồ sơ" in ended
    assert "Không có khoản nào đã thu hoặc còn phải nộp." in ended


def test_a_stop_says_whether_it_ends_or_pauses() -> None:
    for ends, words in ((True, "Chấm dứt giải quyết hồ sơ"), (False, "Tạm dừng giải quyết hồ sơ")):
        stopped = replace(
            DOSSIERS["8"],
            stop=Stop("Đất đã bị thu hồi", "Nguyễn Hữu Phước", NOW, ends),
            history=(HistoryItem("stopped", NOW, "Nguyễn Hữu Phước", note="Đất đã bị thu hồi"),),
        )
        said = text_of(RENDER[Form.STOP](filling(stopped)))
        assert words in said
        assert "Lý do: Đất đã bị thu hồi" in said


def test_form_02_tells_the_latest_round_by_number_papers_reason_and_day() -> None:
    first = SupplementRound(("Tờ khai",), "Thiếu chữ ký", State.PROCESSING, "Nguyễn Hữu Phước", at("20/11 09:00"))
    second = SupplementRound(
        ("Bản vẽ", "Giấy ủy quyền"), "Thiếu mặt cắt", State.PROCESSING, "Nguyễn Hữu Phước", at("23/11 09:00"),
        at("01/12 08:00").date(), "Nguyễn Thị Ấm", at("23/11 10:00"),
    )  # fmt: skip
    said = text_of(RENDER[Form.SUPPLEMENT](filling(replace(DOSSIERS["5b"], supplements=(first, second)))))
    for fact in (
        "(Lần 2)", "Bản vẽ", "Giấy ủy quyền", "Lý do: Thiếu mặt cắt", "trước hết ngày 01 tháng 12 năm 2026",
        "ngày 23 tháng 11 năm 2026", "Nguyễn Thị Ấm",
    ):  # fmt: skip
        assert fact in said, fact


def test_the_control_sheet_tells_who_gave_to_whom() -> None:
    history = (
        *PASSED_THROUGH,
        HistoryItem("resumed", at("23/11 09:00"), "Cổng dịch vụ công"),
        HistoryItem("forwarded", at("24/11 09:00"), "Nguyễn Hữu Phước", note="Thu phí – H32.8.02"),
        HistoryItem("completed", at("25/11 09:00"), "Lê Thị Kim Ngân"),
        HistoryItem("returned", at("26/11 09:00"), "Nguyễn Thị Ấm"),
        HistoryItem("submitted", at("19/11 09:00"), "Trần Thị Mai"),
    )
    dossier = replace(DOSSIERS["10"], history=history, completed_at=at("25/11 09:00"), returned_to="Trần Văn Nam")
    found = form_filling.control(filling(dossier))
    desk, bureau = "Phòng Tiếp nhận và Trả kết quả", "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert [
        (row.giver, row.taker, row.giver_name, row.taker_name, row.verdict, row.note) for row in found.handovers
    ] == [
        (desk, bureau, "Nguyễn Thị Ấm", "Nguyễn Hữu Phước", "", "Thẩm định. gấp"),
        (bureau, desk, "Nguyễn Hữu Phước", "", "", "Dừng tính: Chờ thuế"),
        (desk, bureau, "Cổng dịch vụ công", "", "", "Tính tiếp"),
        (bureau, bureau, "Nguyễn Hữu Phước", "", "", "Thu phí"),
        (bureau, desk, "Lê Thị Kim Ngân", "", "Trước hạn", ""),
        (desk, "Trần Văn Nam", "Nguyễn Thị Ấm", "Trần Văn Nam", "", "Trả kết quả"),
    ]
    assert (found.responsible, found.together_with) == (bureau, "")


def test_the_unit_in_charge_is_the_first_that_works_on_it() -> None:
    more = (*STEPS, Step("ky", "Trình ký", Role.HEAD, "H32.8.05"))
    assert responsible_units(replace(DOSSIERS["4"], procedure=replace(PROCEDURE, steps=more))) == (
        "H32.8.02",
        "H32.8.05",
    )
    own = (STEPS[0], replace(STEPS[1], unit_id="H32.8"))
    assert responsible_units(replace(DOSSIERS["4"], procedure=replace(PROCEDURE, steps=own))) == ("H32.8",)


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (10, LimitUnit.WORKING_DAY, "10 ngày làm việc"),
        (12.5, LimitUnit.WORKING_DAY, "12,5 ngày làm việc"),
        (30, LimitUnit.CALENDAR_DAY, "30 ngày"),
        (8, LimitUnit.HOUR, "8 giờ làm việc"),
        (1, LimitUnit.SAME_DAY, "Trong ngày làm việc"),
    ],
)
def test_a_limit_is_said_in_words(amount: float, unit: LimitUnit, words: str) -> None:
    assert limit_words(amount, unit) == words
