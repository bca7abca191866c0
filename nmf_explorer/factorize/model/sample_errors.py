"""The relative error of each sample, by which the worst explained samples are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.solvers.row_blocks import RowBlocks
from nmf_explorer.factorize.solvers.sweeps import dense

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset, Floats, Rows
    from nmf_explorer.factorize.model.nmf_model import NmfModel

_PIECE_NUMBERS = 500_000  # values per step, so that they stay in the cache of a core


def sample_errors(
    dataset: Dataset, model: NmfModel, *, should_stop: Callable[[], bool] = lambda: False
) -> NDArray[np.float64]:
    """Return the relative error of each sample, (n_samples,) float64, read-only; computed on all processor cores.

    As in `explain`, it is ``||sample - reconstruction|| / ||sample||``, and for a black sample ``||reconstruction||``
    relative to a white sample. `should_stop` is called before each block of samples; if it returns True, `Cancelled` is
    raised.
    """
    squares = np.empty((2, dataset.n_samples))  # rows: squared norms of the residuals, of the samples
    with RowBlocks(dataset, should_stop) as blocks:
        H, W = model.components, model.weights
        white = dataset.n_features * (dataset.brightest / blocks.unit) ** 2

        def add_squares(X: Rows, rows: slice) -> int:
            weights = W[rows] if blocks.unit == 1 else W[rows] / np.float32(blocks.unit)
            squares[:, rows] = _squares(X, weights, H)
            return 0

        blocks.sum(add_squares)
    residual, size = squares
    size[size == 0] = white
    errors = np.sqrt(residual / size)
    errors.setflags(write=False)
    return errors


def _squares(X: Rows, W: Floats, H: Floats) -> NDArray[np.float64]:
    """Return the squared norms of the rows of ``X - W H`` and of X, (2, n_samples), summed in double precision."""
    n_samples = X.shape[0]
    step = max(1, _PIECE_NUMBERS // H.shape[1])
    squares = np.empty((2, n_samples))
    for piece in (slice(a, a + step) for a in range(0, n_samples, step)):
        samples = dense(X[piece])
        residual = W[piece] @ H
        np.subtract(samples, residual, out=residual)
        for row, numbers in zip(squares, (residual, samples), strict=True):
            row[piece] = np.einsum("ij,ij->i", numbers, numbers, dtype=np.float64)
    return squares
