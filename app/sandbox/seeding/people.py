"""Names, streets and telephone numbers of believable citizens of Khánh Hòa, Kinh, Ê Đê and Ra Glai.

Stands apart because it is a table of data with one function that draws from it. Nobody here is real: identity numbers
begin with a province code that was never given out.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from app.domain.folding import fold

_FAMILY = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Trương", "Mai", "Đinh", "Lâm", "Cao", "Tạ", "Châu",
)  # fmt: skip
_WOMEN = (
    "Thị Ấm", "Thị Thu Hà", "Ngọc Ánh", "Thị Kim Loan", "Thị Mỹ Hạnh", "Thanh Thủy", "Thị Bích Trâm", "Thị Hồng Nhung",
    "Hoàng Yến", "Thị Diễm My", "Quỳnh Như", "Thị Lệ Quyên", "Thảo Vy", "Thị Tuyết", "Phương Uyên", "Thị Đào",
)  # fmt: skip
_MEN = (
    "Văn Phước", "Hữu Nghĩa", "Quốc Bảo", "Minh Đức", "Thành Đạt", "Văn Lượng", "Công Trứ", "Đình Khoa", "Anh Tuấn",
    "Trọng Hiếu", "Văn Sỹ", "Hoàng Nam", "Duy Khánh", "Tấn Lộc", "Xuân Trường", "Ngọc Quý",
)  # fmt: skip
_HIGHLAND = (
    "Y Bhăm Niê", "H'Lan Mlô", "Y Wang Êban", "H'Uyên Niê Kdăm", "Y Thịnh Ayun", "H'Rin Byă", "Cao Thị Xuân",
    "Mấu Văn Phi", "Bo Bo Thị Ngân", "Pi Năng Thị Hoa", "Mấu Thị Bích Phượng", "Cao Văn Đá", "Tro Thị Liễu",
    "Chamaléa Thị Thủy", "Katơr Văn Sơn", "Pinăng Thanh",
)  # fmt: skip
_ORGANISATIONS = (
    "Công ty TNHH Yến sào {}", "Công ty TNHH MTV Thủy sản {}", "Hộ kinh doanh Hải sản {}", "Công ty CP Du lịch {}",
    "Nhà hàng {}", "Công ty TNHH Xây dựng {}", "Hợp tác xã Nông nghiệp {}", "Khách sạn {}",
)  # fmt: skip
_SIGNS = ("Biển Xanh", "Hòn Chồng", "Trầm Hương", "Sông Cái", "Phú Khánh", "Vĩnh Nguyên", "Hoàng Gia", "Tháp Bà")
_STREETS = (
    "Trần Phú", "Hùng Vương", "Nguyễn Thiện Thuật", "Lê Thánh Tôn", "Thái Nguyên", "Yersin", "2 Tháng 4", "Pasteur",
    "Ngô Gia Tự", "Nguyễn Thị Minh Khai", "Tô Hiến Thành", "Hồng Bàng", "Lê Hồng Phong", "Bạch Đằng", "Hoàng Hoa Thám",
)  # fmt: skip
_PREFIXES = ("032", "035", "038", "070", "077", "083", "088", "090", "091", "093", "096", "098")


@dataclass(frozen=True, slots=True)
class Citizen:
    """One made-up applicant; ``handle`` is the name of account and mailbox."""

    name: str
    kind: str
    identity_no: str
    phone: str
    handle: str
    address: str


def draw(rng: Random, number: int) -> Citizen:
    """Return the next citizen; ``number`` makes the handle unique."""
    fate = rng.random()
    kind = "person"
    if fate < 0.12:
        name, kind = rng.choice(_ORGANISATIONS).format(rng.choice(_SIGNS)), "organisation"
    elif fate < 0.24:
        name = rng.choice(_HIGHLAND)
    else:
        name = f"{rng.choice(_FAMILY)} {rng.choice(_WOMEN if fate < 0.62 else _MEN)}"
    digits = f"{rng.randrange(10**7):07d}"
    phone = rng.choice(_PREFIXES) + digits[:5] + f"{rng.randrange(1, 98):02d}"
    year = rng.randrange(1950, 2006)
    century = 0 if year < 2000 else 2
    identity = f"099{century + rng.randrange(2)}{year % 100:02d}{rng.randrange(10**6):06d}"
    handle = fold(name).replace(" ", ".").replace("'", "") + str(number)
    address = f"{rng.randrange(1, 320)} {rng.choice(_STREETS)}, Khánh Hòa"
    return Citizen(name, kind, identity if kind == "person" else f"42{digits}0", phone, handle, address)
