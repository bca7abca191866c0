"""Runs work of which only the newest result counts, such as a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.background_task import BackgroundTask, RunningTasks, handle_failure

if TYPE_CHECKING:
    from nmf_explorer.session.tasks.background_task import Work


class LatestTask(QObject):
    """Runs one piece of work after the other, each in its own thread, and emits signals for the newest only."""

    succeeded = Signal(object)  # the result
    failed = Signal(object)  # the Message of an expected error; all other errors go to the excepthook

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: BackgroundTask | None = None
        self._running = RunningTasks(self)

    @property
    def is_busy(self) -> bool:
        """Whether a result is still expected."""
        return self._task is not None

    def start(self, work: Work) -> None:
        """Start work and abandon the former one."""
        self.stop()
        self._task = task = BackgroundTask(work)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        self._running.start(task)

    def stop(self) -> None:
        """Abandon the work, if any."""
        if self._task:
            self._task.abandon()
            self._task = None

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self.stop()
        self._running.wait()

    def _on_succeeded(self, result: object) -> None:
        self._task = None
        self.succeeded.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        handle_failure(error, self.failed.emit)
