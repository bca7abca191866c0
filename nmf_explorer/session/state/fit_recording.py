"""Steps of a fit that are kept so that its iterations can be replayed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmf_explorer.factorize.fit_step import FitStep

MAX_BYTES = 100_000_000  # of factors; beyond this, or beyond MAX_STEPS, some steps are dropped
MAX_STEPS = 240


class FitRecording:
    """Steps of one fit, appended in the worker.

    To keep a step costs the fit nothing: its factors exist, and a model is made from them only when it is shown.
    """

    def __init__(self, n_bytes: int) -> None:
        """Start empty; each step takes `n_bytes`."""
        self.n_bytes = n_bytes
        self._max_steps = max(2, min(MAX_STEPS, MAX_BYTES // max(1, n_bytes)))
        self.steps: list[FitStep] = []
        self.seconds: float | None = None  # until the first start converged; restarts may follow
        self.telling_sample: int | None = None  # the sample to show at the end, if it may be another one
        self._started = time.monotonic()

    def start_clock(self) -> None:
        """Start measuring the time: after the imports that only a first fit needs."""
        self._started = time.monotonic()

    def shift_clock(self, seconds: float) -> None:
        """Leave out the time that the fit has waited."""
        self._started += seconds

    def add(self, step: FitStep) -> None:
        """Append a step, unless its error equals that of the last one, as during restarts that are no better."""
        if step.converged and self.seconds is None:
            self.seconds = time.monotonic() - self._started
        if self.steps and step.relative_error == self.steps[-1].relative_error:
            return
        self.steps.append(step)
        if len(self.steps) > self._max_steps:
            del self.steps[_most_redundant(self.steps)]


def thinned(steps: list[FitStep], most: int) -> list[FitStep]:
    """Return at most so many steps without the most redundant ones; of two or more, the first and the last stay."""
    if not most:
        return []
    steps = list(steps)
    while len(steps) > most:
        del steps[_most_redundant(steps)]
    return steps


def _most_redundant(steps: list[FitStep]) -> int:
    """Return the index of the step with the nearest neighbours relative to its iteration: early steps stay dense."""
    at = [step.iteration for step in steps]
    return min(range(1, len(at) - 1), key=lambda i: (at[i + 1] - at[i - 1]) / at[i])
