"""Runs one cancellable function in a thread of its own; loading and fitting both use it.

The function has one shape: ``work(report, should_stop) -> result``. It ends once: succeeded, cancelled or failed.
All signals come out in the thread that the task lives in, at most 30 reports a second, and the newest report wins.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from typing import Any

Work = Callable[[Callable[[object], None], Callable[[], bool]], object]
_REPORT_SECONDS = 1 / 30


class BackgroundTask(QThread):
    """One run of a function in a thread.

    Signals: ``progressed(object)`` the newest report; ``succeeded(object)`` the result; ``cancelled(object)`` the
    last report or None; ``failed(object)`` the exception. One of the last three comes, once, unless `abandon` was
    called: then none does.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    cancelled = Signal(object)
    failed = Signal(object)
    _reported = Signal()
    _ended = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._newest: Any = None
        self._underway = False
        self._last_sent = 0.0
        self._abandoned = False
        self._outcome: tuple[str, object] = ("failed", RuntimeError("The task was never run."))
        self._reported.connect(self._on_reported)
        self._ended.connect(self._on_ended)

    def run(self) -> None:
        """Do the work; called by `start` in the new thread."""
        try:
            self._outcome = ("succeeded", self._work(self.report, self._stop.is_set))
        except Cancelled:
            self._outcome = ("cancelled", None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is shown by whoever listens to `failed`
            self._outcome = ("failed", error)
        self._ended.emit()

    def report(self, news: object) -> None:
        """Tell how far the work is; called by the work, as often as it likes."""
        now = time.monotonic()
        with self._lock:
            self._newest = news
            if self._underway or now - self._last_sent < _REPORT_SECONDS:
                return
            self._underway = True
            self._last_sent = now
        self._reported.emit()

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows as soon as it has, or `succeeded` if it was done by then."""
        self._stop.set()

    def abandon(self) -> None:
        """Ask the work to stop, and say no more."""
        self._abandoned = True
        self._stop.set()

    @Slot()
    def _on_reported(self) -> None:
        with self._lock:
            news = self._newest
            self._underway = False
        if not self._abandoned:
            self.progressed.emit(news)

    @Slot()
    def _on_ended(self) -> None:
        if self._abandoned:
            return
        kind, payload = self._outcome
        getattr(self, kind).emit(self._newest if kind == "cancelled" else payload)
