"""What citizens do at the portal: file, look, read, pay. The rules, without HTTP.

Stands apart because the simulator on the command line, tests and later the citizen's pages all come through here, and
each act is one transaction like an officer's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from app import catalogues
from app.clock import from_ms, to_ms
from app.domain import effects, payments, work_effects
from app.domain.dossier import Component, Dossier, Outcome
from app.domain.notices import find, rest_of, with_notice
from app.domain.transition_table import RULES
from app.domain.words import DeliveryChannel, State, SubState
from app.ids import IdSource
from app.sandbox import tables
from app.sandbox.additions import complete_effect, filing_code
from app.sandbox.filing import Application, filed
from app.sandbox.ledger import Ledger, parsed, writing
from app.sandbox.portal import Portal

SESSION_LIFE = timedelta(minutes=15)

STATE_TEXTS: dict[State, str] = {
    State.SUBMITTED: "mới đăng ký, đang chờ tiếp nhận",
    State.RECEIVED: "được tiếp nhận",
    State.REFUSED: "không được tiếp nhận",
    State.PROCESSING: "đang xử lý",
    State.AWAITING_SUPPLEMENT: "đang tạm dừng giải quyết",
    State.AWAITING_OBLIGATION: "đang tạm dừng giải quyết",
    State.WITHDRAWN: "công dân yêu cầu rút",
    State.STOPPED: "đang tạm dừng giải quyết",
    State.COMPLETED: "đã giải quyết xong, đang chờ công dân nhận kết quả",
    State.RETURNED: "đã trả kết quả",
}


class Citizens:
    """Acts of citizens; any thread."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._ids = IdSource(lambda: to_ms(portal.clock.now()))

    def file(self, procedure_code: str, desk_unit_id: str, application: Application) -> Dossier:
        """Store a new application; KeyError for an unknown procedure."""
        procedure = catalogues.procedures()[procedure_code]
        now = self._portal.clock.now()
        with writing(self._portal.database) as ledger:
            code = filing_code(ledger, desk_unit_id, now)
            dossier = filed(
                self._ids.new(), code, procedure, desk_unit_id, application, now, self._portal.calendar
            )
            return ledger.create(dossier)

    def track(self, code: str) -> dict[str, Any] | None:
        """Return what the public look-up says of a code, receipt code or id; None when there is no such dossier."""
        columns = tables.dossiers.c
        wanted = code.strip()
        upper = wanted.upper()
        with self._portal.database.reading() as connection:
            query = select(columns.body).where(
                or_(columns.code == upper, columns.receipt_code == upper, columns.id == wanted.lower())
            )
            body = connection.execute(query).scalars().first()
            if body is None:
                return None
            dossier = parsed(body)
            messages = tables.citizen_messages
            rows = connection.execute(
                select(messages).where(messages.c.dossier_id == dossier.id).order_by(messages.c.at_ms, messages.c.id)
            ).all()
        return _public(dossier) | {"messages": [message_object(row) for row in rows]}

    def withdraw(self, code: str, reason: str) -> dict[str, Any] | None:
        """Take the application back; None where the table has no way to it. Open notices and money: as refused."""
        return self._changed(
            code,
            lambda before, now: effects.withdraw(before, now, reason),
            lambda before: before.state in RULES["withdraw"].from_states,
        )

    def supplement(self, code: str, components: tuple[Component, ...]) -> dict[str, Any] | None:
        """Hand in the papers that were asked for; None when nothing was asked of this citizen."""
        return self._changed(
            code,
            lambda before, now: work_effects.supplied(before, components, now, before.submitter.name),
            lambda before: before.sub_state is SubState.CITIZEN_ASKED,
        )

    def rate(self, code: str, stars: int, note: str) -> dict[str, Any] | None:
        """Say how the service was, once the result is there; None before."""
        return self._changed(
            code,
            lambda before, now: work_effects.rate(before, stars, note, now),
            lambda before: before.state in (State.COMPLETED, State.RETURNED),
        )

    def _changed(
        self, code: str, effect: Callable[[Dossier, datetime], Outcome], fits: Callable[[Dossier], bool]
    ) -> dict[str, Any] | None:
        found = self.track(code)
        now = self._portal.clock.now()
        with writing(self._portal.database) as ledger:
            before = ledger.load(found["id"]) if found else None
            if before is None or not fits(before):
                return None
            after, events = effect(before, now)
            after = replace(after, history=(*after.history, *events))
            ledger.save(before, complete_effect(ledger, before, after, None, now))
            return {"id": after.id, "state": int(after.state)}

    def read_messages(self, code: str) -> int:
        """Let the citizen open the account's inbox for one dossier; return how many messages were new."""
        found = self.track(code)
        if found is None:
            return 0
        now = self._portal.clock.now()
        messages = tables.citizen_messages.c
        unread = (
            messages.dossier_id == found["id"], messages.channel == DeliveryChannel.ACCOUNT.value,
            messages.read_ms.is_(None),
        )  # fmt: skip
        with writing(self._portal.database) as ledger:
            notices = ledger.connection.execute(select(messages.notice_id).where(*unread)).scalars().all()
            ledger.connection.execute(update(tables.citizen_messages).where(*unread).values(read_ms=to_ms(now)))
            before = ledger.load(found["id"])
            if before is not None:
                after = before
                for notice_id in notices:
                    after = seen(after, notice_id, self._portal)
                ledger.save(before, after)
        return len(notices)

    def open_session(self, notice_id: str, gateway: str, amount: int | None) -> tuple[str, int] | None:
        """Begin paying a notice online; return session id and sum, or None when nothing is there to pay.

        ``amount`` lets the citizen pay another sum than what is left of the notice.
        """
        with writing(self._portal.database) as ledger:
            before = _of_notice(ledger, notice_id)
            notice = find(before, notice_id) if before else None
            if before is None or notice is None or rest_of(before, notice) <= 0:
                return None
            now = self._portal.clock.now()
            session = self._ids.new().replace("-", "")
            owed = rest_of(before, notice)
            ledger.connection.execute(
                tables.payment_sessions.insert().values(
                    id=session, notice_id=notice_id, dossier_id=before.id, gateway=gateway, amount=amount or owed,
                    state="open", opened_ms=to_ms(now), expires_ms=to_ms(now + SESSION_LIFE),
                )
            )  # fmt: skip
            after = payments.begin_paying(seen(before, notice_id, self._portal), notice_id, gateway, now)
            ledger.save(before, after)
            return session, amount or owed

    def notice_state(self, notice_id: str) -> str | None:
        """Return the state of a notice now, or None."""
        with writing(self._portal.database) as ledger:
            dossier = _of_notice(ledger, notice_id)
        return None if dossier is None else next(n.state.value for n in dossier.notices if n.id == notice_id)


