"""The dossier pane in words: header, chips, facts with masked numbers, papers, money, what is expected next.

Stands apart from the pane, which only places it. Runs off the GUI thread with what one read of the store gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain import second_officer
from app.domain.citizen_id import mask_birth, mask_number, mask_phone
from app.domain.dossier import Component, Dossier
from app.domain.listing import ListRow, to_refund
from app.domain.money import format_dong
from app.domain.notices import owing
from app.domain.people import FileRef, Officer
from app.domain.time_words import clock_text, clock_time, due_moment, short_day
from app.domain.transitions import Failed
from app.domain.words import CaseState, CheckVerdict, FeeStatus, State, Way
from app.services.views import Card
from ui import commands
from ui.commands import WhyNot
from ui.present import cases, expected, notices, timeline, ways, work
from ui.present.banner_view import BannerView
from ui.present.banners import banners
from ui.present.cases import CaseView
from ui.present.expected import Actions
from ui.present.notices import NoticeView
from ui.present.wording import FILING_WORDS, code_words, detail_words, masked, state_words
from ui.widgets.timeline import TimelineEntry

_RESULT = {
    "counter": "Bản giấy tại quầy",
    "post": "Gửi qua bưu chính",
    "online": "Bản điện tử",
    "both": "Bản điện tử và bản giấy tại quầy",
}


@dataclass(frozen=True, slots=True)
class ChipView:
    """A chip's words, kind and icon (None: the kind's own)."""

    text: str
    kind: str = "neutral"
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class FactView:
    """A pair of the facts; ``full`` is what the eye reveals, "" when nothing is masked."""

    name: str
    value: str
    figures: bool = False
    key: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class PaperView:
    """One required paper: whether something was handed in, its files; ``verdict``, ``found``: what its check said."""

    name: str
    note: str
    done: bool
    files: tuple[FileRef, ...]
    verdict: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything the pane shows of one dossier."""

    id: str
    code: str
    name: str
    procedure: str
    channel: str
    chips: tuple[ChipView, ...]
    actions: Actions
    banners: tuple[BannerView, ...]
    facts: tuple[FactView, ...]
    papers: tuple[PaperView, ...]
    notices: tuple[NoticeView, ...]
    cases: tuple[CaseView, ...]
    timeline: tuple[TimelineEntry, ...]
    next_steps: tuple[TimelineEntry, ...]
    nvtc: tuple[tuple[str, str], ...]
    nvtc_files: tuple[FileRef, ...]
    due_question: str
    reasons: tuple[tuple[str, str, str], ...]
    card: Card
    earlier: tuple[tuple[str, str, str], ...] = ()

    def reason(self, command: str, subject_id: str = "") -> str:
        """Return why a command cannot be done with this dossier now, or with what it is about; "" when it can."""
        found = {(name, about): words for name, about, words in self.reasons}
        return found.get((command, subject_id), found.get((command, ""), ""))


def dossier_view(
    card: Card, officer: Officer, why_not: WhyNot, now: datetime, earlier: tuple[ListRow, ...] = ()
) -> DossierView:
    """Return what the pane shows; ``earlier``: the applicant's other dossiers. Pure; any thread."""
    dossier = card.dossier
    sent = ways.on_its_way(card.pending, card.ways)
    if ways.awaits_gate(dossier, sent):
        why_not = _waiting_for_the_portal(why_not)
    return DossierView(
        id=dossier.id,
        code=code_words(dossier.receipt_code, dossier.code),
        name=dossier.applicant.name,
        procedure=dossier.procedure.name,
        channel=_channel(dossier, now),
        chips=_chips(card, sent, now),
        actions=expected.actions(dossier, officer, why_not, now),
        banners=banners(dossier, sent, officer, now, card.apology),
        facts=_facts(dossier, now),
        papers=_papers(dossier, now),
        notices=notices.notice_views(dossier, officer, now, sent),
        cases=cases.case_views(dossier, now, sent),
        timeline=timeline.timeline(dossier, officer, now),
        next_steps=timeline.next_steps(dossier, officer),
        nvtc=_nvtc(dossier),
        nvtc_files=dossier.suspension.files if dossier.suspension and _nvtc(dossier) else (),
        due_question=f"Vì sao hẹn {due_moment(dossier.due_at, now)}?" if dossier.due_at else "",
        reasons=_reasons(dossier, why_not, now),
        card=card,
        earlier=work.earlier(earlier),
    )


