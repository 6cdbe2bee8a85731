"""Người xử lý thay: leave cover set by the head, at the portal.

Stands apart from processing because it needs the network: a leave that only one desk knew would mislead everyone.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.contract.wire import CoverSetting
from app.domain.cover import Cover, refusal
from app.domain.words import Role
from app.errors import BadInput
from app.services.desk import Desk
from app.services.processing import officer_named, officers_by_id


def leaves(desk: Desk) -> tuple[Cover, ...]:
    """Return every leave the portal knows; raises KnownError when it is not reached. Thread: any but the GUI's."""
    return tuple(leave for s in desk.engine.ask.covers().covers if (leave := _leave(desk, s)))


def set_leave(desk: Desk, username: str, substitute: str, from_day: date, to_day: date) -> Cover:
    """Set who stands in for an officer; ``substitute`` empty: the unit's queue. The same first day changes a leave.

    Raises BadInput ``no-such-target``, ``cover-not-yours``, ``leave-ends-first``, ``leave-over``, ``leaves-overlap``,
    ``substitute-away``, and KnownError without a network.
    """
    other = officer_named(desk, substitute) if substitute else None
    leave = Cover(officer_named(desk, username), other, from_day, to_day)
    _only_the_head(desk)
    found = refusal(leave, leaves(desk), desk.clock.now().date())
    if found is not None:
        raise BadInput(found[0], **found[1])
    return _set(desk, leave)


def end_leave(desk: Desk, username: str, from_day: date, back_on: date | None = None) -> Cover | None:
    """Let an officer be back on ``back_on`` (today if None); return what is left of the leave, None for nothing.

    Raises BadInput ``no-such-target``, ``cover-not-yours``, ``no-such-leave``, and KnownError without a network.
    """
    officer = officer_named(desk, username)
    _only_the_head(desk)
    leave = next((c for c in leaves(desk) if c.officer.id == officer.id and c.from_day == from_day), None)
    if leave is None:
        raise BadInput("no-such-leave", name=officer.name, day=from_day)
    last = (back_on or desk.clock.now().date()) - timedelta(days=1)
    if last < from_day:
        desk.engine.ask.end_cover(officer.id, from_day)
        return None
    return _set(desk, Cover(officer, leave.substitute, from_day, min(last, leave.to_day)))


def _set(desk: Desk, leave: Cover) -> Cover:
    substitute_id = leave.substitute.id if leave.substitute else None
    desk.engine.ask.set_cover(CoverSetting(leave.officer.id, substitute_id, leave.from_day, leave.to_day))
    return leave


def _only_the_head(desk: Desk) -> None:
    if Role.HEAD not in desk.officer.roles:
        raise BadInput("cover-not-yours")


def _leave(desk: Desk, setting: CoverSetting) -> Cover | None:
    people = officers_by_id(desk)
    officer = people.get(setting.officer_id)
    other = people.get(setting.substitute_id) if setting.substitute_id else None
    return Cover(officer, other, setting.from_day, setting.to_day) if officer else None
