"""Phiếu thông báo: what a citizen is to pay, as a paper to take home, with one VietQR for each payee account.

Stands apart because its layout is agreed with the offices and compared with golden files. It is a slip, not a numbered
act of authority: no *Số*, no seal. Land and tax money (NVTC) never gets a code of ours: the treasury's account, the tax
notice and the payment id stand there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from reportlab.lib.units import mm

from app.documents.page import (
    BODY,
    BOLD,
    BOLD_ITALIC,
    BOTTOM,
    INDENT,
    ITALIC,
    LEADING,
    LEFT,
    RIGHT,
    ROMAN,
    TEXT_WIDTH,
    Sheet,
    wrapped,
)
from app.documents.qr import qr_matrix
from app.domain.money import grouped
from app.domain.time_words import print_day
from app.domain.words import LineKind

KIND_NAMES = {
    LineKind.PHI: "Phí",
    LineKind.LE_PHI: "Lệ phí",
    LineKind.OTHER: "Khoản khác",
    LineKind.NVTC: "NVTC",
}
_FEES = ("PHIẾU THÔNG BÁO THU PHÍ, LỆ PHÍ", "Về việc nộp phí, lệ phí giải quyết thủ tục hành chính")
_BOTH = ("PHIẾU THÔNG BÁO THU PHÍ, LỆ PHÍ", "Về việc nộp phí, lệ phí và nghĩa vụ tài chính")
_OBLIGATION = ("PHIẾU THÔNG BÁO NGHĨA VỤ TÀI CHÍNH", "Về việc nộp khoản tiền theo thông báo của cơ quan thuế")
QR_SIZE = 36 * mm
_COLUMNS = (LEFT, LEFT + 28.5, LEFT + 282, LEFT + 360, RIGHT)
_COLUMN_NAMES = ("TT", "Khoản nộp", "Loại", "Số tiền (đồng)")
_ROW, _CELL = 18.75, 4.5
_CAPTION = 9.0


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row of the table; ``amount`` in đồng."""

    name: str
    kind: LineKind
    amount: int


@dataclass(frozen=True, slots=True)
class QrBlock:
    """One payee account: the kinds it takes (``Phí, lệ phí``), their sum in đồng, and the VietQR text."""

    caption: str
    amount: int
    bank: str
    account: str
    purpose: str
    payload: str


@dataclass(frozen=True, slots=True)
class NvtcBlock:
    """Where a financial obligation is paid, from the tax office's notice; empty text is not printed."""

    amount: int
    treasury_account: str
    tax_notice_no: str
    tax_notice_date: date | None = None
    treasury: str = ""
    payment_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNoticeForm:
    """All that the slip says, as plain data; ``filed_at`` and ``issued_on`` are local to Viet Nam.

    ``addressee`` is whole (``Bà Nguyễn Thị Hồng Nhung``), ``salutation`` how the text goes on (``Bà``). ``purpose``
    opens the request (``Để hồ sơ được tiếp nhận``). ``without_account`` names kinds that have no account, so no code.
    ``number_pending`` prints that the official number comes later; ``reprint`` counts printings after the first.
    """

    authority: str
    desk: str
    place: str
    issued_on: date
    code: str
    addressee: str
    salutation: str
    desk_and_unit: str
    filed_online: bool
    filed_at: datetime
    procedure_name: str
    procedure_code: str
    purpose: str
    lines: tuple[FormLine, ...]
    total: int
    total_words: str
    qr_blocks: tuple[QrBlock, ...]
    closing: tuple[str, ...]
    hotline: str
    signer_title: str
    signer_name: str
    counter: str = "quầy tiếp nhận hồ sơ"
    nvtc: tuple[NvtcBlock, ...] = ()
    without_account: tuple[str, ...] = ()
    pay_by: date | None = None
    number_pending: bool = False
    reprint: int = 0


def render(form: FeeNoticeForm) -> bytes:
    """Return the slip as a PDF, A4, as many pages as the lines need."""
    sheet = Sheet(f"{_headings(form)[0].capitalize()} {form.code}", form.authority)
    _head(sheet, form)
    sheet.paragraph(_intro(form))
    _table(sheet, form)
    sheet.paragraph(f"Bằng chữ: {form.total_words.rstrip('.')}.", ITALIC, indent=0, before=1)
    sheet.paragraph(_ways(form))
    _codes(sheet, form.qr_blocks)
    for block in form.nvtc:
        _treasury(sheet, block)
    _end(sheet, form)
    return sheet.finish()


