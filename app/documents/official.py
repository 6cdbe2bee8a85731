"""What the seven official forms share: head, title, QR of the code, facts line by line, signatures.

Stands apart so that each form says only what is its own. Layout: NĐ 30/2020/NĐ-CP, Phụ lục I; contents: TT 03/2025/
TT-VPCP, Phụ lục I. What is not known is an honest blank (``……``) that a pen can fill, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportlab.lib.units import mm

from app.documents.page import (
    BEFORE,
    BODY,
    BOLD,
    BOLD_ITALIC,
    INDENT,
    ITALIC,
    LEADING,
    ROMAN,
    Sheet,
    balanced,
    wrapped,
)
from app.documents.qr import qr_matrix
from app.documents.table import Cell, Column
from app.domain.time_words import print_day, print_moment
from app.texts import one_line

BLANK = "……"
LONG_BLANK = "…" * 24
BLANK_DAY = "ngày …… tháng …… năm ……"
BLANK_MOMENT = f"…… giờ …… phút, {BLANK_DAY}"
HEAD_OF_OFFICE = "Thủ trưởng cơ quan, đơn vị"
WITH_SEAL = "(Ký, ghi rõ họ tên và đóng dấu)"
QR_SIZE: float = 20 * mm
_SMALL, _NOTE, _NOTE_LEADING = 10.5, 11.0, 13.0
_ROOM_TO_SIGN = 46.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the text: the desk and its authority, number and date of the act, the form's own name.

    ``label`` is the form's number in its circular (``Mẫu số 01 (…)``), ``number`` and ``symbol`` the act's own
    (``0012/TNTKQ``). ``number_pending`` prints that the official number comes later; ``reprint`` counts printings
    after the first. Without ``issued_on`` the date is left to the pen. ``contact`` says whom to call.
    """

    title: str
    authority: str
    desk: str
    place: str
    code: str
    issued_on: date | None = None
    number: str = ""
    symbol: str = ""
    label: str = ""
    number_pending: bool = False
    reprint: int = 0
    contact: str = ""
    portal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whose dossier it is and who handed it in; empty text is not known. ``organised``: no person, hence a tax code."""

    applicant: str
    submitter: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    identity_no: str = ""
    organised: bool = False

    @property
    def salutation(self) -> str:
        """How the text speaks to them."""
        return "Quý đơn vị" if self.organised else "Ông/Bà"

    @property
    def addressed(self) -> str:
        """How the paper is addressed."""
        return self.applicant if self.organised else f"Ông/Bà {self.applicant}"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of a dossier and its copies; None is left to the pen.

    For certification the copies are ``pages``, ``paper_copies`` and ``signed_copies`` instead.
    """

    name: str
    originals: int | None = None
    certified: int | None = None
    photocopies: int | None = None
    files: int | None = None
    pages: int | None = None
    paper_copies: int | None = None
    signed_copies: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One who signs: title in capitals, how, and the name when it is known."""

    title: str
    name: str = ""
    how: str = "(Ký và ghi rõ họ tên)"


_NUMBER, _NAME, _REMARK = Column("TT", 9, "centre"), Column("Thành phần hồ sơ", 68), Column("Ghi chú", 30)
_COUNTED = {
    "originals": Column("Bản chính", 17, "centre"),
    "certified": Column("Bản chứng thực", 20, "centre"),
    "photocopies": Column("Bản photo", 17, "centre"),
}
_FILES = {"files": Column("Tệp điện tử", 17, "centre")}
_CERTIFIED = {
    "pages": Column("Số trang", 18, "centre"),
    "paper_copies": Column("Số bản giấy", 20, "centre"),
    "signed_copies": Column("Ký bản điện tử", 22, "centre"),
}


def opened(head: Head, *under: str, wide: bool = False) -> Sheet:
    """Return a new sheet with the head drawn, down to the title and the lines ``under`` it."""
    sheet = Sheet(f"{head.title} {head.code}".strip(), head.authority, wide=wide)
    letterhead(sheet, head, *under)
    return sheet


def letterhead(sheet: Sheet, head: Head, *under: str) -> None:
    """Draw the head at the top of a page; QR of the code and title share a band to leave room for the facts."""
    _marks(sheet, head)
    day = print_day(head.issued_on) if head.issued_on else BLANK_DAY
    number = f"Số: {head.number or BLANK}/{head.symbol}" if head.symbol else ""
    sheet.state_header(head.authority, head.desk, f"{head.place}, {day}", number)
    top, size = sheet.y - 6, QR_SIZE if head.code else 0.0
    if head.code:
        sheet.qr(sheet.left, top - size, qr_matrix(head.code), size)
    sheet.y = top - 4
    sheet.centred(head.title.upper(), BOLD, 14, 18, aside=size)
    for text in under:
        sheet.centred(text, ITALIC if text.startswith("(") else BOLD, aside=size)
    sheet.y = min(sheet.y, top - size) - 2


def _marks(sheet: Sheet, head: Head) -> None:
    """Draw the line above everything: what is special of this printing at the left, the form's number at the right."""
    marks = (
        f"Bản in lại lần {head.reprint}." if head.reprint else "",
        "Số chính thức cấp khi có mạng." if head.number_pending else "",
    )
    sheet.text(sheet.left, sheet.y - 9, " ".join(mark for mark in marks if mark), BOLD_ITALIC, _SMALL)
    sheet.text(sheet.right, sheet.y - 9, head.label, ITALIC, _SMALL, "right")
    sheet.y -= 14


def known(text: str, blank: str = LONG_BLANK) -> str:
    """Return ``text``, or a blank for the pen."""
    return one_line(text) or blank


