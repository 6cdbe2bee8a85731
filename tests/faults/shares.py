"""Divides a campaign's runs between processes, each with a ground of its own.

Stands apart because every campaign here divides itself alike. What a run does depends on the seed and its own number
alone, so that the same seed runs the same schedules however many processes share them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Part = TypeVar("Part")


def share_out(run: Callable[..., Part], shares: Sequence[tuple[Any, ...]]) -> list[Part]:
    """Call ``run`` once for each share, all at once; a single share needs no process of its own."""
    if len(shares) == 1:
        return [run(*shares[0])]
    with get_context("spawn").Pool(len(shares)) as pool:
        return pool.starmap(run, shares, chunksize=1)
