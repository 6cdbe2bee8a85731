"""The side bar in words: which lists an officer has, in which order, with live counts; and what each list asks for.

Stands apart because names and order belong to the office (ui words), membership to ``domain.queues``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.people import Officer
from app.domain.words import Queue, Right, Role
from app.services.views import FirstList, QueueCounts
from ui.desk.queue_list import QueueItem
from ui.present import veil
from ui.present.wording import STATE_WORDS

ALL, ALARM, DECISIONS, OUTBOX = "all", "alarm", "decisions", "outbox"
COLLECTED, COVERS, UNSENT, CALENDAR, LOOKS = "collected", "covers", "unsent", "calendar", "looks"
PAY_LATE, UNREACHED = "pay_late", "unreached"
OVERLAYS: dict[str, str] = {ALARM: "alarm", PAY_LATE: "pay_late", UNREACHED: "unreached"}
"""Lists across all queues, and the words by which ``store.lists`` knows them."""
_RARE = (
    (PAY_LATE, "Quá hạn nộp", "calendar-dots"),
    (UNREACHED, "Không tới được", "phone"),
)
PAGES = frozenset({DECISIONS, OUTBOX, COLLECTED, COVERS, UNSENT, CALENDAR, LOOKS})
"""What stands in the side bar and is no list of dossiers."""
_WORK, _MINE, _WATCH, _UNIT, _DAY = "Hàng việc", "Hàng việc của tôi", "Cần để mắt", "Phòng", "Trong ngày"

# Title in full, short name, icon.
_NAMES: dict[Queue, tuple[str, str, str]] = {
    Queue.NEW: ("Mới nộp", "Mới nộp", "files"),
    Queue.TO_NOTIFY: ("Dừng tính NVTC – cần thông báo", "Dừng tính NVTC", "pause-circle"),
    Queue.AWAITING_PAYMENT: ("Chờ thanh toán", "Chờ thanh toán", "hourglass-medium"),
    Queue.PAID_NEXT: ("Đã đóng – làm tiếp", "Đã đóng – làm tiếp", "check-circle"),
    Queue.SUPPLEMENTED: ("Đã bổ sung", "Đã bổ sung", "archive-tray"),
    Queue.RECEIVED: ("Đã tiếp nhận – chờ chuyển", "Chờ chuyển xử lý", "arrow-right"),
    Queue.TO_RETURN: ("Chờ trả kết quả", "Chờ trả kết quả", "package"),
    Queue.TO_ASK: ("Cần yêu cầu bổ sung", "Cần yêu cầu bổ sung", "files"),
    Queue.REFUNDS: ("Hoàn tiền", "Hoàn tiền", "hand-coins"),
    Queue.MINE: ("Chờ tôi xử lý", "Chờ tôi xử lý", "tray"),
    Queue.PAUSED: ("Tạm dừng: NVTC, bổ sung", "Tạm dừng", "pause-circle"),
    Queue.UNIT: ("Việc cả phòng", "Việc cả phòng", "users"),
}
_ORDER: dict[Role, tuple[Queue, ...]] = {
    Role.RECEPTION: (
        Queue.NEW, Queue.TO_NOTIFY, Queue.AWAITING_PAYMENT, Queue.PAID_NEXT, Queue.SUPPLEMENTED, Queue.RECEIVED,
        Queue.TO_RETURN, Queue.TO_ASK,
    ),
    Role.PROCESSOR: (Queue.MINE, Queue.PAID_NEXT, Queue.PAUSED, Queue.UNIT),
    Role.HEAD: (Queue.UNIT, Queue.MINE, Queue.PAID_NEXT, Queue.PAUSED, Queue.REFUNDS),
    Role.CASHIER: (Queue.AWAITING_PAYMENT, Queue.REFUNDS),
}  # fmt: skip
_WHEN_ANY = frozenset({Queue.TO_ASK})
_EMPTY: dict[str, str] = {
    "new": "Không còn hồ sơ mới.",
    "to_notify": "Không có hồ sơ dừng tính NVTC nào cần thông báo.",
    "awaiting_payment": "Không có hồ sơ nào chờ công dân đóng.",
    "paid_next": "Không có hồ sơ nào vừa đóng.",
    "to_return": "Không có kết quả nào chờ trả.",
    "refunds": "Không có khoản nào chờ hoàn.",
    "alarm": "Không có hồ sơ nào sắp hạn hay quá hạn.",
    "mine": "Bạn không còn hồ sơ nào chờ xử lý.",
    "pay_late": "Không có thông báo nào quá hạn nộp.",
    "unreached": "Thông báo nào cũng đã tới công dân.",
}


def role_of(officer: Officer) -> Role:
    """Return the role whose side bar the officer sees: the first of the table."""
    return next((role for role in _ORDER if role in officer.roles), Role.ADMINISTRATOR)


def first_of(officer: Officer) -> str:
    """Return the list an officer begins the day with."""
    return Queue.MINE.value if role_of(officer) is Role.PROCESSOR else ALL


def first_list(officer: Officer) -> FirstList:
    """Return the same as the start asks for it, before there is a desk."""
    first = first_of(officer)
    return FirstList(None if first == ALL else Queue(first), order_of(role_of(officer)))


def order_of(role: Role) -> str:
    """Return the order that a list begins with: what is due first, of its step for those who work on it."""
    return "step" if role is Role.PROCESSOR else "due"


def items(officer: Officer, counts: QueueCounts, current: str = "") -> tuple[QueueItem, ...]:
    """Return the side bar with its counts; what is rare stands there while there is any, or while it is ``current``."""
    role = role_of(officer)
    own = dict(counts.queues)
    found: list[QueueItem] = []
    group = _MINE if role is Role.PROCESSOR else _WORK
    if role is not Role.PROCESSOR:
        title = "Tất cả việc của quầy" if role is Role.RECEPTION else "Tất cả"
        found.append(QueueItem(ALL, title, title, "tray", counts.total, group=group))
    away_from_desk: list[QueueItem] = []
    for queue in _ORDER.get(role, ()):
        if queue in _WHEN_ANY and not own.get(queue):
            continue
        title, short, icon = _NAMES[queue]
        away = queue is Queue.UNIT and role is Role.PROCESSOR
        item = QueueItem(queue.value, title, short, icon, own.get(queue, 0), group=_UNIT if away else group)
        (away_from_desk if away else found).append(item)
    alarm = "Sắp hạn / Quá hạn"
    found.append(QueueItem(ALARM, alarm, alarm, "alarm", counts.soon, counts.late, group, "soon_late"))
    rare = {PAY_LATE: counts.pay_late, UNREACHED: counts.unreached}
    watch = (
        *(QueueItem(key, name, name, icon, rare[key], group=_WATCH, pill="plain") for key, name, icon in _RARE
          if rare[key] or key == current),
        QueueItem(DECISIONS, "Cần xem lại", "Cần xem lại", "scales", counts.decisions, group=_WATCH, pill="conflict"),
        QueueItem(OUTBOX, "Chờ gửi", "Chờ gửi", "cloud-arrow-up", counts.unsent, group=_WATCH),
    )
    return (*found, *watch, *away_from_desk, *_pages(officer))


def _pages(officer: Officer) -> tuple[QueueItem, ...]:
    """Return the pages that are no queue: the day's takings of whoever takes money, the head's own."""
    takes = Right.NOTIFY_FEE in officer.rights or bool(officer.roles & {Role.RECEPTION, Role.CASHIER})
    day = QueueItem(COLLECTED, "Đã thu hôm nay", "Đã thu hôm nay", "money", None, group=_DAY)
    covers = QueueItem(COVERS, "Người xử lý thay", "Người xử lý thay", "swap", None, group=_UNIT)
    unsent = QueueItem(UNSENT, "Việc chưa gửi của đơn vị", "Việc chưa gửi", "floppy-disk", None, group=_UNIT)
    calendar = QueueItem(CALENDAR, "Lịch làm việc", "Lịch làm việc", "calendar-dots", None, group=_UNIT)
    looks = QueueItem(LOOKS, "Nhật ký tra cứu", "Nhật ký tra cứu", "eye", None, group=_UNIT)
    return (
        *((day,) if takes else ()), *((covers, unsent) if Role.HEAD in officer.roles else ()),
        *((calendar, looks) if Role.ADMINISTRATOR in officer.roles else ()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip above the table; ``queue`` names the only one it is offered in, "" every one."""

    key: str
    name: str
    fee: str = ""
    overlay: str = ""
    queue: str = ""