def seen(dossier: Dossier, notice_id: str, portal: Portal) -> Dossier:
    """Return the dossier with the notice viewed by the citizen, in the account too."""
    now = portal.clock.now()
    viewed = payments.mark_viewed(dossier, notice_id, now)
    notice = find(viewed, notice_id)
    if notice is None or viewed == dossier:
        return viewed
    told = tuple(
        replace(d, seen_at=now) if d.channel is DeliveryChannel.ACCOUNT and d.seen_at is None else d
        for d in notice.deliveries
    )
    return with_notice(viewed, replace(notice, deliveries=told))


def message_object(row: Any) -> dict[str, Any]:
    """Return a citizen's message as plain JSON."""
    return {
        "id": row.id, "channel": row.channel, "address": row.address, "dossier_id": row.dossier_id,
        "notice_id": row.notice_id, "kind": row.kind, "title": row.title, "body": row.body,
        "at": from_ms(row.at_ms).isoformat(), "read_at": from_ms(row.read_ms).isoformat() if row.read_ms else None,
    }  # fmt: skip


def _of_notice(ledger: Ledger, notice_id: str) -> Dossier | None:
    owner = ledger.owner_of_notice(notice_id)
    return None if owner is None else ledger.load(owner)


def _public(dossier: Dossier) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "code": dossier.code,
        "receipt_code": dossier.receipt_code,
        "procedure": dossier.procedure.name,
        "state": int(dossier.state),
        "status": STATE_TEXTS[dossier.state],
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "fee_status": dossier.fee_status.value,
        "notices": [
            {"id": n.id, "title": n.title, "total": n.total, "state": n.state.value, "rest": rest_of(dossier, n)}
            for n in dossier.notices
        ],
    }
