"""Load options of the open dataset, and a preview of a few samples with other options."""

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
    from nmf_explorer.session.loading.set_opener import SetOpener
    from nmf_explorer.session.state.notice_board import NoticeBoard
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work

N_PREVIEWED = 8  # samples in a preview


class ImportPreview(QObject):
    """Load options that the user tries, and a few samples read with them."""

    changed = Signal()  # the options, or whether they are shown
    preview_changed = Signal()  # preview, problem, or whether a preview is being read

    def __init__(self, state: SessionState, notices: NoticeBoard, opener: SetOpener) -> None:
        super().__init__(state)
        self._state, self._notices, self._opener = state, notices, opener
        self.is_shown = False
        self.options = LoadOptions()
        self.preview: Dataset | None = None
        self.problem: Message | None = None
        self._file_sample = FileSample(())
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_previewed)
        self._task.failed.connect(self._on_failed)
        state.dataset_changed.connect(self._on_dataset_changed)

    @property
    def is_busy(self) -> bool:
        """Whether a preview is being read."""
        return self._task.is_busy

    @property
    def is_changed(self) -> bool:
        """Whether the options differ from those of the open dataset."""
        return self._state.dataset is not None and self.options != self._state.dataset.report.options

    # verbs

    def show(self) -> None:
        """Show the options and a preview."""
        if self._state.dataset and not self.is_shown:
            self.is_shown = True
            self.changed.emit()
            self._make_preview()

    def clear_cache(self) -> None:
        """Remove the decoded images that are kept on disk."""
        from nmf_explorer.dataset.loading.image_cache import clear_cache

        try:
            clear_cache(self._state.preferences.cache_folder())
        except OSError as error:
            text = Message("The picture cache could not be cleared: {why}.", why=error.strerror or str(error))
            self._notices.show_message(text, Level.ERROR)
        else:
            self._notices.show_message(Message("The picture cache is empty."))

    def keep_options(self) -> None:
        """Keep the dataset as it was read, and do not show the options again."""
        self.is_shown = False
        self._task.stop()
        if self._state.dataset:
            self.options = self._state.dataset.report.options
            self._opener.confirm_options()
        self.changed.emit()

    def request_preview(self, changes: Mapping[str, object]) -> None:
        """Change options and read a preview with them."""
        options = self.options.replace(changes)
        if options != self.options:
            self.options = options
            self.changed.emit()
            self._make_preview()

    def apply(self) -> None:
        """Open the dataset again with the options."""
        if self.is_changed:
            self._opener.reload(self.options)
        else:
            self.keep_options()

    def reload_with(self, changes: Mapping[str, object]) -> None:
        """Open the dataset again with some options changed, as an advice proposes."""
        if self._state.dataset:
            self._opener.reload(self._state.dataset.report.options.replace(changes))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    # inside

    def _on_dataset_changed(self) -> None:
        dataset, opened = self._state.dataset, self._opener.current_request
        self._task.stop()
        self._file_sample = FileSample(opened.sources)
        self.preview = self.problem = None
        self.options = dataset.report.options if dataset else LoadOptions()
        self.is_shown = dataset is not None and bool(dataset.report.relevant_options) and not opened.is_chosen_by_user
        self.changed.emit()
        self._make_preview()

    def _make_preview(self) -> None:
        dataset = self._state.dataset
        if dataset and self.is_shown:
            self._task.start(preview_work(self._file_sample, self.options, dataset))
        self.preview_changed.emit()

    def _on_previewed(self, preview: Dataset) -> None:
        self.preview, self.problem = preview, None
        self.preview_changed.emit()

    def _on_failed(self, problem: Message) -> None:
        self.preview, self.problem = None, problem
        self.preview_changed.emit()


class FileSample:
    """A few files, spread evenly over all that were opened; listed once."""

    def __init__(self, sources: Sequence[Path | FoundFile]) -> None:
        self._sources = sources
        self._files: Sequence[Path | FoundFile] | None = None

    def files(self, should_stop: ShouldStop) -> Sequence[Path | FoundFile]:
        """Return the files, or the opened sources themselves if there are not more; called in the worker."""
        if self._files is None:
            from nmf_explorer.dataset.loading.expand_sources import expand_sources

            found = expand_sources(self._sources, should_stop).listing.files
            n_files = len(found)
            many = n_files > N_PREVIEWED
            self._files = [found[i * n_files // N_PREVIEWED] for i in range(N_PREVIEWED)] if many else self._sources
        return self._files

    @property
    def is_partial(self) -> bool:
        """Whether there are more files; known after the first call of `files`."""
        return self._files is not self._sources


def preview_work(sample: FileSample, options: LoadOptions, dataset: Dataset) -> Work:
    """Return work that reads a few samples with other options; results in a small `Dataset`."""

    def work(_report: Report, should_stop: ShouldStop) -> Dataset:
        files = sample.files(should_stop)
        changed = _with_size_of(options, dataset) if sample.is_partial else options
        given: dict[str, Any] = asdict(changed)
        return _first_samples(nmf_explorer.load(files, should_stop=should_stop, **given))

    return work


def _with_size_of(options: LoadOptions, dataset: Dataset) -> LoadOptions:
    """Return the options with the size of the dataset: the most frequent size may differ among a few of its files."""
    given = dataset.report.options
    is_same = (options.size, options.tile_size) == (given.size, given.tile_size) == (None, None)
    is_same &= (options.samples_axis, options.array) == (given.samples_axis, given.array)
    if not is_same or dataset.report.table_sizes or options.resize == "leave out":
        return options
    height, width = dataset.sample_shape[:2]
    return options.replace({"size": (width, height) if options.transpose != given.transpose else (height, width)})


def _first_samples(dataset: Dataset) -> Dataset:
    """Return a copy of the first samples, so that the rest can be freed."""
    names, labels = dataset.sample_names[:N_PREVIEWED], dataset.labels[:N_PREVIEWED]
    return replace(dataset, stored=dataset.stored[:N_PREVIEWED].copy(), sample_names=names, labels=labels)
