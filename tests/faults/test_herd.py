"""After an outage: the promised moments drain 1,500 desks in the ideal time; who is turned away hears when."""

from __future__ import annotations

import asyncio
from typing import Any

from app.sandbox.shedding import ALWAYS, Shedding, Slots
from tests.faults.herd import herd


def test_1500_desks_drain_in_the_ideal_time_and_fairly():
    drained = herd("slice")
    assert drained.took_s <= 1.5 * drained.ideal_s
    assert drained.jain >= 0.95
    assert drained.timed_out == 0
    assert drained.turned_away > 0, "nobody was ever turned away"


def test_no_two_callers_turned_away_are_told_the_same_second():
    slots = Slots(lambda: 100.0)
    assert [slots.enter() for _ in range(ALWAYS)] == [0] * ALWAYS
    told = [slots.enter() for _ in range(50)]
    assert len(set(told)) == len(told)


def test_who_is_turned_away_hears_it_at_once_and_waiting_for_the_feed_costs_no_slot():
    slots, sent = Slots(lambda: 100.0), []
    slots.running = ALWAYS

    async def app(scope: Any, receive: Any, send: Any) -> None:
        sent.append("served")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    layer = Shedding(app, slots)
    scope = {"type": "http", "path": "/v1/sync", "query_string": b"cursor=&wait=20"}
    asyncio.run(layer(scope, None, send))
    assert sent == ["served"]
    asyncio.run(layer(scope | {"query_string": b"wait=0"}, None, send))
    assert sent[1]["status"] == 503
    assert int(dict(sent[1]["headers"])[b"retry-after"]) >= 1
    assert slots.running == ALWAYS
