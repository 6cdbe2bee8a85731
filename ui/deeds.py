"""What each command does: the act at once, or the dialog that asks first.

Stands apart from the pages so that buttons, keys and the palette end in the same place. Dialogs are imported when they
are opened: the first painted window needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.people import FileRef
from app.errors import KnownError
from app.services import fee_notices, handling, privacy, reception
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import dialogs, papers
from ui.dossier.deed_dialog import DeedDialog
from ui.present import veil
from ui.present.wording import code_words
from ui.tasks import Tasks
from ui.widgets.dialog_frame import DialogFrame

if TYPE_CHECKING:
    from app.services.forms import Paper


@dataclass(frozen=True, slots=True)
class Done:
    """A deed that was saved: its last act, the keys to take back, newest first, and ``kept``: money was taken too."""

    acted: Acted
    keys: tuple[str, ...]
    kept: bool = False


class Deeds(QObject):
    """Opens dialogs over ``window`` and queues acts.

    Signals: ``done(object)`` a ``Done``; ``refused(object)`` a ``KnownError`` of an act that asked nothing first;
    ``sent_at_once()`` printing ended every undo time.
    """

    done = Signal(object)
    refused = Signal(object)
    sent_at_once = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._dialog: DialogFrame | None = None
        self._busy = False

    def do(self, command: str, card: Card, subject_id: str = "") -> bool:
        """Begin a command about a dossier; False when another one is being asked or queued."""
        if self._busy or self._dialog is not None:
            return False
        acts: dict[str, Callable[[Dossier], tuple[Acted, ...]]] = {
            "receive": lambda dossier: (reception.receive(self._desk, dossier.id),),
            "ask_receive": lambda dossier: (reception.receive(self._desk, dossier.id),),
            "accept_supplement": lambda dossier: (reception.accept_supplement(self._desk, dossier.id),),
            "accept_notify": lambda dossier: fee_notices.accept_and_notify(self._desk, dossier.id),
            "ask_citizen": lambda dossier: (handling.ask_citizen(self._desk, dossier.id),),
            "take": lambda dossier: (handling.take(self._desk, dossier.id),),
            "approve": lambda dossier: (handling.decide(self._desk, dossier.id, approved=True),),
        }
        if command == "accept_notify" and not card.dossier.suspension:
            return False
        if command in acts:
            self._act(acts[command], card)
            return True
        if command in papers.COMMANDS:
            return self._print(command, card, subject_id)
        dialog = dialogs.make(command, self._window, self._desk, self._tasks, card, subject_id)
        if dialog is not None:
            self.open(dialog, card)
        return dialog is not None

    def open(self, dialog: DialogFrame, card: Card | None = None) -> None:
        """Open a dialog; what it did, and what it asks for instead, ends here."""
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        if isinstance(dialog, DeedDialog):
            dialog.acted.connect(lambda deed: self._saved(deed if isinstance(deed, tuple) else (deed,)))
            dialog.acted.connect(lambda deed: self._print_after(deed, card))
            dialog.view_asked.connect(self.view_file)
        asked = getattr(dialog, "deed_asked", None)
        if asked is not None and card is not None:
            asked.connect(lambda command, subject_id: self.do(command, card, subject_id))
        dialog.open()

    def tell(self, acted: tuple[Acted, ...]) -> None:
        """Take note of what a page did in one press, as of a dialog's."""
        self._saved(acted)

    def dialog(self) -> DialogFrame | None:
        """Return the dialog that is open, if any."""
        return self._dialog

    def view_file(self, file: FileRef, dossier_id: str = "") -> None:
        """Look at a paper; of a dossier, it is written down that its page was seen."""
        from ui.dossier.paper_viewer import PaperViewer

        desk, tasks = self._desk, self._tasks
        viewer = PaperViewer(self._dialog or self._window, self._desk, self._tasks, file)
        if dossier_id:
            viewer.seen.connect(lambda: tasks.command(lambda: privacy.opened(desk, dossier_id, file.sha256)))
        viewer.open()

    def _closed(self, _result: int) -> None:
        self._dialog = None

    def _act(self, operation: Callable[[Dossier], tuple[Acted, ...]], card: Card) -> None:
        self._busy = True

        def saved(acted: tuple[Acted, ...]) -> None:
            self._busy = False
            self._saved(acted)

        self._tasks.command(lambda: operation(card.dossier), saved, self._failed, owner=self)

    def _print(self, command: str, card: Card, subject_id: str) -> bool:
        """Make a paper and show it; whoever holds it may act on it, so queued work leaves at once."""
        notice_id = dialogs.meant_notice(card.dossier, subject_id)
        if command == papers.NOTICE and not notice_id:
            return False
        self._busy = True
        desk, dossier = self._desk, card.dossier

        def made(paper: Paper) -> None:
            self._busy = False
            self.sent_at_once.emit()
            self.open(papers.viewer(self._window, desk, self._tasks, paper))

        self._tasks.command(lambda: papers.make(desk, command, dossier, notice_id), made, self._failed, owner=self)
        return True

    def _print_after(self, deed: object, card: Card | None) -> None:
        """What was printed before it was corrected is printed again, once the dialog is gone."""
        if card is not None and isinstance(deed, Acted) and deed.type == "correct_reception":
            QTimer.singleShot(0, self, lambda: self._print("form_reception", card, ""))

    def _failed(self, error: KnownError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _saved(self, acted: tuple[Acted, ...]) -> None:
        back = tuple(item.key for item in reversed(acted) if item.undo_until is not None)
        self.done.emit(Done(acted[-1], back, kept=acted[0].type == "collect" and len(acted) > 1))


_KEPT = "Lưu trên máy này, gửi ngay khi có mạng."
_SAID: dict[str, str] = {
    "receive": "Đã lưu tiếp nhận",
    "register": "Đã tiếp nhận tại quầy",
    "lodge": "Đã ghi hồ sơ nộp tại quầy",
    "correct_reception": "Đã sửa thông tin tiếp nhận",
    "refuse": "Đã lưu từ chối",
    "forward": "Đã lưu chuyển xử lý",
    "suspend": "Đã lưu dừng tính NVTC",
    "accept_supplement": "Đã lưu tiếp nhận bổ sung",
    "check_components": "Đã lưu kết quả kiểm tra giấy tờ",
    "request_supplement": "Đã lưu yêu cầu bổ sung",
    "ask_citizen": "Đã lưu báo công dân bổ sung",
    "bring_supplement": "Đã nhận giấy tờ bổ sung",
    "assign": "Đã lưu phân công",
    "give_back": "Đã lưu trả lại bước trước",
    "recall": "Đã lưu rút lại",
    "submit_to_head": "Đã lưu trình lãnh đạo",
    "decide_approval": "Đã lưu ý kiến duyệt",
    "stop_handling": "Đã lưu dừng giải quyết",
    "withdraw": "Đã ghi công dân rút hồ sơ",
    "propose_extension": "Đã lưu đề nghị gia hạn",
    "decline_extension": "Đã lưu không duyệt gia hạn",
    "extend": "Đã lưu ký gia hạn",
    "complete": "Đã lưu hoàn thành",
    "return": "Đã lưu trả kết quả",
    "notify": "Đã lưu thông báo",
    "cancel_notice": "Đã lưu hủy thông báo",
    "remind": "Đã lưu lời nhắc",
    "reach": "Đã ghi báo tận tay",
    "correct_contact": "Đã lưu sửa liên hệ",
    "add_tax_notice": "Đã lưu thông báo thuế",
    "send_back": "Đã lưu trả lại thụ lý",
    "cancel_suspension": "Đã lưu hủy dừng tính",
    "resume": "Đã ghi tiếp tục xử lý",
    "tick_paid": "Đã ghi khoản đóng",
    "collect": "Đã ghi khoản thu",
    "waive": "Đã ghi miễn",
    "reverse_payment": "Đã hủy ghi nhận",
    "confirm_payment": "Đã xác nhận khoản thu",
    "approve_refund": "Đã lưu duyệt hoàn tiền",
    "pay_refund": "Đã ghi hoàn tiền",
    "close_case": "Đã lưu khép việc",
}


def said(done: Done, dossier: Dossier) -> tuple[str, str]:
    """Return title and detail of the undo bar for a deed, from the dossier as it is after it."""
    name, deed = veil.name(dossier.applicant.name), done.acted.type
    if done.acted.note:
        return f"Đã xếp hàng tiếp nhận – {name}", "Chờ Cổng xác nhận đã nộp; chưa in giấy tiếp nhận."
    if done.kept and dossier.payments:
        amount = format_dong(dossier.payments[-1].amount)
        return f"Đã thu {amount} và lưu tiếp nhận – {name}", "Hoàn tác chỉ rút tiếp nhận; khoản thu giữ nguyên."
    if deed == "notify" and dossier.notices:
        amount = format_dong(dossier.notices[-1].total)
        return f"Đã lưu thông báo {amount} – {name}", "Gửi qua Cổng, thư điện tử, tin nhắn."
    if deed in ("tick_paid", "collect") and dossier.payments:
        amount = format_dong(dossier.payments[-1].amount)
        verb = "Đã ghi đóng" if deed == "tick_paid" else "Đã thu"
        second = done.acted.warning == "second-officer-needed"
        kept = "Chờ người thứ hai xác nhận; chưa tính là đã đóng." if second else _KEPT
        return f"{verb} {amount} – {name}", kept
    return f"{_SAID.get(deed, 'Đã lưu')} – {name}", veil.code(code_words(dossier.receipt_code, dossier.code))
