"""Runs one function in a thread of its own, which can be paused and cancelled; loading and fitting both use it.

The function has one shape: ``work(report, should_stop) -> result``. It ends once: succeeded, cancelled or failed. A
report is a function that makes the news, called in the worker and only for news that are really sent.
All signals come out in the thread that the task lives in, at most 30 reports a second, and the newest report wins.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from typing import Any

MakeNews = Callable[[], object]
Report = Callable[[MakeNews], None]
ShouldStop = Callable[[], bool]
Work = Callable[[Report, ShouldStop], object]
_REPORT_SECONDS = 1 / 30
_NEWS_SHARE = 0.1  # of the worker's time that may go into making news
_SLOW_SECONDS = 1 / 15  # between reports: such work takes all processor cores, and showing its news takes from them
_SHOWING_SHARE = 0.04  # of all cores, that may go into showing such news
_LONGEST_REST = 1.0  # seconds without news for that reason


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
        self._turn = threading.Condition()  # guards all that follows, and is told when a pause or the work is to end
        self._stopping = False
        self._paused = False
        self._stepping = False
        self._unsent: MakeNews | None = None
        self._news: Any = None
        self._underway = False
        self._next_due = 0.0
        self._told = 0.0  # when the work told last how far it is
        self._is_slow = False
        self._spent: float | None = None  # processor seconds of the thread that the task lives in, at the newest report
        self._abandoned = False
        self._outcome: tuple[str, object] = ("failed", RuntimeError("The task was never run."))
        self._reported.connect(self._on_reported)
        self._ended.connect(self._on_ended)

    # called in the worker

    def run(self) -> None:
        """Do the work; called by `start` in the new thread."""
        try:
            self._outcome = self._run_to_its_end()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is shown by whoever listens to `failed`
            self._outcome = ("failed", error)
        self._ended.emit()

    def _run_to_its_end(self) -> tuple[str, object]:
        try:
            return "succeeded", self._work(self.report, self.should_stop)
        except Cancelled:
            if self._unsent and not self._abandoned:
                self._news = self._unsent()
            return "cancelled", self._news

    def report(self, make_news: MakeNews) -> None:
        """Tell how far the work is; called by the work, as often as it likes."""
        now = time.monotonic()
        with self._turn:
            self._unsent = make_news
            self._is_slow, self._told = now - self._told > _SLOW_SECONDS, now
            is_due = now >= self._next_due
            if self._stepping:
                self._stepping, self._paused = False, True
        if is_due:
            self._send()

    def should_stop(self) -> bool:
        """Whether the work is to end; waits while it is paused. Called by the work, often, in any of its threads."""
        with self._turn:
            is_paused = self._paused and not self._stopping
        if is_paused:
            self._send()  # who pauses wants to see where
            with self._turn:
                self._turn.wait_for(lambda: self._stopping or not self._paused)
        return self._stopping

    def _send(self) -> None:
        with self._turn:
            make_news, self._unsent = self._unsent, None
        if make_news is None:
            return
        began = time.monotonic()
        news = make_news()
        seconds = time.monotonic() - began
        with self._turn:
            self._news = news
            self._next_due = began + max(_REPORT_SECONDS, seconds / _NEWS_SHARE)
            was_underway, self._underway = self._underway, True
        if not was_underway:
            self._reported.emit()

    # called in the thread that the task lives in

    @property
    def is_paused(self) -> bool:
        """Whether the work waits, or is to wait after its next report."""
        return self._paused or self._stepping

    def pause(self) -> None:
        """Let the work wait as soon as it asks whether it should stop; its newest report is sent then."""
        self._set(paused=True)

    def resume(self) -> None:
        """Let the work go on."""
        self._set(paused=False)

    def step(self) -> None:
        """Let the work go on, or begin, until its next report; then it waits."""
        self._set(paused=False, stepping=True)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows as soon as it has, or `succeeded` if it was done by then."""
        self._set(paused=False, stopping=True)

    def abandon(self) -> None:
        """Ask the work to stop, and say no more."""
        self._abandoned = True
        self.cancel()

    def _set(self, *, paused: bool, stepping: bool = False, stopping: bool = False) -> None:
        with self._turn:
            self._stopping |= stopping
            self._paused, self._stepping = paused and not self._stopping, stepping and not self._stopping
            self._turn.notify_all()

    @Slot()
    def _on_reported(self) -> None:
        with self._turn:
            news = self._news
            self._underway = False
        if not self._abandoned:
            began = time.monotonic()
            self.progressed.emit(news)
            now = time.monotonic()
            rest = max(now - began, self._rest())  # who listens keeps half of the time for other things
            with self._turn:
                self._next_due = max(self._next_due, now + rest)

    def _rest(self) -> float:
        """How long no news may come, so that showing them leaves slow work nearly all of the processor.

        What this thread has done since the newest report was mostly to show it.
        """
        spent = time.thread_time()
        used, self._spent = spent - (spent if self._spent is None else self._spent), spent
        rest = used / (_SHOWING_SHARE * (os.cpu_count() or 1))
        return min(rest, _LONGEST_REST) if self._is_slow else 0.0

    @Slot()
    def _on_ended(self) -> None:
        if self._abandoned:
            return
        kind, payload = self._outcome
        getattr(self, kind).emit(payload)


class RunningTasks(QObject):
    """Keeps tasks until their threads have ended: dropping one that runs, abandoned or not, ends the program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: set[BackgroundTask] = set()

    def start(self, task: BackgroundTask) -> None:
        """Let it run."""
        self.tasks.add(task)
        task.finished.connect(self._on_finished)
        task.start()

    def wait(self) -> None:
        """Wait until no thread is left; they have been asked to stop before."""
        for task in tuple(self.tasks):
            task.wait()

    @Slot()
    def _on_finished(self) -> None:
        for task in [t for t in self.tasks if t.isFinished()]:
            self.tasks.discard(task)
            task.deleteLater()
