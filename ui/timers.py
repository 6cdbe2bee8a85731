"""Timers of the window, each in one line and owned by whom it calls: it stops with its owner.

Stands apart because nearly every screen waits a moment before it reads, writes or draws what is still being typed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once(owner: QObject, after_ms: int, then: Callable[[], object]) -> QTimer:
    """Return a timer that calls ``then`` once, ``after_ms`` after its last ``start()``."""
    timer = every(owner, after_ms, then)
    timer.setSingleShot(True)
    return timer


def every(owner: QObject, interval_ms: int, then: Callable[[], object]) -> QTimer:
    """Return a timer that calls ``then`` again and again from ``start()`` to ``stop()``."""
    timer = QTimer(owner)
    timer.setInterval(interval_ms)
    timer.timeout.connect(then)
    return timer
