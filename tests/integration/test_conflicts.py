"""Two people, one dossier: classes of conflict that no other story tells, each with what becomes of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.services import counter, inbox, reception
from tests.fakes import FakeClock
from tests.integration.real_desk import signed_in
from tests.integration.sandbox_desk import SandboxDesk, file_dossier, move_clock


@pytest.fixture
def desks(sandbox) -> Iterator[dict[str, SandboxDesk]]:
    """Sign in anew for each story: one of them moves the portal's clock past every session."""
    found = {name: SandboxDesk(sandbox.base_url, name) for name in ("tiepnhan1", "tiepnhan2", "lanhdao1")}
    yield found
    for desk in found.values():
        desk.close()


def test_cash_taken_at_two_desks_is_two_facts_and_a_typing_mistake_is_reversed_by_another(sandbox, desks):
    one, two, head = desks.values()
    dossier = file_dossier(sandbox.base_url)
    notice = one.notify(dossier)
    for desk in (one, two):
        assert desk.send(desk.tick(dossier, notice, 120_000))[0]["status"] == "done"
    body = one.dossier(dossier)
    assert [(p["amount"], p["settled"]) for p in body["payments"]] == [(120_000, 120_000), (120_000, 0)]
    assert [(c["amount"], c["state"]) for c in body["cases"]] == [(120_000, "open")]

    second = body["payments"][1]["id"]
    assert head.do("reverse_payment", dossier, payment_id=second, reason="Quầy 2 ghi nhầm")["status"] == "done"
    body = one.dossier(dossier)
    assert [(p["settled"], p["reversed"]) for p in body["payments"]] == [(120_000, False), (0, True)]
    assert [(c["state"], c["lapsed"]) for c in body["cases"]] == [("closed", True)]


def test_two_who_correct_different_fields_both_stand(sandbox, desks):
    one, two, _ = desks.values()
    dossier = file_dossier(sandbox.base_url)
    seen = one.dossier(dossier)["version"]
    first = one.envelope("correct_contact", dossier, phone="0905000001")
    second = two.envelope("correct_contact", dossier, email="moi@congdan.example")
    assert [desk.send(told)[0]["status"] for desk, told in ((one, first), (two, second))] == ["done", "done"]
    body = one.dossier(dossier)
    found = (body["submitter"]["phone"], body["submitter"]["email"])
    assert (found, body["version"]) == (("0905000001", "moi@congdan.example"), seen + 2)


def test_a_reception_corrected_in_a_form_that_knows_no_account_leaves_it_alone(sandbox, tmp_path):
    desk = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        dossier_id = file_dossier(sandbox.base_url)
        desk.engine.puller.pull_all()
        reception.receive(desk, dossier_id)
        seen = inbox.card(desk, dossier_id).dossier
        person = replace(seen.applicant, account="", address="12 Lê Lợi")
        form = replace(counter.form_of(seen), applicant=person, submitter=person)
        acted = counter.correct(desk, seen, form, "Thiếu địa chỉ")
        assert desk.engine.work_lane(dossier_id, acted.key) == "acked"
        assert inbox.card(desk, dossier_id).dossier.submitter == replace(seen.submitter, address="12 Lê Lợi")
        assert seen.submitter.account == "mai"
    finally:
        desk.close()


def test_a_reversal_of_yesterdays_cash_is_a_row_of_today_and_leaves_yesterdays_list_alone(sandbox, desks):
    one = desks["tiepnhan1"]
    dossier = file_dossier(sandbox.base_url)
    notice = one.notify(dossier)
    taken = one.tick(dossier, notice, 120_000)
    assert one.send(taken)[0]["status"] == "done"
    before = one.get("/v1/reconciliation", date="2026-11-20").json()
    move_clock(sandbox.base_url, now="2026-11-23T08:00:00+07:00")
    one, head = SandboxDesk(sandbox.base_url, "tiepnhan1"), SandboxDesk(sandbox.base_url, "lanhdao1")
    payment = one.dossier(dossier)["payments"][0]["id"]
    assert head.do("reverse_payment", dossier, payment_id=payment, reason="Ghi nhầm")["status"] == "done"
    after = one.get("/v1/reconciliation", date="2026-11-20").json()
    assert (after["total"], after["keys"]) == (before["total"], before["keys"])
    monday = one.get("/v1/reconciliation", date="2026-11-23").json()["keys"]
    assert [(key["payment_id"], key["amount"]) for key in monday] == [(payment, -120_000)]
    one.close()
    head.close()
