"""The day's money of a desk, key by key, for comparison with the desk's own journal.

Stands apart because asking has an effect: what was shown to the desk is marked as reconciled, once.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select, update

from app.clock import VN, from_ms, to_ms
from app.contract.wire import ReconciledKey, Reconciliation
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.portal import Portal


def reconciled(portal: Portal, officer: Officer, day: date) -> Reconciliation:
    """Return every money command of the officer's unit on a legal day, and mark them reconciled."""
    begin = datetime.combine(day, time(), VN)
    columns = tables.commands.c
    below = columns.unit_id.startswith(officer.unit_id + ".", autoescape=True)
    of_unit = or_(columns.unit_id == officer.unit_id, below)
    mine = (
        of_unit,
        columns.payment_id.is_not(None),
        columns.at_ms >= to_ms(begin),
        columns.at_ms < to_ms(begin + timedelta(days=1)),
    )
    with portal.database.writing() as connection:
        now = to_ms(portal.clock.now())
        fresh = update(tables.commands).where(*mine, columns.reconciled_ms.is_(None))
        connection.execute(fresh.values(reconciled_ms=now))
        rows = connection.execute(select(tables.commands).where(*mine).order_by(columns.key)).all()
    keys = tuple(
        ReconciledKey(
            row.key, row.dossier_id, row.payment_id, row.amount, row.channel, from_ms(row.reconciled_ms), row.actor_id
        )
        for row in rows
    )
    return Reconciliation(day, portal.epoch, sum(key.amount for key in keys), keys)
