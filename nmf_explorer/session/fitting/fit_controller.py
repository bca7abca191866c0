"""The fits of a session, one at a time: begun by a plan, followed, and what they found is kept as one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.fit_run import FitRun
from nmf_explorer.session.fitting.work import fit_work
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.work import FitPlan, FitProgress
    from nmf_explorer.session.session import Session


class FitController(QObject):
    """Fits the open set; `last` is the fit that goes on, or the one before."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.last: FitRun | None = None
        self._follows_reading = False

    def begin(
        self, plan: FitPlan, *, is_watched: bool = False, is_first_step: bool = False, follows_reading: bool = False
    ) -> None:
        """Fit by a plan, or begin with its first iteration only; undo will go back to what there is now.

        One that follows by itself when a set was read is no step of its own. Nothing happens without a set or while
        the worker is busy.
        """
        session = self._session
        if session.dataset is None or session.is_busy:
            return
        session.notices.restore_dataset_notice()
        before = session.replay.present or session.snapshot
        session.replay.exit_replay()
        self.last = FitRun(plan, session.dataset, before, is_watched=is_watched)
        self._follows_reading = follows_reading
        task = BackgroundTask(fit_work(session.dataset, plan, self.last.recording))
        if is_first_step:
            task.step()
        session.begin(Activity.FITTING, task, self._on_fitted, self._on_cancelled)

    def follow(self, progress: FitProgress) -> None:
        """See how far the fit is."""
        if self.last:
            self.last.count_shown(progress)
            self._session.replay.follow(self.last, progress.model)

    def keep_what_was_done_meanwhile(self) -> None:
        """Let undo know of what was changed while a fit went on that is about to come to nothing."""
        session, run = self._session, self.last
        if run and session.activity is Activity.FITTING:
            session.replay.return_to_live()
            if run.before.differs(session.snapshot):
                session.history.record(run.before, session.snapshot, Message("Changes during a fit"))

    def _on_fitted(self, model: NmfModel) -> None:
        self._session.end_task()
        self._keep(model)
        if not model.converged:
            text = Message("The fit ended after {n} iterations before it had converged.", n=model.n_iterations)
            self._session.notices.show_about_fit(text, Level.WARNING)

    def _on_cancelled(self, last: FitProgress | None) -> None:
        text = Message("The fit was stopped before its first iteration.")
        if last is None:
            self.keep_what_was_done_meanwhile()
        self._session.end_task()
        if last:
            self._keep(last.model)
            text = Message("Stopped at iteration {n}; the parts found so far are kept.", n=last.model.n_iterations)
        self._session.notices.show_about_fit(text, Level.INFO)

    def _keep(self, model: NmfModel) -> None:
        """Take what a fit has found; undo goes back to what there was before it, if there was anything."""
        session, run = self._session, self.last
        if run is None:
            return
        session.replay.end(run, model)
        if self._follows_reading:
            session.history.amend_last(session.snapshot)
        elif run.before.model or session.history.n_steps:  # else the first thing that happened to a set
            session.history.record(run.before, session.snapshot, Message("Fit of {n} parts", n=model.n_components))
        if run.is_to_be_played:
            session.replay.play()
