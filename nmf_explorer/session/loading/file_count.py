"""Counts the images behind dragged files by their names; no file is opened for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work


class ImageCount(NamedTuple):
    """Number of files with a suffix of an image format in some sources."""

    sources: tuple[Path | FoundFile, ...]
    n_images: int


class FileCount(QObject):
    """Counts images in a thread."""

    counted = Signal(object)  # an ImageCount

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = LatestTask(self)
        self._task.succeeded.connect(self.counted)

    def count(self, sources: Sequence[Path | FoundFile]) -> None:
        """Count the images; missing and unreadable files are reported when they are opened."""
        self._task.start(count_work(tuple(sources)))

    def stop(self) -> None:
        """Stop counting."""
        self._task.stop()

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()


def count_work(sources: tuple[Path | FoundFile, ...]) -> Work:
    """Return work that counts images by their names; results in an `ImageCount`."""

    def work(_report: Report, should_stop: ShouldStop) -> ImageCount:
        from nmf_explorer.dataset.files.find_files import find_files
        from nmf_explorer.dataset.files.image_suffixes import has_image_suffix
        from nmf_explorer.dataset.loading.decoder_pool import run_abandonable

        files = run_abandonable(lambda: find_files(sources, should_stop), should_stop).files
        return ImageCount(sources, sum(has_image_suffix(file.name) for file in files))

    return work
