"""The number above each printed form is that of the circular in force, or of the one that the province keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from app import catalogues
from app.clock import VN
from app.documents import (
    apology,
    control_sheet,
    reception_slip,
    refusal_slip,
    register_book,
    stop_notice,
    supplement_slip,
)
from app.documents.register_book import RegisterBook
from app.domain.dossier import Dossier, HistoryItem
from app.domain.forms import Form
from app.domain.provinces import Province
from app.services import form_filling
from app.services.form_filling import Filling
from tests.unit.printed_papers import text_of
from tests.unit.sample_dossiers import DOSSIERS, OFFICERS

OLD, NEW = datetime(2025, 6, 2, 9, tzinfo=VN), datetime(2026, 11, 20, 9, tzinfo=VN)
RENDER: dict[Form, tuple[str, Callable[[Filling], bytes]]] = {
    Form.RECEPTION: ("2", lambda filling: reception_slip.render(form_filling.reception(filling))),
    Form.SUPPLEMENT: ("5a", lambda filling: supplement_slip.render(form_filling.supplement(filling))),
    Form.REFUSAL: ("3", lambda filling: refusal_slip.render(form_filling.refusal(filling))),
    Form.APOLOGY: ("4", lambda filling: apology.render(form_filling.apology(filling))),
    Form.STOP: ("8", lambda filling: stop_notice.render(form_filling.stop(filling))),
    Form.CONTROL: ("4", lambda filling: control_sheet.render(form_filling.control(filling))),
}
# Form → number by TT 01/2018 and by TT 03/2025; the older circular has no form for a stop.
NUMBERS = {
    Form.RECEPTION: ("01", "01"), Form.SUPPLEMENT: ("02", "02"), Form.REFUSAL: ("03", "03"), Form.APOLOGY: ("04", "04"),
    Form.STOP: ("", "05"), Form.CONTROL: ("05", "06"), Form.REGISTER: ("06", "07"),
}  # fmt: skip
TITLES = {
    Form.APOLOGY: (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
    ),
}  # fmt: skip
OLD_SOURCE, NEW_SOURCE = "Thông tư số 01/2018/TT-VPCP", "Thông tư số 03/2025/TT-VPCP"


def acted_on(dossier: Dossier, day: datetime) -> Dossier:
    """The same dossier, every act of it on that day."""
    told = tuple(replace(asked, asked_at=day, told_at=day if asked.told_at else None) for asked in dossier.supplements)
    kinds = ("received", "forwarded", "refused", "stopped")
    history = tuple(HistoryItem(kind, day, "Nguyễn Thị Ấm", note="Lý do") for kind in kinds)
    received = day if dossier.received_at else None
    return replace(dossier, history=history, received_at=received, supplements=told)


def register_of(province: Province, unit: str, day: date) -> str:
    """Return the text of a desk's register."""
    letterhead = form_filling.letterhead_of(province, unit, day, "")
    head = form_filling.head_of(Form.REGISTER, letterhead, form_filling.edition_of(province, day), day)
    return text_of(register_book.render(RegisterBook(head=head, first=day, last=day, rows=())))


def printed(form: Form, day: datetime, province: Province) -> str:
    """Return the text of a form of the desk in Nha Trang."""
    if form is Form.REGISTER:
        return register_of(province, "H32.8", day.date())
    key, render = RENDER[form]
    return text_of(render(Filling(acted_on(DOSSIERS[key], day), OFFICERS["R"], catalogues.calendar(), day)))


@pytest.mark.parametrize("form", NUMBERS)
@pytest.mark.parametrize(
    ("day", "kept", "column"), [(OLD, "", 0), (NEW, "", 1), (NEW, "tt01-2018", 0)], ids=["then", "now", "kept"]
)
def test_each_form_bears_its_number_by_day_or_by_the_provinces_setting(
    form: Form, day: datetime, kept: str, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = catalogues.province_with("H32.8")
    assert found is not None
    province = replace(found, forms=kept)
    monkeypatch.setattr(catalogues, "province_with", lambda _unit: province)
    text, number = printed(form, day, province), NUMBERS[form][column]
    source, other = (OLD_SOURCE, NEW_SOURCE) if column == 0 else (NEW_SOURCE, OLD_SOURCE)
    assert (f"Mẫu số {number} ({source})" in text) is bool(number)
    assert ("Mẫu số" in text) is bool(number)
    assert other not in text
    assert TITLES.get(form, ("", ""))[column] in text


def test_the_register_of_one_province_names_no_other() -> None:
    for unit, own, foreign in (
        ("H32.8", "NHA TRANG", ("Kon Tum", "Quảng Ngãi", "Gia Lai", "Ia Grai", "0260", "0269")),
        ("kon-tum", "KON TUM", ("Nha Trang", "Khánh Hòa", "Gia Lai", "Ia Grai", "1900 1023", "0269")),
        ("ia-grai", "IA GRAI", ("Nha Trang", "Khánh Hòa", "Kon Tum", "Quảng Ngãi", "1900 1023", "0260")),
    ):
        province = catalogues.province_with(unit)
        assert province is not None
        text = register_of(province, unit, NEW.date())
        assert own in text
        assert not [word for word in foreign if word.lower() in text.lower()]
