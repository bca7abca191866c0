"""The next fit: what it would do, and at once where that takes no time. Here also the ways to fit again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from nmf_explorer.errors import Message
from nmf_explorer.session.fitting.work import FitPlan, FitProgress

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

PATIENCE_MS = 300  # after the last change of the number of parts
_QUICK_SECONDS = 1.0  # until the parts stand; they are seen from their first iteration on
_BY_SEED = ("random", "nndsvdar")  # starts that another seed changes


class NextFit(QObject):
    """Follows the number of parts, and fits again in other ways than `Session.start_fit`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._timer.timeout.connect(self._fit_at_once)
        session.n_components_changed.connect(self._on_n_components_changed)
        session.activity_changed.connect(self._on_activity_changed)
        self._is_wanted = False

    @property
    def is_offered(self) -> bool:
        """Whether the next fit would have another number of parts than the model, or there is none yet."""
        model, dataset = self._session.model, self._session.dataset
        return dataset is not None and (model is None or model.n_components != self._session.n_components)

    @property
    def can_be_at_once(self) -> bool:
        """Whether the last fit says that one of so many parts takes no time worth mentioning."""
        last, model = self._session.fit_controller.last, self._session.model
        seconds = last.recording.seconds if last else None
        if last is None or seconds is None or model is None:
            return False
        return seconds * max(1.0, self._session.n_components / last.plan.n_components) < _QUICK_SECONDS

    def plan(self) -> FitPlan:
        """What the next fit is to do: another number of parts follows the parts there are first, where it may."""
        session, choice, model = self._session, self._session.fit_settings, self._session.model
        is_warm = self.is_offered and choice.start == "auto" and choice.solver != "scikit-learn"
        return FitPlan(session.n_components, choice, first=model if is_warm else None, like=model)

    def from_here(self) -> None:
        """Fit on from the model that is shown, be it the last one or an earlier one that is looked back at.

        A fit that waits is not thrown away for it: it is to be resumed or cancelled first, which keeps its course.
        """
        session = self._session
        if session.is_fit_paused:
            session.show_notice(
                Message("A fit waits. Resume or cancel it first, and then fit again from any place of it.")
            )
        elif session.model:
            plan = FitPlan(session.n_components, session.fit_settings, start=session.model, like=session.model)
            session.fit_controller.begin(plan)

    def from_another_seed(self, *, is_watched: bool = False) -> None:
        """Fit from the next seed; at random, where the chosen start would come out the same with every seed."""
        session = self._session
        if session.dataset is None or session.is_busy:
            return
        choice = session.fit_settings._replace(random_state=session.fit_settings.random_state + 1)
        session.set_fit_settings(choice)
        text = Message("This fit begins with seed {seed}.", seed=choice.random_state)
        if choice.start not in _BY_SEED:
            choice = choice._replace(start="random")
            text = Message(
                "This fit begins at random, with seed {seed}; the next one begins as the options say.",
                seed=choice.random_state,
            )
        session.fit_controller.begin(FitPlan(session.n_components, choice, like=session.model), is_watched=is_watched)
        session.show_notice(text)

    def stop(self) -> None:
        """Fit nothing of one's own accord any more."""
        self._is_wanted = False
        self._timer.stop()

    def _on_n_components_changed(self) -> None:
        self._is_wanted = True
        self._timer.start()

    def _on_activity_changed(self) -> None:
        if self._is_wanted and not self._session.is_busy and not self._timer.isActive():
            self._timer.start(0)

    def _fit_at_once(self) -> None:
        """Fit, if it is quick; what only compares other starts with a model that stands gives way to it."""
        session = self._session
        if not (self._is_wanted and session.model and self.is_offered and self.can_be_at_once):
            self._is_wanted = False
        elif not session.is_busy:
            self._is_wanted = False
            session.start_fit()
        elif self._only_compares():
            session.cancel()

    def _only_compares(self) -> bool:
        progress = self._session.progress
        return isinstance(progress, FitProgress) and progress.tries_other_starts and not self._session.is_paused
