"""Quá hạn nộp and Không tới được: who stands there, since when, what the row and the side bar say, how they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app import catalogues
from app.clock import to_ms
from app.domain.words import DeliveryChannel, LineKind, Role, Way
from app.services import fee_notices, inbox
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.views import QueueCounts
from tests.ui.desk_fixture import NOW, Office
from tests.ui.notice_scenes import DEAD, told
from tests.ui.test_present_rows import ROW
from ui.present import listing, queues
from ui.present.queues import ListQuery
from ui.present.rows import row_view


def listed(desk: Desk, key: str) -> list[str]:
    pks = listing.read(desk, ListQuery(key)).pks
    return [row.applicant for row in inbox.rows(desk, pks) if row is not None]


def side_bar(desk: Desk, current: str = "") -> dict[str, object]:
    items = queues.items(desk.officer, inbox.counts(desk), current)
    return {item.short: item.count for item in items if item.key in (queues.PAY_LATE, queues.UNREACHED)}


def asked_until(here: Office, desk: Desk, name: str, day: date) -> str:
    dossier_id = here.file(name)
    dossier = here.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.LE_PHI, "Lệ phí hộ tịch", 75_000)
    here.send(desk, fee_notices.notify(desk, dossier_id, NoticeForm("Nộp lệ phí", (line,), pay_by=day)))
    return dossier_id


def test_a_notice_stands_in_its_list_from_the_day_after_its_last_day(here) -> None:
    desk = here.desk()
    asked_until(here, desk, "Trần Văn Bình", NOW.date())
    asked_until(here, desk, "Lê Thị Ơn", NOW.date() + timedelta(days=1))
    here.desk()
    assert (listed(desk, "pay_late"), side_bar(desk)) == ([], {})
    here.clock.advance(timedelta(hours=14))
    assert (listed(desk, "pay_late"), side_bar(desk)) == (["Trần Văn Bình"], {"Quá hạn nộp": 1})
    here.clock.advance(timedelta(days=1))
    assert (sorted(listed(desk, "pay_late")), side_bar(desk)) == (["Lê Thị Ơn", "Trần Văn Bình"], {"Quá hạn nộp": 2})
    chips = dict(listing.read(desk, ListQuery("pay_late")).filters)
    assert (chips["owing"], chips["paid"]) == (2, 0)


def test_whom_no_channel_reached_stands_in_its_list_until_called(here) -> None:
    desk = here.desk()
    card = told(here, "Đinh Công Thành", **DEAD)
    assert (listed(desk, "unreached"), side_bar(desk)["Không tới được"]) == (["Đinh Công Thành"], 1)
    notice = card.dossier.notices[-1].id
    fee_notices.reached(desk, notice, DeliveryChannel.CALL, "Ông Thành nghe máy")
    assert listed(desk, "unreached") == []
    assert "Không tới được" not in side_bar(desk)
    assert side_bar(desk, "unreached")["Không tới được"] == 0


@pytest.mark.parametrize(("changed", "line2", "alarm"), [
    ({"pay_late_ms": to_ms(NOW - timedelta(hours=10, minutes=12))}, "quá hạn 19/11", True),
    ({"pay_late_ms": to_ms(NOW + timedelta(hours=1))}, "chờ đóng · đã gửi", False),
    ({"unreached_ms": to_ms(NOW), "fee_note": "unreachable"}, "chưa tới được", True),
    ({"unreached_ms": to_ms(NOW), "pay_late_ms": 1}, "chưa tới được", True),
    ({"pay_late_ms": 1, "fee_status": "partial"}, "quá hạn 31/12", True),
    ({"pay_late_ms": 1, "fee_status": "paid"}, "75.000 đ", False),
    ({"unreached_ms": 1, "pending": ("notify",), "ways": (Way.HERE,)}, "chờ đóng · chưa gửi", False),
])
def test_the_row_is_marked_with_the_words_that_matter(changed, line2, alarm) -> None:
    row = replace(ROW, **({"fee_status": "due", "fee_amount": 75_000, "fee_note": "sent"} | changed))
    shown = row_view(row, NOW, Role.RECEPTION, catalogues.calendar())
    assert (shown.fee_line2, shown.fee_alarm) == (line2, alarm)
    assert any(words in shown.accessible for words in ("quá hạn nộp", "chưa tới được")) is alarm


@pytest.mark.parametrize("column", ["pay_late_ms", "unreached_ms"])
def test_the_lists_are_read_from_indexes_of_their_own_few_rows(here, column) -> None:
    sql = f"SELECT count(*) FROM dossier_row WHERE {column} <= 1 AND +queue IS NOT NULL"
    with here.desk().store.read() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert plan == [f"SEARCH dossier_row USING COVERING INDEX ix_dossier_row_{column} ({column}<?)"]


def test_an_empty_list_says_so_and_leads_on(here) -> None:
    found = queues.items(here.desk().officer, QueueCounts((), 0, 0, 0, 0), "pay_late")
    assert queues.empty_words(ListQuery("pay_late"), found)[0] == "Không có thông báo nào quá hạn nộp."
    assert queues.empty_words(ListQuery("unreached"), found)[0] == "Thông báo nào cũng đã tới công dân."
