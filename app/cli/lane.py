"""Works the lane of what was just queued and says what became of it.

Stands apart because every acting verb ends here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from app import texts
from app.cli import output
from app.domain.words import OutboxState, Way
from app.services import outbox
from app.services.desk import Desk
from app.services.views import Acted

Verb = Callable[[Desk, argparse.Namespace], int]
"""What a verb of ``motcua-cli desk`` is: its exit code for an open desk and the parsed words."""


def settled(desk: Desk, acted: Acted, **more: Any) -> int:
    """Work the lane of what was queued, and say what became of it."""
    state = desk.engine.work_lane(acted.dossier_id, acted.key)
    problem, params = outbox.problem_of(desk, acted.key)
    way = outbox.way_of(desk, acted.key)
    if acted.note and state is OutboxState.QUEUED:
        message = texts.sentence(acted.note)
    elif problem and way is not Way.UNANSWERED:  # why it is asked again does not say that it may be in effect
        message = texts.sentence(problem, **params)
    else:
        message = output.came(state, way)
    if acted.warning:
        more["warning"] = texts.sentence(acted.warning, **dict(acted.warning_params))
        output.say(more["warning"])
    output.emit({"key": acted.key, "outbox_state": state.value, "message": message, "code": problem, **more})
    return output.EXIT[state]
