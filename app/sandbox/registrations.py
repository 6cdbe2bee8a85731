"""What only the portal can check of a reception at a counter: its numbers and its procedure.

Stands apart from the rules, which know neither the blocks given out nor the catalogue in force.
"""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from app.domain.commands import Command
from app.domain.corrections import CorrectReception
from app.domain.dossier import ProcedureRef
from app.domain.people import Officer
from app.domain.transitions import Failed
from app.domain.work_commands import Birth
from app.sandbox import tables
from app.sandbox.filing import procedure_ref
from app.sandbox.number_blocks import is_leased


def wrong(connection: Connection, officer: Officer, command: Command) -> tuple[Failed, ...]:
    """Return why a reception, allowed by the rules, cannot stand; empty for any other command."""
    if isinstance(command, Birth):
        return _numbers(connection, command) + _procedure(command.procedure, command.desk_unit_id)
    if isinstance(command, CorrectReception):
        return _procedure(command.procedure, officer.unit_id)
    return ()


def _numbers(connection: Connection, command: Birth) -> tuple[Failed, ...]:
    columns, unit_id = tables.dossiers.c, command.desk_unit_id
    texts = [("code", command.code), ("receipt", command.receipt_code)]
    strange = [text for kind, text in texts if text and not is_leased(connection, unit_id, kind, text)]
    same = or_(columns.code == command.code, columns.receipt_code == command.receipt_code)
    taken = command.code and connection.execute(select(columns.id).where(same)).first() is not None
    return tuple(Failed("number-not-leased", (("code", text),)) for text in (strange or [command.code] * bool(taken)))


def _procedure(procedure: ProcedureRef, desk_unit_id: str) -> tuple[Failed, ...]:
    try:
        same = procedure_ref(procedure.code, desk_unit_id) == procedure
    except KeyError:
        same = False
    return () if same else (Failed("procedure-changed"),)
