"""The officer sees exactly what the citizen will get: the same words, and one right code per payee account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain import vietqr
from app.domain.dossier import Evidence
from app.domain.words import DeliveryChannel, LineKind, PaymentChannel
from app.sandbox.server import SandboxServer
from app.services import fee_notices, inbox, outbox, payments
from app.services.desk import Desk
from app.services.notice_preview import NoticePreview, preview, reminder
from tests.integration.desk_at_sandbox import desk_at, filed, form_of, messages, sent, suspended
from tests.integration.sandbox_desk import SandboxDesk

PHI, LE_PHI, OTHER, NVTC = LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER, LineKind.NVTC
ROWS = ((PHI, "Phí cấp bản sao", 24_000), (LE_PHI, "Lệ phí hộ tịch", 15_000), (OTHER, "Chuyển phát kết quả", 26_500))
SMS = DeliveryChannel.SMS


@pytest.fixture(scope="module")
def desk(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at(sandbox.base_url, tmp_path_factory.mktemp("preview") / "profile") as signed_in:
        yield signed_in


@pytest.fixture(scope="module")
def neighbour(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of Bắc Nha Trang: phí and lệ phí on one account, nothing for other sums."""
    with desk_at(sandbox.base_url, tmp_path_factory.mktemp("preview9") / "profile", "tiepnhan9") as signed_in:
        yield signed_in


def words_of(seen: NoticePreview) -> dict[str, tuple[str, str]]:
    return {item.channel.value: (item.text.title, item.text.body) for item in seen.texts}


def delivered(sandbox: SandboxServer, desk: Desk, dossier_id: str, notice_id: str) -> dict[str, tuple[str, str]]:
    """Wait until the portal has delivered a notice by all three channels; return what the citizen got."""
    told = SandboxDesk(sandbox.base_url, "tiepnhan1")
    try:
        told.until(
            dossier_id,
            lambda body: all(
                delivery["state"] == "delivered"
                for notice in body["notices"] if notice["id"] == notice_id for delivery in notice["deliveries"]
            ),
        )  # fmt: skip
    finally:
        told.close()
    found = messages(sandbox.base_url, lambda message: message["notice_id"] == notice_id)
    return {message["channel"]: (message["title"], message["body"]) for message in found}


