"""The last screen in words: what stays on this machine at the end of the day, and what becomes of it.

Stands apart from closing itself because each class of work must be told truly: what leaves by itself, what is asked
again, what only a decision moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.words import OutboxState, Way
from app.services.views import OutboxItem
from ui.present import veil
from ui.present.outbox import deed_words

MOST_NAMED = 6
MOVING = frozenset({OutboxState.QUEUED, OutboxState.SENDING})
_KEPT = "Tắt máy không mất: lần mở sau chương trình tự gửi."
_ASKED = "Cổng chưa trả lời. Tắt máy không mất: lần mở sau chương trình tự hỏi lại, không gửi trùng."
_WHY: dict[str, str] = {
    "signed_out": "Phiên đăng nhập đã hết. Tắt máy không mất: lần sau đăng nhập lại thì việc được gửi.",
    "barred": "Tài khoản không còn vai trò nên Cổng không nhận. Tắt máy không mất; lãnh đạo giao cho người khác gửi.",
    "not_trusted": "Chương trình đang ngừng gửi vì không xác thực được Cổng. Tắt máy không mất; báo bộ phận kỹ thuật.",
}
_DECIDE = "Không việc nào mất. Việc cần quyết định không tự gửi: lần mở sau vào Cần xem lại."


@dataclass(frozen=True, slots=True)
class Group:
    """Work of one class: its name, how many, the first of them by name."""

    name: str
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the last screen says."""

    title: str
    why: str
    groups: tuple[Group, ...]


def leaving(items: Sequence[OutboxItem], link: str, others: Sequence[tuple[str, int]] = ()) -> Leaving:
    """Return what is said of the work that stays; ``link`` as the engine names it, ``others`` name and number."""
    moving = [item for item in items if item.state in MOVING]
    stuck = [item for item in items if item.state not in MOVING]
    unsent = [item for item in moving if item.way is Way.HERE]
    sorted_out = [
        ("Chưa gửi", unsent),
        ("Đã gửi, chưa có hồi âm – sẽ hỏi lại, không gửi trùng", [item for item in moving if item not in unsent]),
        ("Cần bạn quyết định", stuck),
    ]
    found = [(name, own) for name, own in sorted_out if own]
    most = max(1, MOST_NAMED // len(found)) if found else MOST_NAMED
    kept = f"Chưa gửi được lên Cổng. {_KEPT}" if unsent else _ASKED
    why = _WHY.get(link, kept) if moving else _DECIDE
    return Leaving(
        title=f"{len(items)} việc còn ở máy này",
        why=f"{why} {_DECIDE.partition('. ')[2]}" if moving and stuck else why,
        groups=(*(Group(name, len(own), _named(own, most)) for name, own in found), *_of_others(others)),
    )


def _of_others(others: Sequence[tuple[str, int]]) -> tuple[Group, ...]:
    lines = tuple(f"{name} – {count} việc, chờ người đó đăng nhập hoặc được giao gửi thay" for name, count in others)
    return (Group("Của người khác trên máy này", sum(count for _name, count in others), lines),) if others else ()


def _named(items: Sequence[OutboxItem], most: int) -> tuple[str, ...]:
    lines = [
        f"{deed_words(item)} – {veil.name(item.applicant)} · {veil.code(item.dossier_code)}" for item in items[:most]
    ]
    more = len(items) - most
    return (*lines, f"và {more} việc khác") if more > 0 else tuple(lines)
