"""What ``resources/`` must hold, seen through its one reader."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from app import catalogues
from app.domain.accounts import AccountRow, PayeeAccount, account_for
from app.domain.words import DeliveryChannel, LimitUnit, LineKind, Role
from app.errors import BugError

TODAY = date(2026, 11, 20)


def test_the_53_procedures_are_there_each_with_a_whole_process() -> None:
    found = catalogues.procedures()
    assert len(found) == 53
    for procedure in found.values():
        keys = [step.key for step in procedure.steps]
        assert keys[0] == "tiep-nhan"
        assert keys[-2:] == ["trinh-ky", "tra-ket-qua"]
        assert "tham-dinh" in keys
        assert len(set(keys)) == len(keys)
        assert procedure.components
        assert procedure.limit.amount > 0 or procedure.limit.unit is LimitUnit.SAME_DAY
        assert not any(field in procedure.name for field in ("Thủ tục", "Gia Lai"))


@pytest.mark.parametrize(
    ("code", "pays_online"),
    [
        ("2.000635", True),  # seed 003: bản sao trích lục
        ("1.001193", True),  # toàn trình
        ("1.000894", False),  # kết hôn: both must come
        ("1.115362", True),  # NVTC is paid through the portal
        ("1.115355", False),  # một phần and no NVTC
        ("1.013236", False),
    ],
)
def test_who_may_be_asked_to_pay_online(code: str, pays_online: bool) -> None:
    assert catalogues.procedures()[code].pays_online is pays_online


@pytest.mark.parametrize("code", ["1.013225", "1.013229", "1.013227", "1.013236", "2.001283"])
def test_building_permits_and_gas_shops_collect_at_the_processing_step(code: str) -> None:
    steps = {step.key: step for step in catalogues.procedures()[code].steps}
    assert steps["tham-dinh"].collects_fee
    assert steps["tham-dinh"].role is Role.PROCESSOR
    assert not steps["tiep-nhan"].collects_fee


SOMETIMES = """
1.001193 Văn bản ủy quyền được chứng thực (nếu ủy quyền, trừ người thân)
1.001193 Biên bản trẻ bị bỏ rơi / VB mang thai hộ (nếu thuộc TH)
2.000635 Văn bản ủy quyền (nếu có)
2.002516 Văn bản ủy quyền (nếu có)
1.000894 Giấy xác nhận tình trạng hôn nhân (nếu không khai thác được)
1.000656 Văn bản ủy quyền (nếu có)
1.004884 Xác nhận của thủ trưởng (nếu là CBCCVC, LLVT)
1.004884 Văn bản ủy quyền (nếu có)
1.004873 Trích lục ghi chú ly hôn/khai tử vợ hoặc chồng (nếu thuộc TH)
1.004873 Giấy XNTTHN cũ (nếu cấp lại)
1.004859 Văn bản ủy quyền (nếu có)
1.004772 Xác nhận thủ trưởng (nếu là CBCCVC, LLVT)
1.001612 Biên bản họp thành viên HGĐ (nếu có)
1.001612 Văn bản ủy quyền (nếu có)
2.000720 Biên bản họp thành viên HGĐ (nếu có)
2.001610 Bản sao giấy tờ pháp lý cá nhân (nếu chưa có số định danh)
1.013225 Cam kết an toàn công trình liền kề (nếu có)
1.013236 Dữ liệu BIM (nếu áp dụng)
1.115343 VB đồng ý cho đi qua (nếu có)
1.115345 Mảnh trích đo (nếu có)
1.115350 Mảnh trích đo (nếu có)
1.115375 Giấy tờ về QSDĐ (Điều 137 Luật Đất đai) (nếu có)
1.115375 Giấy tờ thừa kế/chuyển quyền (nếu có)
1.115375 Mảnh trích đo (nếu có)
2.001955 Văn bản liên quan kỷ luật (nếu có)
1.013702 Ý kiến đồng ý (nếu là CBCCVC)
1.001699 Giấy tờ y tế (nếu có)
"""


def test_papers_that_are_needed_only_in_some_case_are_marked_as_such() -> None:
    found = [(p.code, paper.title) for p in catalogues.procedures().values() for paper in p.components if paper.when]
    assert found == [tuple(line.split(" ", 1)) for line in SOMETIMES.strip().splitlines()]
    always = [paper for p in catalogues.procedures().values() for paper in p.components if not paper.when]
    assert all(paper.title == paper.name for paper in always)
    assert not [paper.name for paper in always if "(nếu" in paper.name]
    assert all(any(not paper.when for paper in p.components) for p in catalogues.procedures().values())


def test_a_fee_set_by_the_province_has_no_amount_and_is_not_free() -> None:
    fees = {fee.name: fee.amount for fee in catalogues.procedures()["1.001193"].fees}
    assert fees == {"Lệ phí hộ tịch": None, "Phí cấp bản sao trích lục": 8_000}
    assert catalogues.procedures()["1.000894"].fees[0].amount == 0


def test_only_fees_of_the_online_channel_are_kept() -> None:
    assert [fee.amount for fee in catalogues.procedures()["1.004222"].fees] == [10_000]


def test_an_unknown_limit_is_five_working_days_and_says_that_it_is_assumed() -> None:
    limit = catalogues.procedures()["2.001263"].limit
    assert (limit.amount, limit.unit, limit.assumed) == (5, LimitUnit.WORKING_DAY, True)
    assert catalogues.procedures()["1.115362"].limit.amount == 17.5


def test_step_limits_add_up_to_the_limit() -> None:
    for procedure in catalogues.procedures().values():
        shares = [step.limit_working_minutes for step in procedure.steps if step.limit_working_minutes is not None]
        assert not shares or sum(shares) == procedure.limit.amount * 480


def test_every_step_finds_its_unit_in_nha_trang() -> None:
    province = catalogues.province("H32")
    for procedure in catalogues.procedures().values():
        for step in procedure.steps:
            unit = province.unit_for("H32.8", step.unit_kind)
            assert unit is not None
            assert unit.kind == step.unit_kind
    fallback = province.unit_for("H32.9", "dat-dai")
    assert fallback is not None
    assert fallback.id == "H32.9"


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        (LineKind.PHI, "5810002207"),
        (LineKind.LE_PHI, "47002050916"),
        (LineKind.OTHER, "10286675530"),
        (LineKind.NVTC, None),
    ],
)
def test_the_accounts_of_nha_trang(kind: LineKind, account: str | None) -> None:
    province = catalogues.province("H32")
    for unit_id in ("H32.8", "H32.8.02"):
        found = province.account_for(unit_id, kind, TODAY)
        assert (found.account if found else None) == account
    assert province.account_for("H32.8", kind, date(2025, 6, 30)) is None


def test_the_newest_account_in_force_is_taken() -> None:
    def row(account: str, since: date) -> AccountRow:
        return AccountRow("a", PayeeAccount(LineKind.PHI, "970418", "BIDV", account, "UBND"), since)

    rows = [row("2", date(2026, 1, 1)), row("1", date(2025, 1, 1)), row("3", date(2027, 1, 1))]
    found = account_for(rows, ["a"], LineKind.PHI, TODAY)
    assert found is not None
    assert found.account == "2"


def test_all_three_provinces_have_a_desk_and_a_hotline() -> None:
    assert {code: province.hotline for code, province in catalogues.provinces().items()} == {
        "H32": "19001023",
        "H21": "02693844789",
        "H34": "02603797799",
    }
    for province in catalogues.provinces().values():
        assert province.units[0].desk_name
        assert province.units[0].code.startswith(province.code + ".")


def test_the_calendar_knows_the_days_off_of_2026() -> None:
    calendar = catalogues.calendar()
    assert not calendar.is_working(date(2026, 11, 24))
    assert calendar.is_working(date(2026, 8, 22))


def test_every_kind_of_notice_has_all_three_channels() -> None:
    wanted = {
        (kind, channel)
        for kind in ("fee", "cancel", "extension", "replace", "refund", "reminder", "reversal", "stop", "supplement",
                     "suspension", "waiver")
        for channel in (DeliveryChannel.ACCOUNT, DeliveryChannel.EMAIL, DeliveryChannel.SMS)
    }
    assert set(catalogues.notice_templates()) == {*wanted, ("reminder", DeliveryChannel.CALL)}


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold"])
def test_digits_of_our_font_have_one_width_and_vietnamese_is_whole(weight: str) -> None:
    font = TTFont(catalogues.font_path(f"MotCuaSans-{weight}"))
    glyphs = font.getBestCmap()
    assert len({font["hmtx"][glyphs[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert all(ord(char) in glyphs for char in "ẰằỆệỮữỲỹĐđƯưƠơ•…–“”×₫")
    assert "Mot Cua Sans" in {str(record) for record in font["name"].names if record.nameID in (1, 16)}


def test_every_icon_is_a_drawing_without_script_or_link() -> None:
    icons = list(catalogues.resource_path("icons").glob("*.svg"))
    assert len(icons) >= 55
    for path in icons:
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(path).iter()}
        assert tags <= {"svg", "path", "circle", "rect", "line", "polyline", "g"}, path.name


SPECIFIED_ICONS = (
    "tray files pause-circle pause-fill hourglass-medium archive-tray package alarm clock warning-fill scales swap "
    "cloud-arrow-up floppy-disk cloud-check wifi-slash check-circle-fill paper-plane-tilt money credit-card bank "
    "identification-card barcode play-circle flag prohibit printer paperclip file-pdf eye copy "
    "lock trash magnifying-glass bell user-circle info dots-three caret-down x"
)


@pytest.mark.parametrize("name", SPECIFIED_ICONS.split())
def test_an_icon_of_the_specification_is_there(name: str) -> None:
    assert catalogues.resource_path("icons", f"{name}.svg").is_file()


def test_what_is_missing_or_broken_is_our_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BugError):
        catalogues.resource_path("icons", "no-such-icon.svg")
    with pytest.raises(BugError):
        catalogues.province("X99")
    with pytest.raises(BugError):
        catalogues.notice_template("fee", DeliveryChannel.CALL)
    folder = tmp_path / "resources" / "procedures"
    folder.mkdir(parents=True)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    for broken in ("{", json.dumps({"procedures": [{"code": "1"}]})):
        (folder / "procedures.json").write_text(broken, encoding="utf-8")
        with pytest.raises(BugError):
            catalogues.procedures.__wrapped__()