def _head(sheet: Sheet, form: FeeNoticeForm) -> None:
    sheet.state_header(form.authority, form.desk, f"{form.place}, {print_day(form.issued_on)}")
    bars = sheet.y - 28
    sheet.barcode(LEFT, bars, form.code, 50.8 * mm, 16.5)
    sheet.text(LEFT + 25.4 * mm, bars - 14, form.code, size=10.5, align="centre")
    side = [f"Bản in lại lần {form.reprint}"] if form.reprint else []
    side += ["Số chính thức cấp khi có mạng."] if form.number_pending else []
    for number, text in enumerate(side):
        sheet.text(RIGHT, bars + 2 - number * 14, text, ITALIC, 10.5, "right")
    sheet.y = bars - 18
    title, subject = _headings(form)
    sheet.centred(title, BOLD, 14, 17)
    sheet.centred(subject, BOLD, 13.5)
    sheet.rule((LEFT + RIGHT) / 2, sheet.y - 7, 112)
    sheet.y -= 10
    sheet.centred(f"Kính gửi: {form.addressee}", ROMAN, BODY)


def _headings(form: FeeNoticeForm) -> tuple[str, str]:
    """Return title and subject: what the tax office has set is no fee of the office's."""
    owed = [line.kind is LineKind.NVTC for line in form.lines]
    return _OBLIGATION if all(owed) else _BOTH if any(owed) else _FEES


def _intro(form: FeeNoticeForm) -> str:
    filed = "nộp trực tuyến của" if form.filed_online else "của"
    moment = f"{form.filed_at:%H} giờ {form.filed_at:%M} phút {print_day(form.filed_at.date())}"
    return (
        f"{form.desk_and_unit} đã nhận hồ sơ {filed} {form.salutation} lúc {moment} về thủ tục {form.procedure_name} "
        f"(mã {form.procedure_code}). {form.purpose}, đề nghị {form.salutation} nộp các khoản sau:"
    )


def _ways(form: FeeNoticeForm) -> str:
    ways = ["trên Cổng dịch vụ công, mục Thông báo thu phí"]
    if form.qr_blocks:
        codes = "lần lượt các mã VietQR" if len(form.qr_blocks) > 1 else "mã VietQR"
        ways.append(f"quét {codes} dưới đây bằng ứng dụng ngân hàng")
    if form.nvtc:
        ways.append(f"nộp vào ngân sách nhà nước theo thông tin dưới đây rồi báo chứng từ tại {form.counter}")
    if any(line.kind is not LineKind.NVTC for line in form.lines):
        ways.append(f"nộp trực tiếp tại {form.counter}" + (" (trừ nghĩa vụ tài chính)" if form.nvtc else ""))
    text = "; ".join(f"({number}) {way}" for number, way in enumerate(ways, 1))
    text = f"{_capital(form.salutation)} có thể nộp theo một trong các cách: {text}."
    if form.without_account:
        kinds = _capital(", ".join(form.without_account))
        text += f" {kinds} không có mã VietQR, nộp trên Cổng hoặc trực tiếp."
    if form.pay_by is not None:
        text += f" Đề nghị nộp trước hết {print_day(form.pay_by)}."
    return text


def _table(sheet: Sheet, form: FeeNoticeForm) -> None:
    sheet.y -= 8
    sheet.need(_ROW * 3)
    _table_head(sheet)
    sheet.on_new_page = lambda: _table_head(sheet)
    for number, line in enumerate(form.lines, 1):
        names = wrapped(line.name, ROMAN, BODY, _COLUMNS[2] - _COLUMNS[1] - 2 * _CELL)
        height = _ROW + (len(names) - 1) * 15.5
        # the last line and the total stay together: a total alone on a page says nothing
        sheet.need(height + (_ROW if number == len(form.lines) else 0))
        top = sheet.y - 13.5
        sheet.text(sum(_COLUMNS[:2]) / 2, top, str(number), align="centre")
        for row, text in enumerate(names):
            sheet.text(_COLUMNS[1] + _CELL, top - row * 15.5, text)
        sheet.text(_COLUMNS[2] + _CELL, top, KIND_NAMES[line.kind])
        sheet.text(RIGHT - _CELL, top, grouped(line.amount), align="right")
        _frame(sheet, _COLUMNS, height)
    sheet.on_new_page = None
    top = sheet.y - 13.5
    sheet.text(_COLUMNS[3] - _CELL, top, "Tổng cộng", BOLD, align="right")
    sheet.text(RIGHT - _CELL, top, grouped(form.total), BOLD, align="right")
    _frame(sheet, (LEFT, _COLUMNS[3], RIGHT), _ROW)


def _table_head(sheet: Sheet) -> None:
    for (left, right), word in zip(pairwise(_COLUMNS), _COLUMN_NAMES, strict=True):
        sheet.text((left + right) / 2, sheet.y - 13.5, word, BOLD, align="centre")
    _frame(sheet, _COLUMNS, _ROW)


def _frame(sheet: Sheet, columns: Sequence[float], height: float) -> None:
    """Draw the cells of one row and move below it."""
    bottom = sheet.y - height
    sheet.canvas.grid(list(columns), [bottom, sheet.y])
    sheet.y = bottom


