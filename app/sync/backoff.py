"""How long to wait after a failure: exponential, capped, with full jitter.

Stands apart because it is pure; the random source is injected so that a simulation replays.
"""

from __future__ import annotations

from collections.abc import Callable

BASE_S = 2.0
CAP_S = 300.0


def delay_s(
    attempts: int, uniform: Callable[[float, float], float], *, base_s: float = BASE_S, cap_s: float = CAP_S
) -> float:
    """Return seconds to wait after the ``attempts``-th failure in a row (1 is the first).

    >>> delay_s(1, lambda low, high: high), delay_s(20, lambda low, high: high)
    (4.0, 300.0)
    """
    return uniform(0.0, min(cap_s, base_s * 2 ** min(attempts, 12)))
