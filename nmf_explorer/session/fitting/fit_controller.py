"""Runs the fits of a session, one at a time, and keeps the result as one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.fit_run import FitRun, matching_names
from nmf_explorer.session.fitting.fit_work import fit_work
from nmf_explorer.session.state.activity import Activity, FitProgress
from nmf_explorer.session.state.fit_path import limit_memory
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.tasks.background_task import BackgroundTask, handle_failure

if TYPE_CHECKING:
    from nmf_explorer.dataset.loading.load_progress import LoadProgress
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.fit_work import FitPlan
    from nmf_explorer.session.fitting.replay import Replay
    from nmf_explorer.session.state.history import History
    from nmf_explorer.session.state.notice_board import NoticeBoard
    from nmf_explorer.session.state.snapshot import Snapshot
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.worker import Worker


class FitController(QObject):
    """Fits the open dataset; `last` is the running fit, or the one before."""

    def __init__(
        self, state: SessionState, worker: Worker, notices: NoticeBoard, history: History, replay: Replay
    ) -> None:
        super().__init__(state)
        self._state, self._worker, self._notices = state, worker, notices
        self._history, self._replay = history, replay
        self.last: FitRun | None = None
        self._follows_loading = False
        state.progress_changed.connect(self._on_progress_changed)
        state.dataset_changed.connect(self._on_dataset_changed)
        history.stepped.connect(notices.restore_dataset_notice)  # a notice about a fit that is undone is out of date
        worker.interrupted.connect(self._record_changes)

    def begin(
        self, plan: FitPlan, *, is_watched: bool = False, is_first_step: bool = False, follows_loading: bool = False
    ) -> None:
        """Start a fit, or only its first iteration; do nothing without a dataset or while the worker is busy.

        A fit that follows loading automatically is no undo step of its own.
        """
        state = self._state
        if state.dataset is None or state.is_busy:
            return
        self._notices.restore_dataset_notice()
        before = state.present
        plan = plan._replace(sample=state.replaceable_sample)
        state.exit_replay()
        self.last = FitRun(plan, state.dataset, before, is_watched=is_watched)
        self._follows_loading = follows_loading
        task = BackgroundTask(fit_work(state.dataset, plan, self.last.recording))
        if is_first_step:
            task.step()
        task.succeeded.connect(self._on_fitted)
        task.cancelled.connect(self._on_cancelled)
        task.failed.connect(self._on_failed)
        self._worker.start(Activity.FITTING, task)

    def _on_progress_changed(self, progress: LoadProgress | FitProgress) -> None:
        run = self.last
        if not isinstance(progress, FitProgress) or run is None:
            return
        run.count_shown(progress)
        if not run.has_result(progress.model):
            before = self._state.present
            self._show_live(run, progress.model)
            if progress.compares_restarts and not self._state.is_replaying:
                self._record_result(run, before)

    def _on_dataset_changed(self) -> None:
        self.last = None

    def _on_fitted(self, model: NmfModel) -> None:
        self._worker.stop()
        self._take_result(model)
        plan = self.last.plan if self.last else None
        if plan and plan.fewer and model.options.start_name == "given":
            text = Message(
                "These {n} parts were continued from the {before} before: a fit without them ends at a larger error.",
                n=model.n_components,
                before=plan.fewer.n_components,
            )
            self._notices.show_about_fit(text, Level.INFO)
        if not model.converged:
            text = Message("The fit ended after {n:,} iterations before it had converged.", n=model.n_iterations)
            if model.n_iterations == 1:
                text = Message("The fit ended after 1 iteration before it had converged.")
            self._notices.show_about_fit(text, Level.WARNING)

    def _on_cancelled(self, last: FitProgress | None) -> None:
        text = Message("The fit was stopped before its first iteration.")
        if last is None:
            self._record_changes()
        self._worker.stop()
        if last:
            self._take_result(last.model)
            text = Message("Stopped at iteration {n:,}; the parts found so far are kept.", n=self._replay.iteration)
        self._notices.show_about_fit(text, Level.INFO)

    def _on_failed(self, error: Exception) -> None:
        self._record_changes()
        self._worker.stop()
        handle_failure(error, lambda text: self._notices.show_about_fit(text, Level.ERROR))

    def _show_live(self, run: FitRun, model: NmfModel) -> None:
        """Add the newest model to the path of its fit, within the memory limit of all paths, and show it."""
        position = run.position_of(model)
        if position:
            before = run.before.position
            limit_memory([*self._history.fit_paths(), *([before.path] if before else [])], position.path)
        self._replay.record_live(model, position)

    def _take_result(self, model: NmfModel) -> None:
        """Show the result of a fit and record it."""
        run = self.last
        if run is None:
            return
        self._replay.return_to_live()
        before = self._state.present
        is_known = run.has_result(model)
        self._show_live(run, model)
        if run.recording.telling_sample is not None:
            self._state.show_sample(run.recording.telling_sample)
        if is_known and run.result and run.result.model:
            self._history.replace_model(run.result.model, model, self._state.present.position)
        else:
            self._record_result(run, before)
        if run.needs_playback:
            self._replay.play()

    def _record_result(self, run: FitRun, before: Snapshot) -> None:
        """Record the shown result of a fit as a step; undo returns to the state before it, if there was one.

        A better result of another start replaces it in the same step, unless the user has changed something since.
        """
        state, model = self._state, self._state.present.model
        if model is None:
            return
        if names := matching_names(run.before if run.result is None else before, model):
            state.show(state.present._replace(names=names | dict(state.present.names)))
        n_parts = model.n_components
        text = Message("Fit of 1 part") if n_parts == 1 else Message("Fit of {n:,} parts", n=n_parts)
        has_changed = run.result is not None and run.result is not before
        if has_changed or (run.result is None and not self._follows_loading):
            start = before if has_changed else run.before
            if start.model or self._history.n_steps:
                self._history.record(start, state.shown, text)
        else:
            self._history.amend_last(state.shown)
        run.result = state.shown

    def _record_changes(self) -> None:
        """Record as one step what the user changed during a fit that is about to end without a result."""
        state, run = self._state, self.last
        if run and state.activity is Activity.FITTING:
            self._replay.return_to_live()
            if run.result is None and run.before.differs_from(state.shown):
                self._history.record(run.before, state.shown, Message("Changes during a fit"))
