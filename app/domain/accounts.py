"""Payee accounts: where phí, lệ phí and other sums of a unit go.

Stands apart because a notice line, the VietQR and the catalogue of provinces all name them, and because accounts
change: each row is in force from a day on. NVTC has none of ours: it goes to the treasury account of the tax office's
notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.words import LineKind


@dataclass(frozen=True, slots=True)
class PayeeAccount:
    """One bank account that takes one kind of money; ``bank_bin`` is the six-digit NAPAS number."""

    kind: LineKind
    bank_bin: str
    bank: str
    account: str
    holder: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of a unit, in force from ``valid_from`` until a later row of the same unit and kind."""

    unit_id: str
    payee: PayeeAccount
    valid_from: date


def account_for(rows: Iterable[AccountRow], unit_ids: Iterable[str], kind: LineKind, on: date) -> PayeeAccount | None:
    """Return the account that takes ``kind`` on the day ``on``, or None: no account, no QR.

    ``unit_ids`` runs from the unit upwards; the first that has an account in force wins. NVTC is always None.
    """
    if kind is LineKind.NVTC:
        return None
    in_force = [row for row in rows if row.payee.kind is kind and row.valid_from <= on]
    for unit_id in unit_ids:
        own = [row for row in in_force if row.unit_id == unit_id]
        if own:
            return max(own, key=lambda row: row.valid_from).payee
    return None
