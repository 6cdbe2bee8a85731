"""The printed slip says what the notice says, and its codes, read back from the paper, pay the right sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp

from app.domain import vietqr
from app.domain.words import LineKind
from app.errors import BadInput
from app.sandbox.server import SandboxServer
from app.services import collected, fee_notices, inbox, outbox, waivers
from app.services.desk import Desk
from app.services.notice_preview import preview
from app.services.printing import collected_pdf, fee_notice_pdf
from tests.e2e.officers import run
from tests.integration.desk_at_sandbox import desk_at, filed, form_of, line_down, sent, suspended
from tests.integration.sandbox_desk import SandboxDesk

PHI, LE_PHI, OTHER, NVTC = LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER, LineKind.NVTC
ROWS = ((PHI, "Phí cấp bản sao", 24_000), (LE_PHI, "Lệ phí hộ tịch", 15_000), (OTHER, "Chuyển phát kết quả", 26_500))
PENDING = "Số chính thức cấp khi có mạng."


@pytest.fixture(scope="module")
def desk(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at(sandbox.base_url, tmp_path_factory.mktemp("printing") / "profile") as signed_in:
        yield signed_in


def text_of(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


def codes_of(pdf: bytes, wanted: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode) -> set[str]:
    found = set()
    for page in pdfium.PdfDocument(pdf):
        image = page.render(scale=300 / 72, grayscale=True)
        grey = memoryview(bytes(image.buffer)).cast("B", (image.height, image.stride))
        found |= {code.text for code in zxingcpp.read_barcodes(grey) if code.format == wanted}
    return found


def code_of(desk: Desk, dossier_id: str) -> str:
    return inbox.card(desk, dossier_id).dossier.code


def test_the_codes_on_paper_are_those_of_the_preview_and_pay_the_right_sums(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    form = form_of(desk, dossier_id, *ROWS)
    previewed = {code.payload for code in preview(desk, dossier_id, form).qr}
    pdf = fee_notice_pdf(desk, dossier_id, sent(desk, dossier_id, form))
    read = codes_of(pdf)
    assert read == previewed
    purpose = code_of(desk, dossier_id).replace(".", "").replace("-", "") + "N1"
    # parse raises where the checksum is wrong
    assert {(c.bank_bin, c.account, c.amount, c.purpose, c.currency) for c in map(vietqr.parse, read)} == {
        ("970418", "5810002207", 24_000, purpose, "704"),
        ("970405", "47002050916", 15_000, purpose, "704"),
        ("970415", "10286675530", 26_500, purpose, "704"),
    }
    assert codes_of(pdf, zxingcpp.BarcodeFormat.Code128) == {code_of(desk, dossier_id)}


def test_the_slip_names_desk_citizen_procedure_lines_and_officer(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    text = text_of(fee_notice_pdf(desk, dossier_id, sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))))
    for fact in (
        "Nha Trang, ngày 20 tháng 11 năm 2026",
        "Kính gửi: Ông/Bà Trần Thị Mai",
        "Phòng Tiếp nhận và Trả kết quả phường Nha Trang đã nhận hồ sơ nộp trực tuyến của Ông/Bà lúc",
        "(mã 1.001193). Để hồ sơ được tiếp nhận, đề nghị Ông/Bà nộp các khoản sau:",
        "1 Phí cấp bản sao Phí 24.000",
        "2 Lệ phí hộ tịch Lệ phí 15.000",
        "3 Chuyển phát kết quả Khoản khác 26.500",
        "Tổng cộng 65.500",
        "Bằng chữ: Sáu mươi lăm nghìn năm trăm đồng.",
        "Biên lai phí và biên lai lệ phí được lập riêng.",
        "tổng đài 1900 1023",
        "Nguyễn Thị Ấm",
    ):
        assert fact in text, fact
    assert PENDING not in text


def test_an_organisation_is_addressed_as_one(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url, name="Công ty TNHH Yến sào Biển Xanh", kind="organisation")
    text = text_of(fee_notice_pdf(desk, dossier_id, form_of(desk, dossier_id, ROWS[0])))
    assert "Kính gửi: Công ty TNHH Yến sào Biển Xanh" in text
    assert "Ông/Bà" not in text


def test_lines_on_one_account_share_a_code_and_a_kind_without_account_is_said(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    with desk_at(sandbox.base_url, tmp_path / "profile", "tiepnhan9") as neighbour:
        dossier_id = filed(neighbour, sandbox.base_url, unit="H32.9")
        pdf = fee_notice_pdf(neighbour, dossier_id, form_of(neighbour, dossier_id, *ROWS))
    (read,) = map(vietqr.parse, codes_of(pdf))
    assert (read.account, read.amount) == ("1058002290", 39_000)
    assert "Mã VietQR: Phí, lệ phí" in text_of(pdf)
    assert "Khoản khác không có mã VietQR" in text_of(pdf)


def test_no_code_on_paper_ever_carries_a_financial_obligation(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = suspended(desk, sandbox.base_url)
    dossier = inbox.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, NVTC, "", 4_250_000)
    # An account that someone put on the line must not make a code of it.
    forged = replace(line, account=fee_notices.payee(desk, dossier, PHI))
    phi = fee_notices.line(desk, dossier, PHI, "Phí thẩm định", 30_000)
    pdf = fee_notice_pdf(desk, dossier_id, fee_notices.NoticeForm("Nộp thuế", (forged, phi)))
    assert [vietqr.parse(text).amount for text in codes_of(pdf)] == [30_000]
    notice_id = sent(desk, dossier_id, fee_notices.NoticeForm("Nộp thuế", (line,)))
    pdf = fee_notice_pdf(desk, dossier_id, notice_id)
    assert codes_of(pdf) == set()
    text = text_of(pdf)
    for fact in ("4.250.000 đồng", "7111.0.1054321", "LTB2656001", "19/11/2026", "Để hồ sơ được giải quyết tiếp"):
        assert fact in text, fact
    assert "VietQR" not in text


def test_printing_sends_at_once_what_waits_for_its_undo_time(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    fee_notices.notify(desk, dossier_id, form_of(desk, dossier_id, ROWS[0]))
    notice = inbox.card(desk, dossier_id).dossier.notices[-1]
    assert not desk.engine.sender.step(dossier_id), "it waits"
    fee_notice_pdf(desk, dossier_id, notice.id)
    assert desk.engine.sender.step(dossier_id)
    assert [item for item in outbox.unfinished(desk) if item.dossier_id == dossier_id] == []


def test_a_notice_the_portal_has_not_seen_is_marked_while_the_line_is_down(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    known = sent(desk, dossier_id, form_of(desk, dossier_id, ROWS[0]))
    with line_down(sandbox.base_url):
        assert not desk.engine.ask.freshest(dossier_id)
        fee_notices.notify(desk, dossier_id, form_of(desk, dossier_id, ROWS[1]))
        unseen = inbox.card(desk, dossier_id).dossier.notices[-1].id
        assert PENDING in text_of(fee_notice_pdf(desk, dossier_id, unseen))
        assert PENDING not in text_of(fee_notice_pdf(desk, dossier_id, known))
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    while desk.engine.sender.step(dossier_id):
        pass


def test_a_notice_that_is_no_longer_to_be_paid_is_not_printed(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, ROWS[0]))
    fee_notices.cancel(desk, notice_id, "Nhập sai số tiền")
    with pytest.raises(BadInput, match="notice-closed"):
        fee_notice_pdf(desk, dossier_id, notice_id)
    with pytest.raises(BadInput, match="no-such-notice"):
        fee_notice_pdf(desk, dossier_id, "01a1f677-0000-7000-8000-000000000000")


def test_a_notice_paid_in_part_says_what_is_left_and_has_no_code(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    clerk = SandboxDesk(sandbox.base_url, "tiepnhan1")
    assert clerk.send(clerk.tick(dossier_id, notice_id, 20_000))[0]["status"] == "done"
    clerk.close()
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    pdf = fee_notice_pdf(desk, dossier_id, notice_id)
    assert codes_of(pdf) == set()
    assert "Đã ghi nhận 20.000 đồng, còn phải nộp 45.500 đồng." in text_of(pdf)


def test_what_was_waived_is_never_called_paid(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    waivers.waive_notice(desk, notice_id, "ho-ngheo", line=0)
    closing = text_of(fee_notice_pdf(desk, dossier_id, notice_id))
    assert "Được miễn 24.000 đồng, còn phải nộp 41.500 đồng." in closing
    assert "ghi nhận 24.000" not in closing
    clerk = SandboxDesk(sandbox.base_url, "tiepnhan1")
    assert clerk.send(clerk.tick(dossier_id, notice_id, 20_000))[0]["status"] == "done"
    clerk.close()
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    closing = text_of(fee_notice_pdf(desk, dossier_id, notice_id))
    assert "Đã ghi nhận 20.000 đồng, được miễn 24.000 đồng, còn phải nộp 21.500 đồng." in closing


def test_the_days_list_of_a_unit_that_no_catalogue_knows_bears_its_own_name(desk: Desk) -> None:
    known = desk.officer
    desk.projector.officer = replace(known, unit_id="H99.1")
    try:
        text = text_of(collected_pdf(desk, collected.on(desk, desk.clock.now().date())))
    finally:
        desk.projector.officer = known
    assert desk.unit_name.casefold() in text.casefold()


def test_the_command_line_writes_the_same_slip(sandbox: SandboxServer, desk: Desk, tmp_path: Path) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    profile = tmp_path / "profile"
    with desk_at(sandbox.base_url, profile) as other:
        assert inbox.locate_notice(other, notice_id) == dossier_id
    paper = tmp_path / "slip.pdf"
    said = run("desk", "--profile", str(profile), "print-notice", notice_id, "--out", str(paper))
    assert (said.code, said.one["notice_id"], said.one["size_bytes"]) == (0, notice_id, paper.stat().st_size)
    assert codes_of(paper.read_bytes()) == codes_of(fee_notice_pdf(desk, dossier_id, notice_id))
    said = run("desk", "--profile", str(profile), "print-notice", notice_id, "--out", str(tmp_path / "no" / "where"))
    assert (said.code, said.one["refused"]) == (1, "file-not-writable")


def test_one_line_is_waived_by_the_code_of_its_dossier(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    notice_id = sent(desk, dossier_id, form_of(desk, dossier_id, *ROWS))
    waivers.waive_dossier(desk, dossier_id, "ho-ngheo", line=0)
    assert [(w.notice_id, w.line) for w in inbox.card(desk, dossier_id).dossier.waivers] == [(notice_id, 0)]
    other = filed(desk, sandbox.base_url)
    with pytest.raises(BadInput, match="no-such-line"):
        waivers.waive_dossier(desk, other, "ho-ngheo", line=0)
