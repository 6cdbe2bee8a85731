"""Takes chance and time away from the machine: clocks that stand until told, identities and secrets from a seed.

Stands apart because it reaches into the process (it replaces the sources of randomness and the thread pool), which no
other test may do: only ``python -m tests.simulation`` and its slice, in a process of their own, import it.
"""

from __future__ import annotations

import gc
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

import anyio.to_thread
from sqlalchemy import Engine
from sqlalchemy.pool import Pool

from app.clock import VN, to_ms
from app.contract import codec
from app.domain.commands import TYPES
from app.ids import IdSource
from app.store import engine as engines

REMEMBERED = 256
"""Decoded bodies of a kind: a schedule reads the same frozen bytes again and again."""
BEGIN = datetime(2026, 11, 20, 8, 0, tzinfo=VN)  # a Friday morning


class WorldClock:
    """True time, and the monotonic seconds that belong to it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Go back to the first morning."""
        self._now, self._seconds = BEGIN, 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


class DeskClock:
    """The clock on one desk's wall: the world's, wrong by ``error``."""

    def __init__(self, world: WorldClock) -> None:
        self._world = world
        self.error = timedelta(0)

    def now(self) -> datetime:
        return self._world.now() + self.error

    def monotonic(self) -> float:
        return self._world.monotonic()


class Chance:
    """One schedule's dice; every identity made anywhere in the process comes from here."""

    def __init__(self) -> None:
        self.clock = WorldClock()
        self.dice = Random(0)
        self._ids = Random(0)

    def begin(self, seed: str) -> None:
        """Start a schedule."""
        self.clock.reset()
        self.dice = Random(seed)
        self._ids = Random(seed + "/ids")

    def identity(self) -> str:
        """Return a UUIDv7 of the world's time."""
        value = to_ms(self.clock.now()) << 80 | int.from_bytes(self._ids.randbytes(10), "big")
        return str(uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62))

    def randbytes(self, count: int | None = None) -> bytes:
        return self._ids.randbytes(count or 32)


def take_over(chance: Chance) -> None:
    """Let the whole process draw from ``chance``, and run what the portal would give to threads inline."""

    async def inline(function: Callable[..., Any], *args: Any, **_: Any) -> Any:
        return function(*args)

    engines.create_engine = like_the_first(engines.create_engine)  # type: ignore[attr-defined]
    for adapter in (codec._dossiers(), *map(codec._commands, TYPES)):
        adapter.validate_json = lru_cache(REMEMBERED)(adapter.validate_json)  # type: ignore[method-assign]
    IdSource.new = lambda _self: chance.identity()  # type: ignore[method-assign]
    secrets.token_bytes = chance.randbytes
    anyio.to_thread.run_sync = inline  # type: ignore[assignment]


def leave_alone() -> None:
    """Let the collector look for garbage among what comes from now on, and not at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def like_the_first(real: Callable[..., Engine]) -> Callable[..., Engine]:
    """Return ``create_engine`` for stores opened by the thousand: one dialect and one compiled SQL for all of a size.

    Readers and writers, whose pools differ in size, begin with other words; those are their dialect's.
    """
    first: dict[int, Engine] = {}

    def create(*arguments: Any, poolclass: type[Pool], creator: Callable[[], Any], **named: Any) -> Engine:
        known = first.get(named["pool_size"])
        if known is None:
            made = real(*arguments, poolclass=poolclass, creator=creator, **named)
            made.connect().close()  # the dialect learns the driver's version once
            return first.setdefault(named["pool_size"], made)
        sizes = {name: named[name] for name in ("pool_size", "max_overflow")}
        engine = Engine(poolclass(creator, **sizes), known.dialect, known.url, hide_parameters=True)
        engine._compiled_cache = known._compiled_cache
        return engine

    return create
