"""The hour after an outage: 1,500 desks with full outboxes come back at once, in simulated time.

Stands apart from the load on the real portal: no two cores hold 1,500 real desks. What decides is real, though: the
portal's ``Slots`` promise the moments, and a desk waits as its runner and sender do (jittered first contact, batches,
the gate of Retry-After with its jitter).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random

from app.sandbox.shedding import Slots
from app.sync.runner import CAP_S
from app.sync.sender import BATCH

TIMEOUT_S = 10.0
DESKS, QUEUED, CAPACITY = 1500, 100, 100.0
"""Commands in each outbox, and how many a second the portal brings into effect."""


@dataclass
class Drained:
    """What came of it; times in seconds."""

    ideal_s: float
    took_s: float
    turned_away: int
    timed_out: int
    jain: float


def herd(seed: str, desks: int = DESKS, queued: int = QUEUED, capacity: float = CAPACITY) -> Drained:
    """Let everybody come back and return how the queue drained; ``jain`` over what each desk got by the ideal time."""
    dice, now, away, timed_out = Random(seed), 0.0, 0, 0
    slots = Slots(lambda: now)
    left, free_at, by_ideal = [queued] * desks, 0.0, [0] * desks
    ideal_s = desks * queued / capacity
    events: list[tuple[float, int, int, int]] = []
    for desk in range(desks):  # the puller's pause between two looks during a long outage
        heappush(events, (dice.uniform(0, CAP_S), 0, desk, 0))
    while events:
        now, kind, desk, size = heappop(events)
        if kind == 1:
            slots.leave()
            left[desk] -= size
            by_ideal[desk] += size if now <= ideal_s else 0
            if left[desk]:
                heappush(events, (now, 0, desk, 0))
            continue
        later_s = slots.enter()
        if later_s:
            away += 1
            heappush(events, (now + later_s + dice.uniform(0, 2), 0, desk, 0))
            continue
        size = min(BATCH, left[desk])
        free_at = max(free_at, now) + size / capacity
        timed_out += free_at - now > TIMEOUT_S
        heappush(events, (free_at, 1, desk, size))
    return Drained(ideal_s, now, away, timed_out, sum(by_ideal) ** 2 / (desks * sum(n * n for n in by_ideal)))
