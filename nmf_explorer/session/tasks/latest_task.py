"""Work of which only the newest counts, such as a preview: whatever still goes on is abandoned for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import NmfExplorerError
from nmf_explorer.session.tasks.background_task import BackgroundTask, RunningTasks

if TYPE_CHECKING:
    from nmf_explorer.session.tasks.background_task import Work


class LatestTask(QObject):
    """Runs one piece of work after the other, each in a thread of its own.

    Signals: ``succeeded(object)`` the result; ``failed(object)`` the `Message` of an expected failure; both of the
    newest work only. Unexpected failures go where all of them go.
    """

    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: BackgroundTask | None = None
        self._running = RunningTasks(self)

    @property
    def is_busy(self) -> bool:
        """Whether something goes on that will be told."""
        return self._task is not None

    def start(self, work: Work) -> None:
        """Begin; what went on before says nothing more."""
        self.stop()
        self._task = task = BackgroundTask(work)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        self._running.start(task)

    def stop(self) -> None:
        """Let go of what goes on; it stops by itself and says nothing more."""
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
        if isinstance(error, NmfExplorerError):
            self.failed.emit(error.message)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
