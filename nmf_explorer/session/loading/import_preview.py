"""How the open set was read, and how else it could be: choices that are tried on a few samples before they count."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

import nmf_explorer
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.errors import Message
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

N_TRIED = 8  # samples that are read for a preview


class ImportPreview(QObject):
    """Options that are being considered for the open set, and what a few of its samples are like with them.

    Signals
    -------
    changed()
        Other options are considered, or they are to be shown or hidden.
    preview_changed()
        `preview` or `problem` is another, or one of them is being made.
    """

    changed = Signal()
    preview_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.is_shown = False
        self.options = LoadOptions()
        self.preview: Dataset | None = None
        self.problem: Message | None = None
        self._few = FirstFiles(())
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_previewed)
        self._task.failed.connect(self._on_failed)
        session.dataset_changed.connect(self._on_dataset_changed)

    @property
    def is_busy(self) -> bool:
        """Whether a preview is being made."""
        return self._task.is_busy

    @property
    def is_changed(self) -> bool:
        """Whether the options are others than those of the open set."""
        return self._session.dataset is not None and self.options != self._session.dataset.report.options

    # verbs

    def show(self) -> None:
        """Let the options be seen, with samples as they are now."""
        if self._session.dataset and not self.is_shown:
            self.is_shown = True
            self.changed.emit()
            self._make_preview()

    def clear_cache(self) -> None:
        """Remove the decoded pictures that are kept on disk."""
        from nmf_explorer.dataset.loading.image_cache import clear_cache

        try:
            clear_cache(self._session.preferences.cache_folder())
        except OSError as error:
            why = error.strerror or str(error)
            self._session.show_notice(Message("The picture cache could not be cleared: {why}.", why=why), Level.ERROR)
        else:
            self._session.show_notice(Message("The picture cache is empty."))

    def keep(self) -> None:
        """Leave the set as it is, and do not ask again."""
        self.is_shown = False
        self._task.stop()
        if self._session.dataset:
            self.options = self._session.dataset.report.options
            self._session.set_opener.keep_reading()
        self.changed.emit()

    def request_preview(self, changes: Mapping[str, object]) -> None:
        """Try other options on a few samples."""
        options = self.options.replace(changes)
        if options != self.options:
            self.options = options
            self.changed.emit()
            self._make_preview()

    def apply(self) -> None:
        """Open the set again with the options that are considered."""
        if self.is_changed:
            self._session.set_opener.read_otherwise(self.options)
        else:
            self.keep()

    def change(self, changes: Mapping[str, object]) -> None:
        """Open the set again with some options changed at once, as an advice proposes."""
        if self._session.dataset:
            self._session.set_opener.read_otherwise(self._session.dataset.report.options.replace(changes))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    # what happens

    def _on_dataset_changed(self) -> None:
        dataset, opened = self._session.dataset, self._session.set_opener.opening
        self._task.stop()
        self._few = FirstFiles(opened.sources)
        self.preview = self.problem = None
        self.options = dataset.report.options if dataset else LoadOptions()
        self.is_shown = dataset is not None and bool(dataset.report.relevant_options) and not opened.is_chosen_by_user
        self.changed.emit()
        self._make_preview()

    def _make_preview(self) -> None:
        dataset = self._session.dataset
        if dataset and self.is_shown:
            self._task.start(preview_work(self._few, self.options, dataset))
        self.preview_changed.emit()

    def _on_previewed(self, preview: Dataset) -> None:
        self.preview, self.problem = preview, None
        self.preview_changed.emit()

    def _on_failed(self, problem: Message) -> None:
        self.preview, self.problem = None, problem
        self.preview_changed.emit()


class FirstFiles:
    """A few files out of all that were opened, spread over them; listed once."""

    def __init__(self, sources: Sequence[Path | FoundFile]) -> None:
        self._sources = sources
        self._files: Sequence[Path | FoundFile] | None = None

    def files(self, should_stop: ShouldStop) -> Sequence[Path | FoundFile]:
        """Give them; what was opened itself where there are not more. Called in the worker."""
        if self._files is None:
            from nmf_explorer.dataset.loading.expand_sources import expand_sources

            found = expand_sources(self._sources, should_stop).listing.files
            n_files = len(found)
            many = n_files > N_TRIED
            self._files = [found[i * n_files // N_TRIED] for i in range(N_TRIED)] if many else self._sources
        return self._files

    @property
    def are_some_of_many(self) -> bool:
        """Whether there are more than these; known once they were given."""
        return self._files is not self._sources


def preview_work(few: FirstFiles, options: LoadOptions, dataset: Dataset) -> Work:
    """Work that reads a few samples of a set with other options; results in a small `Dataset`."""

    def work(_report: Report, should_stop: ShouldStop) -> Dataset:
        files = few.files(should_stop)
        tried = _of_the_sets_size(options, dataset) if few.are_some_of_many else options
        given: dict[str, Any] = asdict(tried)
        return _first(nmf_explorer.load(files, should_stop=should_stop, **given))

    return work


def _of_the_sets_size(options: LoadOptions, dataset: Dataset) -> LoadOptions:
    """What is most frequent in the set need not be so among a few of its files."""
    asked = dataset.report.options
    is_the_same = (options.size, options.tile_size) == (asked.size, asked.tile_size) == (None, None)
    if not is_the_same or dataset.report.table_sizes or options.resize == "leave out":
        return options
    height, width = dataset.sample_shape[:2]
    return options.replace({"size": (width, height) if options.transpose != asked.transpose else (height, width)})


def _first(dataset: Dataset) -> Dataset:
    """The first samples alone, so that the others need not be kept."""
    names, labels = dataset.sample_names[:N_TRIED], dataset.labels[:N_TRIED]
    return replace(dataset, stored=dataset.stored[:N_TRIED].copy(), sample_names=names, labels=labels)
