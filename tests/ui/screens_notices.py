"""Screens of notices that nobody answers and of suspensions that wait: each on an office of its own, a day later.

Stands apart from ``screens`` because its clock moves on, which the screens that share one stage must not see.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import requests
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest

from app.domain.words import DeliveryState, LineKind
from app.services import fee_notices, inbox, processing, reception
from app.services.fee_notices import NoticeForm
from app.services.processing import SuspendForm
from tests.ui.desk_fixture import BIRTH, LAND, NOW
from tests.ui.notice_scenes import DEAD
from tests.ui.window_fixture import settle

if TYPE_CHECKING:
    from tests.ui.screens import Stage
    from ui.window import Window

_SETTLED = frozenset({DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.NO_ADDRESS})


@contextmanager
def _own(stage: Stage) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder:
        made = type(stage).__mro__[-2](Path(folder), stage.size)  # a plain stage: only ``stage`` takes the pictures
        try:
            yield made
        finally:
            made.close()


def _file(stage: Stage, name: str, procedure: str, **asked: str) -> str:
    body = {"procedure": procedure, "name": name, "phone": "0914882662", "email": "hnhung@gmail.com",
            "account": "nguyenhongnhung"} | asked  # fmt: skip
    answer = requests.post(stage.server.base_url + "/citizen/dossiers", json=body, timeout=10)
    return str(answer.json()["id"])


def _notified(stage: Stage, dossier_id: str) -> None:
    """Send a notice that is to be paid today, and wait until every channel has arrived or never will."""
    desk = stage.desk()
    desk.engine.puller.pull_all()
    dossier = inbox.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.LE_PHI, "Lệ phí hộ tịch", 75_000)
    form = NoticeForm(fee_notices.default_title(dossier), (line,), pay_by=NOW.date())
    acted = fee_notices.notify(desk, dossier_id, form)
    desk.engine.sender.send_lane_now(dossier_id)
    desk.engine.work_lane(dossier_id, acted.key)
    deadline = time.monotonic() + 15
    while any(d.state not in _SETTLED for d in inbox.card(desk, dossier_id).dossier.notices[-1].deliveries):
        assert time.monotonic() < deadline
        desk.engine.ask.freshest(dossier_id, deadline_s=1)
        desk.engine.puller.pull_all()


def _shown(window: Window, key: str, tab: int) -> None:
    window.news.since.hide()
    window.go(key)
    window.desk_page.preview.set_tab(tab)
    settle(window)
    QTest.qWait(80)
    settle(window)


def _rare(key: str, tab: int) -> Callable[[Stage], QPixmap]:
    def build(stage: Stage) -> QPixmap:
        with _own(stage) as own:
            _notified(own, _file(own, "Trần Văn Bình", BIRTH, **DEAD))
            _notified(own, _file(own, "Nguyễn Thị Hồng Nhung", BIRTH))
            own.clock.advance(timedelta(days=3))
            window = own.window()
            _shown(window, key, tab)
            return stage.shot(window)

    return build


def _awaiting_tax(stage: Stage) -> QPixmap:
    with _own(stage) as own:
        dossier_id = _file(own, "Lê Thị Ơn", LAND)
        front, back = own.desk(), own.desk("thuly1")
        front.engine.puller.pull_all()
        for desk, act in (
            (front, lambda: reception.receive(front, dossier_id)),
            (front, lambda: processing.forward(front, dossier_id, "thuly1")),
            (back, lambda: processing.suspend(back, dossier_id, SuspendForm("Chờ xác định nghĩa vụ tài chính"))),
        ):
            desk.engine.puller.pull_all()
            acted = act()
            desk.engine.sender.send_lane_now(dossier_id)
            desk.engine.work_lane(dossier_id, acted.key)
        window = own.window("thuly1")
        window.open_dossier(dossier_id)
        settle(window)
        window.desk_page.preview.set_tab(0)
        return stage.shot(window)


SCREENS: tuple[tuple[str, str, Callable[[Stage], QPixmap]], ...] = (
    ("unreached", "Không tới được", _rare("unreached", 4)),
    ("pay-late", "Quá hạn nộp", _rare("pay_late", 4)),
    ("awaiting-tax", "Chờ thông báo thuế", _awaiting_tax),
)
