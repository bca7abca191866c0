"""The way that a fit came, as far as it was recorded; and all such ways that are kept, within one bounded memory.

A way is kept as long as a model of it is: so undo and redo, which hold the models, bring the ways back with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary, ref

from nmf_explorer.session.fitting.fit_recording import thinned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.fit_recording import FitRecording
    from nmf_explorer.session.fitting.fit_run import FitRun

ALL_STEPS, ALL_BYTES = 300, 128_000_000  # of all ways together
FEW = 40  # steps that are left of an old way, before it is let go


class FitPath:
    """The way of one fit: models of its steps, their parts in the order in which they stand at its end.

    It does not hold the model at its end, which would else never be let go.
    """

    def __init__(self, run: FitRun, end: NmfModel) -> None:
        self.recording: FitRecording = run.recording
        self._keeps_order = run.plan.like is None
        self.resume(end)

    def resume(self, end: NmfModel) -> None:
        """Lead further, to another model of the same fit."""
        steps = tuple(self.recording.steps)  # at once: the fit may be writing
        self.steps = [step for step in steps if step.iteration <= end.n_iterations]
        self._end = ref(end)
        self._first_end = next((step for step in self.steps if step.converged), self.steps[-1]).iteration
        self._is_in_order = self._keeps_order and self._first_end == self.steps[-1].iteration
        self._first_order: NDArray[np.intp] | None = None

    @property
    def end(self) -> NmfModel | None:
        """The model to which it leads; None if nobody holds it any more."""
        return self._end()

    @property
    def n_bytes(self) -> int:
        """Memory that its steps take."""
        return len(self.steps) * self.recording.n_bytes

    def thin(self, n_steps: int) -> None:
        """Leave some steps out, of a fit that has ended."""
        self.steps = self.recording.steps = thinned(self.steps, n_steps)

    def nearest(self, iteration: int) -> int:
        """Which of its steps is nearest to an iteration."""
        return min(range(len(self.steps)), key=lambda i: abs(self.steps[i].iteration - iteration))

    def model_of(self, step: FitStep, end: NmfModel) -> NmfModel:
        """Make the model of one of its steps."""
        model = step.model()
        order = self._order_of(step, model, end)
        return model if order is None else model.reordered(order)

    def _order_of(self, step: FitStep, model: NmfModel, end: NmfModel) -> NDArray[np.intp] | None:
        """The order in which the parts stand where they end: one for the first start, one for each that came lower."""
        if self._is_in_order:
            return None
        if step.iteration > self._first_end:
            return model.order_like(end)
        if self._first_order is None:
            of_first = [step for step in self.steps if step.iteration <= self._first_end]
            self._first_order = of_first[-1].model().order_like(end)
        return self._first_order


class PathPosition(NamedTuple):
    """Where a model stands.

    Attributes
    ----------
    walk : Walk
        The way on which it was found.
    iteration : int
        Which led to it.
    """

    path: FitPath
    iteration: int


class FitPathStore:
    """All ways that are kept, by the models of theirs that are in use, the newest way last."""

    def __init__(self) -> None:
        self._places: WeakKeyDictionary[NmfModel, PathPosition] = WeakKeyDictionary()

    def position_of(self, model: NmfModel | None) -> PathPosition | None:
        """Where a model stands, if it stands on a way whose end there still is."""
        place = self._places.get(model) if model else None
        return place if place and place.path.end else None

    def extend_to(self, run: FitRun, model: NmfModel) -> None:
        """Write down where a fit is that goes on or has ended; old ways make room for it."""
        if not run.recording.steps:
            return
        walk = next((walk for walk in self._all() if walk.recording is run.recording), None)
        if walk:
            walk.resume(model)
        else:
            walk = FitPath(run, model)
        self._places[model] = PathPosition(walk, walk.steps[-1].iteration)
        self._make_room(walk)

    def model_at(self, walk: FitPath, number: int) -> NmfModel:
        """The model of one of the steps of a way, made anew unless it is in use."""
        step, end = walk.steps[number], walk.end
        if end and step is walk.steps[-1]:
            return end
        place = PathPosition(walk, step.iteration)
        model = next((model for model, its in self._places.items() if its == place), None)
        if model is None:
            model = walk.model_of(step, end) if end else step.model()
            self._places[model] = place
        return model

    def clear(self) -> None:
        """Keep none."""
        self._places.clear()

    def _all(self) -> list[FitPath]:
        """From the oldest to the newest."""
        return list(dict.fromkeys(place.path for place in self._places.values()))

    def _make_room(self, newest: FitPath) -> None:
        """Thin the others out, and if that is not enough let them go, the oldest first."""
        others = [walk for walk in self._all() if walk is not newest]
        for walk in others:
            if self._are_too_much:
                walk.thin(FEW)
        for walk in others:
            if self._are_too_much:
                self._let_go(walk)

    @property
    def _are_too_much(self) -> bool:
        kept = self._all()
        return sum(len(walk.steps) for walk in kept) > ALL_STEPS or sum(walk.n_bytes for walk in kept) > ALL_BYTES

    def _let_go(self, walk: FitPath) -> None:
        for model in [model for model, place in self._places.items() if place.path is walk]:
            del self._places[model]
