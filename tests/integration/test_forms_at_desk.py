"""Official forms at a real desk: printed at each step, counted over restarts, also without the portal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.dossier import Component
from app.domain.forms import Form
from app.domain.people import Person
from app.domain.words import LineKind, State
from app.errors import BadInput
from app.sandbox.server import SandboxServer
from app.services import counter, forms, handling, inbox, processing, reception
from app.services.counter import CounterForm
from app.services.desk import Desk
from app.services.printing import slip_pdf
from tests.e2e.officers import run
from tests.integration.desk_at_sandbox import desk_at, filed, form_of, line_down, sent, suspended
from tests.unit.printed_papers import codes_of, text_of

PENDING = "Số chính thức cấp khi có mạng."


@pytest.fixture(scope="module")
def desk(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at(sandbox.base_url, tmp_path_factory.mktemp("forms") / "profile") as signed_in:
        yield signed_in


def received(desk: Desk, base_url: str) -> str:
    dossier_id = filed(desk, base_url)
    acted = reception.receive(desk, dossier_id)
    desk.engine.sender.send_lane_now(dossier_id)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    return dossier_id


def test_each_step_prints_its_own_paper(sandbox: SandboxServer, desk: Desk) -> None:
    new = filed(desk, sandbox.base_url)
    with pytest.raises(BadInput, match="no-form-yet"):
        slip_pdf(desk, new)
    sent(desk, new, form_of(desk, new, (LineKind.PHI, "Phí cấp bản sao", 24_000)))
    assert "PHIẾU THÔNG BÁO THU PHÍ, LỆ PHÍ" in text_of(slip_pdf(desk, new).pdf)
    there = received(desk, sandbox.base_url)
    slip = slip_pdf(desk, there)
    code = inbox.card(desk, there).dossier.receipt_code
    assert slip.name == f"Giay tiep nhan {code}.pdf"
    assert codes_of(slip.pdf) == {code}
    text = text_of(slip.pdf)
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ (Liên: Giao khách hàng)" in text
    assert "(Liên: Lưu)" in text
    assert "Trần Thị Mai" in text
    assert PENDING not in text
    paused = suspended(desk, sandbox.base_url)
    text = text_of(slip_pdf(desk, paused).pdf)
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in text
    assert "Nghĩa vụ tài chính theo thông báo số LTB2656001: 4.250.000 đồng." in text


def test_a_form_that_would_not_be_true_is_not_printed(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = received(desk, sandbox.base_url)
    with pytest.raises(BadInput, match="form-does-not-fit"):
        forms.form_paper(desk, dossier_id, Form.REFUSAL)


def test_a_reprint_says_so_and_a_look_does_not_count(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = received(desk, sandbox.base_url)
    for _ in range(2):
        first = forms.form_paper(desk, dossier_id, Form.RECEPTION)
        assert "Bản in lại" not in text_of(first.pdf), "looking is not printing"
    forms.note_printed(desk, first)
    assert "Bản in lại lần 1" in text_of(forms.form_paper(desk, dossier_id, Form.RECEPTION).pdf)
    forms.note_printed(desk, forms.form_paper(desk, dossier_id, Form.RECEPTION))
    assert "Bản in lại lần 2" in text_of(forms.form_paper(desk, dossier_id, Form.RECEPTION).pdf)
    assert "Bản in lại" not in text_of(forms.form_paper(desk, dossier_id, Form.CONTROL).pdf), "each paper for itself"


def test_a_received_dossier_is_printed_while_the_line_is_down(sandbox: SandboxServer, desk: Desk) -> None:
    dossier_id = filed(desk, sandbox.base_url)
    with line_down(sandbox.base_url):
        reception.receive(desk, dossier_id)
        slip = slip_pdf(desk, dossier_id)
        text = text_of(slip.pdf)
        assert PENDING in text
        assert "Số: ……/TNTKQ" in text
        assert codes_of(slip.pdf) == {inbox.card(desk, dossier_id).dossier.code}
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    while desk.engine.sender.step(dossier_id):
        pass
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    assert PENDING not in text_of(slip_pdf(desk, dossier_id).pdf)


def test_the_command_line_prints_counts_and_remembers_over_a_restart(sandbox: SandboxServer, tmp_path: Path) -> None:
    profile, paper = tmp_path / "profile", tmp_path / "form.pdf"
    with desk_at(sandbox.base_url, profile) as signed_in:
        dossier_id = received(signed_in, sandbox.base_url)
        code = inbox.card(signed_in, dossier_id).dossier.receipt_code

    def form(*more: str) -> tuple[int, dict[str, object]]:
        said = run("desk", "--profile", str(profile), "form", str(code), *more, "--out", str(paper))
        return said.code, said.one

    done, one = form("--form", "01")
    assert (done, one["paper"], one["reprint"], one["size_bytes"]) == (0, "reception", 0, paper.stat().st_size)
    done, one = form()
    assert (done, one["paper"], one["reprint"]) == (0, "reception", 1)
    assert "Bản in lại lần 1" in text_of(paper.read_bytes())
    assert form("--form", "06")[1]["paper"] == "control"
    assert [form("--form", text)[1]["refused"] for text in ("03", "08")] == ["form-does-not-fit", "no-such-form"]
    again = bootstrap.open_desk(profile)
    assert forms.times_printed(again, dossier_id, "reception") == 2
    again.close()


def test_the_register_lists_what_the_desk_received_in_the_period(sandbox: SandboxServer, tmp_path: Path) -> None:
    profile, paper = tmp_path / "profile", tmp_path / "register.pdf"
    with desk_at(sandbox.base_url, profile) as signed_in:
        mine = inbox.card(signed_in, received(signed_in, sandbox.base_url)).dossier
    assert mine.received_at is not None
    day = mine.received_at.date().isoformat()

    def register(first: str, last: str) -> tuple[int, str]:
        days = ("--from", first, "--to", last)
        said = run("desk", "--profile", str(profile), "register-book", *days, "--out", str(paper))
        return said.code, text_of(paper.read_bytes()) if said.code == 0 else ""

    done, text = register(day, day)
    assert done == 0
    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert f" {mine.receipt_code} " in text
    done, text = register("2026-01-01", "2026-01-31")
    assert done == 0
    assert "Tổng số: 0 hồ sơ." in text
    assert str(mine.receipt_code) not in text
    assert register(day, "2026-01-01")[0] != 0


def test_the_register_keeps_what_has_left_the_desks_own_queues(sandbox: SandboxServer, desk: Desk) -> None:
    gone, ended = received(desk, sandbox.base_url), received(desk, sandbox.base_url)
    processing.forward(desk, gone, "thuly1")
    handling.withdraw(desk, ended, "Công dân không còn nhu cầu")
    mine = [inbox.card(desk, dossier_id).dossier for dossier_id in (gone, ended)]
    assert [dossier.state for dossier in mine] == [State.PROCESSING, State.WITHDRAWN]
    day = desk.clock.now().date()
    text = text_of(forms.register_paper(desk, day, day).pdf)
    assert [f" {dossier.receipt_code} " in text for dossier in mine] == [True, True]
    assert "Công dân rút hồ sơ" in text


def test_form_01_of_a_dossier_brought_in_person_says_its_sets_and_waits_for_its_number(
    sandbox: SandboxServer, desk: Desk
) -> None:
    person = Person("Trần Thị Mai", identity_no="056190001234")
    paper = Component("Tờ khai", originals=1)
    with line_down(sandbox.base_url):
        while counter.numbers_left(desk):
            counter.register(desk, CounterForm("1.001193", person, person, (paper,)))
        there = counter.register(desk, CounterForm("1.001193", person, person, (paper,), sets=2)).dossier_id
        slip = forms.form_paper(desk, there, Form.RECEPTION)
    text = text_of(slip.pdf)
    assert slip.name == "Giay tiep nhan.pdf"
    assert PENDING in text
    assert "2. Số lượng hồ sơ: 02 (bộ)" in text
    assert codes_of(slip.pdf) == set()
