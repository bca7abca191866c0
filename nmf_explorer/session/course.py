"""The course of the last fit: its models one after the other, to go back through them and to see it again.

Looking back is a look and no change: undo knows nothing of it. What is changed while one looks back, such as a weight,
is changed at that place, and undo leads to where one had come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.nmf_model import NmfModel
    from nmf_explorer.session.explored import Explored
    from nmf_explorer.session.fit_run import FitRun
    from nmf_explorer.session.session import Session

PICTURE_MS = 60  # a fit is played at more than 15 pictures a second
_MOST_PICTURES = 50  # so that it takes three seconds at most


class Course(QObject):
    """The places through which the last fit came, from 0; the last one is what it has found.

    Signals: ``changed()`` when there are other places, another one is looked at, or playing begins or ends.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._steps: list[FitStep] = []
        self._end: NmfModel | None = None
        self._made: WeakValueDictionary[int, NmfModel] = WeakValueDictionary()  # those that are in use, by their place
        self._n_first = 0  # the place where the first start had come to its end
        self._is_in_order = True
        self._first_order: NDArray[np.intp] | None = None
        self._to_play: list[int] = []
        self.left: Explored | None = None  # what is there, while one looks back
        self._timer = QTimer(self, interval=PICTURE_MS)
        self._timer.timeout.connect(self._play_one)
        session.model_changed.connect(self.changed)
        session.activity_changed.connect(self.changed)

    # what there is to see

    @property
    def place(self) -> int | None:
        """Where the model that is shown stands in the course; None if it has nothing to do with it."""
        model = self._session.model
        if model is None or not self._steps:
            return None
        if model is self._end:
            return len(self._steps) - 1
        return next((place for place, made in self._made.items() if made is model), None)

    @property
    def n_places(self) -> int:
        """How many models one can go through; none while a fit goes on."""
        return 0 if self.place is None or self._session.is_busy else len(self._steps)

    @property
    def is_looking_back(self) -> bool:
        """Whether an earlier model of the fit is shown."""
        return self.place is not None and self._session.model is not self._end

    @property
    def is_playing(self) -> bool:
        """Whether the fit is being played."""
        return self._timer.isActive()

    @property
    def iteration(self) -> int:
        """Which iteration led to the model that is shown."""
        model = self._session.model
        return 0 if model is None else min(model.n_iterations, len(self.losses()))

    def losses(self) -> list[float]:
        """The curve of the whole course: what was minimised, after each iteration that made a difference."""
        from nmf_explorer.factorize.course import falling_losses

        whole = self._whole
        return falling_losses(whole) if whole else []

    @property
    def is_about_errors(self) -> bool:
        """Whether the curve is that of the relative error, and not of another loss."""
        whole = self._whole
        return whole is None or whole.options.loss == "frobenius"

    @property
    def n_more(self) -> int:
        """How many more iterations there were in which nothing better was found."""
        whole = self._whole
        return whole.n_iterations - len(self.losses()) if whole else 0

    # verbs

    def show(self, place: int) -> None:
        """Look at one place; the last one is what is there anyway."""
        self.stop()
        self._look_at(place)

    def show_iteration(self, iteration: int) -> None:
        """Look at the place that is nearest to an iteration."""
        if self.n_places:
            self.show(min(range(len(self._steps)), key=lambda i: abs(self._steps[i].iteration - iteration)))

    def to_end(self) -> None:
        """Go back to what the fit has found."""
        self.show(len(self._steps) - 1)

    def replay(self) -> None:
        """Play the fit from its first iteration to its last."""
        n_places = self.n_places
        if n_places > 1:
            n_pictures = min(n_places, _MOST_PICTURES)
            self._to_play = [round(i * (n_places - 1) / (n_pictures - 1)) for i in range(n_pictures)]
            self._timer.start()
            self._session.activity_changed.emit()
            self._play_one()

    def stop(self) -> None:
        """Stop playing, and stay at the place that is shown."""
        self._to_play = []
        if self._timer.isActive():
            self._timer.stop()
            self._session.activity_changed.emit()

    # told by the session

    def take(self, run: FitRun, end: NmfModel) -> None:
        """Take the course of a fit that has ended with this model, instead of the one before."""
        self.forget()
        if run.recording.steps:
            self._steps, self._end = list(run.recording.steps), end
            done = (i for i, step in enumerate(self._steps) if step.converged)
            self._n_first = next(done, len(self._steps) - 1)
            self._is_in_order = run.plan.like is None and self._n_first == len(self._steps) - 1

    def forget(self) -> None:
        """Have no places any more."""
        self.come_back()
        self._steps, self._end, self._first_order = [], None, None
        self._made.clear()

    def come_back(self) -> None:
        """Look back no more: what is shown now is what is there."""
        self.stop()
        self.left = None

    # inside

    @property
    def _whole(self) -> NmfModel | None:
        """The model at the end of the course, also while one looks back."""
        return self._end if self.place is not None else self._session.model

    def _look_at(self, place: int) -> None:
        if not 0 <= place < self.n_places:
            return
        there, model = self.left or self._session.explored, self._model_at(place)
        is_there = there.model is model
        self.left = None if is_there else there
        self._session.show(there if is_there else there._replace(model=model, weights={}))
        self.changed.emit()

    def _model_at(self, place: int) -> NmfModel:
        if self._end and place == len(self._steps) - 1:
            return self._end
        model = self._made.get(place)
        if model is None:
            model = self._steps[place].model()
            order = self._order_of(place, model)
            self._made[place] = model = model if order is None else model.reordered(order)
        return model

    def _order_of(self, place: int, model: NmfModel) -> NDArray[np.intp] | None:
        """The order in which the parts stand where they end: one for the first start, one for each that came lower."""
        if self._is_in_order or self._end is None:
            return None
        if place > self._n_first:
            return model.order_like(self._end)
        if self._first_order is None:
            self._first_order = self._steps[self._n_first].model().order_like(self._end)
        return self._first_order

    def _play_one(self) -> None:
        if not self.n_places:  # something else is shown meanwhile
            self.stop()
            return
        place = self._to_play.pop(0)
        if not self._to_play:
            self.stop()
        self._look_at(place)
