"""What must hold, in a stranger's words: what officers were told is saved, what citizens paid, and sums over both.

Stands apart from the rules, which only act, and from the checker, which judges a finished history: this is asked after
every step. It reads rows and JSON, and uses none of the program's settlement, fold or state charts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
TAKES = ("tick_paid", "collect", "resume")
ENDINGS = ("refused", "withdrawn")


@dataclass
class Promise:
    """One command that a desk has saved; ``amount``: đồng that it says were taken."""

    desk: str
    type: str
    dossier_id: str
    sha256: str
    body: Row
    state: str = ""
    ended: str = ""
    arrived: bool = False
    """The portal has said yes, if perhaps one that was restored since."""

    @property
    def payment_id(self) -> str:
        return str(self.body.get("payment_id", "")) if self.type in TAKES and self.amount else ""

    @property
    def amount(self) -> int:
        return int(self.body.get("amount", 0))


@dataclass
class Promises:
    """Everything promised in one run; each question yields what breaks it, one line each."""

    made: dict[str, Promise] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    """Key and desk of what an officer was told is saved."""
    allowed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Ends that an officer has asked for, by key."""
    online: dict[str, int] = field(default_factory=dict)
    buried: dict[str, str | None] = field(default_factory=dict)
    """What is out of sight at the portal, and what it was merged into."""
    _told_gone: set[str] = field(default_factory=set)
    """What some desk may take for buried: it is, or was until the portal was restored."""
    _backup: tuple[dict[str, int], dict[str, str | None]] = field(default_factory=lambda: ({}, {}))

    def backed_up(self) -> None:
        self._backup = dict(self.online), dict(self.buried)

    def restored(self) -> None:
        """What citizens paid since the backup is known to the partners alone; what was buried since is there again."""
        self.online, self.buried = map(dict, self._backup)

    def bury(self, gone: str, into: str | None) -> None:
        self.buried[gone] = into
        self._told_gone.add(gone)

    def heard(self) -> None:
        """By now every desk knows of the portal what there is to know."""
        self._told_gone = set(self.buried)

    # --- asked after every step

    def of_desk(self, desk: str, box: list[Row]) -> Iterator[str]:
        """What was saved is still there, as it was, and ended only as its officer wished."""
        for row in box:
            promise = self.made.get(row["key"])
            if promise is None:
                body = json.loads(row["body"])
                promise = Promise(desk, row["type"], row["dossier_id"], row["sha256"], body)
                self.made[row["key"]] = promise
            elif row["sha256"] != promise.sha256:
                yield f"I3 {row['key']} ({promise.type}) was changed after it was saved"
            promise.state, promise.ended = row["state"], row["resolved_why"] or ""
            promise.arrived |= promise.state == "acked"
            if promise.state == "resolved" and promise.ended not in self.allowed[row["key"]]:
                yield f"I6 {row['key']} ({promise.type}) ended as {promise.ended!r}, which nobody asked for"
        there = {row["key"] for row in box}
        mine = {key for key, promise in self.made.items() if promise.desk == desk}
        mine |= {key for key, where in self.told.items() if where == desk}
        yield from (f"I3 {key} was said to be saved at {desk} and is gone" for key in sorted(mine - there))

    def cash_of(self, desk: str) -> dict[str, list[Promise]]:
        """Return by dossier the money that this desk's officer has taken and not given up."""
        found: dict[str, list[Promise]] = defaultdict(list)
        for promise in self.made.values():
            if promise.desk == desk and promise.payment_id and promise.ended not in ("drop", "undone"):
                found[promise.dossier_id].append(promise)
        return found

    def cash_in_sight(self, desk: str) -> list[str]:
        """Return the dossiers whose money this desk must show: a buried one as long as some never arrived."""
        cash = self.cash_of(desk)
        return [i for i, taken in cash.items() if i not in self._told_gone or not all(p.arrived for p in taken)]

    def on_screen(self, desk: str, dossier_id: str, shown: list[str], pending: Counter[str]) -> Iterator[str]:
        """Money that was taken at a desk stands in its dossier there, once, or is said to be on its way."""
        if len(shown) != len(set(shown)):
            yield f"I1 {desk} shows a payment of {dossier_id} twice"
        missing = Counter(p.type for p in self.cash_of(desk)[dossier_id] if p.payment_id not in shown)
        yield from (f"I7 {desk} took money ({kind}), its screen does not know of it" for kind in missing - pending)

    def at_portal(self, bodies: Iterable[Row]) -> Iterator[str]:
        """No đồng of the portal came from nowhere, none is counted twice."""
        meant = {p.payment_id: p.amount for p in self.made.values() if p.payment_id} | self.online
        for body in bodies:
            ids = Counter(p["id"] for p in body["payments"])
            yield from (f"I1 {identity} stands {n} times in {body['id']}" for identity, n in ids.items() if n > 1)
            for p in body["payments"]:
                if meant.get(p["id"]) != p["amount"]:
                    yield f"I2 {p['amount']} đồng ({p['id']}) at the portal, meant were {meant.get(p['id'])}"
                if not 0 <= p["settled"] <= p["amount"] - p["refunded"] or (p["reversed"] and p["settled"]):
                    yield f"I8 {p['settled']} of {p['amount']} đồng settle {p['id']}"

    # --- asked at rest

    def at_rest(self, bodies: list[Row]) -> Iterator[str]:
        """Paid − refunded − reversed = settled + surplus, and every đồng of it was promised by somebody."""
        acked = [p for p in self.made.values() if p.state == "acked"]
        there = {p["id"]: p["amount"] for body in bodies for p in body["payments"]}
        due = {p.payment_id: p.amount for p in acked if p.payment_id} | self.online
        for identity in sorted(set(due) ^ set(there)):
            yield f"I7 {identity}: {due.get(identity)} đồng were taken, {there.get(identity)} are at the portal"
        merged: dict[str, list[Row]] = defaultdict(list)
        for body in bodies:
            merged[self._heir(body["id"])].append(body)
        for heir, parts in merged.items():
            mine = [p for p in acked if self._heir(p.dossier_id) == heir]
            yield from _conserved(heir, parts, mine, due)

    def _heir(self, dossier_id: str) -> str:
        """Return the dossier that this one is part of by now."""
        into = self.buried.get(dossier_id)
        return self._heir(into) if into else dossier_id


