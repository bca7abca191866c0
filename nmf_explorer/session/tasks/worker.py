"""The one task of a session that loads or fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.tasks.background_task import RunningTasks

if TYPE_CHECKING:
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import BackgroundTask


class Worker(QObject):
    """Runs one task at a time and keeps the activity in the state; who starts a task ends it with `stop`."""

    interrupted = Signal()  # a running task is about to be stopped for a new one

    def __init__(self, state: SessionState) -> None:
        super().__init__(state)
        self._state = state
        self._task: BackgroundTask | None = None
        self.running = RunningTasks(self)

    def start(self, activity: Activity, task: BackgroundTask) -> None:
        """Start a task instead of the running one."""
        if self._task:
            self.interrupted.emit()
        self.stop()
        self._task = task
        task.progressed.connect(self._state.set_progress)
        self._state.set_activity(activity, is_paused=task.is_paused)
        self.running.start(task)

    def stop(self) -> None:
        """Forget the task, if any; one that still runs is abandoned."""
        if self._task:
            self._task.abandon()
            self._task = None
            self._state.set_activity(Activity.IDLE)

    def pause(self) -> None:
        """Pause the task."""
        if self._task:
            self._task.pause()
            self._update()

    def resume(self) -> None:
        """Resume the task."""
        if self._task:
            self._task.resume()
            self._update()

    def step(self) -> None:
        """Run the task until its next report."""
        if self._task:
            self._task.step()
            self._update()

    def cancel(self) -> None:
        """Cancel the task; its signal `cancelled` or `succeeded` follows."""
        if self._task:
            self._task.cancel()
            self._state.is_paused = False  # without a signal: the end follows at once

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self.stop()
        self.running.wait()

    def _update(self) -> None:
        if self._task:
            self._state.set_activity(self._state.activity, is_paused=self._task.is_paused)
