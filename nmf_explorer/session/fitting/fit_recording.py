"""What a fit leaves behind so that one can go back through it: some of its steps, of which models can be made."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmf_explorer.factorize.fit_step import FitStep

MOST_BYTES = 100_000_000  # of factors that are kept; beyond, and beyond so many steps, some are left out
MOST_STEPS = 240


class FitRecording:
    """Steps of one fit, written down in the worker and read when the fit has ended.

    Keeping a step costs the fit nothing: its factors are there, and a model is made of them when one is looked at.
    """

    def __init__(self, n_bytes: int) -> None:
        """Begin with none; each takes `n_bytes`."""
        self.n_bytes = n_bytes
        self._most = max(2, min(MOST_STEPS, MOST_BYTES // max(1, n_bytes)))
        self.steps: list[FitStep] = []
        self.seconds: float | None = None  # until the parts stood, though other starts may have been tried since
        self._began = time.monotonic()

    def begin(self) -> None:
        """Let the time run from now on: all that a first fit has to import is there."""
        self._began = time.monotonic()

    def add(self, step: FitStep) -> None:
        """Keep a step, unless it is no better than the one before it, as while other starts are tried in vain."""
        if step.converged and self.seconds is None:
            self.seconds = time.monotonic() - self._began
        if self.steps and step.relative_error == self.steps[-1].relative_error:
            return
        self.steps.append(step)
        if len(self.steps) > self._most:
            del self.steps[_least_missed(self.steps)]


def thinned(steps: list[FitStep], most: int) -> list[FitStep]:
    """Steps without those that are missed least; of two or more, the first and the last stay."""
    steps = list(steps)
    while len(steps) > most:
        del steps[_least_missed(steps)]
    return steps


def _least_missed(steps: list[FitStep]) -> int:
    """The step whose neighbours are nearest, for how late it came: the first ones stay close together."""
    at = [step.iteration for step in steps]
    return min(range(1, len(at) - 1), key=lambda i: (at[i + 1] - at[i - 1]) / at[i])