def _conserved(heir: str, parts: list[Row], acked: list[Promise], due: dict[str, int]) -> Iterator[str]:
    payments = {p["id"]: p for body in parts for p in body["payments"]}
    paid = sum(due[identity] for identity in payments if identity in due)
    refunded = sum(p.amount for p in acked if p.type == "pay_refund")
    reversals = [p.body["payment_id"] for p in acked if p.type == "reverse_payment"]
    back = sum(due.get(identity, 0) for identity in set(reversals))
    if len(reversals) != len(set(reversals)):
        yield f"I1 a payment of {heir} was reversed twice"
    wanting = sum(p["amount"] for p in payments.values() if _unconfirmed(p))
    settled = sum(p["settled"] for p in payments.values())
    refunds = [c for body in parts for c in body["cases"] if c["kind"] == "refund"]
    surplus = sum(c["amount"] for c in refunds if c["state"] in ("open", "approved"))
    if not any(map(_has_ended, parts)) and paid - refunded - back - wanting != settled + surplus:
        yield (
            f"I8 {heir}: {paid} paid − {refunded} refunded − {back} reversed − {wanting} unconfirmed "
            f"≠ {settled} settled + {surplus} surplus"
        )


def _has_ended(body: Row) -> bool:
    """Say whether all of its money goes back, settled or not."""
    for_good = bool(body["stop"] and body["stop"]["ends"])
    return for_good or any(item["kind"] in ENDINGS for item in body["history"])


def _unconfirmed(payment: Row) -> bool:
    return not payment["reversed"] and payment["needs_second"] and payment["confirmed_by"] is None