def test_the_preview_is_what_the_citizen_receives_to_the_letter(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    form = form_of(desk, dossier_id, *ROWS, pay_by=date(2026, 12, 1))
    seen = words_of(preview(desk, dossier_id, form))
    assert "65.500 đồng (Sáu mươi lăm nghìn năm trăm đồng)" in seen["account"][1]
    assert "Nộp trước hết ngày 01/12/2026." in seen["account"][1]
    assert delivered(sandbox, desk, dossier_id, sent(desk, dossier_id, form)) == seen


def test_a_notice_that_replaces_another_is_previewed_as_such(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    old = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    form = form_of(desk, dossier_id, ROWS[1], replaces=old, reason="Công dân được miễn phí bản sao")
    seen = words_of(preview(desk, dossier_id, form))
    assert seen["account"][0].startswith("Thay thông báo: ")
    assert "Thông báo nộp 65.500 đồng" in seen["account"][1]
    assert "Lý do: Công dân được miễn phí bản sao" in seen["account"][1]
    new = preview(desk, dossier_id, form)
    assert (new.number, new.qr[0].purpose[-2:]) == (2, "N2")
    assert delivered(sandbox, desk, dossier_id, sent(desk, dossier_id, form)) == seen


def test_each_account_gets_its_own_code_with_its_own_sum(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    seen = preview(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    assert [(code.caption, code.amount, code.bank, code.account) for code in seen.qr] == [
        ("Phí", 24_000, "BIDV", "5810002207"),
        ("Lệ phí", 15_000, "Agribank", "47002050916"),
        ("Khoản khác", 26_500, "VietinBank", "10286675530"),
    ]
    assert {code.holder for code in seen.qr} == {"UBND phường Nha Trang"}
    letters = inbox.card(desk, dossier_id).dossier.code.replace(".", "").replace("-", "")
    for code in seen.qr:
        read = vietqr.parse(code.payload)
        assert (read.account, read.amount, read.purpose) == (code.account, code.amount, f"{letters}N1")
        assert len(code.matrix) == len(code.matrix[0]) > 20
    assert (seen.total, seen.words) == (65_500, "Sáu mươi lăm nghìn năm trăm đồng")
    assert (seen.nvtc, seen.without_account) == (None, ())


def test_lines_that_share_an_account_share_a_code_and_a_kind_without_account_is_named(
    sandbox: SandboxServer, neighbour: Desk
) -> None:
    dossier_id = filed(neighbour, sandbox.base_url, unit="H32.9")
    seen = preview(neighbour, dossier_id, form_of(neighbour, dossier_id, *ROWS))
    assert [(code.caption, code.amount, code.account) for code in seen.qr] == [("Phí, lệ phí", 39_000, "1058002290")]
    assert seen.qr[0].kinds == (PHI, LE_PHI)
    assert vietqr.parse(seen.qr[0].payload).amount == 39_000
    assert seen.without_account == (OTHER,)
    alone = preview(neighbour, dossier_id, form_of(neighbour, dossier_id, ROWS[2]))
    assert alone.qr == ()
    body = words_of(alone)["account"][1]
    assert "VietQR" not in body
    assert "Hoặc nộp trực tiếp tại Phòng Tiếp nhận và Trả kết quả, Phường Bắc Nha Trang." in body


def test_a_financial_obligation_shows_the_treasury_and_no_code(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = suspended(desk, sandbox.base_url)
    form = fee_notices.NoticeForm(
        "Nộp nghĩa vụ tài chính", (fee_notices.line(desk, inbox.card(desk, dossier_id).dossier, NVTC, "", 4_250_000),)
    )
    seen = preview(desk, dossier_id, form)
    assert (seen.qr, seen.without_account) == ((), ())
    assert seen.nvtc is not None
    assert (seen.nvtc.amount, seen.nvtc.treasury_account) == (4_250_000, "7111.0.1054321")
    assert (seen.nvtc.tax_notice_no, seen.nvtc.tax_notice_date) == ("LTB2656001", date(2026, 11, 19))
    for channel in ("account", "email"):
        body = words_of(seen)[channel][1]
        assert "Sau khi nộp đủ, hồ sơ tự động được giải quyết tiếp." in body
        assert "tài khoản kho bạc 7111.0.1054321 theo thông báo của cơ quan thuế số LTB2656001 ngày 19/11/2026" in body
        assert "VietQR" not in body
        assert "rực tiếp tại" not in body


@pytest.mark.parametrize("amount", [1_000, 999_999_999_999])
def test_an_sms_is_one_ascii_part_and_names_nobody(sandbox: SandboxServer, desk: Desk, amount: int) -> None:
    dossier_id = filed(desk, sandbox.base_url, name="Đặng Thị Hồng Thắm")
    seen = preview(desk, dossier_id, form_of(desk, dossier_id, (PHI, "Phí thẩm định " * 9, amount)))
    sms = next(item.text.body for item in seen.texts if item.channel is SMS)
    assert len(sms) <= 160
    assert sms.isascii()
    assert inbox.card(desk, dossier_id).dossier.code in sms
    assert not {"Dang", "Thi", "Hong", "Tham"} & set(sms.replace(".", " ").split())


def test_a_missing_address_is_known_before_sending(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url, email="")
    seen = preview(desk, dossier_id, form_of(desk, dossier_id, ROWS[0]))
    assert {item.channel.value: bool(item.address) for item in seen.texts} == {
        "account": True, "email": False, "sms": True,
    }  # fmt: skip


def test_a_preview_writes_nothing_even_of_an_unfinished_form(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    before = inbox.card(desk, dossier_id)
    seen = preview(desk, dossier_id, fee_notices.NoticeForm("", ()))
    assert (seen.total, seen.qr) == (0, ())
    preview(desk, dossier_id, form_of(desk, dossier_id, (PHI, "Phí", 0)))
    assert inbox.card(desk, dossier_id).dossier == before.dossier
    assert outbox.unfinished(desk) == ()


def test_a_reminder_is_previewed_to_the_letter_with_what_is_left(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS, pay_by=date(2026, 12, 1)))
    delivered(sandbox, desk, dossier_id, notice_id)
    evidence = Evidence(info="Công dân đưa tiền mặt tại quầy")
    paid = payments.tick_paid(desk, notice_id, amount=60_000, method=PaymentChannel.COUNTER_CASH, evidence=evidence)
    assert desk.engine.work_lane(dossier_id, paid.key).value == "acked"
    seen = reminder(desk, notice_id)
    assert (seen.total, seen.words) == (5_500, "Năm nghìn năm trăm đồng")
    body = words_of(seen)["account"][1]
    assert "còn phải nộp 5.500 đồng" in body
    assert "Đã nộp: 60.000 đồng." in body
    assert "Nộp trước hết ngày 01/12/2026." in body
    acted = fee_notices.remind(desk, notice_id)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    delivered(sandbox, desk, dossier_id, notice_id)
    got = messages(sandbox.base_url, lambda message: message["notice_id"] == notice_id)
    told = {m["channel"]: (m["title"], m["body"]) for m in got if m["kind"] == "reminder"}
    assert told == words_of(seen)
