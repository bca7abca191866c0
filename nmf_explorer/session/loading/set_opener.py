"""The set that is open, and the way to another one: opened, read otherwise, brought back by undo, closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.work import load_work
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.state.open_dataset import OpenDataset
from nmf_explorer.session.state.open_request import OpenRequest
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.session.fitting.work import Loaded
    from nmf_explorer.session.session import Session

MOST_BYTES = 256_000_000  # of the set before the present one, which else is read again if undo leads there


class SetOpener(QObject):
    """Opens sets for a session. Another set begins a history of its own; the same one read otherwise is one step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._opening = OpenRequest()
        self._take: Callable[[Loaded], None] = self._take_another
        self._former: ref[OpenDataset] | None = None

    @property
    def opening(self) -> OpenRequest:
        """From what, and how, the open set was read."""
        present = self._session.snapshot.open_dataset
        return present.opening if present else OpenRequest()

    @property
    def requested(self) -> OpenRequest:
        """What is being loaded, or was loaded last."""
        return self._opening

    # verbs

    def open(self, sources: Sequence[Path | FoundFile], options: LoadOptions | None) -> None:
        """Open another set; the old one stays till it is there."""
        self._load(OpenRequest.of(sources, options, self._session.preferences), self._take_another)

    def read_otherwise(self, options: LoadOptions) -> None:
        """Read the open set with other options; undo leads back to how it was read, and to all that was made of it."""
        self._load(self.opening.with_options(options), self._take_otherwise)

    def close(self) -> None:
        """Go back to no set at all."""
        self._session.end_task()
        self._begin_with(None)

    def keep_reading(self) -> None:
        """Take how the open set was read for what the user wants."""
        if present := self._session.snapshot.open_dataset:
            present.opening = present.opening._replace(is_chosen_by_user=True)
            present.opening.remember(self._session.preferences)

    # told by the session

    def is_at_hand(self, explored: Snapshot, then: Callable[[], None]) -> bool:
        """Whether a value can be gone to at once; else its samples are read again, and `then` follows."""
        wanted = explored.open_dataset
        if wanted is None or wanted.dataset is not None:
            return True
        self._load(wanted.opening, partial(self._take_back, wanted, then))
        return False

    def on_changed(self, before: OpenDataset | None) -> None:
        """Keep one set before the present one at hand, if it is small; tell and remember how this one was read."""
        present, former = self._session.snapshot.open_dataset, self._former() if self._former else None
        if former and former is not present and former is not before:
            former.dataset = None
        if before and before.n_bytes > MOST_BYTES:
            before.dataset = None
        self._former = ref(before) if before else None
        if present and present.dataset:
            self._session.notices.show_about_dataset(present.dataset)
            present.opening.remember(self._session.preferences)

    # inside

    def _load(self, opening: OpenRequest, take: Callable[[Loaded], None]) -> None:
        session = self._session
        session.fit_controller.keep_what_was_done_meanwhile()
        self._opening, self._take = opening, take
        task = BackgroundTask(load_work(opening, session.preferences.cache_folder()))
        session.begin(Activity.LOADING, task, self._on_loaded, self._on_cancelled)

    def _on_loaded(self, loaded: Loaded) -> None:
        self._session.end_task()
        self._take(loaded)

    def _on_cancelled(self, _last: object) -> None:
        self._session.end_task()
        self._session.show_notice(Message("Loading was stopped; nothing was changed."))

    def _take_another(self, loaded: Loaded) -> None:
        self._begin_with(OpenDataset(loaded.dataset, self._opening, loaded.n_components))
        self._fit_if_known(loaded)

    def _take_otherwise(self, loaded: Loaded) -> None:
        after = Snapshot(open_dataset=OpenDataset(loaded.dataset, self._opening, loaded.n_components))
        self._session.change(after, Message("How the images are read"))
        self._fit_if_known(loaded)

    def _take_back(self, wanted: OpenDataset, then: Callable[[], None], loaded: Loaded) -> None:
        if wanted.take_back(loaded.dataset):
            then()
        else:
            text = "The images are not those that they were; what was found in them cannot be brought back."
            self._session.show_notice(Message(text), Level.WARNING)

    def _fit_if_known(self, loaded: Loaded) -> None:
        if loaded.is_sample_set:
            self._session.fit_controller.begin(self._session.next_fit.plan(), follows_reading=True)

    def _begin_with(self, open_set: OpenDataset | None) -> None:
        """Let nothing be left of what there was before."""
        session = self._session
        session.replay.clear()
        session.history.clear()
        session.selected_sample = 0
        session.show(Snapshot(open_dataset=open_set))
