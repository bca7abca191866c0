"""Runs one function in its own thread, which can be paused and cancelled.

The function has the shape ``work(report, should_stop) -> result``. It ends once: succeeded, cancelled or failed. It
reports progress by passing a function that makes the report; the task calls it in the worker thread, and only for
reports that are sent.
Signals are emitted in the thread of the task object: at most 30 reports a second, and only the newest one.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from nmf_explorer.errors import Cancelled, NmfExplorerError

if TYPE_CHECKING:
    from typing import Any

    from nmf_explorer.errors import Message

MakeReport = Callable[[], object]
Report = Callable[[MakeReport], None]
ShouldStop = Callable[[], bool]
Work = Callable[[Report, ShouldStop], object]
_MIN_INTERVAL = 1 / 30  # seconds between two reports that are sent
_MAX_MAKING_SHARE = 0.1  # of the worker's time, for making reports
_SLOW_INTERVAL = 1 / 15  # seconds; work that reports less often is slow: it uses all cores, and showing slows it down
_MAX_SHOWING_SHARE = 0.04  # of the time of all cores, for showing the reports of slow work
_MAX_PAUSE = 1.0  # seconds without a report for that reason


class BackgroundTask(QThread):
    """One run of a function in a thread.

    One of `succeeded`, `cancelled` and `failed` is emitted, once; after `abandon`, none.
    """

    progressed = Signal(object)  # the newest report
    succeeded = Signal(object)  # the result
    cancelled = Signal(object)  # the last report, or None
    failed = Signal(object)  # the exception
    _reported = Signal()
    _ended = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._changed = threading.Condition()  # guards all below; notified when a pause or the work shall end
        self._stopping = False
        self._paused = False
        self._stepping = False
        self._unsent: MakeReport | None = None  # makes the newest report
        self._newest: Any = None
        self._is_delivering = False  # a report has been sent and not yet arrived
        self._next_due = 0.0
        self._last_report = 0.0
        self._is_slow = False
        self._cpu_seconds: float | None = None  # CPU seconds of the task object's thread at the newest report
        self._abandoned = False
        self._outcome: tuple[str, object] = ("failed", RuntimeError("The task was never run."))
        self._reported.connect(self._on_reported)
        self._ended.connect(self._on_ended)

    # called in the worker

    def run(self) -> None:
        """Do the work; called by `start` in the new thread."""
        try:
            self._outcome = self._run_work()
        except Exception as error:  # noqa: BLE001 - every exception is passed on to `failed`
            self._outcome = ("failed", error)
        self._ended.emit()

    def _run_work(self) -> tuple[str, object]:
        try:
            return "succeeded", self._work(self.report, self.should_stop)
        except Cancelled:
            if self._unsent and not self._abandoned:
                self._newest = self._unsent()
            return "cancelled", self._newest

    def report(self, make_report: MakeReport) -> None:
        """Report progress; called by the work, as often as it likes."""
        now = time.monotonic()
        with self._changed:
            self._unsent = make_report
            self._is_slow, self._last_report = now - self._last_report > _SLOW_INTERVAL, now
            is_due = now >= self._next_due
            if self._stepping:
                self._stepping, self._paused = False, True
        if is_due:
            self._send()

    def should_stop(self) -> bool:
        """Return whether to end the work, and wait while it is paused; called by the work, in any of its threads."""
        with self._changed:
            is_paused = self._paused and not self._stopping
        if is_paused:
            self._send()  # so that the newest state is shown during the pause
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or not self._paused)
        return self._stopping

    def _send(self) -> None:
        with self._changed:
            make_report, self._unsent = self._unsent, None
        if make_report is None:
            return
        started = time.monotonic()
        report = make_report()
        seconds = time.monotonic() - started
        with self._changed:
            self._newest = report
            self._next_due = started + max(_MIN_INTERVAL, seconds / _MAX_MAKING_SHARE)
            was_delivering, self._is_delivering = self._is_delivering, True
        if not was_delivering:
            self._reported.emit()

    # called in the thread of the task object

    @property
    def is_paused(self) -> bool:
        """Whether the work is paused, or will be after its next report."""
        return self._paused or self._stepping

    def pause(self) -> None:
        """Pause the work at its next call of `should_stop`; its newest report is sent then."""
        self._set(paused=True)

    def resume(self) -> None:
        """Resume the work."""
        self._set(paused=False)

    def step(self) -> None:
        """Run the work until its next report, then pause it."""
        self._set(paused=False, stepping=True)

    def cancel(self) -> None:
        """Stop the work; `cancelled` follows, or `succeeded` if it was done by then."""
        self._set(paused=False, stopping=True)

    def abandon(self) -> None:
        """Stop the work and emit no more signals."""
        self._abandoned = True
        self.cancel()

    def _set(self, *, paused: bool, stepping: bool = False, stopping: bool = False) -> None:
        with self._changed:
            self._stopping |= stopping
            self._paused, self._stepping = paused and not self._stopping, stepping and not self._stopping
            self._changed.notify_all()

    @Slot()
    def _on_reported(self) -> None:
        with self._changed:
            report = self._newest
            self._is_delivering = False
        if not self._abandoned:
            started = time.monotonic()
            self.progressed.emit(report)
            now = time.monotonic()
            pause = max(now - started, self._pause_seconds())  # listeners keep half of the time for other things
            with self._changed:
                self._next_due = max(self._next_due, now + pause)

    def _pause_seconds(self) -> float:
        """Return the seconds without a report that leave slow work nearly all of the CPU.

        What this thread has computed since the newest report was mostly for showing it.
        """
        spent = time.thread_time()
        used, self._cpu_seconds = spent - (spent if self._cpu_seconds is None else self._cpu_seconds), spent
        pause = used / (_MAX_SHOWING_SHARE * (os.cpu_count() or 1))
        return min(pause, _MAX_PAUSE) if self._is_slow else 0.0

    @Slot()
    def _on_ended(self) -> None:
        if self._abandoned:
            return
        kind, payload = self._outcome
        getattr(self, kind).emit(payload)


class RunningTasks(QObject):
    """Holds tasks until their threads have ended: to delete a running one would end the program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: set[BackgroundTask] = set()

    def start(self, task: BackgroundTask) -> None:
        """Start a task."""
        self.tasks.add(task)
        task.finished.connect(self._on_finished)
        task.start()

    def wait(self) -> None:
        """Wait until no thread is left; all tasks must have been stopped before."""
        for task in tuple(self.tasks):
            task.wait()

    @Slot()
    def _on_finished(self) -> None:
        for task in [t for t in self.tasks if t.isFinished()]:
            self.tasks.discard(task)
            task.deleteLater()


def handle_failure(error: Exception, show: Callable[[Message], object]) -> None:
    """Show the message of an expected error; pass any other error to the excepthook."""
    if isinstance(error, NmfExplorerError):
        show(error.message)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