def moment_words(moment: datetime | None) -> str:
    """Return ``10 giờ 00 phút, ngày …``, or blanks."""
    return print_moment(moment) if moment else BLANK_MOMENT


def day_words(day: date | datetime | None) -> str:
    """Return ``ngày 26 tháng 11 năm 2026``, or blanks."""
    return print_day(day) if day else BLANK_DAY


def two_digits(count: int | None) -> str:
    """Return a count as papers write it (``01``), or a blank."""
    return BLANK if count is None else f"{count:02d}"


def fact(sheet: Sheet, label: str, text: str, blank: str = LONG_BLANK) -> None:
    """Set ``label: text`` on lines of its own, the text going on under itself where it is long."""
    sheet.paragraph(f"{label}: {known(text, blank)}", indent=0, before=1.5)


def code_line(head: Head) -> str:
    """Return the line that names the dossier under the title."""
    return f"Mã hồ sơ: {known(head.code, BLANK * 3)}"


def line(sheet: Sheet, text: str) -> None:
    """Set a line of facts that is already whole."""
    sheet.paragraph(text, indent=0, before=1.5)


def parties(sheet: Sheet, who: Parties, *, first: str = "Tiếp nhận hồ sơ của") -> None:
    """Set who applies: name, submitter, address, telephone, e-mail, identity paper."""
    fact(sheet, first, who.applicant)
    fact(sheet, "Người nộp hồ sơ", who.submitter or who.applicant)
    fact(sheet, "Địa chỉ", who.address)
    line(sheet, f"Số điện thoại: {known(who.phone, BLANK * 3)}; Email: {known(who.email, BLANK * 4)}")
    label = "Mã số thuế/Mã số doanh nghiệp" if who.organised else "Số CMND/CC/Hộ chiếu"
    fact(sheet, label, who.identity_no)


def paper_table(papers: Sequence[PaperRow], *, certified: bool) -> tuple[tuple[Column, ...], list[tuple[Cell, ...]]]:
    """Return columns and rows of a list of papers, counted as the field counts them; files only where there are any."""
    counted = _CERTIFIED if certified else _COUNTED
    if not certified and any(paper.files is not None for paper in papers):
        counted = counted | _FILES
    rows: list[tuple[Cell, ...]] = [
        (str(number), paper.name, *(_count(getattr(paper, name)) for name in counted), paper.note)
        for number, paper in enumerate(papers, 1)
    ]
    return (_NUMBER, _NAME, *counted.values(), _REMARK), rows or [("",) * (len(counted) + 3)]


def _count(count: int | None) -> str:
    return "" if count is None else f"{count:02d}" if count else "0"


def ask_at(head: Head, what: str) -> str:
    """Return the sentence that begins with ``what`` and says where to ask: desk, telephone, portal."""
    where = f", số điện thoại {head.contact}" if head.contact else ""
    look = f" hoặc tra cứu theo mã hồ sơ tại {head.portal}" if head.portal else ""
    return f"{what} {head.desk}{where}{look}."


def sign(sheet: Sheet, closing: str, *signers: Signature, receivers: Sequence[str] = ()) -> None:
    """Set the closing words and who signs, side by side, on one page: a signature never stands alone.

    One signer stands at the right, ``Nơi nhận`` then at the left.
    """
    count = max(len(signers), 2)
    width = sheet.text_width / count
    titles = [balanced(signer.title.upper(), BOLD, BODY, width - 10) for signer in signers]
    names = [wrapped(signer.name, BOLD, BODY, width - 10) for signer in signers]
    above = max(len(lines) for lines in titles) * LEADING + LEADING
    under = max(len(lines) for lines in names) * LEADING
    listed = [text for receiver in receivers for text in wrapped(receiver, ROMAN, _NOTE, width - 10)]
    words = BEFORE + LEADING * len(wrapped(closing, ROMAN, BODY, sheet.text_width, INDENT))
    sheet.need(words + max(12 + above + _ROOM_TO_SIGN + under, 30 + 14.5 * len(listed)))
    sheet.paragraph(closing)
    top = sheet.y - 12
    if listed:
        sheet.text(sheet.left, top - 13, "Nơi nhận:", BOLD_ITALIC, 12)
        for number, text in enumerate(listed, 1):
            sheet.text(sheet.left, top - 13 - 14.5 * number, text, size=_NOTE)
    for number, signer in enumerate(signers, count - len(signers)):
        _signature(sheet, signer, sheet.left + (number + 0.5) * width, top, above, width)
    sheet.y = top - above - _ROOM_TO_SIGN - under


def _signature(sheet: Sheet, signer: Signature, x: float, top: float, above: float, width: float) -> None:
    y = top
    for text in balanced(signer.title.upper(), BOLD, BODY, width - 10):
        y -= LEADING
        sheet.text(x, y, text, BOLD, BODY, "centre")
    sheet.text(x, y - LEADING, signer.how, ITALIC, 12, "centre")
    y = top - above - _ROOM_TO_SIGN
    for text in wrapped(signer.name, BOLD, BODY, width - 10):
        sheet.text(x, y, text, BOLD, BODY, "centre")
        y -= LEADING


def notes(sheet: Sheet, *texts: str) -> None:
    """Set the remarks under the signatures, together on one page."""
    marked = [f"- {text}" for text in texts]
    count = 1 + sum(len(wrapped(text, ITALIC, _NOTE, sheet.text_width)) for text in marked)
    sheet.y -= 6
    sheet.need(count * _NOTE_LEADING)
    sheet.paragraph("Ghi chú:", BOLD_ITALIC, _NOTE, indent=0, before=0, leading=_NOTE_LEADING)
    for text in marked:
        sheet.paragraph(text, ITALIC, _NOTE, indent=0, before=0, leading=_NOTE_LEADING)
