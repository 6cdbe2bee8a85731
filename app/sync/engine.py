"""Sender, puller and question in one place, without threads of its own.

Stands apart so that the window runs it in two threads, the command line inline, and a simulation step by step.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.words import OutboxState
from app.errors import KnownError
from app.portal.classify import NOT_SENT
from app.store import outbox
from app.sync.ask import Ask
from app.sync.link import Link
from app.sync.puller import Puller
from app.sync.sender import Sender

LANE_DEADLINE_S = 10.0
IDLE_S = 5.0
LANE_TRIES = 4
_ON_ITS_WAY = (OutboxState.QUEUED, OutboxState.SENDING)


@dataclass
class Engine:
    """What moves data between store and portal for one signed-in officer."""

    sender: Sender
    puller: Puller
    ask: Ask
    link: Link

    def step(self) -> float:
        """Send what may leave, take one page; return the seconds until the next step is worth while."""
        while self.sender.step():
            pass
        try:
            more = self.puller.step()
        except KnownError:
            return IDLE_S
        due_s = self.sender.next_due_s()
        return 0.0 if more else min(IDLE_S, due_s if due_s is not None else IDLE_S)

    def work_lane(self, dossier_id: str, key: str, *, deadline_s: float = LANE_DEADLINE_S) -> OutboxState:
        """Work one dossier's lane until ``key`` is settled, nothing may leave, or time is up; return its state."""
        clock = self.sender.clock
        ends = clock.monotonic() + deadline_s
        for _ in range(LANE_TRIES):
            self.sender.step(dossier_id)
            if self._state(key) not in _ON_ITS_WAY or self.link.state.code in NOT_SENT or clock.monotonic() > ends:
                break
            self.sender.send_lane_now(dossier_id)
        state = self._state(key)
        if state is OutboxState.ACKED:
            self.ask.freshest(dossier_id)
        return state

    def _state(self, key: str) -> OutboxState:
        with self.sender.store.read() as connection:
            row = outbox.get(connection, key)
        return row.state if row else OutboxState.RESOLVED
