"""Timers, set by methods: PySide finds no property that is given as a keyword where i has the capital İ (Turkish)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


def single_shot_timer(parent: QObject, milliseconds: int, slot: Callable[[], object]) -> QTimer:
    """Return a timer that, once started, calls `slot` one time; a start meanwhile begins the interval anew."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
