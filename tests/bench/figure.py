"""One figure: its floor, ours, the ratio, and the bound the project has set itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``floor`` and ``ours`` in ``unit``; ``bound`` says what the ratio should be; ``holds`` whether it is."""

    name: str
    floor: float
    ours: float
    unit: str
    bound: str
    holds: bool

    def line(self) -> str:
        """Return the printed line."""
        ratio = f"{self.ours / self.floor:6.2f}" if self.floor else "     –"
        mark = "holds" if self.holds else "MISSED"
        floor = f"{self.floor:>10.1f}" if self.floor else f"{'–':>10}"
        measured = f"floor {floor} ours {self.ours:>10.1f} {self.unit:<7} ratio {ratio}"
        return f"{self.name:<44} {measured}  {self.bound:<22} {mark}"
