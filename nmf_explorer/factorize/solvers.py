"""The solver: a generator, one step per iteration. Names as in the papers: X ~ W'H.

It reads the samples in blocks of rows, a few MB at a time, and asks between blocks whether to stop: so a cancel is
answered at once however large the data, and 8-bit data never become one large float copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.nmf_model import NmfModel
from nmf_explorer.factorize.starts import random_start
from nmf_explorer.factorize.sweeps import block_sums, hals_sweeps, squared_norm, squared_residual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions

_BLOCK_NUMBERS = 1_000_000  # per block: 4 MB of float32, which stays in the processor's cache
_SWEEPS = 3
_WINDOW = 10
_SQUARES_FIT = (1e-6, 1e6)  # the largest number in the data; outside, float32 products might not fit
_TRIALS = 4
_TRIAL_ITERATIONS = 15
_TRIAL_WORK = 20_000_000  # multiplications per iteration of a trial: all trials together take about a third of a second
_TRIAL_FEWEST_ROWS = 100
_FREE_ERROR_IS_GOOD = 1e-3  # of the squared relative error; below, float32 products are too coarse to subtract


@dataclass(frozen=True, eq=False)
class FitStep:
    """One iteration of a fit.

    Attributes
    ----------
    iteration : int
        From 1.
    relative_error : float
        ``||X - WH|| / ||X||`` of the model at this point.
    converged : bool
        Whether the stop rule holds here; then this is the last step.
    """

    iteration: int
    relative_error: float
    converged: bool
    _W: NDArray[np.float32]
    _H: NDArray[np.float32]
    _history: list[float]
    _dataset: Dataset
    _options: FitOptions

    def model(self) -> NmfModel:
        """The model at this point, also when the fit has gone on since.

        Returns
        -------
        NmfModel
            Parts scaled to a largest pixel of 1.
        """
        return NmfModel.scaled(
            self._H,
            self._W.T,
            sample_shape=self._dataset.sample_shape,
            loss_history=self._history[: self.iteration],
            converged=self.converged,
            options=self._options,
        )


def hals_steps(dataset: Dataset, options: FitOptions, should_stop: Callable[[], bool]) -> Iterator[FitStep]:
    """Fit by hierarchical alternating least squares with a few inner sweeps, exactly, block by block.

    Each iteration updates all weights for the present parts, and then the parts for the next one. The pair of new
    weights and present parts is what a step publishes: its error comes for free from the sums, and never rises.

    Parameters
    ----------
    dataset : Dataset
        The samples.
    options : FitOptions
        Already checked against the samples.
    should_stop : callable
        Asked before every block.

    Yields
    ------
    FitStep
        One per iteration, until the stop rule holds or `options.max_iter` is reached.

    Raises
    ------
    Cancelled
        If `should_stop` says so; the last step yielded stays valid.

    References
    ----------
    Cichocki, A. and Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor
    factorizations. IEICE Trans. Fundamentals E92-A(3). doi:10.1587/transfun.E92.A.708
    """
    history: list[float] = []
    W, H = best_random_start(dataset, options, should_stop)
    blocks = _Blocks(dataset, should_stop)
    for iteration, error in enumerate(hals_iterations(blocks, W, H), 1):
        history.append(error)
        done = _has_converged(history, options.tol)
        yield FitStep(iteration, error, done, W * blocks.unit, H.copy(), history, dataset, options)
        if done or iteration == options.max_iter:
            return


def best_random_start(
    dataset: Dataset, options: FitOptions, should_stop: Callable[[], bool]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Try several random starts for a few iterations, on a sample of the rows if there are many, and take the best.

    A single random start ends in a poor local minimum every now and then (1 of 60 on crossing bars). Where even a few
    iterations on a few rows would keep the user waiting, the first random start is taken as it is.

    Parameters
    ----------
    dataset : Dataset
        The samples.
    options : FitOptions
        Number of parts and seed.
    should_stop : callable
        Asked before every block.

    Returns
    -------
    W : ndarray of shape (n_components, n_samples), float32
        Weights, transposed, to begin with.
    H : ndarray of shape (n_components, n_features), float32
        The parts of the trial with the lowest error.

    Raises
    ------
    Cancelled
        If `should_stop` says so.
    """
    rng = np.random.default_rng(options.random_state)
    n_rows = _TRIAL_WORK // (dataset.n_features * options.n_components)
    if n_rows < min(dataset.n_samples, _TRIAL_FEWEST_ROWS):
        return random_start(dataset, options.n_components, rng, unit=float(_Blocks(dataset, should_stop).unit))
    few = dataset.subset(n_rows, rng)
    blocks = _Blocks(few if few.stored.any() else dataset, should_stop)
    trials = []
    for _ in range(_TRIALS):
        W, H = random_start(blocks.dataset, options.n_components, rng, unit=float(blocks.unit))
        *_, error = islice(hals_iterations(blocks, W, H), _TRIAL_ITERATIONS)
        trials.append((error, W, H))
    _, W, H = min(trials, key=itemgetter(0))
    if W.shape[1] < dataset.n_samples:
        W = np.zeros((options.n_components, dataset.n_samples), dtype=np.float32)  # those of the others come next
    return W, H


