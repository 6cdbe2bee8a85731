"""The five tabs of the dossier pane, each built anew from the words it shows.

Stands apart from the pane because a tab is only furniture: banners, facts, cards, rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.people import FileRef
from ui import commands, keys, theme
from ui.dossier.attachments_box import size_words
from ui.present.banner_view import BannerView
from ui.present.cases import CaseView
from ui.present.dossier import DossierView, PaperView
from ui.present.notices import NoticeView, PaymentView
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card, Facts
from ui.widgets.chip import Chip
from ui.widgets.delivery_row import DeliveryRow
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel
from ui.widgets.timeline import Timeline

DOSSIER, PAPERS, FEES, HISTORY, NOTICES = range(5)
_MARKS: dict[str, tuple[str, str]] = {
    "passed": ("check-circle-fill", "paid_badge"),
    "failed": ("x-circle-fill", "late_text"),
}


@dataclass(frozen=True, slots=True)
class Asks:
    """What a tab may ask of its pane: a command about a notice, a file to look at, a masked fact, another dossier."""

    command: Callable[[str, str], object]
    file: Callable[[FileRef], object]
    reveal: Callable[[str], object]
    open: Callable[[str], object]


class Body(QWidget):
    """A tab's body; never asks for more width than the pane has, so nothing scrolls sideways."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def build(index: int, view: DossierView, revealed: set[str], asks: Asks) -> QWidget:
    """Return the body of tab ``index``; its buttons call ``asks``."""
    body = Body()
    body.setObjectName("scrolled")
    column = QVBoxLayout(body)
    column.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
    column.setSpacing(theme.px(10))
    if index != PAPERS:
        for banner in view.banners:
            column.addWidget(_banner(banner, view, asks))
    (_dossier, _papers, _fees, _history, _notices)[index](column, view, revealed, asks)
    column.addStretch(1)
    return body


def _banner(banner: BannerView, view: DossierView, asks: Asks) -> Banner:
    if banner.action is None:
        return Banner(banner.kind, *banner.parts, icon=banner.icon)
    label, command, subject = banner.action
    shown = Banner(banner.kind, *banner.parts, icon=banner.icon, action=label)
    shown.action_button().set_reason(view.reason(command, subject))
    shown.acted.connect(lambda: asks.command(command, subject))
    return shown


def _dossier(column: QVBoxLayout, view: DossierView, revealed: set[str], asks: Asks) -> None:
    facts = Facts()
    for fact in view.facts:
        opened = bool(fact.key) and fact.key in revealed
        facts.add(fact.name, fact.full if opened else fact.value, figures=fact.figures,
                  mask_key="" if opened else fact.key)  # fmt: skip
    facts.revealed.connect(asks.reveal)
    column.addWidget(facts)
    if view.papers:
        done = sum(1 for paper in view.papers if paper.done)
        card = Card("Giấy tờ", f"{done}/{len(view.papers)} có tệp")
        for paper in view.papers:
            card.add(_paper_row(paper))
        column.addWidget(card)
    if view.earlier:
        card = Card("Hồ sơ khác của người này", str(len(view.earlier)))
        for dossier_id, procedure, second in view.earlier:
            card.add(_earlier_row(dossier_id, procedure, second, asks))
        column.addWidget(card)


def _earlier_row(dossier_id: str, procedure: str, second: str, asks: Asks) -> QWidget:
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(procedure, elide=True))
    lines.addWidget(PlainLabel(second, role=Role.SMALL, tone="text_3", elide=True, figures=True))
    go = IconButton("arrow-right", f"Mở hồ sơ {second}")
    go.clicked.connect(lambda: asks.open(dossier_id))
    return _row(words, go, stretch=0)


def _row(*widgets: QWidget, stretch: int = -1) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(theme.px(10), theme.px(5), theme.px(10), theme.px(5))
    line.setSpacing(theme.px(8))
    for at, widget in enumerate(widgets):
        line.addWidget(widget, 1 if at == stretch else 0)
    return holder


def _paper_row(paper: PaperView) -> QWidget:
    mark = _MARKS.get(paper.verdict) or (("minus", "text_3") if not paper.done else ("check-circle-fill", "paid_badge"))
    note = PlainLabel(paper.note, role=Role.SMALL, tone="text_3", figures=True)
    return _row(Icon(*mark), PlainLabel(paper.name, elide=True), note, stretch=1)


def _papers(column: QVBoxLayout, view: DossierView, _revealed: set[str], asks: Asks) -> None:
    check = Button(commands.BY_ID["check_components"].label, icon="check")
    check.set_reason(view.reason("check_components"))
    check.clicked.connect(lambda: asks.command("check_components", ""))
    if view.papers:
        column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)
    for paper in view.papers:
        card = Card(paper.name, paper.note)
        if paper.found:
            card.add(_row(Icon(*_MARKS[paper.verdict]), _small(paper.found), stretch=1))
        for file in paper.files:
            card.add(_file_row(file, asks))
        column.addWidget(card)
    if not view.papers:
        column.addWidget(PlainLabel("Hồ sơ này không có giấy tờ.", tone="text_2"))


def _file_row(file: FileRef, asks: Asks) -> QWidget:
    pdf = file.mime == "application/pdf"
    icon = Icon("file-pdf", "late_text") if pdf else Icon("file-image")
    eye = IconButton("eye", f"Xem {file.name}")
    eye.clicked.connect(lambda: asks.file(file))
    size = PlainLabel(size_words(file.size_bytes), role=Role.SMALL, tone="text_3", figures=True)
    return _row(icon, PlainLabel(file.name, elide=True), size, eye, stretch=1)


