"""Momentum: both factors are extrapolated along their last step. Names as in the papers: X ~ W'H."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.solvers.factors import Factors

_FIRST_MOMENTUM, _GROWTH, _LIMIT_GROWTH, _SHRINK = 0.5, 1.05, 1.02, 1.5


class Extrapolation(NamedTuple):
    """Factors of the last two iterations, extrapolated by ``current + factor * (current - previous)`` and cut off at 0.

    Extrapolated weights are computed block by block when they are needed, so no second copy of W exists.

    References
    ----------
    Ang, A. M. S. and Gillis, N. (2019). Accelerating nonnegative matrix factorization algorithms using extrapolation.
    Neural Computation 31(2). doi:10.1162/neco_a_01157
    """

    previous: Factors
    current: Factors
    factor: float  # 0 to 1; 0 gives the current factors

    def parts(self, columns: slice = slice(None)) -> Floats:
        """Return extrapolated parts of some pixels, (n_components, m) float32, 0 or more; a view if `factor` is 0."""
        current = self.current.H[:, columns]
        return current if not self.factor else _extrapolated(self.previous.H[:, columns], current, self.factor)

    def weights(self, rows: slice) -> Floats:
        """Return extrapolated weights of some samples, (n_components, m) float32, 0 or more; always a copy."""
        current = self.current.W[:, rows]
        return current.copy() if not self.factor else _extrapolated(self.previous.W[:, rows], current, self.factor)


def _extrapolated(previous: Floats, current: Floats, factor: float) -> Floats:
    """Return ``max(0, current + factor * (current - previous))``, (n_components, m) float32."""
    backward_step: Floats = previous - current
    backward_step *= np.float32(factor)
    # max(current, step) - step is max(0, current - step); a maximum with 0 takes twice as long.
    extrapolated = np.maximum(current, backward_step)
    extrapolated -= backward_step
    return extrapolated


class Momentum:
    """The extrapolation factor, from 0 to 1: it grows while the loss falls and shrinks when the loss rises."""

    def __init__(self) -> None:
        self.current = self._previous = _FIRST_MOMENTUM
        self._limit = 1.0

    def grow(self) -> None:
        """Raise the factor after an iteration that lowered the loss."""
        self._previous = self.current
        self.current = min(self._limit, _GROWTH * self.current)
        self._limit = min(1.0, _LIMIT_GROWTH * self._limit)

    def shrink(self) -> None:
        """Lower the factor, and its upper limit, after an iteration that raised the loss."""
        self._limit = self._previous
        self.current /= _SHRINK
