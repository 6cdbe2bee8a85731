"""One VietQR for each payee account of a notice, and which sums get none.

Stands apart because screen, paper and later the citizens' pages must show the same codes: lines that share an account
share a code, NVTC never gets one of ours, and where there is no account there is no code.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import vietqr
from app.domain.accounts import PayeeAccount
from app.domain.dossier import Notice, NoticeLine
from app.domain.words import LineKind
from app.errors import BadInput


@dataclass(frozen=True, slots=True)
class PayeeCode:
    """What one code pays: ``amount`` đồng to ``account`` for lines of ``kinds``, found again by ``purpose``."""

    kinds: tuple[LineKind, ...]
    amount: int
    account: PayeeAccount
    purpose: str
    payload: str


def payee_codes(dossier_code: str, notice: Notice) -> tuple[PayeeCode, ...]:
    """Return the codes of a notice in the order of its lines.

    ``dossier_code`` is *mã hồ sơ*, never the receipt code: it does not change. Raises BadInput ``qr-no-code`` while
    the dossier waits for its number (money sent then would find nobody), and as ``vietqr.payload``.
    """
    by_account: dict[tuple[str, str], list[tuple[NoticeLine, PayeeAccount]]] = {}
    for line in notice.lines:
        account = _account(line)
        if account is not None and line.amount > 0:
            by_account.setdefault((account.bank_bin, account.account), []).append((line, account))
    if by_account and not dossier_code:
        raise BadInput("qr-no-code")
    purpose = vietqr.purpose_of(dossier_code, notice.number) if by_account else ""
    return tuple(_code(group, purpose) for group in by_account.values())


def kinds_without_code(notice: Notice) -> tuple[LineKind, ...]:
    """Return the kinds that have no account, NVTC aside, each once."""
    found = (line.kind for line in notice.lines if line.kind is not LineKind.NVTC and line.account is None)
    return tuple(dict.fromkeys(found))


def _account(line: NoticeLine) -> PayeeAccount | None:
    return None if line.kind is LineKind.NVTC else line.account


def _code(group: list[tuple[NoticeLine, PayeeAccount]], purpose: str) -> PayeeCode:
    kinds = tuple(dict.fromkeys(line.kind for line, _ in group))
    amount = sum(line.amount for line, _ in group)
    account = group[0][1]
    text = vietqr.payload(bank_bin=account.bank_bin, account=account.account, amount=amount, purpose=purpose)
    return PayeeCode(kinds, amount, account, purpose, text)