def hals_iterations(blocks: _Blocks, W: NDArray[np.float32], H: NDArray[np.float32]) -> Iterator[float]:
    """Improve both factors in place, for ever.

    Parameters
    ----------
    blocks : _Blocks
        The samples.
    W : ndarray of shape (n_components, n_samples), float32
        Weights, transposed. At each yield they are the new ones.
    H : ndarray of shape (n_components, n_features), float32
        Parts. At each yield they are those that the weights were found for; the next ones come after it.

    Yields
    ------
    float
        Relative error of the pair, from 0.
    """
    norm = sum(squared_norm(X) for X, _ in blocks)
    while True:
        HH = H @ H.T
        WW, WX = np.zeros_like(HH), np.zeros_like(H)
        for X, part in blocks:
            sums = block_sums(X, W[:, part], H, HH, _SWEEPS)
            WW += sums.WW
            WX += sums.WX
        squared = 1 - float(2 * np.sum(WX * H, dtype=np.float64) - np.sum(WW * HH, dtype=np.float64)) / norm
        if squared < _FREE_ERROR_IS_GOOD:
            squared = sum(squared_residual(X, W[:, part], H) for X, part in blocks) / norm
        yield float(np.sqrt(squared))
        hals_sweeps(H, WX, WW, _SWEEPS)


def _has_converged(history: list[float], tol: float) -> bool:
    """Whether ten iterations brought less than the tolerance promises; scale-free, since the error is relative."""
    return len(history) > _WINDOW and history[-1 - _WINDOW] - history[-1] <= tol * history[-1]


class _Blocks:
    """The samples in blocks of rows with fixed borders, so that a fit is the same every time.

    They come divided by `unit`, which is 1 unless the numbers are very large or very small.
    """

    def __init__(self, dataset: Dataset, should_stop: Callable[[], bool]) -> None:
        self.dataset = dataset
        self._should_stop = should_stop
        self._rows = max(1, _BLOCK_NUMBERS // dataset.n_features)
        brightest = dataset.brightest
        self.unit = np.float32(1 if _SQUARES_FIT[0] < brightest < _SQUARES_FIT[1] else brightest)

    def __iter__(self) -> Iterator[tuple[NDArray[np.float32], slice]]:
        for start in range(0, self.dataset.n_samples, self._rows):
            if self._should_stop():
                raise Cancelled
            stop = min(start + self._rows, self.dataset.n_samples)
            rows = self.dataset.rows(start, stop)
            yield rows if self.unit == 1 else rows / self.unit, slice(start, stop)
