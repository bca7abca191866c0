"""Plans the next fit, and starts it automatically after a change of the number of parts where that is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.fit_work import FitPlan
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.session.tasks.timers import single_shot_timer

if TYPE_CHECKING:
    from nmf_explorer.session.fitting.fit_controller import FitController
    from nmf_explorer.session.state.notice_board import NoticeBoard
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.worker import Worker

DELAY_MS = 300  # after the last change of the number of parts
_QUICK_SECONDS = 1.0  # until the first start has converged; its parts are shown from the first iteration
_SEEDED_STARTS = ("random", "nndsvdar")  # starts that depend on the seed


class NextFit(QObject):
    """Plans and starts fits."""

    def __init__(self, state: SessionState, worker: Worker, notices: NoticeBoard, fits: FitController) -> None:
        super().__init__(state)
        self._state, self._worker, self._notices, self._fits = state, worker, notices, fits
        self._timer = single_shot_timer(self, DELAY_MS, self._fit_if_quick)
        state.n_components_changed.connect(self._on_n_components_changed)
        state.activity_changed.connect(self._on_activity_changed)
        self._is_scheduled = False

    @property
    def differs_from_model(self) -> bool:
        """Whether the next fit has a different number of parts than the model, or there is no model."""
        model, dataset = self._state.model, self._state.dataset
        return dataset is not None and (model is None or model.n_components != self._state.n_components)

    @property
    def is_quick(self) -> bool:
        """Whether a fit of so many parts is expected to be quick, from the time that the last one took."""
        last, model = self._fits.last, self._state.model
        seconds = last.recording.seconds if last else None
        if last is None or seconds is None or model is None:
            return False
        return seconds * max(1.0, self._state.n_components / last.plan.n_components) < _QUICK_SECONDS

    def start(self, *, is_watched: bool = False, is_first_step: bool = False, follows_loading: bool = False) -> None:
        """Fit the chosen number of parts as the settings say; see `FitController.begin`."""
        self._fits.begin(
            self.plan(), is_watched=is_watched, is_first_step=is_first_step, follows_loading=follows_loading
        )

    def plan(self) -> FitPlan:
        """Return the plan of the next fit.

        Its result is the same whatever was fitted before, unless the present model has fewer parts and a lower error.
        """
        state, settings, model = self._state, self._state.fit_settings, self._state.model
        has_fewer = model is not None and model.n_components < state.n_components and settings.start == "auto"
        fewer = model if has_fewer and settings.solver != "scikit-learn" else None
        return FitPlan(state.n_components, settings, fewer=fewer, like=model)

    def start_from_shown(self) -> None:
        """Start a fit from the shown model, which may be of an earlier iteration; not while a fit is paused."""
        state = self._state
        if state.is_fit_paused:
            self._notices.show_message(
                Message("A fit waits. Resume or cancel it first, and then fit again from any place of it.")
            )
        elif state.model:
            self._fits.begin(FitPlan(state.n_components, state.fit_settings, start=state.model, like=state.model))

    def start_with_next_seed(self, *, is_watched: bool = False) -> None:
        """Start a fit with the next seed; from a random start, if the chosen start does not depend on the seed."""
        state = self._state
        if state.dataset is None or state.is_busy:
            return
        settings = state.fit_settings._replace(random_state=state.fit_settings.random_state + 1)
        state.set_fit_settings(settings)
        text = Message("This fit begins with seed {seed}.", seed=settings.random_state)
        if settings.start not in _SEEDED_STARTS:
            settings = settings._replace(start="random")
            text = Message(
                "This fit begins at random, with seed {seed}; the next one begins as the options say.",
                seed=settings.random_state,
            )
        self._fits.begin(FitPlan(state.n_components, settings, like=state.model), is_watched=is_watched)
        self._notices.show_message(text)

    def stop(self) -> None:
        """Start no fit automatically any more."""
        self._is_scheduled = False
        self._timer.stop()

    def _on_n_components_changed(self) -> None:
        self._is_scheduled = True
        self._timer.start()

    def _on_activity_changed(self) -> None:
        if self._is_scheduled and not self._state.is_busy and not self._timer.isActive():
            self._timer.start(0)

    def _fit_if_quick(self) -> None:
        """Start a fit if it is quick; cancel a running one that only compares restarts."""
        if not (self._is_scheduled and self._state.model and self.differs_from_model and self.is_quick):
            self._is_scheduled = False
        elif not self._state.is_busy:
            self._is_scheduled = False
            self.start()
        elif self._only_compares_restarts():
            self._worker.cancel()

    def _only_compares_restarts(self) -> bool:
        progress = self._state.progress
        return isinstance(progress, FitProgress) and progress.compares_restarts and not self._state.is_paused
