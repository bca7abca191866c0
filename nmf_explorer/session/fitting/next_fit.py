"""Plans the next fit, and starts it automatically after a change of the number of parts where that is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.fit_work import FitPlan
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.tasks.timers import single_shot_timer

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self._timer = single_shot_timer(self, DELAY_MS, self._start_waiting_fit)
        state.n_components_changed.connect(self._on_n_components_changed)
        state.activity_changed.connect(self._on_activity_changed)
        state.progress_changed.connect(self._on_progress_changed)
        self._is_scheduled = False  # a fit of another number of parts, if it is quick
        self._start_when_idle: Callable[[], None] | None = None  # the fit that replaces the running one

    @property
    def can_start(self) -> bool:
        """Whether a fit can start now: the worker is idle, or fits something else than what is chosen."""
        state, last = self._state, self._fits.last
        if state.dataset is None:
            return False
        is_other = last is not None and last.plan[:2] != (state.n_components, state.fit_settings)
        return not state.is_busy or (state.activity is Activity.FITTING and is_other)

    @property
    def differs_from_running(self) -> bool:
        """Whether a fit runs, and the next fit has a different number of parts; a paused fit does not run."""
        state, last = self._state, self._fits.last
        runs = state.activity is Activity.FITTING and not state.is_paused
        return runs and last is not None and last.plan.n_components != state.n_components

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
        """Fit the chosen number of parts as the settings say, instead of a running fit; see `FitController.begin`."""

        def begin() -> None:
            self._fits.begin(
                self.plan(), is_watched=is_watched, is_first_step=is_first_step, follows_loading=follows_loading
            )

        if self._state.activity is Activity.FITTING and self.can_start:
            self._start_when_idle = begin
            self._worker.cancel()
        else:
            begin()

    def watch(self, *, is_slow: bool = True) -> None:
        """Start a fit from random numbers, whatever start the settings name, slow enough to watch."""
        state = self._state
        if state.dataset is None or state.is_busy:
            return
        settings = state.fit_settings._replace(start="random")
        self._fits.begin(FitPlan(state.n_components, settings, is_slow=is_slow))
        self._notices.show_message(_random_text(settings.random_state))

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
            text = _random_text(settings.random_state)
        self._fits.begin(FitPlan(state.n_components, settings, like=state.model), is_watched=is_watched)
        self._notices.show_message(text)

    def stop(self) -> None:
        """Start no fit automatically any more."""
        self._is_scheduled, self._start_when_idle = False, None
        self._timer.stop()

    def _on_n_components_changed(self) -> None:
        self._is_scheduled = True
        self._timer.start()

    def _on_activity_changed(self) -> None:
        is_waiting = self._is_scheduled or self._start_when_idle
        if is_waiting and not self._state.is_busy and not self._timer.isActive():
            self._timer.start(0)

    def _on_progress_changed(self) -> None:
        if self._is_scheduled and self._state.compares_restarts and not self._timer.isActive():
            self._timer.start(0)

    def _start_waiting_fit(self) -> None:
        """Start the fit that waits for the end of another one, or a scheduled fit if it is quick."""
        begin = self._start_when_idle
        if begin is None:
            self._fit_if_quick()
        elif not self._state.is_busy:
            self._is_scheduled, self._start_when_idle = False, None
            begin()

    def _fit_if_quick(self) -> None:
        """Start a fit if it is quick; cancel a running one that only compares restarts.

        While the time of the running fit is not known, wait: it may be quick, too.
        """
        if not (self._is_scheduled and self._state.model and self.differs_from_model):
            self._is_scheduled = False
        elif self._is_time_unknown:
            return
        elif not self.is_quick:
            self._is_scheduled = False
        elif not self._state.is_busy:
            self._is_scheduled = False
            self.start()
        elif self._state.compares_restarts and not self._state.is_paused:
            self._worker.cancel()

    @property
    def _is_time_unknown(self) -> bool:
        last = self._fits.last
        return self._state.activity is Activity.FITTING and last is not None and last.recording.seconds is None


def _random_text(seed: int) -> Message:
    return Message("This fit begins at random, with seed {seed}; the next one begins as the options say.", seed=seed)
