"""How many pictures would be opened, judged by their names alone: nothing is opened while files are dragged about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work


class Counted(NamedTuple):
    """How many pictures there are behind something, by their names.

    Attributes
    ----------
    sources : tuple of Path or FoundFile
        What was looked at.
    n_pictures : int
        Files whose names end as those of pictures do.
    """

    sources: tuple[Path | FoundFile, ...]
    n_pictures: int


class FileCount(QObject):
    """Counts pictures in the worker.

    Signals: ``counted(object)`` with a `Counted`.
    """

    counted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = LatestTask(self)
        self._task.succeeded.connect(self.counted)

    def count(self, sources: Sequence[Path | FoundFile]) -> None:
        """Begin to count; a file that is gone by then, or a folder that cannot be read, is told when it is opened."""
        self._task.start(count_work(tuple(sources)))

    def stop(self) -> None:
        """Count no further."""
        self._task.stop()

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()


def count_work(sources: tuple[Path | FoundFile, ...]) -> Work:
    """Work that counts pictures by their names; results in `Counted`."""

    def work(_report: Report, should_stop: ShouldStop) -> Counted:
        from nmf_explorer.dataset.files.find_files import find_files
        from nmf_explorer.dataset.files.image_suffixes import has_image_suffix

        files = find_files(sources, should_stop).files
        return Counted(sources, sum(has_image_suffix(file.name) for file in files))

    return work
