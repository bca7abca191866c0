"""The recently opened sets, and whether their files are still there; no question to a disk is asked in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.state.local_urls import path_exists
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.session.state.preferences import Preferences
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

_SECONDS_PER_PATH = 10.0  # a folder on the network that does not answer by then may be opened by whoever has patience


class RecentSets(QObject):
    """Knows which of the recent sets are missing, as soon as their disks have answered."""

    changed = Signal()  # the list
    checked = Signal()  # which of them are missing

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._missing: frozenset[Path] = frozenset()
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_checked)
        preferences.recent_changed.connect(self._on_recent_changed)
        self._check()

    def paths(self) -> list[Path]:
        """Return the paths, newest first."""
        return self._preferences.recent()

    def is_missing(self, path: Path) -> bool:
        """Return whether a path is known not to exist."""
        return path in self._missing

    def close(self) -> None:
        """Stop, and wait until no thread is left but those that wait for a disk."""
        self._task.close()

    def _on_recent_changed(self) -> None:
        self.changed.emit()
        self._check()

    def _check(self) -> None:
        if paths := self.paths():
            self._task.start(_missing_work(paths))

    def _on_checked(self, missing: frozenset[Path]) -> None:
        self._missing = missing
        self.checked.emit()


def _missing_work(paths: list[Path]) -> Work:
    """Return work that results in those of the paths that do not exist, each asked in a thread of its own."""

    def work(_report: Report, should_stop: ShouldStop) -> frozenset[Path]:
        from nmf_explorer.dataset.loading.decoder_pool import decode_in_threads

        n = len(paths)
        batches = decode_in_threads(lambda i: path_exists(paths[i]), range(n), n, should_stop, _SECONDS_PER_PATH)
        return frozenset(paths[i] for batch in batches for i, exists in batch if exists is False)

    return work
