"""Words that several screens share: states, channels, units of the citizen, masked addresses.

Stands apart so that a payment channel or a state is never called two ways.
"""

from __future__ import annotations

from app.domain.citizen_id import mask_phone
from app.domain.dossier import Dossier, Payment
from app.domain.words import FilingChannel, LineKind, PaymentChannel, Role, State, SubState

STATE_WORDS: dict[int, str] = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện NVTC",
    7: "Công dân yêu cầu rút",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
SUB_STATE_WORDS: dict[str, str] = {
    SubState.DESK_TO_ASK: "Yêu cầu bổ sung – cần báo công dân",
    SubState.CITIZEN_ASKED: "Yêu cầu bổ sung giấy tờ",
    SubState.SUPPLEMENTED: "Đã bổ sung giấy tờ",
    SubState.AWAITING_TAX_NOTICE: "Đã chuyển thuế – chờ thông báo",
    SubState.DESK_TO_NOTIFY: "Dừng tính NVTC – cần thông báo",
    SubState.DESK_ACCEPTED: "Đã tiếp nhận bổ sung – cần thông báo",
    SubState.AWAITING_PAYMENT: "Chờ công dân đóng NVTC",
    SubState.AWAITING_PICKUP: "Đã xử lý xong · chờ trả kết quả",
    SubState.POSTING: "Đã xử lý xong · gửi bưu chính",
}
KIND_WORDS: dict[LineKind, str] = {
    LineKind.PHI: "Phí",
    LineKind.LE_PHI: "Lệ phí",
    LineKind.OTHER: "Các khoản phí khác",
    LineKind.NVTC: "Nghĩa vụ tài chính",
}
FILING_WORDS: dict[str, str] = {
    FilingChannel.COUNTER: "tại quầy",
    FilingChannel.ONLINE: "trực tuyến",
    FilingChannel.POST: "bưu chính",
}
ROLE_WORDS: dict[Role, str] = {
    Role.RECEPTION: "Cán bộ một cửa",
    Role.PROCESSOR: "Cán bộ thụ lý",
    Role.HEAD: "Lãnh đạo đơn vị",
    Role.CASHIER: "Thủ quỹ",
    Role.ADMINISTRATOR: "Quản trị",
}
DELIVERY_NAMES: dict[str, tuple[str, str]] = {
    "account": ("globe", "Tài khoản trên Cổng"),
    "email": ("envelope-simple", "Thư điện tử"),
    "sms": ("chat-text", "Tin nhắn"),
    "handed": ("printer", "Giấy báo đưa tay"),
    "call": ("phone", "Gọi điện"),
}
_CHANNELS: dict[str, str] = {
    "vnpay": "VNPAY",
    "momo": "MoMo",
    "bidv": "BIDV",
    "vietinbank": "VietinBank",
    "vietcombank": "Vietcombank",
    "payoo": "Payoo",
    "viettelpay": "ViettelPay",
    "nganluong": "Ngân Lượng",
    "vnptpay": "VNPT Pay",
    PaymentChannel.COUNTER_CASH: "tiền mặt",
    PaymentChannel.COUNTER_POS: "quẹt thẻ",
    PaymentChannel.COUNTER_TRANSFER: "chuyển khoản",
    PaymentChannel.TRANSFER: "chuyển khoản",
    PaymentChannel.TREASURY: "kho bạc",
}

NO_CODE = "chờ cấp số"


def code_words(*codes: str | None) -> str:
    """Return the first code there is; without any the dossier waits for the portal to give it one.

    >>> code_words("", "H32.8-261120-0007"), code_words(None, "")
    ('H32.8-261120-0007', 'chờ cấp số')
    """
    return next((code for code in codes if code), NO_CODE)


def channel_words(channel: str) -> str:
    """Return a gateway or payment channel as officers say it; an unknown word of a newer portal as it is."""
    return _CHANNELS.get(channel, channel)


def payment_words(payment: Payment) -> str:
    """Return how a payment came: ``VNPAY``, ``tiền mặt``."""
    return channel_words(payment.gateway or payment.channel.value)


def state_words(dossier: Dossier) -> str:
    """Return the state as its chip says it."""
    return STATE_WORDS[int(dossier.state)]


def detail_words(state: int, sub_state: str) -> str:
    """Return where a dossier stands, its sub-state if that says more.

    >>> detail_words(6, "desk_to_notify"), detail_words(4, "")
    ('Dừng tính NVTC – cần thông báo', 'Đang xử lý')
    """
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_OBLIGATION, State.COMPLETED):
        return SUB_STATE_WORDS.get(sub_state, STATE_WORDS.get(state, ""))
    return STATE_WORDS.get(state, "")


def masked(channel: str, address: str) -> str:
    """Return an address of which enough is shown to know it, and no more.

    >>> masked("email", "kehoach@gmail.com"), masked("sms", "0905123214"), masked("account", "gasvinhphat")
    ('ke•••@gmail.com', '0905 ••• 214', 'gasvinh•••')
    """
    if channel in ("sms", "call"):
        return mask_phone(address) if address else ""
    if channel == "email" and "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:2]}•••@{host}"
    return f"{address[:7]}•••" if len(address) > 3 else address


def short_name(name: str) -> str:
    """Return a colleague's name as narrow places show it.

    >>> short_name("Nguyễn Thị Ấm"), short_name("Y Nhi")
    ('Ng. T. Ấm', 'Y Nhi')
    """
    parts = name.split()
    if len(parts) < 3:
        return name
    first = parts[0][:2] if parts[0][:2].lower() in ("ng", "tr", "ph", "th", "ch") else parts[0][:1]
    between = [f"{part[0]}." for part in parts[1:-1]]
    return " ".join([f"{first}.", *between, parts[-1]])
