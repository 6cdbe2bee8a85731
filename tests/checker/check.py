"""Judges raw histories by the invariants I1-I18; shares no code with the program, reads JSON lines, uses only Python.

    python tests/checker/check.py HISTORY.jsonl …      (or - for standard input)

A history: requests and answers as they passed, what each desk's tables held after every step, at the end the dumped
tables of all. ``begin`` begins a schedule. Ends with the count of violations (any: exit code 1) and the rows' SHA-256.
Not judged: stale sight beyond the order of versions (I15), countersignatures (I16), attachments (I17), logs (I18).
"""

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]
RESTS, WAITS = {"acked", "resolved"}, {"needs_decision", "parked"}
STATES = {"queued", "sending"} | RESTS | WAITS
RECEIVING, ENDED, LONGEST_REST_S = ("receive", "register"), (3, 7, 8, 10), 600


def epochs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows between one restored backup and the next."""
    found: list[Row] = []
    for row in rows:
        if row["e"] == "restored":
            yield found
            found = []
        found.append(row)
    yield found


def results(rows: Iterable[Row]) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield desk, key, status, dossier and version of every answer about a command."""
    for row in rows:
        if row["e"] == "served":
            yield from ((row["desk"], *result) for result in row.get("results", ()))


def _held(payment: Row) -> int:
    void = payment["reversed"] or (payment["needs_second"] and payment["confirmed_by"] is None)
    return 0 if void else payment["amount"] - payment["refunded"]