def _waiting_for_the_portal(why_not: WhyNot) -> WhyNot:
    """A reception that waits for the portal's word is not asked for twice."""
    waits = frozenset({"receive", "receive_unpaid", "refuse"})
    return lambda rule, subject_id: (Failed("awaiting-gate"),) if rule in waits else why_not(rule, subject_id)


def _reasons(dossier: Dossier, why_not: WhyNot, now: datetime) -> tuple[tuple[str, str, str], ...]:
    """Return command, what it is about, and why not: of every command, and of each payment taken at a desk."""
    asked = [(command.id, "") for command in commands.COMMANDS if command.about == "dossier"]
    taken = [payment.id for payment in dossier.payments if payment.recorded_by is not None]
    asked += [(name, about) for name in ("reverse_payment", "confirm_payment") for about in taken]
    return tuple((name, about, commands.reason(name, dossier, why_not, now, about)) for name, about in asked)


def _channel(dossier: Dossier, now: datetime) -> str:
    filed = FILING_WORDS[dossier.channel]
    if dossier.received_at and dossier.state is not State.SUBMITTED:
        return f"{filed} · nhận {_short(dossier.received_at, now)}"
    return f"{filed} · nộp {_short(dossier.submitted_at, now)}"


def _short(moment: datetime, now: datetime) -> str:
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else day


def _chips(card: Card, sent: Mapping[str, Way], now: datetime) -> tuple[ChipView, ...]:
    dossier = card.dossier
    found = [ChipView(state_words(dossier)), _fee_chip(dossier, ways.unsent_money(sent)), _clock_chip(card, now)]
    if second_officer.waiting(dossier):
        found.append(ChipView("Chờ người thứ hai xác nhận", "due"))
    if ways.awaits_gate(dossier, sent):
        found.append(ChipView("Chờ Cổng xác nhận đã nộp", "queued"))
    if any(c.state is CaseState.OPEN and c.decided_at is None for c in dossier.cases):
        found.append(ChipView("Cần xem lại", "conflict"))
    back = to_refund(dossier)
    if back:
        found.append(ChipView(f"Chờ hoàn {format_dong(back)}", "due"))
    return tuple(chip for chip in found if chip is not None)


def _fee_chip(dossier: Dossier, money: Way | None) -> ChipView | None:
    match dossier.fee_status:
        case FeeStatus.PAID if money:
            return ChipView(f"Đã đóng – {ways.SHORT[money]}", "paid_unsent")
        case FeeStatus.PAID:
            return ChipView("Đã đóng", "paid")
        case FeeStatus.DUE | FeeStatus.PAYING:
            return ChipView(f"Chờ đóng {format_dong(owing(dossier))}", "due")
        case FeeStatus.PARTIAL:
            return ChipView(f"Còn thiếu {format_dong(owing(dossier))}", "due")
        case FeeStatus.WAIVED:
            return ChipView("Miễn lệ phí")
        case FeeStatus.REFUNDED:
            return ChipView("Đã hoàn")
        case _:
            return None


def _clock_chip(card: Card, now: datetime) -> ChipView | None:
    dossier = card.dossier
    if card.due_at is not None and card.left_minutes is not None:
        late = card.due_at < now
        soon = not late and card.soon_at is not None and now >= card.soon_at
        words = "Quá hạn" if late and not card.left_minutes else clock_text(card.left_minutes, soon=soon, sentence=True)
        kind = "late" if late else "soon" if soon else "neutral"
        return ChipView(words, kind, "clock" if kind == "neutral" else None)
    pauses = [pause for pause in dossier.pauses if pause.ended_at is None]
    if pauses:
        return ChipView(f"Tạm dừng từ {_short(pauses[-1].started_at, now)}", "pause")
    if dossier.state is State.SUBMITTED:
        return ChipView("Tạm dừng", "pause")
    if dossier.completed_at and dossier.due_at:
        done, fixed = dossier.completed_at.date(), (card.judged_at or dossier.due_at).date()
        words = "đúng hạn" if done == fixed else "trước hạn" if done < fixed else "quá hạn"
        return ChipView(f"Đã xong {words}", "neutral", "check")
    return None


