"""Carries the desk's events to the GUI thread, many small changes as one.

Stands apart because the bus calls its handlers on whatever thread publishes; a widget may be touched only here.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app import events
from ui import timers

COALESCE_MS = 50
MANY = 500


class _Ear:
    """Hears the bus for a bridge, on any thread, and lets go what was on its way when the bridge went."""

    def __init__(self, bus: events.Bus, tell: Callable[[Any], None]) -> None:
        self._tell, self._gate, self._open = tell, Lock(), True
        self._leave = bus.subscribe(self._hear)

    def _hear(self, event: Any) -> None:
        with self._gate:
            if self._open:
                self._tell(event)

    def shut(self) -> None:
        """Hear nothing more."""
        self._leave()
        with self._gate:
            self._open = False


class Bridge(QObject):
    """Qt signals for a ``Bus``.

    Signals: ``dossiers_changed(object)`` a tuple of ids, empty when anything may have changed; ``outbox_changed()``;
    ``payment_arrived(object)`` each ``PaymentArrived``; ``connection_changed(str, str)`` state and code, the latest
    only; ``retry_planned(float)`` seconds until the portal is asked again; ``sync_progress(int, bool)`` rows applied
    and whether it is over, the latest only; ``store_hurt(str)`` code of what keeps the day's backup from being made.
    """

    dossiers_changed = Signal(object)
    outbox_changed = Signal()
    payment_arrived = Signal(object)
    connection_changed = Signal(str, str)
    retry_planned = Signal(float)
    sync_progress = Signal(int, bool)
    store_hurt = Signal(str)
    _came = Signal(object)

    def __init__(self, bus: events.Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[str, None] = {}
        self._any = False
        self._dossiers = False
        self._outbox = False
        self._connection: events.ConnectionChanged | None = None
        self._progress: events.SyncProgress | None = None
        self._timer = timers.once(self, COALESCE_MS, self.flush)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._ear = _Ear(bus, self._came.emit)
        self.destroyed.connect(self._ear.shut)  # a parent may go without a word; the desk's threads go on

    def close(self) -> None:
        """Stop listening; afterwards this object may be deleted, whatever other threads are about to publish."""
        self._ear.shut()
        self._timer.stop()

    def _take(self, event: Any) -> None:
        match event:
            case events.DossiersChanged(ids=ids):
                self._dossiers = True
                self._any = self._any or not ids
                self._ids.update(dict.fromkeys(ids))
            case events.OutboxChanged():
                self._outbox = True
            case events.PaymentArrived():
                self.payment_arrived.emit(event)
            case events.RetryPlanned(in_s=in_s):
                self.retry_planned.emit(in_s)
            case events.StoreHurt(code=code):
                self.store_hurt.emit(code)
            case events.ConnectionChanged():
                self._connection = event
            case events.SyncProgress():
                self._progress = event
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Send on what has gathered."""
        if self._dossiers:
            ids = () if self._any or len(self._ids) > MANY else tuple(self._ids)
            self._dossiers = self._any = False
            self._ids = {}
            self.dossiers_changed.emit(ids)
        if self._outbox:
            self._outbox = False
            self.outbox_changed.emit()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self.connection_changed.emit(connection.state, connection.code)
        if self._progress is not None:
            progress, self._progress = self._progress, None
            self.sync_progress.emit(progress.applied, progress.done)
