"""Momentum: both factors are moved on in the direction they came from. Names as in the papers: X ~ W'H."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.solvers.factors import Factors

_FIRST_MOMENTUM, _GROWTH, _LIMIT_GROWTH, _SHRINK = 0.5, 1.05, 1.02, 1.5


class Extrapolation(NamedTuple):
    """Where the factors come from, where they are, and how far ahead the next iteration begins.

    The weights ahead are computed block by block, when they are needed.

    Attributes
    ----------
    before : Factors
        Those of the iteration before the last.
    now : Factors
        Those of the last.
    share : float
        Of the step between the two, by which the next iteration begins further on; 0 begins at `now`.
    """

    previous: Factors
    current: Factors
    factor: float

    def parts(self, columns: slice = slice(None)) -> Floats:
        """Give the parts ahead.

        Parameters
        ----------
        columns : slice, optional
            Which of their pixels; all, if it is not given.

        Returns
        -------
        ndarray of shape (n_components, m), float32
            0 or more; those of now themselves where nothing is to be carried on.
        """
        current = self.current.H[:, columns]
        return current if not self.factor else _extrapolated(self.previous.H[:, columns], current, self.factor)

    def weights(self, rows: slice) -> Floats:
        """Give the weights ahead of some samples.

        Parameters
        ----------
        rows : slice
            Which samples.

        Returns
        -------
        ndarray of shape (n_components, m), float32
            0 or more; a copy.
        """
        current = self.current.W[:, rows]
        return current.copy() if not self.factor else _extrapolated(self.previous.W[:, rows], current, self.factor)


def _extrapolated(previous: Floats, current: Floats, factor: float) -> Floats:
    """Move a factor on in the direction it came from."""
    backward_step: Floats = previous - current
    backward_step *= np.float32(factor)
    extrapolated = np.maximum(
        current, backward_step
    )  # less the way back: the larger of 0 and now - back; with a 0 it takes twice as long
    extrapolated -= backward_step
    return extrapolated


class Momentum:
    """How far the next parts are moved on, relative to their last step: more as long as it helps."""

    def __init__(self) -> None:
        self.current = self._previous = _FIRST_MOMENTUM
        self._limit = 1.0

    def grow(self) -> None:
        """It helped."""
        self._previous = self.current
        self.current = min(self._limit, _GROWTH * self.current)
        self._limit = min(1.0, _LIMIT_GROWTH * self._limit)

    def shrink(self) -> None:
        """It went too far."""
        self._limit = self._previous
        self.current /= _SHRINK