def _facts(dossier: Dossier, now: datetime) -> tuple[FactView, ...]:
    submitter, applicant = dossier.submitter, dossier.applicant
    owner = " (chính chủ)" if submitter.name == applicant.name else ""
    found = [FactView("Người nộp", submitter.name + owner)]
    if applicant.identity_no:
        shown = mask_number(applicant.identity_no)
        found.append(FactView("Số định danh", shown, True, "identity_no", applicant.identity_no))
    if applicant.birth_date is not None:
        born = applicant.birth_date
        found.append(FactView("Ngày sinh", mask_birth(born), True, "birth_date", f"{born:%d/%m/%Y}"))
    if submitter.phone:
        found.append(FactView("Điện thoại", mask_phone(submitter.phone), True, "phone", submitter.phone))
    if submitter.email:
        found.append(FactView("Thư điện tử", masked("email", submitter.email), False, "email", submitter.email))
    if dossier.summary and dossier.summary != dossier.procedure.name:
        found.append(FactView("Đề nghị cấp", dossier.summary))
    if dossier.assigned_to is not None:
        stands_in = f" (thay {dossier.stands_in_for})" if dossier.stands_in_for else ""
        found.append(FactView("Người giữ", dossier.assigned_to.name + stands_in))
    elif dossier.return_to is not None:
        found.append(FactView("Sẽ về lại", dossier.return_to.name))
    way = _RESULT.get(dossier.result_channel, dossier.result_channel)
    also = ", thêm bản điện tử trên Cổng" if dossier.result_also_online else ""
    found.append(FactView("Nhận kết quả", way + also))
    if dossier.result_channel == "post" and dossier.mail_to is not None:
        to = dossier.mail_to
        found.append(FactView("Gửi tới", f"{to.name}, {to.address}"))
        found.append(FactView("Điện thoại nhận", mask_phone(to.phone), True, "mail_phone", to.phone))
    found.append(FactView("Trạng thái", detail_words(int(dossier.state), dossier.sub_state or "")))
    if dossier.receipt_code:
        found.append(FactView("Mã khi nộp", dossier.code, True))
    found.extend(FactView(name, value, True) for name, value in work.facts(dossier, now))
    return tuple(found)


def _papers(dossier: Dossier, now: datetime) -> tuple[PaperView, ...]:
    found = [_paper(component, now) for component in dossier.components]
    if dossier.result_files:
        found.append(PaperView("Kết quả", f"{len(dossier.result_files)} tệp", True, dossier.result_files))
    return tuple(found)


def _paper(component: Component, now: datetime) -> PaperView:
    count, check = len(component.files), component.check
    note = f"{count} tệp" if count > 1 else "đủ" if count else on_paper(component) or "chưa có tệp"
    done = bool(count or on_paper(component))
    if check is None:
        return PaperView(component.name, note, done, component.files)
    words = "Đạt" if check.verdict is CheckVerdict.PASSED else "Không đạt"
    parts = (words, check.reason, "chưa mở xem tệp" if check.unopened else "", check.by, _short(check.at, now))
    said = " · ".join(part for part in parts if part)
    return PaperView(component.name, note, done, component.files, check.verdict.value, said)


def on_paper(component: Component) -> str:
    """Return what was handed in on paper: ``1 bản chính, 2 bản sao``, "" when nothing was."""
    counts = (
        (component.originals, "bản chính"), (component.certified, "bản chứng thực"), (component.copies, "bản sao"),
    )  # fmt: skip
    return ", ".join(f"{count} {kind}" for count, kind in counts if count)


def _nvtc(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Return name and value of the tax office's demand while the dossier is suspended."""
    if dossier.state is not State.AWAITING_OBLIGATION or dossier.suspension is None:
        return ()
    demand = dossier.suspension
    if not demand.nvtc_amount:
        return (("Số tiền", "chưa có thông báo của cơ quan thuế"),)
    found = [("Số tiền", format_dong(demand.nvtc_amount)), ("Thông báo thuế", f"số {demand.tax_notice_no}")]
    if demand.tax_notice_date:
        found.append(("Ngày", f"{demand.tax_notice_date:%d/%m/%Y}"))
    if demand.treasury_account:
        found.append(("Tài khoản kho bạc", demand.treasury_account))
    return tuple(found)
