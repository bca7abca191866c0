"""A start for large data: the best of several fits to some rows and some columns of the samples."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.hals import Factors, HalsPlan, Iterate, hals_iterates
from nmf_explorer.factorize.pixel_start import pixel_start
from nmf_explorer.factorize.row_blocks import RowBlocks
from nmf_explorer.factorize.starts import parts_for, random_start, svd_start, weights_for
from nmf_explorer.factorize.stopping import has_converged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions

_ROWS, _COLUMNS = 1500, 1024
_ROWS_PER_PART = 20
_ROUND = 20
_TOL = 2e-3
_MOST_ITERATIONS = 100
_SWEEPS, _WEIGHT_SWEEPS = 20, 6
_RANDOM_STARTS = 2


def sketched_start(blocks: RowBlocks, options: FitOptions, rng: np.random.Generator) -> Factors:
    """Find the best of several starts on a part of the data.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    options : FitOptions
        With `n_components`.
    rng : numpy.random.Generator
        Which rows and columns, and the random starts.

    Returns
    -------
    Factors
        For all samples; 0 or more.
    """
    k = options.n_components
    rows = blocks.dataset.subset(max(_ROWS, _ROWS_PER_PART * k), rng)
    columns = _some_columns(rows, rng)
    if columns.brightest <= 0:
        return random_start(blocks, k, rng)  # hardly a number is other than 0, and none of those was drawn
    with (
        RowBlocks(rows, blocks.should_stop, options.n_threads) as some_rows,
        RowBlocks(columns, blocks.should_stop, options.n_threads) as sketch,
    ):
        starts = [pixel_start(sketch, k), svd_start(sketch, k, "nndsvdar", rng)]
        starts += [random_start(sketch, k, rng) for _ in range(_RANDOM_STARTS)]
        best = _best_of([hals_iterates(sketch, start, HalsPlan()) for start in starts])
        H = parts_for(some_rows, best.factors.W, _SWEEPS)
    return Factors(weights_for(blocks, H, _WEIGHT_SWEEPS), H)


def _some_columns(dataset: Dataset, rng: np.random.Generator) -> Dataset:
    """Keep some of the columns of a dense set; a sparse one is small as it is."""
    if not isinstance(dataset.stored, np.ndarray) or dataset.n_features <= _COLUMNS:
        return dataset
    columns = np.sort(rng.choice(dataset.n_features, _COLUMNS, replace=False))
    return replace(dataset, stored=np.ascontiguousarray(dataset.stored[:, columns]), sample_shape=(1, _COLUMNS))


def _best_of(runs: list[Iterator[Iterate]]) -> Iterate:
    """Let fits run side by side, and drop the worse half again and again until one is left and has converged."""
    losses: list[list[float]] = [[] for _ in runs]
    while len(losses[0]) < _MOST_ITERATIONS:
        latest = []
        for run, history in zip(runs, losses, strict=True):
            for _ in range(_ROUND):
                iterate = next(run)
                history.append(iterate.loss)
            latest.append(iterate)
        order = sorted(range(len(runs)), key=lambda i: latest[i].loss)[: max(1, len(runs) // 2)]
        runs, losses = [runs[i] for i in order], [losses[i] for i in order]
        best = latest[order[0]]
        if len(runs) == 1 and has_converged(losses[0], _TOL):
            break
    return best