class Schedule:
    """The rows of one schedule by kind, and the invariants: each yields what breaks it."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.seed: str = rows[0]["seed"]
        self.portal: dict[str, list[Row]] = {r["table"]: r["rows"] for r in self.of("portal")}
        self.desk: dict[tuple[str, str], list[Row]] = {(r["desk"], r["table"]): r["rows"] for r in self.of("desk")}
        self.ends: dict[str, Row] = {r["desk"]: r for r in self.of("desk end")}
        self.intents: dict[str, Row] = {r["key"]: r for r in self.of("intent")}
        self.commands: dict[str, Row] = {r["key"]: r for r in self.portal.get("commands", [])}
        self.bodies = {r["id"]: json.loads(r["body"]) for r in self.portal.get("dossiers", [])}
        self.over = {i for i, b in self.bodies.items() if b["state"] in ENDED and any(self.of("long wait"))}
        self.merged = {i: "merged" for r in self.of("buried") if r["into"] for i in (r["id"], r["into"])}

    def of(self, event: str) -> Iterator[Row]:
        return (row for row in self.rows if row["e"] == event)

    def outbox(self) -> Iterator[tuple[str, Row]]:
        return ((desk, row) for desk in self.ends for row in self.desk[desk, "outbox"])

    def i0_no_crash(self) -> Iterator[str]:
        yield from (f"{row['desk']} crashed during {row['during']}: {row['with_']}" for row in self.of("crashed"))

    def i1_at_most_once(self) -> Iterator[str]:
        for done in (Counter(r[1] for r in results(part) if r[2] == "done") for part in epochs(self.rows)):
            yield from (f"{key} took effect {count} times" for key, count in done.items() if count > 1)
        listed = Counter(p["id"] for body in self.bodies.values() for p in body["payments"])
        table = Counter(p["id"] for p in self.portal["payments"])
        if listed != table or any(count > 1 for count in listed.values()):
            yield f"payments in dossiers and ledger differ: {sorted((listed - table) | (table - listed))}"
        told = Counter(c["payment_id"] for c in self.commands.values() if c["type"] in ("tick_paid", "collect"))
        yield from (f"money of {key} is {listed[key]} facts, {n} commands" for key, n in told.items() if key and n != 1)
        done = [(key, c) for key, c in self.commands.items() if c["status"] == "done" and c["type"] in RECEIVING]
        receiving = [i for i, _ in {(c["dossier_id"], c["type"] == "register" or key) for key, c in done}]
        received = [i for i, body in self.bodies.items() for h in body["history"] if h["kind"] == "received"]
        meant, seen = (Counter(self.merged.get(i, i) for i in ids) for ids in (receiving, received))
        yield from (f"{i}: received {seen[i]} times, by {meant[i]}" for i in seen | meant if seen[i] != meant[i])

    def i2_no_foreign_effect(self) -> Iterator[str]:
        same = ("sha256", "actor_id", "type", "dossier_id")
        for key, command in self.commands.items():
            intent = self.intents.get(key)
            if intent is None or any(intent[name] != command[name] for name in same):
                yield f"{key} is in the ledger, but nobody meant it so"
        frozen: dict[str, str] = {}
        for row in self.of("asked"):
            for key, _, _, told, real in row.get("commands", ()):
                if told != real or frozen.setdefault(key, told) != told:
                    yield f"{key} left with other bytes"
        meant = {json.loads(row["body"]).get("payment_id") for _, row in self.outbox() if row["money"]}
        meant |= {row["payment_id"] for row in self.of("gateway")}
        facts = {p["id"] for body in self.bodies.values() for p in body["payments"]}
        yield from (f"payment {key} came from nowhere" for key in facts - meant)

    def i3_durable(self) -> Iterator[str]:
        kept = {row["key"]: row for _, row in self.outbox()}
        lost = (key for key, told in self.intents.items() if kept.get(key, {}).get("sha256") != told["sha256"])
        yield from (f"{key} was saved and is gone or changed" for key in lost)

    def i4_comes_to_rest(self) -> Iterator[str]:
        calm, rest = (next((row["at"] for row in self.of(event)), None) for event in ("calm", "rest"))
        if calm is None or rest is None or rest - calm > LONGEST_REST_S:
            yield f"no rest within {LONGEST_REST_S} s after the last fault"
        blocked: set[tuple[str, str]] = set()
        for desk, row in sorted(self.outbox(), key=lambda item: item[1]["place"] or item[1]["seq"]):
            seen = row["state"] in WAITS and row["key"] in self.ends[desk]["shown"]
            if seen:
                blocked.add((desk, row["dossier_id"]))  # what follows in its lane waits with it
            elif row["state"] not in RESTS and (desk, row["dossier_id"]) not in blocked:
                yield f"{row['key']} ({row['type']}) still {row['state']}: {row['last_problem'][:80]}"
        yield from (f"{desk} is {end['link']} at rest" for desk, end in self.ends.items() if end["link"] != "online")

    def i5_acknowledged_is_there(self) -> Iterator[str]:
        for _, row in self.outbox():
            if row["state"] == "acked" and self.commands.get(row["key"], {"status": "missing"})["status"] != "done":
                yield f"{row['key']} ({row['type']}) was acknowledged and is not in the ledger"

    def i6_conservation(self) -> Iterator[str]:
        meant: dict[str, list[str]] = defaultdict(list)
        for row in self.rows:
            if row["e"] == "intent":
                meant[row["desk"]].append(row["key"])
            elif row["e"] == "saw":
                box = [key for key, *_ in row["box"]]
                if box != meant[row["desk"]] or any(state not in STATES for _, state, *_ in row["box"]):
                    yield f"{row['desk']} has {len(box)} commands of {len(meant[row['desk']])} after {row['what']}"
                    return

    def i6_resolved_by_somebody(self) -> Iterator[str]:
        keys = set(self.intents)
        for _, row in self.outbox():
            why, after, money = row["resolved_why"], row["replaced_by"], row["money"]
            legal = why == "drop" or (why == "undone" and not money) or (why == "again" and after in keys)
            if row["state"] == "resolved" and not (legal and row["resolved_by"] == row["actor_id"]):
                yield f"{row['key']} ({row['type']}) was resolved by nobody: {why}"

    def i7_money(self) -> Iterator[str]:
        for desk in self.ends:
            rows = {row["key"]: row for row in self.desk[desk, "outbox"]}
            entries = [row for row in self.desk[desk, "journal"] if row["kind"] != "dropped"]
            dropped = [row for row in self.desk[desk, "journal"] if row["kind"] == "dropped"]
            back = {(row["payment_id"], row["amount"]) for row in dropped}
            journal = {row["key"] for row in entries}
            again = {row["replaced_by"] for row in rows.values() if row["replaced_by"]}
            meant = {key for key, row in rows.items() if row["money"] and key not in again}
            yield from (f"{key} is money without a journal row" for key in meant ^ journal)
            for entry in entries:
                last = rows[entry["key"]]
                while last["replaced_by"]:
                    last = rows[last["replaced_by"]]
                there = self.commands.get(last["key"])
                took = there is not None and there["status"] == "done"
                if last["state"] == "acked" and (not took or there["amount"] != entry["amount"]):
                    yield f"{entry['key']}: {entry['amount']} đồng in the journal, not so at the portal"
                if last["state"] != "acked" and took:
                    yield f"{entry['key']}: at the portal, and {last['state']} here"
                if last["resolved_why"] == "drop" and (entry["payment_id"], -entry["amount"]) not in back:
                    yield f"{entry['key']} was dropped and not taken back in the journal"
        sums = [row.get("amount") for table in (*self.portal.values(), *self.desk.values()) for row in table]
        yield from (f"{amount!r} is no whole đồng" for amount in sums if type(amount) not in (int, type(None)))

    def i7_paid_online(self) -> Iterator[str]:
        facts = {p["id"]: p["amount"] for p in self.portal["payments"]}
        told = (r for r in list(epochs(self.rows))[-1] if r["e"] == "gateway" and r["came"] == "taken")
        yield from (f"{r['payment_id']}: paid, not recorded" for r in told if facts.get(r["payment_id"]) != r["amount"])

    def i8_every_dong_has_its_place(self) -> Iterator[str]:
        for identity, body in self.bodies.items():
            held = {p["id"]: _held(p) for p in body["payments"]}
            ended = {h["kind"] for h in body["history"]} & {"refused", "withdrawn"} or (body["stop"] or {}).get("ends")
            for notice in body["notices"]:
                own = [p for p in body["payments"] if (p["used_for"] or p["notice_id"]) == notice["id"]]
                settled, kept = sum(p["settled"] for p in own), sum(held[p["id"]] for p in own)
                waived = sum(w["amount"] for w in body["waivers"] if w["notice_id"] == notice["id"])
                total = sum(line["amount"] for line in notice["lines"])
                due = 0 if notice["state"] in ("cancelled", "superseded") else total - waived
                if settled != min(due, kept):
                    yield f"{identity}: {settled} settled of {due} due with {kept} in hand"
            for payment in body["payments"] if not ended else ():
                cases = [c for c in body["cases"] if c["payment_id"] == payment["id"] and c["kind"] == "refund"]
                waiting = sum(c["amount"] for c in cases if c["state"] in ("open", "approved"))
                if waiting != held[payment["id"]] - payment["settled"]:
                    yield f"{identity}: surplus of {payment['id']} in cases of {waiting}"

    def i9_mirror_is_the_portals_truth(self) -> Iterator[str]:
        truth = {r["id"]: (r["version"], self.bodies[r["id"]]) for r in self.portal["dossiers"]}
        for desk, end in self.ends.items():
            scope = {row["dossier_id"] for row in self.portal["dossier_scope"] if row["unit_id"] == end["unit"]}
            mirror = {row["id"]: (row["version"], json.loads(row["body"])) for row in self.desk[desk, "mirror"]}
            yield from (f"{desk} lacks {key}" for key in scope - set(mirror) - self.over)
            held = {r["dossier_id"] for r in self.desk[desk, "outbox"] if r["state"] in WAITS}  # kept with its work
            here = {*mirror, *(row["id"] for row in self.desk[desk, "view"])}
            yield from (f"{desk} still has {key}" for key in here - scope - held)
            yield from (f"{desk} has another {key}" for key in scope & set(mirror) if mirror[key] != truth[key])

    def i10_view_is_derived(self) -> Iterator[str]:
        for desk in self.ends:
            wrong = (n for n in ("view", "belonging") if self.desk[desk, n] != self.desk[desk, f"{n} again"])
            yield from (f"{desk}: stored {name} is not what mirror and outbox make of it" for name in wrong)

    def i11_versions_never_fall(self) -> Iterator[str]:
        seen: dict[tuple[str, str, str], int] = {}
        for row in self.of("saw"):
            for identity, version in row["mirror"]:
                place = (row["desk"], row["epoch"], identity)
                if version < seen.get(place, 0):
                    yield f"{row['desk']}: {identity} fell from {seen[place]} to {version}"
                seen[place] = version

    def i12_cursor_skips_nothing(self) -> Iterator[str]:
        for row in self.of("saw"):
            held = dict(row["mirror"])
            missed = {key for key, version in row["upto"] if held.get(key, 0) < version} - self.over
            yield from (f"{row['desk']}: cursor {row['cursor']} without {key}" for key in missed)

    def i13_order_of_a_desk(self) -> Iterator[str]:
        for part in epochs(self.rows):
            last: dict[tuple[str, str], int] = {}
            for _, key, status, dossier, _ in results(part):
                if status == "done" and key in self.intents and part[0]["e"] != "restored":
                    desk, place = self.intents[key]["desk"], self.intents[key]["place"]
                    if place < last.get((desk, dossier), 0):
                        yield f"{key} took effect after its follower"
                    last[desk, dossier] = place

    def i14_own_name(self) -> Iterator[str]:
        given = {(row["officer"], row["to"]): row["at"] for row in [*self.of("handed over")][::-1]}
        for row in self.of("asked"):
            for key, actor, *_ in row.get("commands", ()):
                sender, meant = self.ends[row["desk"]]["officer"], self.intents.get(key, {}).get("actor_id", actor)
                if actor != meant or (actor != sender and row["at"] < given.get((actor, sender), row["at"] + 1)):
                    yield f"{key} left {row['desk']} in another's name"

    def i15_no_lost_update(self) -> Iterator[str]:
        for part in epochs(self.rows):
            last: dict[str, int] = {}
            for _, key, status, dossier, version in results(part):
                if status == "done" and dossier not in self.merged:
                    if version < last.get(dossier, 0):
                        yield f"{key} made version {version} of {dossier} after {last[dossier]}"
                    last[dossier] = version

    def i16_journal_chain(self) -> Iterator[str]:
        fields = ("key", "kind", "dossier_id", "notice_id", "payment_id", "amount", "channel", "made_ms", "actor_id")
        for desk in self.ends:
            previous = "0" * 64
            for place, row in enumerate(self.desk[desk, "journal"], 1):
                text = "\x1f".join((previous, *(str(row[name]) for name in fields)))
                is_own = row["hash"] == hashlib.sha256(text.encode()).hexdigest()
                if row["seq"] != place or row["prev_hash"] != previous or not is_own:
                    yield f"{desk}: the journal breaks at {row['seq']}"
                    break
                previous = row["hash"]

    def i18_nothing_in_the_clear(self) -> Iterator[str]:
        yield from (f"{desk}: a name stands in {end['leaks']}" for desk, end in self.ends.items() if end["leaks"])


def violations(rows: list[Row]) -> list[str]:
    """Return one line for each violation of one schedule, at most three of a kind."""
    schedule, found = Schedule(rows), []
    for name in (name for name in vars(Schedule) if name[0] == "i" and name[1].isdigit()):
        number, _, words = name.partition("_")
        broken = list(getattr(schedule, name)())[:3]
        found += [f"VIOLATION seed={schedule.seed} {number.upper()} {words}: {what}" for what in broken]
    return found


def main(paths: list[str]) -> int:
    digest, rows, schedules, bad = hashlib.sha256(), [], 0, 0

    def judge() -> int:
        found = violations(rows) if rows else []
        print(*found, sep="\n", end="\n" if found else "")
        return len(found)

    for path in paths:
        with sys.stdin if path == "-" else open(path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                digest.update(line.encode())
                if row["e"] == "begin":
                    bad, rows, schedules = bad + judge(), [], schedules + 1
                rows.append(row)
    bad += judge()
    print(f"{schedules} schedules, {bad} violations, history {digest.hexdigest()}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["-"]))