FILTERS: tuple[Filter, ...] = (
    Filter("not_asked", "Chưa báo phí", fee="not_asked"),
    Filter("owing", "Chờ đóng", fee="owing"),
    Filter("paid", "Đã đóng", fee="paid"),
    Filter("today", "Hạn hôm nay", overlay="today"),
    Filter("late", "Quá hạn", overlay="late", queue=ALARM),
)


NOBODY = "chưa ai giữ"


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the header's menu: the column it belongs to."""

    key: str
    name: str
    column: int


_DATES = {"due": Order("due", "Hẹn trả", 3), "step": Order("step", "Hạn bước", 3)}
_OTHER_ORDERS = (
    Order("name", "Tên chủ hồ sơ", 0),
    Order("code", "Mã hồ sơ", 0),
    Order("procedure", "Tên thủ tục", 1),
    Order("fee", "Số tiền phí, lệ phí", 2),
)


def orders(role: Role) -> tuple[Order, ...]:
    """Return what the lists of a role may be ordered by; the first is where they begin."""
    return (_DATES[order_of(role)], *_OTHER_ORDERS)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the table shows: a queue of the side bar, what was typed, or one dossier alone.

    A queue may be narrowed to one ``filter``, to any of ``states`` and to what any of ``holders`` has.
    ``order`` is a key of ``orders``; what was typed is shown newest first whatever it says.
    """

    queue: str = ALL
    filter: str = ""
    typed: str = ""
    alone: int = 0
    order: str = "due"
    descending: bool = False
    states: tuple[int, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer: row numbers in order, and how many each filter would leave."""

    query: ListQuery
    pks: Sequence[int]
    filters: tuple[tuple[str, int], ...]


