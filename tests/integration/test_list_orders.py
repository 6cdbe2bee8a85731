"""A list in every order the header offers: in SQL, by an index alone, what does not run last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from app import catalogues
from app.domain.appointments import step_due_at
from app.domain.dossier import Pause
from app.domain.listing import Narrowing
from app.domain.procedures import FeeItem, Limit, Procedure, StepDef, expected_fee
from app.domain.words import LimitUnit, LineKind, PauseKind, Queue, Role, State
from app.store import lists
from app.store.facts import FAR_MS
from app.store.schema import dossier_row
from app.store.writer import Store
from tests.integration.store_ground import open_store
from tests.unit.moments import at
from tests.unit.sample_dossiers import DOSSIERS

#        pk  due     step    name               code   procedure    fee  state  holder
ROWS = ((1, 30_000, 30_000, "tran van binh", "H-0003", "khai sinh", 16_000, 4, "Đỗ Minh Trí"),
        (2, FAR_MS, FAR_MS, "dang thi ha", "H-0001", "dat dai", 0, 6, "Đỗ Minh Trí"),
        (3, 10_000, 5_000, "nguyen thi nhung", "H-0002", "xay dung", 75_000, 1, ""),
        (4, 20_000, 1_000, "dang thi ha", "H-0004", "khai sinh", 0, 4, "Lê Thị Kim Ngân"))  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path)
    with made.write() as connection:
        for pk, due, step, name, code, procedure, fee, state, holder in ROWS:
            connection.execute(insert(dossier_row).values(
                pk=pk, id=f"d{pk}", code=code, state=state, holder=holder, holder_id=f"id-{pk}", queue="mine",
                fee_status="none", due_ms=due, soon_ms=due, pending=0, step_ms=step, name_key=name, code_key=code,
                procedure_key=procedure, fee_dong=fee, facts="[]"))  # fmt: skip
    yield made
    made.close()


def test_two_officers_of_one_name_each_have_their_own_load(store):
    with store.write() as connection:
        connection.execute(update(dossier_row).where(dossier_row.c.pk == 1).values(holder="Lê Thị Kim Ngân"))
    with store.read() as connection:
        assert lists.held(connection, 25_000) == {"id-1": (1, 0), "id-4": (1, 1)}


@pytest.mark.parametrize(("order", "descending", "found"), [
    ("due", False, [3, 4, 1, 2]),
    ("due", True, [2, 1, 4, 3]),
    ("step", False, [4, 3, 1, 2]),
    ("name", False, [2, 4, 3, 1]),
    ("name", True, [1, 3, 4, 2]),
    ("code", False, [2, 3, 1, 4]),
    ("procedure", False, [2, 1, 4, 3]),
    ("fee", True, [3, 1, 4, 2]),
])
@pytest.mark.parametrize("queue", [Queue.MINE, None])
def test_a_list_comes_in_the_order_asked_by_an_index_alone(store, queue, order, descending, found):
    steps = planned(store, found, queue=queue, order=order, descending=descending)
    assert any("USING COVERING INDEX" in step for step in steps), steps
    assert not any("B-TREE" in step for step in steps), "nothing is sorted afterwards"


def planned(store: Store, found: list[int], **asked: Any) -> list[str]:
    """Ask for a list, compare it, and return the steps by which it was found."""
    with store.read() as connection:
        said: list[str] = []
        driver = connection.connection.driver_connection
        driver.set_trace_callback(said.append)
        assert list(lists.keys(connection, **asked)) == found
        driver.set_trace_callback(None)
        return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {said[-1]}")).all()]


NARROWED = (
    (Narrowing(states=(4,)), "due", [4, 1]),
    (Narrowing(states=(1, 6)), "name", [2, 3]),
    (Narrowing(states=(4, 6)), "fee", [2, 4, 1]),
    (Narrowing(overlay="late", states=(1, 4)), "code", [3, 4]),
    (Narrowing(holders=("Đỗ Minh Trí",)), "due", [1, 2]),
    (Narrowing(holders=("Đỗ Minh Trí", "")), "name", [2, 3, 1]),
    (Narrowing(states=(4,), holders=("Đỗ Minh Trí", "Lê Thị Kim Ngân")), "procedure", [1, 4]),
    (Narrowing(fee="owing", holders=("Đỗ Minh Trí",)), "due", []),
)


@pytest.mark.parametrize("queue", [Queue.MINE, None])
@pytest.mark.parametrize(("narrowing", "order", "found"), NARROWED)
def test_states_and_holders_narrow_a_list_in_one_query_by_an_index(store, queue, narrowing, order, found):
    steps = planned(store, found, queue=queue, narrowing=narrowing, order=order, now_ms=25_000)
    by_holder = any("ix_dossier_row_holder" in step for step in steps)
    assert by_holder is bool(narrowing.holders), steps
    assert by_holder or any("USING COVERING INDEX" in step for step in steps), steps
    with store.read() as connection:
        assert lists.count(connection, queue=queue, narrowing=narrowing, now_ms=25_000) == len(found)


@pytest.mark.parametrize(("overlay", "states", "holders"), [
    ("", ((1, 1), (4, 2), (6, 1)), (("", 1), ("Lê Thị Kim Ngân", 1), ("Đỗ Minh Trí", 2))),
    ("late", ((1, 1), (4, 1)), (("", 1), ("Lê Thị Kim Ngân", 1))),
])
def test_what_a_list_may_be_narrowed_to_is_counted(store, overlay, states, holders):
    with store.read() as connection:
        parts = lists.parts(connection, queue=Queue.MINE, overlay=overlay, now_ms=25_000)
    assert (parts.states, parts.holders) == (states, holders)


def fee(kind: LineKind, amount: int | None) -> FeeItem:
    return FeeItem(kind, "Lệ phí", amount, "hồ sơ")


def procedure(*fees: FeeItem) -> Procedure:
    steps = (StepDef("tham-dinh", "Thẩm định hồ sơ", Role.PROCESSOR, "dat-dai"),)
    return Procedure("1", "Thủ tục", "", 1, "Xã", Limit(3, LimitUnit.WORKING_DAY), True, fees, (), steps)


@pytest.mark.parametrize(("fees", "dong"), [
    ((fee(LineKind.LE_PHI, 7_000), fee(LineKind.PHI, 5_000)), 12_000),
    ((fee(LineKind.LE_PHI, 0), fee(LineKind.PHI, 8_000)), 8_000),
    ((fee(LineKind.LE_PHI, None), fee(LineKind.PHI, 8_000)), 0),
    ((fee(LineKind.PHI, 8_000), fee(LineKind.NVTC, None)), 8_000),
    ((), 0),
])
def test_the_fee_table_says_a_sum_only_when_every_part_of_it_is_known(fees, dong):
    assert expected_fee(procedure(*fees)) == dong


HELD = replace(DOSSIERS["4"], step_at=at("20/11 08:00"))  # a Friday; 24/11 is a holiday


@pytest.mark.parametrize(("held", "minutes", "due_at"), [
    (HELD, 480, at("23/11 08:00")),
    (replace(HELD, pauses=(Pause(PauseKind.OTHER, at("20/11 14:00"), 0, at("20/11 16:00")),)), 480, at("23/11 10:00")),
    (replace(HELD, pauses=(Pause(PauseKind.OTHER, at("19/11 14:00"), 0, at("20/11 07:00")),)), 480, at("23/11 08:00")),
    (HELD, None, None),
    (replace(HELD, state=State.COMPLETED), 480, None),
    (replace(HELD, step=None), 480, None),
])
def test_a_step_is_due_when_its_own_minutes_since_the_handover_are_over(held, minutes, due_at):
    limited = held.step and replace(held.step, limit_working_minutes=minutes)
    assert step_due_at(replace(held, step=limited), catalogues.calendar()) == due_at
