"""Dice that a number has thrown beforehand: what a rule of the stateful model leaves to chance, small enough to shrink.

Stands apart from ``seeded``: there a schedule draws for itself, here Hypothesis has drawn. Number 0 takes the first of
everything, and so does every throw after the number is used up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from tests.simulation.seeded import Chance

T = TypeVar("T")


class Luck:
    """Offers of ``random.Random`` what the simulation asks of it; ``left`` is what later throws are made of."""

    def __init__(self) -> None:
        self.left = 0

    def _below(self, count: int) -> int:
        self.left, thrown = divmod(self.left, count)
        return thrown

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items; IndexError when there are none."""
        return items[self._below(max(1, len(items)))]

    def random(self) -> float:
        return self._below(10) / 10

    def randint(self, low: int, high: int) -> int:
        return low + self._below(high - low + 1)

    def randrange(self, count: int) -> int:
        return self._below(count)

    def randbytes(self, count: int) -> bytes:
        """Return one byte so many times."""
        return bytes([self._below(256)]) * count

    def uniform(self, low: float, high: float) -> float:
        """Return the middle: the jitter of retries is no part of any story."""
        return (low + high) / 2

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        found = list(items)
        self.shuffle(found)
        return found[:count]

    def shuffle(self, items: list[Any]) -> None:
        for at in range(len(items) - 1, 0, -1):
            other = at - self._below(at + 1)  # 0: as it is
            items[at], items[other] = items[other], items[at]


class Fate(Chance):
    """The chance of a process whose dice have fallen."""

    def begin(self, seed: str) -> None:
        super().begin(seed)
        self.dice = Luck()  # type: ignore[assignment]