def is_narrowed(query: ListQuery) -> bool:
    """Say whether only some rows of the queue are shown."""
    return bool(query.filter or query.states or query.holders)


def narrowing_words(query: ListQuery) -> tuple[str, ...]:
    """Return what narrows the queue, each in words of its own.

    >>> narrowing_words(ListQuery(filter="paid", states=(4, 5), holders=("Đỗ Minh Trí", "")))
    ('Đã đóng', 'Đang xử lý, Yêu cầu bổ sung giấy tờ', 'Đỗ Minh Trí, chưa ai giữ')
    """
    chip = next((item.name for item in FILTERS if item.key == query.filter), "")
    states = ", ".join(STATE_WORDS[state] for state in query.states)
    holders = ", ".join(holder or NOBODY for holder in query.holders)
    return tuple(words for words in (chip, states, holders) if words)


def empty_words(query: ListQuery, found: Sequence[QueueItem]) -> tuple[str, str, str]:
    """Return sentence, action and the queue it leads to, for a list without rows.

    >>> empty_words(ListQuery("new"), (QueueItem("awaiting_payment", "Chờ thanh toán", "", "", 8),))[1]
    'Sang “Chờ thanh toán” (8)'
    """
    if query.typed:
        said = f"Không có hồ sơ nào khớp “{veil.typed(query.typed)}”."
        return f"{said} Thử mã, tên không dấu, số điện thoại, thủ tục.", "", ""
    if is_narrowed(query):
        return f"Hàng này không có hồ sơ nào “{' · '.join(narrowing_words(query))}”.", "Bỏ lọc", query.queue
    if found and all(item.key in (ALL, *OVERLAYS, *PAGES) for item in found):
        return "Tài khoản này không có hàng việc. Tìm hồ sơ bằng Ctrl+F.", "", ""
    sentence = _EMPTY.get(query.queue, "Hàng này đã hết hồ sơ.")
    skip = {query.queue, ALL, *OVERLAYS, *PAGES}
    after = next((item for item in found if item.key not in skip and isinstance(item.count, int) and item.count), None)
    if after is None:
        return sentence, "", ""
    return sentence, f"Sang “{after.title}” ({after.count})", after.key
