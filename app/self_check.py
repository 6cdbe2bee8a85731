"""The installed program's check of itself, without windows: store with its cipher, fold, a printed form.

Stands apart because it proves what packaging can break (native libraries, resources) with nothing of the user's.
"""

from __future__ import annotations

import secrets
import tempfile
from datetime import datetime
from pathlib import Path

from app import catalogues
from app.clock import VN
from app.domain.commands import Receive
from app.domain.dossier import Dossier, ProcedureRef, Step
from app.domain.fold import Waiting, fold
from app.domain.people import Officer, Person
from app.domain.words import FilingChannel, Right, Role, State
from app.errors import BugError

_NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VN)


def run() -> dict[str, object]:
    """Return what was tried; raises when something does not work. Thread: any but the GUI's; touches no profile."""
    return {"store": _store(), "procedures": len(catalogues.procedures()), "fold": _fold(), "pdf_bytes": _pdf()}


def _store() -> str:
    from app.store import state
    from app.store.state import Name
    from app.store.writer import Store

    with tempfile.TemporaryDirectory(prefix="motcua-check-", ignore_cleanup_errors=True) as folder:
        store = Store(Path(folder), secrets.token_bytes(32))
        try:
            with store.write() as connection:
                state.put(connection, Name.CURSOR, "ok")
            with store.read() as connection:
                found = state.get(connection, Name.CURSOR)
        finally:
            store.close()
        plain = (Path(folder) / "store.db").read_bytes()[:16].startswith(b"SQLite format 3")
    if found != "ok" or plain:
        raise BugError("the store does not keep, or is not encrypted")
    return "encrypted"


def _fold() -> str:
    procedure = next(iter(catalogues.procedures().values()))
    step = Step("tiep-nhan", "Tiếp nhận", Role.RECEPTION, "H32.8")
    limit = procedure.limit
    person = Person("Trần Văn Bình")
    dossier = Dossier(
        id="1", code="H32.8-261120-0001", receipt_code=None, version=1,
        procedure=ProcedureRef(procedure.code, procedure.name, 1, False, limit.amount, limit.unit, (step,)),
        applicant=person, submitter=person, channel=FilingChannel.ONLINE, desk_unit_id="H32.8",
        state=State.SUBMITTED, sub_state=None, submitted_at=_NOW,
    )  # fmt: skip
    officer = Officer("1", "a", "A", "H32.8", frozenset({Role.RECEPTION}), frozenset({Right.NOTIFY_FEE}))
    folded = fold(dossier, (Waiting("k", officer, Receive(_NOW)),), catalogues.calendar())
    if folded.dossier.state is not State.RECEIVED or folded.dossier.due_at is None:
        raise BugError("the fold did not receive")
    return folded.dossier.due_at.isoformat()


def _pdf() -> int:
    from app.documents.fee_notice import FeeNoticeForm, FormLine, QrBlock, render
    from app.domain.amount_words import in_words
    from app.domain.vietqr import payload
    from app.domain.words import LineKind

    amount, purpose = 16_000, "H3282611200001N1"
    text = payload(bank_bin="970436", account="0561000123456", amount=amount, purpose=purpose)
    form = FeeNoticeForm(
        authority="UBND PHƯỜNG", desk="BỘ PHẬN MỘT CỬA", place="Khánh Hòa", issued_on=_NOW.date(),
        code="H32.8-261120-0001", addressee="Ông Trần Văn Bình", salutation="Ông", desk_and_unit="Bộ phận một cửa",
        filed_online=True, filed_at=_NOW, procedure_name="Cấp bản sao", procedure_code="2.000635",
        purpose="Để hồ sơ được tiếp nhận", lines=(FormLine("Phí cấp bản sao", LineKind.PHI, amount),), total=amount,
        total_words=in_words(amount), qr_blocks=(QrBlock("Phí", amount, "VCB", "0561000123456", purpose, text),),
        closing=("Kiểm tra.",), hotline="19001023", signer_title="Cán bộ thông báo", signer_name="A",
    )  # fmt: skip
    pdf = render(form)
    if not pdf.startswith(b"%PDF"):
        raise BugError("the form is not a PDF")
    return len(pdf)
