"""In which proportions dossiers stand where: one row per story, from freshly filed to returned.

Stands apart because it is a table: the mix a one-stop desk of a ward sees on an ordinary morning.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.words import SubState
from app.sandbox.seeding import deeds as do
from app.sandbox.seeding.lives import Life

Deed = Callable[[Life], None]


def _notify_at_desk(life: Life) -> None:
    do.notify(life, life.desk)


def _notify_by_processor(life: Life) -> None:
    do.notify(life, life.processor)


def _to_queue(life: Life) -> None:
    do.forward(life, to_queue=True)


def _online(life: Life) -> None:
    do.pay(life, online=True)


def _counter(life: Life) -> None:
    do.pay(life, online=False)


def _partly(life: Life) -> None:
    do.pay(life, online=True, share=0.5)


def _suspend_unknown(life: Life) -> None:
    do.suspend(life, tax_notice=False)


def _supplement(sub_state: SubState) -> Deed:
    return lambda life: do.wait_for_supplement(life, sub_state)


_WORK: tuple[Deed, ...] = (do.receive, do.forward)
_TAX: tuple[Deed, ...] = (*_WORK, do.suspend)
_TOLD: tuple[Deed, ...] = (*_TAX, do.accept, _notify_at_desk)
_DONE: tuple[Deed, ...] = (*_WORK, do.complete)

# Weight, whether only a recent filing is believable, deeds.
STORIES: tuple[tuple[int, bool, tuple[Deed, ...]], ...] = (
    (9, True, ()),
    (4, True, (_notify_at_desk,)),
    (2, True, (_notify_at_desk, _online)),
    (1, True, (_notify_at_desk, _partly)),
    (1, True, (_notify_at_desk, do.cancel)),
    (2, False, (do.refuse,)),
    (1, False, (_notify_at_desk, do.refuse)),
    (1, False, (do.withdraw,)),
    (6, False, (do.receive,)),
    (1, False, (_notify_at_desk, _counter, do.receive)),
    (16, False, _WORK),
    (4, False, (do.receive, _to_queue)),
    (2, False, (*_WORK, _notify_by_processor)),
    (2, False, (*_WORK, _notify_by_processor, _online)),
    (2, False, _TAX),
    (1, False, (*_WORK, _suspend_unknown)),
    (1, False, (*_TAX, do.accept)),
    (4, False, _TOLD),
    (1, False, (*_TOLD, _partly)),
    (2, False, (*_TOLD, _online)),
    (1, False, (*_WORK, _supplement(SubState.DESK_TO_ASK))),
    (1, False, (*_WORK, _supplement(SubState.CITIZEN_ASKED))),
    (1, False, (*_WORK, _supplement(SubState.SUPPLEMENTED))),
    (1, False, (*_WORK, do.stop)),
    (6, False, _DONE),
    (2, False, (*_DONE, _notify_at_desk)),
    (2, False, (*_DONE, _notify_at_desk, _counter)),
    (1, False, (*_DONE, _notify_at_desk, do.pay_twice)),
    (14, False, (*_DONE, do.hand_over)),
    (5, False, (*_DONE, _notify_at_desk, _counter, do.hand_over)),
    (1, False, (*_DONE, _notify_at_desk, do.hand_over)),
)