def _codes(sheet: Sheet, blocks: Sequence[QrBlock]) -> None:
    for first in range(0, len(blocks), 3):
        row = blocks[first : first + 3]
        width = TEXT_WIDTH / len(row)
        captions = [_caption(block, width) for block in row]
        headings = [_heading(block, first + number, len(blocks), width) for number, block in enumerate(row, 1)]
        head = max(len(lines) for lines in headings) * 15.0
        height = head + QR_SIZE + max(len(lines) for lines in captions) * 11.25 + 6
        sheet.y -= 9 if first == 0 else 0
        sheet.need(height)
        for column, block in enumerate(row):
            centre = LEFT + (column + 0.5) * width
            for number, text in enumerate(headings[column]):
                sheet.text(centre, sheet.y - 14 - number * 15, text, BOLD, BODY, "centre")
            top = sheet.y - head - 3
            sheet.qr(centre - QR_SIZE / 2, top - QR_SIZE, qr_matrix(block.payload), QR_SIZE)
            for number, text in enumerate(captions[column]):
                baseline = top - QR_SIZE - 6 - number * 11.25
                sheet.text(centre, baseline, text, BOLD if number == 0 else ROMAN, _CAPTION, "centre")
        _frame(sheet, [LEFT + column * width for column in range(len(row) + 1)], height)


def _heading(block: QrBlock, number: int, count: int, width: float) -> list[str]:
    text = f"Mã {number}: {block.caption}" if count > 1 else f"Mã VietQR: {block.caption}"
    return wrapped(text, BOLD, BODY, width - 2 * _CELL)


def _caption(block: QrBlock, width: float) -> list[str]:
    lines = [f"{grouped(block.amount)} đồng"]
    for text in (f"{block.bank} {_spaced_account(block.account)}", f"Nội dung: {block.purpose}"):
        lines += wrapped(text, ROMAN, _CAPTION, width - 2 * _CELL)
    return lines


def _treasury(sheet: Sheet, block: NvtcBlock) -> None:
    dated = f", ngày {block.tax_notice_date:%d/%m/%Y}" if block.tax_notice_date else ""
    facts = (
        ("Số tiền", f"{grouped(block.amount)} đồng"),
        ("Nộp vào", block.treasury),
        ("Tài khoản kho bạc", block.treasury_account),
        ("Thông báo của cơ quan thuế", f"số {block.tax_notice_no}{dated}" if block.tax_notice_no else ""),
        ("Mã khoản nộp", block.payment_id),
    )
    column = LEFT + 150
    rows = [(name, wrapped(text, ROMAN, 12, RIGHT - column - _CELL)) for name, text in facts if text]
    height = _ROW + sum(len(lines) for _, lines in rows) * 15 + 6
    sheet.y -= 9
    sheet.need(height)
    y = sheet.y - 13.5
    sheet.text((LEFT + RIGHT) / 2, y, "Nghĩa vụ tài chính: nộp vào ngân sách nhà nước", BOLD, BODY, "centre")
    y -= 3
    for name, lines in rows:
        sheet.text(LEFT + _CELL, y - 15, name, size=12)
        for text in lines:
            y -= 15
            sheet.text(column, y, text, BOLD if name == "Số tiền" else ROMAN, 12)
    _frame(sheet, (LEFT, RIGHT), height)


def _end(sheet: Sheet, form: FeeNoticeForm) -> None:
    """Draw the closing words, who receives the slip and who signs: on one page, a signature never stands alone."""
    contact = f"Mọi thắc mắc xin liên hệ tổng đài {_spaced_hotline(form.hotline)}."
    closing = " ".join((*form.closing, contact))
    titles = wrapped(form.signer_title.upper(), BOLD, BODY, 200)
    names = wrapped(form.signer_name, BOLD, BODY, 230)
    text = len(wrapped(closing, ROMAN, BODY, TEXT_WIDTH, INDENT)) * LEADING
    sheet.need(text + 44 + (len(titles) + len(names)) * LEADING)
    sheet.paragraph(closing, before=2)
    top = sheet.y - 19
    sheet.text(LEFT, top, "Nơi nhận:", BOLD_ITALIC, 12)
    for number, receiver in enumerate(("- Như trên;", f"- Lưu: VT, hồ sơ {form.code}."), 1):
        sheet.text(LEFT, top - 14.5 * number, receiver, size=11)
    right, y = LEFT + 337.5, top - 1
    for title in titles:
        sheet.text(right, y, title, BOLD, BODY, "centre")
        y -= LEADING
    # room to sign: 37.5 pt, less where the page ends
    y = max(y - 37.5, min(y - 20, BOTTOM + 4 + (len(names) - 1) * LEADING))
    for name in names:
        sheet.text(right, y, name, BOLD, BODY, "centre")
        y -= LEADING
    sheet.y = y


def _spaced_hotline(number: str) -> str:
    return f"{number[:4]} {number[4:]}" if number.isdigit() and len(number) == 8 else number


def _spaced_account(account: str) -> str:
    return f"{account[:-4]} {account[-4:]}" if len(account) > 6 else account


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
