"""What is open now: the only owner of the set, the options, the model and the selection. Verbs in, signals out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message, NmfExplorerError
from nmf_explorer.session.exploring.drawing import Drawing
from nmf_explorer.session.exploring.equation import Equation
from nmf_explorer.session.exploring.equation_animation import EquationAnimation
from nmf_explorer.session.exploring.part_layout import PartLayout
from nmf_explorer.session.exploring.parts import Parts
from nmf_explorer.session.exploring.pointer import Pointer
from nmf_explorer.session.exploring.sample_view import SampleView
from nmf_explorer.session.fitting.fit_controller import FitController
from nmf_explorer.session.fitting.next_fit import NextFit
from nmf_explorer.session.fitting.replay import Replay
from nmf_explorer.session.fitting.work import FitProgress, LoadProgress
from nmf_explorer.session.loading.file_count import FileCount
from nmf_explorer.session.loading.import_preview import ImportPreview
from nmf_explorer.session.loading.set_opener import SetOpener
from nmf_explorer.session.state.activity import Activity as Activity
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.session.state.history import History
from nmf_explorer.session.state.notice import Level, Notice
from nmf_explorer.session.state.notice_board import NoticeBoard
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.tasks.background_task import BackgroundTask, RunningTasks

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.open_dataset import OpenDataset
    from nmf_explorer.session.state.preferences import Preferences


class Session(QObject):
    """The state of one window.

    Signals
    -------
    dataset_changed()
        Another set is open, or none; `model` and `selected_sample` have changed with it.
    model_changed()
        Another model, perhaps of a fit that goes on, or none.
    selected_sample_changed(int)
        Another sample is looked at.
    n_components_changed(int)
        The number of parts for the next fit.
    fit_choice_changed()
        Method, start, loss or seed for the next fit.
    activity_changed()
        The worker began, ended, paused or resumed something, or a fit is played or no more.
    progress_changed(object)
        `LoadProgress` or `FitProgress` of what the worker is doing.
    notice_posted(object)
        A `Notice` to show; None takes the last one away.
    """

    dataset_changed = Signal()
    model_changed = Signal()
    selected_sample_changed = Signal(int)
    n_components_changed = Signal(int)
    fit_settings_changed = Signal()
    activity_changed = Signal()
    progress_changed = Signal(object)
    notice_posted = Signal(object)

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.snapshot = Snapshot()
        self.activity = Activity.IDLE
        self.n_components = 1
        self.selected_sample = 0
        self.fit_settings = FitSettings()
        self.progress: LoadProgress | FitProgress | None = None
        self.notice: Notice | None = None
        self.notices = NoticeBoard(self)
        self._task: BackgroundTask | None = None
        self._running = RunningTasks(self)
        self.set_opener = SetOpener(self)
        self.fit_controller = FitController(self)
        self.history = History(self._go_to, self.set_opener.is_at_hand, self)
        self.parts = Parts(self)
        self.part_layout = PartLayout(self)
        self.equation = Equation(self)
        self.pointer = Pointer(self)
        self.sample_view = SampleView(self)
        self.replay = Replay(self)
        self.next_fit = NextFit(self)
        self.equation_animation = EquationAnimation(self)
        self.drawing = Drawing(self)
        self.import_preview = ImportPreview(self)
        self.file_count = FileCount(self)

    # verbs

    def open(self, sources: Sequence[Path | FoundFile], options: LoadOptions | None = None) -> None:
        """Load files and folders as a new set; whatever was going on is stopped first. The old set stays till then.

        Without options the set is read as the last time, or as is usual.
        """
        self.set_opener.open(sources, options)

    def close_set(self) -> None:
        """Go back to no set at all."""
        self.set_opener.close()

    def show_notice(self, text: Message, level: Level = Level.INFO) -> None:
        """Say something that is about neither a fit nor a set."""
        self.notices.show_message(text, level)

    def dismiss_notice(self) -> None:
        """Take away what is told; it has been read."""
        self.notice = None
        self.notice_posted.emit(None)

    def set_n_components(self, n_components: int) -> None:
        """Choose the number of parts for the next fit, kept within what the data allow."""
        most = self.dataset.max_components if self.dataset else 1
        allowed = max(1, min(n_components, most))
        if allowed != self.n_components:
            self.n_components = allowed
            self.n_components_changed.emit(allowed)

    def select_sample(self, index: int) -> None:
        """Look at another sample, or at the same again after a drawing; numbers outside the set are ignored."""
        if self.dataset and 0 <= index < self.dataset.n_samples and index != self.equation.subject:
            self.selected_sample = index
            self.selected_sample_changed.emit(index)

    def set_fit_settings(self, choice: FitSettings) -> None:
        """Choose method, start, loss and seed for the next fit; the fit itself refuses what does not go together."""
        if choice != self.fit_settings:
            self.fit_settings = choice
            self.fit_settings_changed.emit()

    def change(self, explored: Snapshot, message: Message, merge: Hashable = None) -> None:
        """Go on to another value, which can be undone; changes with the same `merge` become one step.

        While a fit goes on nothing is written down: its end is one step, back to what there was before it.
        """
        if self.activity is not Activity.FITTING:
            self.history.record(self.replay.present or self.snapshot, explored, message, merge)
        else:
            self.show(explored)

    def show(self, explored: Snapshot) -> None:
        """Take another value for the present one, and tell what is different."""
        before, self.snapshot = self.snapshot, explored
        self.equation.forget(before, explored)
        is_another_set = before.open_dataset is not explored.open_dataset
        if is_another_set:
            self._on_another_set(before.open_dataset)
        if before.model is not explored.model or is_another_set:
            self.model_changed.emit()
        if before.names is not explored.names or before.hidden is not explored.hidden or is_another_set:
            self.parts.changed.emit()
        if before.differs(explored):
            self.equation.changed.emit()
        if is_another_set:
            self.set_opener.on_changed(before.open_dataset)

    def start_fit(self, *, is_watched: bool = False) -> None:
        """Fit the chosen number of parts; does nothing without a set or while the worker is busy.

        A fit that is to be watched is played when it has ended, if it was too quick to be seen.
        """
        self.fit_controller.begin(self.next_fit.plan(), is_watched=is_watched)

    def step_fit(self) -> None:
        """Go on for one iteration and pause; begins a fit if nothing goes on."""
        if self._task and self.activity is Activity.FITTING:
            self.replay.return_to_live()
            self._task.step()
            self.activity_changed.emit()
        else:
            self.fit_controller.begin(self.next_fit.plan(), is_first_step=True)

    def pause(self) -> None:
        """Let loading or fitting wait."""
        if self._task:
            self._task.pause()
            self.activity_changed.emit()

    def resume(self) -> None:
        """Let it go on."""
        if self._task:
            self.replay.return_to_live()
            self._task.resume()
            self.activity_changed.emit()

    def cancel(self) -> None:
        """Stop loading, fitting or playing; the last good state stays."""
        if self.replay.is_playing:
            self.replay.show_last()
        elif self._task:
            self._task.cancel()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        self.next_fit.stop()
        self.replay.exit_replay()
        self.end_task()
        self.import_preview.close()
        self.sample_view.close()
        self.file_count.close()
        self.part_layout.close()
        self.drawing.close()
        self._running.wait()

    # what panels ask for

    @property
    def dataset(self) -> Dataset | None:
        """The open set, if there is one."""
        return self.snapshot.open_dataset.dataset if self.snapshot.open_dataset else None

    @property
    def model(self) -> NmfModel | None:
        """The model that is shown, perhaps of a fit that goes on."""
        return self.snapshot.model

    @property
    def is_busy(self) -> bool:
        """Whether the worker loads or fits something."""
        return self.activity is not Activity.IDLE

    @property
    def is_fitting_on(self) -> bool:
        """Whether a fit goes on that does not wait, or is being played, so that another model comes at once."""
        return self.replay.is_playing or (self.activity is Activity.FITTING and not self.is_paused)

    @property
    def is_paused(self) -> bool:
        """Whether loading or fitting waits for `resume`, `step_fit` or `cancel`."""
        return self._task is not None and self._task.is_paused

    @property
    def is_fit_paused(self) -> bool:
        """Whether a fit waits, so that one can look back at how it came so far."""
        return self.activity is Activity.FITTING and self.is_paused

    @property
    def arriving(self) -> Dataset | None:
        """The first images of a set that is being loaded, as soon as there are some."""
        return self.progress.first if isinstance(self.progress, LoadProgress) else None

    # the worker

    def begin(
        self,
        activity: Activity,
        task: BackgroundTask,
        on_succeeded: Callable[[Any], None],
        on_cancelled: Callable[[Any], None],
    ) -> None:
        """Let the worker do this, instead of what it did; how it ends is told to who has begun it."""
        self.end_task()
        self._task = task
        task.progressed.connect(self._on_progressed)
        task.failed.connect(self._on_failed)
        task.succeeded.connect(on_succeeded)
        task.cancelled.connect(on_cancelled)
        self.activity = activity
        self.history.set_locked(locked=True)
        self.activity_changed.emit()
        self._running.start(task)

    def end_task(self) -> None:
        """Let go of the running task, if any; it stops by itself and says nothing more."""
        if self._task:
            self._task.abandon()
            self._task = None
            self.progress = None
            self.activity = Activity.IDLE
            self.history.set_locked(locked=False)
            self.activity_changed.emit()

    def _on_progressed(self, progress: LoadProgress | FitProgress) -> None:
        self.progress = progress
        if isinstance(progress, FitProgress):
            self.fit_controller.follow(progress)
        self.progress_changed.emit(progress)

    def _on_failed(self, error: Exception) -> None:
        say = self.notices.show_about_fit if self.activity is Activity.FITTING else self.notices.show_message
        self.fit_controller.keep_what_was_done_meanwhile()
        self.end_task()
        if isinstance(error, NmfExplorerError):
            say(error.message, Level.ERROR)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    # the state

    def _on_another_set(self, before: OpenDataset | None) -> None:
        """Tell of another set; of the same samples, read otherwise, the same one is looked at."""
        present = self.snapshot.open_dataset
        if present is None or not present.has_samples_of(before):
            self.selected_sample = 0
        self.n_components = present.n_components if present else 1
        self.fit_controller.last = None
        self.notices.clear()
        self.dataset_changed.emit()
        self.n_components_changed.emit(self.n_components)

    def _go_to(self, explored: Snapshot) -> None:
        """Follow undo and redo; the number of parts goes with the model."""
        self.replay.exit_replay()
        is_another_model = explored.model is not self.model
        self.show(explored)
        if is_another_model and explored.model:
            self.set_n_components(explored.model.n_components)
