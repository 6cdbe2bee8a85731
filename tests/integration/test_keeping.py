"""What leaves a desk: dossiers long ended, and all of a revoked account; what was not sent never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from app.domain.dossier import Evidence, HistoryItem, Person
from app.domain.handling import Stop
from app.domain.keeping import kept_until
from app.domain.words import CaseState, PaymentChannel, State
from app.errors import BadInput, SignedOut
from app.services import (
    attachments,
    decisions,
    fee_notices,
    inbox,
    outbox,
    payments,
    privacy,
    reception,
    session,
    turned_away,
)
from app.services.counter import CounterForm
from app.store import drafts, mirror
from app.sync.apply_page import rebuild
from tests.fakes import FakeClock
from tests.integration.real_desk import notify, reopened, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier, move_clock
from tests.unit.sample_dossiers import DOSSIERS, NOW, with_money


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def desk(sandbox, tmp_path, clock):
    opened = signed_in(sandbox.base_url, tmp_path / "profile", clock)
    yield opened
    requests.post(sandbox.base_url + "/sandbox/accounts", json={"username": "tiepnhan1", "revoked": False}, timeout=10)
    opened.close()


def held(desk) -> set[str]:
    with desk.store.read() as connection:
        return set(mirror.all_ids(connection))


def bury(url: str, dossier_id: str) -> None:
    requests.post(url + "/sandbox/tombstones", json={"id": dossier_id}, timeout=10).raise_for_status()


def refused_dossier(sandbox, desk, name: str) -> str:
    dossier_id = file_dossier(sandbox.base_url, name=name)
    desk.engine.puller.pull_all()
    reception.refuse(desk, dossier_id, "Không thuộc thẩm quyền giải quyết")
    send_all(desk)
    desk.engine.puller.pull_all()
    return dossier_id


RETURNED = replace(DOSSIERS["10"], returned_at=NOW)


@pytest.mark.parametrize("key", ["1", "2", "4", "5a", "6p", "8", "9w"])
def test_a_dossier_that_is_worked_on_has_no_day_to_leave(key):
    assert kept_until(DOSSIERS[key]) is None


def test_an_ended_dossier_leaves_sixty_days_after_the_last_thing_that_happened():
    assert kept_until(RETURNED) == NOW + timedelta(days=60)
    rated = replace(RETURNED, history=(HistoryItem("rated", NOW + timedelta(days=5), "citizen"),))
    assert kept_until(rated) == NOW + timedelta(days=65)
    assert kept_until(DOSSIERS["10"]) is None, "nobody knows when"


def test_a_dossier_stopped_for_good_leaves_as_one_that_was_refused_does():
    stopped = replace(DOSSIERS["8"], history=(HistoryItem("stopped", NOW, "Phạm Văn Đức"),))
    for_good = replace(stopped, stop=Stop("Theo Mẫu 05", "Phạm Văn Đức", NOW, ends=True))
    may_go_on = replace(for_good, stop=Stop("Theo Mẫu 05", "Phạm Văn Đức", NOW, ends=False))
    assert kept_until(for_good) == NOW + timedelta(days=60)
    assert kept_until(may_go_on) is None


def test_money_that_somebody_must_still_give_back_keeps_a_dossier():
    paid = with_money(RETURNED)
    assert paid.cases
    states = {state: replace(paid, notices=(), cases=tuple(replace(c, state=state) for c in paid.cases))
              for state in CaseState}  # fmt: skip
    assert {state: kept_until(dossier) is not None for state, dossier in states.items()} == {
        CaseState.OPEN: False, CaseState.APPROVED: False, CaseState.REFUNDED: True, CaseState.CLOSED: True,
    }  # fmt: skip


def test_a_dossier_leaves_sixty_days_after_its_end_with_its_drafts_and_not_a_day_before(sandbox, desk, clock):
    ended, alive = refused_dossier(sandbox, desk, "Lê Văn Hết"), file_dossier(sandbox.base_url, name="Lê Văn Còn")
    desk.engine.puller.pull_all()
    with desk.store.write() as connection:
        drafts.save(connection, ended, "notice", "bản nháp", 1)
    clock.advance(timedelta(days=59, hours=23))
    assert ended not in privacy.purge(desk)
    clock.advance(timedelta(hours=2))
    assert ended in privacy.purge(desk)
    assert ended not in held(desk)
    assert alive in held(desk)
    assert len(inbox.find(desk, "Le Van Het")) == 0
    with desk.store.read() as connection:
        assert drafts.load(connection, ended, "notice") is None


def born_here(desk) -> str:
    """Somebody is turned away at the counter: the dossier begins and ends at this desk."""
    person = Person("Lê Văn Quầy", phone="0905117733", identity_no="056090001234")
    acted = turned_away.refuse(desk, CounterForm("1.013225", person, person, ()), "Không thuộc thẩm quyền giải quyết")
    send_all(desk)
    return acted[0].dossier_id


def found(desk, dossier_id: str) -> tuple[bool, bool]:
    """Whether it stands in a list, now and once all lists are made anew as by the next version of the program."""
    now = dossier_id in listed(desk)
    rebuild(desk.store, desk.projector)
    return now, dossier_id in listed(desk)


def listed(desk) -> set[str]:
    return {row.id for row in inbox.rows(desk, list(inbox.find(desk, "Le Van")))}


def test_what_was_born_here_and_has_left_does_not_come_back_with_a_new_projection(sandbox, desk, clock):
    dossier_id = born_here(desk)
    desk.engine.puller.pull_all()
    assert found(desk, dossier_id) == (True, True)
    clock.advance(timedelta(days=61))
    assert dossier_id in privacy.purge(desk)
    assert found(desk, dossier_id) == (False, False)


def test_a_tombstone_before_the_first_page_of_what_was_born_here_takes_it_away(sandbox, desk):
    dossier_id = born_here(desk)
    bury(sandbox.base_url, dossier_id)
    assert found(desk, dossier_id) == (True, True)
    desk.engine.puller.pull_all()
    assert found(desk, dossier_id) == (False, False)


def test_work_for_what_was_born_here_and_is_buried_is_answered_before_it_goes(sandbox, desk):
    person = Person("Lê Văn Dở", phone="0905117733", identity_no="056090001234")
    form = CounterForm("1.013225", person, person, ())
    dossier_id = turned_away.request_supplement(desk, form, ["Bản vẽ"], "Thiếu bản vẽ")[0].dossier_id
    send_all(desk)
    bury(sandbox.base_url, dossier_id)
    acted = fee_notices.correct_contact(desk, inbox.card(desk, dossier_id).dossier, phone="0905117734")
    desk.engine.puller.pull_all()
    assert found(desk, dossier_id) == (True, True)
    send_all(desk)
    assert acted.key in {item.id for item in decisions.waiting(desk)}
    assert found(desk, dossier_id) == (True, True)
    decisions.decide(desk, acted.key, "drop")
    desk.engine.puller.pull_all()
    assert found(desk, dossier_id) == (False, False)


def test_a_revoked_account_leaves_no_dossier_born_here_whose_page_never_came(sandbox, desk):
    dossier_id = born_here(desk)
    assert found(desk, dossier_id) == (True, True)
    desk.engine.puller.keeping.wipe()
    assert found(desk, dossier_id) == (False, False)


def test_the_puller_purges_once_a_day_by_itself_and_the_days_can_be_set(sandbox, desk, clock):
    ended = refused_dossier(sandbox, desk, "Lê Văn Xong")
    privacy.keep_ended(desk, 3)
    assert privacy.days_kept(desk) == 3
    move_clock(sandbox.base_url, advance_s=4 * 86_400)
    clock.advance(timedelta(days=4))
    desk.engine.puller.pull_all()
    assert ended not in held(desk)
    with pytest.raises(BadInput, match="keep-days"):
        privacy.keep_ended(desk, 0)


def test_an_ended_dossier_with_unsent_or_unreconciled_money_stays(sandbox, desk, clock):
    dossier_id = file_dossier(sandbox.base_url, name="Lê Văn Tiền")
    desk.engine.puller.pull_all()
    tick(desk, notify(desk, dossier_id))
    send_all(desk)
    desk.engine.puller.pull_all()
    reception.refuse(desk, dossier_id, "Không thuộc thẩm quyền giải quyết")
    send_all(desk)
    desk.engine.puller.pull_all()
    assert inbox.card(desk, dossier_id).dossier.state is State.REFUSED
    clock.advance(timedelta(days=400))
    assert dossier_id not in privacy.purge(desk)


def test_a_revoked_account_loses_its_data_but_not_its_unsent_work(sandbox, desk, tmp_path, clock):
    sent, unsent = (file_dossier(sandbox.base_url, name=name) for name in ("Lê Thị Gửi Rồi", "Lê Thị Chưa Gửi"))
    desk.engine.puller.pull_all()
    notice = notify(desk, unsent)
    desk.engine.puller.pull_all()
    paper = attachments.take(desk, b"%PDF-1.4 x", "bien lai.pdf")
    acted = tick(desk, notice)
    requests.post(sandbox.base_url + "/sandbox/accounts", json={"username": "tiepnhan1", "revoked": True}, timeout=10)
    send_all(desk)
    with pytest.raises(SignedOut, match="account-revoked"):
        desk.engine.puller.pull_all()
    assert held(desk) == {unsent}
    assert sent not in held(desk)
    assert desk.blobs.get(paper.sha256) is None
    assert [(row.key, row.state.value) for row in outbox.unfinished(desk)] == [(acted.key, "queued")]
    assert inbox.card(desk, unsent).dossier.payments[-1].amount == 120_000
    link = session.connection(desk)
    assert (link.state, link.code, link.unsent) == ("signed_out", "account-revoked", 1)
    # Opened again by the administrator: what was kept leaves, and everything comes back.
    requests.post(sandbox.base_url + "/sandbox/accounts", json={"username": "tiepnhan1", "revoked": False}, timeout=10)
    desk.close()
    again = reopened(tmp_path / "profile", clock)
    again.engine.puller.pull_all()
    send_all(again)
    assert outbox.unfinished(again) == ()
    assert sent in held(again)
    again.close()


def test_the_proof_of_money_outlives_a_wipe_because_a_restored_portal_may_have_lost_it(sandbox, desk):
    """Sent, then the account is revoked and opened again, and only then the desk hears of the older portal."""
    dossier_id = file_dossier(sandbox.base_url, name="Lê Văn Chứng Từ")
    desk.engine.puller.pull_all()
    notice = notify(desk, dossier_id)
    paper, other = (attachments.take(desk, b"%PDF-1.4 " + text, "bien lai.pdf") for text in (b"bien lai", b"nhap"))
    cash, proof = PaymentChannel.COUNTER_CASH, Evidence(info="Biên lai", file=paper)
    acted = payments.tick_paid(desk, notice, amount=120_000, method=cash, evidence=proof)
    send_all(desk)
    desk.engine.puller.pull_all()
    assert outbox.state_of(desk, acted.key) == "acked"
    desk.engine.puller.keeping.wipe()
    assert [desk.blobs.get(file.sha256) is not None for file in (paper, other)] == [True, False]
