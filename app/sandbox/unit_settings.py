"""A unit's settings at the portal: kept by the administrator, written into each dossier with its next change."""

from __future__ import annotations

from sqlalchemy import Connection

from app.contract import wire_codec
from app.domain.unit_settings import UnitSettings
from app.sandbox.database import set_setting, setting


def settings_of(connection: Connection, unit_id: str) -> UnitSettings:
    """Return the settings in force at a unit's desk."""
    text = setting(connection, _name(unit_id))
    return wire_codec.decode(UnitSettings, text.encode()) if text else UnitSettings()


def put(connection: Connection, unit_id: str, settings: UnitSettings) -> None:
    """Put settings in force."""
    set_setting(connection, _name(unit_id), wire_codec.encode(settings).decode())


def _name(unit_id: str) -> str:
    return f"unit:{unit_id}"
