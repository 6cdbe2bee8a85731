"""Mẫu câu: sentences for the reasons that officers write every day, the office's and the officer's own.

Stands apart from drafts and preferences: a phrase is text that will be read by citizens, kept until its officer lets it
go, and never sent by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app import catalogues
from app.errors import BadInput
from app.services.desk import Desk
from app.store import state
from app.store.state import Name

MOST = 30
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Phrases:
    """What may be picked for one kind of reason, the officer's own first; ``office`` comes with the program."""

    own: tuple[str, ...]
    office: tuple[str, ...]


def of(desk: Desk, kind: str) -> Phrases:
    """Return the phrases for the reason of a command (``refuse``, ``stop_handling``). Thread: any but the GUI's."""
    with desk.store.read() as connection:
        own = _read(state.get(connection, Name.PHRASES))
    return Phrases(own.get(kind, ()), catalogues.phrases().get(kind, ()))


def keep(desk: Desk, kind: str, text: str) -> Phrases:
    """Keep a sentence as the officer's own, the newest first. Transaction: own. Thread: any but the GUI's.

    Raises BadInput ``phrase-empty``, ``phrase-too-long``, ``phrases-full``.
    """
    text = text.strip()
    if not text:
        raise BadInput("phrase-empty")
    if len(text) > LONGEST:
        raise BadInput("phrase-too-long", most=LONGEST)
    with desk.store.write() as connection:
        own = _read(state.get(connection, Name.PHRASES))
        others = tuple(one for one in own.get(kind, ()) if one != text)
        if len(others) >= MOST:
            raise BadInput("phrases-full", most=MOST)
        state.put(connection, Name.PHRASES, _written(own | {kind: (text, *others)}))
    return of(desk, kind)


def forget(desk: Desk, kind: str, text: str) -> Phrases:
    """Let one of the officer's own sentences go. Transaction: own. Thread: any but the GUI's."""
    with desk.store.write() as connection:
        own = _read(state.get(connection, Name.PHRASES))
        left = tuple(one for one in own.get(kind, ()) if one != text)
        state.put(connection, Name.PHRASES, _written(own | {kind: left}))
    return of(desk, kind)


def _written(own: dict[str, tuple[str, ...]]) -> str:
    return json.dumps({kind: list(texts) for kind, texts in own.items() if texts}, ensure_ascii=False)


def _read(text: str | None) -> dict[str, tuple[str, ...]]:
    """Return what was kept; nothing of it when it cannot be read: a phrase lost costs a sentence typed."""
    try:
        found = json.loads(text or "{}")
        return {str(kind): tuple(str(one) for one in texts) for kind, texts in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
