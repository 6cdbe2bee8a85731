"""Tra cứu trên Cổng: where a dossier of any desk stands, asked online and kept nowhere here.

Stands apart from search, which never touches the network and knows only this desk's dossiers.
"""

from __future__ import annotations

from app.domain import dossier_code
from app.domain.lookup import LookedUp
from app.errors import BadInput, PortalProblem
from app.services.desk import Desk


def is_whole_code(typed: str) -> bool:
    """Say whether what was typed is a whole code, so that the portal can be asked about it."""
    try:
        dossier_code.parse(typed)
    except BadInput:
        return False
    return True


def look_up(desk: Desk, code: str) -> LookedUp:
    """Return what the portal tells of a code; who asked is written down there. Thread: any but the GUI's.

    Raises BadInput ``dossier-code-malformed``, ``no-such-code``, and KnownError without a network or the right.
    """
    wanted = dossier_code.parse(code).text
    try:
        return desk.engine.ask.look_up(wanted, desk.profile.folder.name)
    except PortalProblem as problem:
        if problem.code == "not-found":
            raise BadInput("no-such-code", code=wanted) from problem
        raise
