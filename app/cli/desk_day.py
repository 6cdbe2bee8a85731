"""The edges of the day by ``motcua-cli desk``: what waits when it begins, what stays when it ends.

Stands apart from ``desk`` by subject; the window's strip after sign-in and its last screen say the same.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app.cli import output
from app.cli.lane import Verb
from app.cli.output import DONE, EXIT, emit
from app.services import outbox, session
from app.services.desk import Desk


def _today(desk: Desk, _args: argparse.Namespace) -> int:
    """Print what waits for this officer, by the figures of the strip, and when he looked last."""
    found = session.since_last_time(desk)
    emit(asdict(found) | {"seen_at": output.moment(found.seen_at)})
    return DONE


def _leave(desk: Desk, _args: argparse.Namespace) -> int:
    """Send at once what waits, also within its undo time; print what stays on this machine, one a line.

    Exit 0 when nothing stays, 3 when something leaves with the next start, 1 when something waits for a decision.
    """
    outbox.send_now(desk)
    desk.engine.sender.wake()
    while desk.engine.sender.step():
        pass
    stays = outbox.unfinished(desk)
    for item in stays:
        emit(output.waiting(item))
    ends = {EXIT[item.state] for item in stays}
    return next((code for code in (output.REFUSED, output.QUEUED) if code in ends), DONE)


DAY_VERBS: dict[str, Verb] = {"today": _today, "leave": _leave}