def _fees(column: QVBoxLayout, view: DossierView, _revealed: set[str], asks: Asks) -> None:
    if view.nvtc:
        told = any(notice.open for notice in view.notices)
        card = Card("Nghĩa vụ tài chính", Chip("Đã báo công dân") if told else Chip("Chưa báo công dân", "warn"))
        for name, value in view.nvtc:
            card.add(_sum_row(name, value, strong=name == "Số tiền"))
        card.add(_row(Icon("lock", size=15), _small("Số tiền do cơ quan thuế ấn định, không sửa tại quầy."), stretch=1))
        for file in view.nvtc_files:
            card.add(_file_row(file, asks))
        column.addWidget(card)
    for case in view.cases:
        column.addWidget(_case_card(case, view, asks))
    for notice in view.notices:
        column.addWidget(_fee_card(notice, view, asks))
    if view.next_steps:
        column.addWidget(PlainLabel("Việc tiếp theo", weight=600))
        column.addWidget(Timeline(view.next_steps))
    if not view.notices and not view.nvtc:
        column.addWidget(PlainLabel("Chưa báo phí cho hồ sơ này.", tone="text_2"))


def _small(text: str) -> PlainLabel:
    return PlainLabel(text, role=Role.SMALL, tone="text_2", wrap=True, figures=True)


def _sum_row(name: str, value: str, *, strong: bool = False) -> QWidget:
    weight = 600 if strong else None
    return _row(PlainLabel(name, elide=True, weight=weight), PlainLabel(value, figures=True, weight=weight), stretch=0)


def _fee_card(notice: NoticeView, view: DossierView, asks: Asks) -> Card:
    card = Card(notice.title, Chip(*notice.chip))
    for name, value in notice.lines:
        card.add(_sum_row(name, value))
    if len(notice.lines) > 1:
        card.add(_sum_row("Cộng", notice.total, strong=True))
    for payment in notice.payments:
        amount = PlainLabel(payment.amount, weight=600, figures=True)
        deeds = [("Xác nhận…", "confirm_payment")] if payment.unconfirmed else []
        deeds += [("Ghi nhầm…", "reverse_payment")] if payment.by_desk else []
        buttons = [_quiet(words, command, payment, view, asks) for words, command in deeds]
        card.add(_row(Icon(*payment.icon), _small(payment.words), amount, stretch=1))
        reasons = dict.fromkeys(view.reason(command, payment.id) for _words, command in deeds)
        if buttons:
            card.add(_row(_small(" ".join(filter(None, reasons))), *buttons, stretch=0))
    return card


def _quiet(words: str, command: str, payment: PaymentView, view: DossierView, asks: Asks) -> Button:
    button = Button(words, kind="link")
    button.setAccessibleName(f"{words.removesuffix('…')} {payment.amount}")
    button.set_reason(view.reason(command, payment.id))
    button.clicked.connect(lambda: asks.command(command, payment.id))
    return button


def _case_card(case: CaseView, view: DossierView, asks: Asks) -> Card:
    card = Card(case.title, Chip(*case.chip))
    facts = Facts(76)
    for name, value in case.facts:
        facts.add(name, value, figures=True)
    card.add(facts, padded=True)
    if not case.deeds:
        return card
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(theme.px(7))
    rows.addWidget(_small(case.next_step))
    line = QHBoxLayout()
    line.setSpacing(theme.px(6))
    for deed in case.deeds:
        button = Button(commands.BY_ID[deed].label)
        button.set_reason(view.reason(deed))
        button.clicked.connect(lambda _on=False, deed=deed: asks.command(deed, case.id))
        line.addWidget(button)
    line.addStretch(1)
    rows.addLayout(line)
    card.add(holder, padded=True)
    return card


def _history(column: QVBoxLayout, view: DossierView, _revealed: set[str], asks: Asks) -> None:
    if view.next_steps:
        column.addWidget(Timeline(view.next_steps))
    column.addWidget(Timeline(view.timeline))
    if view.due_question:
        why = Button(view.due_question, kind="link", icon="calendar-dots", key=keys.cap("due"))
        why.clicked.connect(lambda: asks.command("due", ""))
        column.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)


def _notices(column: QVBoxLayout, view: DossierView, _revealed: set[str], asks: Asks) -> None:
    for notice in view.notices:
        card = Card(notice.title, notice.total)
        card.add(_row(_small(notice.second), Chip(*notice.chip), stretch=0))
        if notice.pay_by:
            card.add(_row(Icon("calendar-dots", size=15), _small(notice.pay_by), stretch=1))
        for line in notice.deliveries:
            row = DeliveryRow(line)
            row.acted.connect(lambda channel: asks.command("correct_contact", channel))
            card.add(row)
        if notice.deeds:
            card.add(_deeds(notice, asks), padded=True)
        column.addWidget(card)
    if not view.notices:
        column.addWidget(PlainLabel("Chưa gửi thông báo nào cho công dân.", tone="text_2"))


def _deeds(notice: NoticeView, asks: Asks) -> QWidget:
    """The buttons of a notice: one row of three, four in two rows, as the narrow pane has room."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(6))
    across = 2 if len(notice.deeds) == 4 else len(notice.deeds)
    for at, (name, words) in enumerate(notice.deeds):
        button = Button(words)
        button.clicked.connect(lambda _on=False, deed=name: asks.command(deed, notice.id))
        grid.addWidget(button, at // across, at % across)
    return holder
