"""Papers for the citizen: which command prints which, and what the viewer calls it.

Stands apart from ``ui.deeds`` so that a new paper is one line here and one in ``ui.commands``. The services that draw
are imported when something is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Dossier
from app.domain.forms import Form
from app.services.desk import Desk
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.forms import Paper
    from ui.dossier.pdf_viewer import PdfViewer

STEP, NOTICE = "print", "print_notice"
FORMS: dict[str, Form] = {
    "form_reception": Form.RECEPTION,
    "form_supplement": Form.SUPPLEMENT,
    "form_refusal": Form.REFUSAL,
    "form_apology": Form.APOLOGY,
    "form_stop": Form.STOP,
    "form_control": Form.CONTROL,
}
COMMANDS = frozenset({STEP, NOTICE, *FORMS})
_TITLES: dict[str, str] = {
    Form.RECEPTION: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    Form.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    Form.REFUSAL: "Phiếu từ chối giải quyết hồ sơ",
    Form.APOLOGY: "Văn bản xin lỗi và hẹn lại ngày trả kết quả",
    Form.STOP: "Thông báo dừng giải quyết hồ sơ",
    Form.CONTROL: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
}
_NOTICE_TITLE = "Giấy báo nộp phí, lệ phí"


def make(desk: Desk, command: str, dossier: Dossier, notice_id: str) -> Paper:
    """Draw the paper of a command. Thread: any but the GUI's; raises BadInput when nothing fits the step."""
    from app.services import forms, printing

    if command == STEP:
        return printing.slip_pdf(desk, dossier.id)
    if command == NOTICE:
        return printing.notice_paper(desk, dossier.id, notice_id)
    return forms.form_paper(desk, dossier.id, FORMS[command])


def viewer(window: QWidget, desk: Desk, tasks: Tasks, paper: Paper) -> PdfViewer:
    """Return what shows the paper before it is paper; once printed or saved it is counted, the next is a reprint."""
    from app.services import forms
    from ui.dossier.pdf_viewer import PdfViewer

    title = _TITLES.get(paper.key, _NOTICE_TITLE)
    shown = PdfViewer(window, tasks, paper.pdf, paper.name, title=title)
    if paper.reprint:
        shown.tell("info", shown.tr("Phiếu này đã in {0} lần; bản này ghi “bản in lại”.").format(paper.reprint))

    def count() -> None:
        tasks.command(lambda: forms.note_printed(desk, paper))

    shown.done_printing.connect(count)
    shown.saved.connect(lambda _path: count())
    return shown
