"""A unit's settings at the portal: kept by the administrator, written into each dossier with its next change."""

from __future__ import annotations

from sqlalchemy import Connection

from app.contract import wire_codec
from app.domain.unit_settings import UnitSettings
from app.sandbox.database import set_setting, setting


def settings_of(connection: Connection, unit_id: str) -> UnitSettings:
    """Return the settings in force at a unit's desk."""
    return read(setting(connection, name_of(unit_id)))


def read(text: str | None) -> UnitSettings:
    """Return settings as they are stored; None: nothing was ever set."""
    return wire_codec.decode(UnitSettings, text.encode()) if text else UnitSettings()


def put(connection: Connection, unit_id: str, settings: UnitSettings) -> None:
    """Put settings in force."""
    set_setting(connection, name_of(unit_id), wire_codec.encode(settings).decode())


def name_of(unit_id: str) -> str:
    """Return under which name a unit's settings are stored."""
    return f"unit:{unit_id}"
