"""A day off is decided while dossiers wait: portal and desks count anew, and every history says what changed."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app import first_look, texts
from app.catalogues import calendar_files
from app.clock import VN
from app.errors import BadInput, PortalProblem, StoreTrouble
from app.sandbox.server import SandboxServer
from app.services import calendars, inbox, reception
from app.services.views import FirstList
from app.store import state
from app.store.projection import Projector
from app.store.state import Name
from tests.integration.desk_at_sandbox import desk_at, filed
from tests.integration.sandbox_desk import SandboxDesk

NEW_DAY = date(2026, 11, 25)


@pytest.fixture
def portal(tmp_path: Path):
    """A portal of its own: its calendar is changed. Friday 20/11/2026 08:00."""
    with SandboxServer(tmp_path / "portal", now=datetime(2026, 11, 20, 8, 0, tzinfo=VN)) as server:
        yield server


def year_of(desk, year: int = 2026) -> dict[str, Any]:
    return next(json.loads(found.text) for found in calendars.years(desk) if found.year == year)


def with_day_off(file: dict[str, Any], day: str = "2026-11-25", name: str = "Nghỉ theo công điện") -> str:
    return json.dumps(file | {"off": [*file["off"], {"day": day, "name": name}]})


def received(desk, base_url: str) -> str:
    """Receive a dossier of three working days; return its id."""
    dossier_id = filed(desk, base_url, procedure="1.004859")
    acted = reception.receive(desk, dossier_id)
    desk.engine.sender.send_lane_now(dossier_id)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    return dossier_id


def dossier_of(desk, dossier_id: str):
    return inbox.card(desk, dossier_id).dossier


def test_a_new_day_off_moves_open_appointments_everywhere_and_says_so(portal, tmp_path):
    with desk_at(portal.base_url, tmp_path / "r") as desk, desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        first = received(desk, portal.base_url)
        waiting = filed(desk, portal.base_url)
        was = dossier_of(desk, first).due_at
        assert was.date() > NEW_DAY > desk.clock.now().date()
        done = calendars.replace(admin, with_day_off(year_of(admin)))
        assert (done.year, done.version, done.recounted) == (2026, "2026.5", 1)
        assert admin.calendar.why_off(NEW_DAY) == "Nghỉ theo công điện"
        assert desk.calendar.why_off(NEW_DAY) is None
        desk.engine.puller.pull_all()
        assert desk.calendar == admin.calendar
        moved = dossier_of(desk, first)
        assert desk.calendar.is_working(moved.due_at.date())
        assert (moved.due_at - was).days == 1
        told = moved.history[-1]
        assert (told.kind, told.by) == ("calendar_changed", admin.officer.name)
        assert told.note.endswith(": lịch làm việc 2026.5")
        assert f"{was:%d/%m}" in told.note
        assert f"{moved.due_at:%d/%m}" in told.note
        assert [item.kind for item in dossier_of(desk, waiting).history] == ["submitted"]

        # a receipt that the portal has not seen yet promises by the same calendar as the portal will
        new = filed(desk, portal.base_url, procedure="1.004859")
        acted = reception.receive(desk, new)
        promised = dossier_of(desk, new).due_at
        desk.engine.sender.send_lane_now(new)
        assert desk.engine.work_lane(new, acted.key).value == "acked"
        assert dossier_of(desk, new).due_at.date() == promised.date() == moved.due_at.date()
    look = first_look.read(tmp_path / "r", lambda _officer: FirstList(None))
    assert look is not None
    assert look.calendar.why_off(NEW_DAY) == "Nghỉ theo công điện"


@pytest.mark.parametrize("dies", [True, False])
def test_lists_are_counted_to_the_end_though_the_program_died_or_the_disk_was_full_halfway(
    portal, tmp_path, monkeypatch, dies
):
    with desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        with desk_at(portal.base_url, tmp_path / "r") as desk:
            filed(desk, portal.base_url)
            desk.engine.puller.pull_all()
            before = rows_of(desk)
            calendars.replace(admin, with_day_off(year_of(admin), "2026-11-23"))
            with monkeypatch.context() as full:
                full.setattr(Projector, "project", stopped)
                with pytest.raises(StoreTrouble):
                    desk.engine.puller.pull_all()
            if not dies:
                desk.engine.puller.pull_all()
                counted = rows_of(desk)
        if dies:
            assert first_look.read(tmp_path / "r", lambda _officer: FirstList(None)) is None
            with desk_at(portal.base_url, tmp_path / "r") as desk:
                counted = rows_of(desk)
        with desk_at(portal.base_url, tmp_path / "new") as fresh:
            fresh.engine.puller.pull_all()
            assert before != counted == rows_of(fresh)


def rows_of(desk) -> list[tuple[Any, ...]]:
    with desk.store.read() as connection:
        query = "select id, due_ms, soon_ms, step_ms from dossier_row order by id"
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def stopped(*_asked: Any) -> None:
    raise StoreTrouble("disk-full")


@pytest.mark.parametrize("kept", ['[{"years":[2026]}]', '[{"version":"2026.9"}]', '["2026"]', "[", "{}"])
def test_kept_years_that_are_not_understood_are_not_shown_as_counted_with(portal, tmp_path, kept):
    with desk_at(portal.base_url, tmp_path / "r") as desk:
        with desk.store.write() as connection:
            state.put(connection, Name.CALENDARS, kept)
        assert [year.year for year in calendars.years(desk)] == [int(file["years"][0]) for file in calendar_files()]


def test_a_replaced_calendar_outlives_the_portal(tmp_path):
    with SandboxServer(tmp_path / "portal") as server, desk_at(server.base_url, tmp_path / "a", "quantri") as admin:
        calendars.replace(admin, with_day_off(year_of(admin)))
    with SandboxServer(tmp_path / "portal") as server:
        assert server.portal.calendar.why_off(NEW_DAY) == "Nghỉ theo công điện"


def test_hours_are_the_offices_whichever_year_says_them(portal, tmp_path):
    with desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        hours = {"morning": ["07:30", "11:30"], "afternoon": ["13:00", "17:00"]}
        calendars.replace(admin, json.dumps(year_of(admin) | {"hours": hours}))
        assert (admin.calendar.morning, admin.calendar.afternoon) == ((450, 690), (780, 1020))
        assert year_of(admin, 2027)["hours"] == hours


def test_a_year_may_be_added_and_a_toml_file_is_read_as_well(portal, tmp_path):
    file = 'version = ""\nyears = [2028]\n[[off]]\nday = 2028-01-03\nname = "Nghỉ bù Tết Dương lịch"\n'
    with desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        assert calendars.replace(admin, file).version == "2028.1"
        assert admin.calendar.why_off(date(2028, 1, 3)) == "Nghỉ bù Tết Dương lịch"
        assert not admin.calendar.is_provisional(date(2028, 1, 3))


def test_who_may_not_or_came_too_late_changes_nothing(portal, tmp_path):
    with desk_at(portal.base_url, tmp_path / "r") as desk, desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        file = year_of(admin)
        for actor, text, code in (
            (desk, with_day_off(file), "calendar-not-yours"),
            (admin, with_day_off(file, "2026-11-24"), "calendar-day-twice"),
            (admin, with_day_off(file, "2026-11-31"), "calendar-malformed"),
            (admin, "{", "calendar-malformed"),
            (admin, with_day_off(file | {"version": "2026.3"}), "calendar-changed"),
            # what one year cannot show: the portal looks at all of them
            (admin, with_day_off(file | {"worked": [{"day": "2026-12-26", "for": "2027-11-23"}]}), "calendar-swap"),
        ):
            with pytest.raises(BadInput) as refused:
                calendars.replace(actor, text)
            assert refused.value.code == code
            assert "…" not in texts.of(refused.value)
        assert year_of(admin)["version"] == "2026.4"


def test_the_portal_itself_lets_the_administrator_only(portal):
    body = {"year": 2026, "seen": "2026.4", "body": {"version": "2026.4", "years": [2026]}}
    answers = []
    for name in ("tiepnhan1", "thuly1", "lanhdao1", "thuquy1", "quantri"):
        someone = SandboxDesk(portal.base_url, name)
        answers.append(someone.request("PUT", "/v1/calendars", json=body).status_code)
        someone.close()
    assert answers == [403, 403, 403, 403, 200]


def test_what_would_move_is_told_before_and_who_replaced_what_after(portal, tmp_path):
    with desk_at(portal.base_url, tmp_path / "r") as desk, desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        dossier = dossier_of(desk, received(desk, portal.base_url))
        text = with_day_off(year_of(admin))
        found = calendars.foresee(admin, text)
        assert (found.recounted, [one.code for one in found.shown]) == (1, [dossier.receipt_code])
        assert (found.shown[0].was, found.shown[0].will.date()) == (dossier.due_at, date(2026, 11, 27))
        assert (year_of(admin)["version"], calendars.versions(admin)) == ("2026.4", ())
        assert calendars.replace(admin, text).recounted == 1
        desk.engine.puller.pull_all()
        assert dossier_of(desk, dossier.id).due_at == found.shown[0].will
        found = calendars.versions(desk)
        assert [(one.year, one.version, one.by, one.said, one.recounted) for one in found] == [
            (2026, "2026.5", "Đặng Quốc Bảo", "thêm ngày nghỉ 25/11/2026 (Nghỉ theo công điện)", 1),
        ]  # fmt: skip
        assert found[0].at.date() == date(2026, 11, 20)
        for actor, wrong, code in (
            (desk, text, "calendar-not-yours"), (admin, text, "calendar-changed"),
            (admin, with_day_off(year_of(admin), "2026-11-24"), "calendar-day-twice"),
        ):  # fmt: skip
            with pytest.raises(BadInput) as refused:
                calendars.foresee(actor, wrong)
            assert refused.value.code == code


@pytest.mark.parametrize("extras", [{}, {"failed": []}, {"failed": ["x"]}, {"failed": [{"code": 7}]}])
def test_a_refusal_without_its_reason_is_the_portals_problem(portal, tmp_path, monkeypatch, extras):
    def refused(_edit: object) -> None:
        raise PortalProblem("refused", status=409, extras=extras)

    with desk_at(portal.base_url, tmp_path / "a", "quantri") as admin:
        monkeypatch.setattr(admin.engine.ask, "replace_calendar", refused)
        with pytest.raises(PortalProblem):
            calendars.replace(admin, with_day_off(year_of(admin)))
