"""Start for large data: the best of several fits to a random subset of rows and columns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.hals import HalsOptions, Iteration, hals_iterations
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks, thread_pool
from nmf_explorer.factorize.solvers.stopping import has_converged
from nmf_explorer.factorize.starts.pixel_start import pixel_start
from nmf_explorer.factorize.starts.starting_factors import parts_for, random_start, svd_start, weights_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import ThreadPoolExecutor

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions

_NUMBERS, _COLUMNS = 1_500_000, 1024
_ROWS_PER_PART = 10
_ITERATIONS_PER_ROUND = 10
_TOL = 1e-3
_MAX_ITERATIONS = 50
_SWEEPS, _WEIGHT_SWEEPS = 8, 4  # with fewer, the fit of all data starts far from where the sketch ended
_MAX_PARTS_FOR_ALL_STARTS = 64  # with more, starts cost more and end nearly the same


def sketched_start(blocks: RowBlocks, options: FitOptions, rng: np.random.Generator) -> Factors:
    """Return the best of several starts, fitted to a sketch: random rows and columns of the samples.

    Several fits run side by side for a few iterations, then the worse half is dropped, until one is left (successive
    halving). It is continued, and factors for all samples and all features are computed from it.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    options : FitOptions
        Uses `n_components` and `n_threads`.
    rng : numpy.random.Generator
        Draws rows, columns and the random starts.

    Returns
    -------
    Factors
        W (n_components, n_samples) and H (n_components, n_features), float32, 0 or more.

    References
    ----------
    Jamieson, K. and Talwalkar, A. (2016). Non-stochastic best arm identification and hyperparameter optimization.
    AISTATS 19. arXiv:1502.07943
    """
    k = options.n_components
    rows = blocks.dataset.subset(max(_NUMBERS // min(blocks.dataset.n_features, _COLUMNS), _ROWS_PER_PART * k), rng)
    columns = _subsample_columns(rows, rng)
    if columns.brightest <= 0 or columns.max_components < k:
        return random_start(blocks, k, rng)  # the sketch is too small
    sketch = RowBlocks(columns, blocks.should_stop, options.n_threads)
    starts = [partial(svd_start, sketch, k, "nndsvdar", rng), partial(Factors, *random_start(sketch, k, rng))]
    if k <= _MAX_PARTS_FOR_ALL_STARTS:
        starts += [partial(pixel_start, sketch, k), partial(Factors, *random_start(sketch, k, rng))]
    with thread_pool(options.n_threads) as threads:
        best = _successive_halving([_SketchRun(sketch, start) for start in starts], threads)
    with sketch:
        while not best.is_over:
            best.iterate()
    with RowBlocks(rows, blocks.should_stop, options.n_threads) as row_blocks:
        H = parts_for(row_blocks, best.latest.factors.W, _SWEEPS)
    return Factors(weights_for(blocks, H, _WEIGHT_SWEEPS), H)


class _SketchRun:
    """A fit to the sketch. Fits that run side by side have one thread each; the last one uses all threads."""

    def __init__(self, sketch: RowBlocks, start: Callable[[], Factors]) -> None:
        self._sketch = sketch
        self._start = start
        self._iterations: Iterator[Iteration] | None = None
        self.losses: list[float] = []
        self.latest: Iteration

    def iterate(self) -> None:
        """Compute one round of iterations."""
        if self._iterations is None:
            self._iterations = hals_iterations(self._sketch, self._start(), HalsOptions())
        for _ in range(_ITERATIONS_PER_ROUND):
            self.latest = next(self._iterations)
            self.losses.append(self.latest.loss)

    @property
    def is_over(self) -> bool:
        return has_converged(self.losses, _TOL) or len(self.losses) >= _MAX_ITERATIONS


def _subsample_columns(dataset: Dataset, rng: np.random.Generator) -> Dataset:
    """Return a dense dataset with at most 1,024 random columns; sparse datasets are small enough already."""
    if not isinstance(dataset.stored, np.ndarray) or dataset.n_features <= _COLUMNS:
        return dataset
    columns = np.sort(rng.choice(dataset.n_features, _COLUMNS, replace=False))
    return replace(dataset, stored=np.ascontiguousarray(dataset.stored[:, columns]), sample_shape=(1, _COLUMNS))


def _successive_halving(runs: list[_SketchRun], threads: ThreadPoolExecutor) -> _SketchRun:
    """Iterate all runs side by side, drop the worse half, and repeat until one is left."""
    while True:
        for future in [threads.submit(run.iterate) for run in runs]:
            future.result()
        runs = sorted(runs, key=lambda run: run.latest.loss)[: max(1, len(runs) // 2)]
        if len(runs) == 1:
            return runs[0]
