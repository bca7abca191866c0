"""Opens, reloads and closes datasets, and reads samples again that undo needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.loading.load_work import load_work
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.state.notice import Level, Notice
from nmf_explorer.session.state.open_dataset import OpenDataset
from nmf_explorer.session.state.open_request import OpenRequest
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.tasks.background_task import BackgroundTask, handle_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.session.fitting.next_fit import NextFit
    from nmf_explorer.session.loading.load_work import Loaded
    from nmf_explorer.session.state.history import History
    from nmf_explorer.session.state.notice_board import NoticeBoard
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.worker import Worker

MAX_BYTES = 256_000_000  # of the former dataset; a larger one is freed, and read again when undo restores it


class SetOpener(QObject):
    """Opens datasets. A new dataset starts a new history; the same one with other options is one step of undo."""

    def __init__(
        self, state: SessionState, worker: Worker, notices: NoticeBoard, history: History, next_fit: NextFit
    ) -> None:
        super().__init__(state)
        self._state, self._worker, self._notices = state, worker, notices
        self._history, self._next_fit = history, next_fit
        self._request = OpenRequest()
        self._take: Callable[[Loaded], None] = self._take_new
        self._stops_fit = False  # whether a fit was stopped for the loading that runs, or that ran last
        self._former: ref[OpenDataset] | None = None
        state.snapshot_shown.connect(self._on_snapshot_shown)
        history.samples_needed.connect(self._read_again)

    @property
    def current_request(self) -> OpenRequest:
        """The request that the open dataset was read with."""
        present = self._state.shown.open_dataset
        return present.request if present else OpenRequest()

    @property
    def last_request(self) -> OpenRequest:
        """The request that is being loaded, or was loaded last."""
        return self._request

    # verbs

    def open(self, sources: Sequence[Path | FoundFile], options: LoadOptions | None) -> None:
        """Open a new dataset; the old one stays until it is loaded."""
        self._load(OpenRequest.of(sources, options, self._state.preferences), self._take_new)

    def reload(self, options: LoadOptions) -> None:
        """Read the open dataset with other options; undo restores the former one and its model."""
        self._load(self.current_request.with_options(options), self._take_reloaded)

    def close(self) -> None:
        """Close the dataset."""
        self._worker.stop()
        self._start_with(None)

    def confirm_options(self) -> None:
        """Store the options of the open dataset as chosen by the user."""
        if present := self._state.shown.open_dataset:
            present.request = present.request._replace(is_chosen_by_user=True)
            present.request.remember(self._state.preferences)

    # inside

    def _load(self, request: OpenRequest, take: Callable[[Loaded], None]) -> None:
        self._request, self._take = request, take
        activity = self._state.activity
        self._stops_fit = activity is Activity.FITTING or (self._stops_fit and activity is Activity.LOADING)
        task = BackgroundTask(load_work(request, self._state.preferences.cache_folder()))
        task.succeeded.connect(self._on_loaded)
        task.cancelled.connect(self._on_cancelled)
        task.failed.connect(self._on_failed)
        self._worker.start(Activity.LOADING, task)

    def _read_again(self, wanted: OpenDataset, then: Callable[[], None]) -> None:
        """Read the samples of a dataset that undo restores, then call `then`."""
        self._load(wanted.request, partial(self._take_back, wanted, then))

    def _on_loaded(self, loaded: Loaded) -> None:
        self._worker.stop()
        self._take(loaded)

    def _on_cancelled(self, _last: object) -> None:
        self._worker.stop()
        if self._stops_fit:
            self._show_end(Message("Loading was stopped."), Level.INFO)
        else:
            self._notices.show_message(Message("Loading was stopped; nothing was changed."))

    def _on_failed(self, error: Exception) -> None:
        self._worker.stop()
        handle_failure(error, lambda text: self._show_end(text, Level.ERROR))

    def _show_end(self, text: Message, level: Level) -> None:
        """Show why nothing was opened, and that the fit before it was stopped."""
        fit = Message("The fit that ran was stopped for it.")
        if self._state.model:
            fit = Message("The fit that ran was stopped for it; the parts found so far are kept.")
        self._notices.show(Notice(level, (text, fit) if self._stops_fit else (text,)))

    def _take_new(self, loaded: Loaded) -> None:
        self._start_with(self._opened(loaded))
        self._fit_if_quick(loaded)

    def _take_reloaded(self, loaded: Loaded) -> None:
        after = Snapshot(open_dataset=self._opened(loaded))
        self._history.change(after, Message("How the images are read"))
        self._fit_if_quick(loaded)

    def _opened(self, loaded: Loaded) -> OpenDataset:
        return OpenDataset(loaded.dataset, self._request, loaded.n_components, loaded.first_sample)

    def _take_back(self, wanted: OpenDataset, then: Callable[[], None], loaded: Loaded) -> None:
        if wanted.restore_samples(loaded.dataset):
            then()
        else:
            text = "The images are not those that they were; what was found in them cannot be brought back."
            self._notices.show_message(Message(text), Level.WARNING)

    def _fit_if_quick(self, loaded: Loaded) -> None:
        if loaded.is_quick_to_fit:
            self._next_fit.start(follows_loading=True)

    def _start_with(self, open_dataset: OpenDataset | None) -> None:
        """Show a new dataset, or none, without any history."""
        self._state.exit_replay()
        self._history.clear()
        self._state.start_at_first_sample(open_dataset)
        self._state.show(Snapshot(open_dataset=open_dataset))

    def _on_snapshot_shown(self, before: Snapshot, after: Snapshot) -> None:
        """Free the samples of all but one former dataset; report and remember how the new one was read."""
        present, last = after.open_dataset, before.open_dataset
        if present is last:
            return
        former = self._former() if self._former else None
        if former and former is not present and former is not last:
            former.dataset = None
        if last and last.n_bytes > MAX_BYTES:
            last.dataset = None
        self._former = ref(last) if last else None
        if present and present.dataset:
            self._notices.show_about_dataset(present.dataset)
            present.request.remember(self._state.preferences)
