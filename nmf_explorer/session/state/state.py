"""The state of one window: values, setters and signals. The controllers that change it are not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.session.state.activity import Activity, FitProgress
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.session.state.snapshot import DRAWING, Snapshot

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.notice import Notice
    from nmf_explorer.session.state.open_dataset import OpenDataset
    from nmf_explorer.session.state.preferences import Preferences


class SessionState(QObject):
    """Values of one window, each with a setter that emits a signal when the value changes.

    `present` is the newest state of the work. `shown` is what panels show: the same snapshot, except while an earlier
    iteration is replayed.
    """

    # A new snapshot is shown: these signals follow one another in this order.
    snapshot_changed = Signal(object, object)  # snapshots before and after; for caches, which become invalid
    dataset_changed = Signal()  # another dataset or none, with its sample, number of parts and model
    n_components_changed = Signal(int)  # number of parts of the next fit
    model_changed = Signal()  # another model or none
    drawing_selected_changed = Signal()  # the drawing is selected instead of a sample, or no longer
    snapshot_shown = Signal(object, object)  # as snapshot_changed, when all of the above have been emitted

    selected_sample_changed = Signal(int)  # index of the sample
    fit_settings_changed = Signal()
    activity_changed = Signal()  # the worker or the playback of a fit has started, paused, resumed or ended
    progress_changed = Signal(object)  # LoadProgress or FitProgress
    notice_posted = Signal(object)  # the Notice to show, or None to remove it

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.present = self.shown = Snapshot()
        self.selected_sample = 0
        self.is_sample_chosen = False  # by the user; else another one may take its place
        self.is_drawing_selected = False
        self.n_components = 1
        self.fit_settings = FitSettings()
        self.activity = Activity.IDLE
        self.is_paused = False
        self.is_playing = False
        self.progress: LoadProgress | FitProgress | None = None
        self.notice: Notice | None = None

    # snapshots

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot; it is also the present one, unless an earlier iteration is replayed."""
        if not self.is_replaying:
            self.present = snapshot
        self._set_shown(snapshot)

    def show_earlier(self, snapshot: Snapshot) -> None:
        """Show an earlier iteration and keep the present snapshot."""
        self._set_shown(snapshot)

    def exit_replay(self) -> None:
        """Stop playback and make the shown snapshot the present one."""
        self.set_playing(playing=False)
        self.present = self.shown

    def _set_shown(self, snapshot: Snapshot) -> None:
        before, self.shown = self.shown, snapshot
        is_other_dataset = before.open_dataset is not snapshot.open_dataset
        was_drawing_selected = self.is_drawing_selected
        self.is_drawing_selected &= snapshot.drawing is not None and not is_other_dataset
        if is_other_dataset:
            present = snapshot.open_dataset
            if present is None or not present.has_samples_of(before.open_dataset):
                self.start_at_first_sample(present)
            self.n_components = present.n_components if present else 1
        self.snapshot_changed.emit(before, snapshot)
        if is_other_dataset:
            self.dataset_changed.emit()
            self.n_components_changed.emit(self.n_components)
        if before.model is not snapshot.model or is_other_dataset:
            self.model_changed.emit()
        if was_drawing_selected and not self.is_drawing_selected:
            self.drawing_selected_changed.emit()
        self.snapshot_shown.emit(before, snapshot)

    # other values

    def start_at_first_sample(self, present: OpenDataset | None) -> None:
        """Select the first sample of a dataset that shows something, before the dataset is shown."""
        self.selected_sample = present.first_sample if present else 0
        self.is_sample_chosen = False

    def set_n_components(self, n_components: int) -> None:
        """Set the number of parts of the next fit, limited to what the dataset allows."""
        most = self.dataset.max_components if self.dataset else 1
        allowed = max(1, min(n_components, most))
        if allowed != self.n_components:
            self.n_components = allowed
            self.n_components_changed.emit(allowed)

    def select_sample(self, index: int) -> None:
        """Select a sample that the user chooses, also instead of the drawing; ignore an index outside the dataset."""
        if self.dataset is None or not 0 <= index < self.dataset.n_samples:
            return
        self.keep_sample()
        if index != self.subject:
            was_drawing_selected = self.is_drawing_selected
            self.selected_sample, self.is_drawing_selected = index, False
            self.selected_sample_changed.emit(index)
            if was_drawing_selected:
                self.drawing_selected_changed.emit()

    def keep_sample(self) -> None:
        """Keep showing the selected sample: the user has chosen it, or works on it."""
        self.is_sample_chosen = True

    def show_sample(self, index: int) -> None:
        """Select a sample that shows more than the present one, unless the user has chosen what is shown."""
        if self.replaceable_sample is not None and index != self.selected_sample:
            self.selected_sample = index
            self.selected_sample_changed.emit(index)

    def select_drawing(self, *, selected: bool) -> None:
        """Select the user's drawing instead of a sample, or the sample again."""
        if selected != self.is_drawing_selected:
            self.is_drawing_selected = selected
            self.drawing_selected_changed.emit()

    def set_fit_settings(self, settings: FitSettings) -> None:
        """Set solver, start, loss and seed of the next fit; the fit rejects settings that do not fit together."""
        if settings != self.fit_settings:
            self.fit_settings = settings
            self.fit_settings_changed.emit()

    def set_activity(self, activity: Activity, *, is_paused: bool = False) -> None:
        """Set what the worker is doing, and whether it is paused."""
        self.activity, self.is_paused = activity, is_paused
        if activity is Activity.IDLE:
            self.progress = None
        self.activity_changed.emit()

    def set_playing(self, *, playing: bool) -> None:
        """Set whether the iterations of a fit are being played."""
        if playing != self.is_playing:
            self.is_playing = playing
            self.activity_changed.emit()

    def set_progress(self, progress: LoadProgress | FitProgress) -> None:
        """Set how far the worker is."""
        was_changing = self.is_model_changing
        self.progress = progress
        self.progress_changed.emit(progress)
        if was_changing is not self.is_model_changing:
            self.activity_changed.emit()

    def set_notice(self, notice: Notice | None) -> None:
        """Set the notice to show, or None."""
        self.notice = notice
        self.notice_posted.emit(notice)

    # derived values

    @property
    def dataset(self) -> Dataset | None:
        """The open dataset, if any."""
        return self.shown.open_dataset.dataset if self.shown.open_dataset else None

    @property
    def model(self) -> NmfModel | None:
        """The shown model, which a running fit may be improving."""
        return self.shown.model

    @property
    def subject(self) -> int:
        """Index of the selected sample, or `DRAWING`."""
        return DRAWING if self.is_drawing_selected else self.selected_sample

    @property
    def replaceable_sample(self) -> int | None:
        """Index of the selected sample, or None where the user has chosen a sample or shows the drawing."""
        return None if self.is_sample_chosen or self.is_drawing_selected else self.selected_sample

    @property
    def is_replaying(self) -> bool:
        """Whether an earlier iteration is shown instead of the present state."""
        return self.present is not self.shown

    @property
    def is_busy(self) -> bool:
        """Whether the worker loads or fits."""
        return self.activity is not Activity.IDLE

    @property
    def is_model_changing(self) -> bool:
        """Whether the model is about to change: a fit runs towards its first result, or its iterations are played."""
        is_running = self.activity is Activity.FITTING and not self.is_paused
        return self.is_playing or (is_running and not self.compares_restarts)

    @property
    def compares_restarts(self) -> bool:
        """Whether the fit that runs or is paused has a result, and other starts are compared with it."""
        is_fitting, progress = self.activity is Activity.FITTING, self.progress
        return is_fitting and isinstance(progress, FitProgress) and progress.compares_restarts

    @property
    def is_fit_paused(self) -> bool:
        """Whether a fit is paused, so that its iterations so far can be replayed."""
        return self.activity is Activity.FITTING and self.is_paused

    @property
    def partial_dataset(self) -> Dataset | None:
        """The first samples of a dataset that is being loaded, as soon as there are some."""
        return self.progress.first if isinstance(self.progress, LoadProgress) else None
