"""How well a model explains each single sample: the figure by which the worst-explained ones are found."""

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

_PIECE_NUMBERS = 500_000  # of samples that are looked at together: what the fast memory of a core holds


def sample_errors(
    dataset: Dataset, model: NmfModel, *, should_stop: Callable[[], bool] = lambda: False
) -> NDArray[np.float64]:
    """Relative error of every sample, computed number by number, on all processor cores.

    Parameters
    ----------
    dataset : Dataset
        The samples that the model was fitted to.
    model : NmfModel
        Its parts and weights.
    should_stop : callable, optional
        Asked before every block of samples.

    Returns
    -------
    ndarray of shape (n_samples,), float64
        ``||sample - reconstruction|| / ||sample||``, as `explain` has it: for a black sample, ``||reconstruction||``
        against a white one. Read-only.

    Raises
    ------
    Cancelled
        If `should_stop` says so.
    """
    squares = np.empty((2, dataset.n_samples))  # of the residuals and of the samples
    with RowBlocks(dataset, should_stop) as blocks:
        H, W = model.components, model.weights
        white = dataset.n_features * (dataset.brightest / blocks.unit) ** 2

        def look_at(X: Rows, rows: slice) -> int:
            weights = W[rows] if blocks.unit == 1 else W[rows] / np.float32(blocks.unit)
            squares[:, rows] = _squares(X, weights, H)
            return 0

        blocks.sum(look_at)
    left, size = squares
    size[size == 0] = white
    errors = np.sqrt(left / size)
    errors.setflags(write=False)
    return errors


def _squares(X: Rows, W: Floats, H: Floats) -> NDArray[np.float64]:
    """Squared norm of each row of ``X - W H``, and of X; summed in double precision."""
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
