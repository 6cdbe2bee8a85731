"""The PIN of a desk: kept as Argon2id, five tries, and neither the network nor a restart changes that."""

from __future__ import annotations

import pytest

from app import first_look, texts
from app.errors import BadInput
from app.services import lock
from app.services.views import FirstList
from app.store import state
from app.store.state import Name
from tests.fakes import FakeClock
from tests.integration.desk_at_sandbox import line_down
from tests.integration.real_desk import notify, reopened, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier

PIN = "482915"


@pytest.fixture
def desk(sandbox, tmp_path):
    opened = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    yield opened
    opened.close()


def refused(desk, digits: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadInput) as caught:
        lock.unlock(desk, digits)
    assert texts.of(caught.value).endswith(".")
    return caught.value.code, caught.value.params


@pytest.mark.parametrize(("digits", "code"), [
    ("", "pin-not-digits"), ("12345", "pin-not-digits"), ("1234567890123", "pin-not-digits"),
    ("48291a", "pin-not-digits"), ("٤٨٢٩١٥", "pin-not-digits"), ("123456", "pin-too-simple"),
    ("987654", "pin-too-simple"), ("000000", "pin-too-simple"), ("121212", "pin-too-simple"),
])  # fmt: skip
def test_a_pin_that_is_none_or_easily_guessed_is_not_taken(desk, digits, code):
    with pytest.raises(BadInput) as caught:
        lock.set_pin(desk, digits)
    assert caught.value.code == code
    assert lock.standing(desk) == lock.Standing(has_pin=False, tries_left=0, begins_locked=False)


def test_what_is_kept_is_an_argon2id_hash_with_its_own_salt(desk):
    lock.set_pin(desk, PIN)
    with desk.store.read() as connection:
        first = state.get(connection, Name.PIN)
    lock.set_pin(desk, PIN)
    with desk.store.read() as connection:
        second = state.get(connection, Name.PIN)
    assert "$argon2id$v=19$m=65536,t=2,p=1$" in first
    assert PIN not in first
    assert first != second


def test_the_pin_unlocks_without_the_network_and_gives_all_tries_back(sandbox, desk):
    lock.set_pin(desk, PIN)
    lock.lock(desk)
    with line_down(sandbox.base_url):
        assert refused(desk, "111222") == ("pin-wrong", {"left": 4})
        lock.unlock(desk, PIN)
    assert lock.standing(desk).tries_left == 5


def test_five_wrong_tries_end_the_pin_beyond_a_restart_and_signing_in_helps(sandbox, tmp_path, desk):
    lock.set_pin(desk, PIN)
    said = [refused(desk, "111222") for _ in range(3)]
    desk.close()
    again = reopened(tmp_path / "profile", FakeClock())
    said += [refused(again, "111222") for _ in range(2)]
    assert said == [("pin-wrong", {"left": 4}), ("pin-wrong", {"left": 3}), ("pin-wrong", {"left": 2}),
                    ("pin-wrong", {"left": 1}), ("pin-spent", {"tries": 5})]  # fmt: skip
    assert refused(again, PIN)[0] == "pin-spent", "the right PIN comes too late"
    again.close()
    fresh = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    assert lock.standing(fresh) == lock.Standing(has_pin=False, tries_left=0, begins_locked=False)
    fresh.close()


def test_a_locked_desk_goes_on_sending(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url, name="Trần Thị Mai")
    desk.engine.puller.pull_all()
    notice = notify(desk, dossier_id)
    lock.set_pin(desk, PIN)
    lock.lock(desk)
    acted = tick(desk, notice)
    send_all(desk)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"


@pytest.mark.parametrize("how", ["pin", "locked"])
def test_the_first_look_shows_nothing_of_a_desk_that_begins_locked(sandbox, tmp_path, desk, how):
    def look():
        return first_look.read(tmp_path / "profile", lambda _officer: FirstList(None, "due"), clock=FakeClock())

    file_dossier(sandbox.base_url, name="Trần Thị Mai")
    desk.engine.puller.pull_all()
    assert look().rows
    (lock.set_pin(desk, PIN) if how == "pin" else lock.lock(desk))
    assert look() is None
    assert lock.standing(desk).begins_locked
