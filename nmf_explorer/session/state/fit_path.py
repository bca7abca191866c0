"""The recorded iterations of a fit, and the memory limit for those of all fits that undo can restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.session.state.fit_recording import thinned

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.fit_recording import FitRecording

MAX_TOTAL_STEPS, MAX_TOTAL_BYTES = 300, 128_000_000  # of all paths together
OLD_PATH_STEPS = 40  # steps that an old path keeps before it is dropped as a whole


class FitPath:
    """The iterations of one fit as models, their parts in the order of the last model.

    `end` is the newest model of the fit, and `steps` are the recorded steps up to it; both are set by `extend`.
    """

    end: NmfModel
    steps: list[FitStep]

    def __init__(self, recording: FitRecording, *, keeps_order: bool) -> None:
        """`keeps_order`: the fit does not reorder its parts after the last iteration."""
        self._recording = recording
        self._keeps_order = keeps_order

    def extend(self, end: NmfModel) -> PathPosition:
        """Extend the path to a newer model of the same fit and return its position."""
        steps = tuple(self._recording.steps)  # a copy in one go: the worker may be appending
        self.steps = [step for step in steps if step.iteration <= end.n_iterations]
        self.end = end
        self._first_end = next((step for step in self.steps if step.converged), self.steps[-1]).iteration
        self._is_in_order = self._keeps_order and self._first_end == self.steps[-1].iteration
        self._first_order: NDArray[np.intp] | None = None
        return PathPosition(self, self.steps[-1].iteration)

    @property
    def n_bytes(self) -> int:
        """Memory of the steps in bytes."""
        return len(self.steps) * self._recording.n_bytes

    def thin(self, n_steps: int) -> None:
        """Drop all but some steps of a fit that has ended."""
        self.steps = self._recording.steps = thinned(self.steps, n_steps)

    def nearest(self, iteration: int) -> int:
        """Return the index of the step that is nearest to an iteration."""
        return min(range(len(self.steps)), key=lambda i: abs(self.steps[i].iteration - iteration))

    def model_at(self, index: int) -> NmfModel:
        """Return the model of a step, made anew unless it is the last one."""
        step = self.steps[index]
        if step is self.steps[-1]:
            return self.end
        model = step.model()
        order = self._order_of(step, model)
        return model if order is None else model.reordered(order)

    def _order_of(self, step: FitStep, model: NmfModel) -> NDArray[np.intp] | None:
        """Return the order of the parts in the last model: one for the first start, one for each better restart."""
        if self._is_in_order:
            return None
        if step.iteration > self._first_end:
            return model.order_like(self.end)
        if self._first_order is None:
            of_first = [step for step in self.steps if step.iteration <= self._first_end]
            self._first_order = of_first[-1].model().order_like(self.end)
        return self._first_order


class PathPosition(NamedTuple):
    """The iteration of a model on the path of its fit."""

    path: FitPath
    iteration: int


def limit_memory(paths: Iterable[FitPath], newest: FitPath) -> None:
    """Thin paths, oldest first, and then empty them, until all of them are within the limits; keep the newest whole."""
    older = [path for path in dict.fromkeys(paths) if path is not newest]
    for n_steps in (OLD_PATH_STEPS, 0):
        for path in older:
            kept = [*older, newest]
            if sum(len(p.steps) for p in kept) <= MAX_TOTAL_STEPS and sum(p.n_bytes for p in kept) <= MAX_TOTAL_BYTES:
                return
            path.thin(n_steps)
