"""The error of all samples when one part is left out: what that part explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset, Rows
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def errors_without(
    dataset: Dataset, model: NmfModel, *, should_stop: Callable[[], bool] = lambda: False
) -> NDArray[np.float64]:
    """Return the relative error of all samples without each part, (n_components,) float64; all weights stay.

    Without part j, with weights w and pixels h, the residual R = X - W H becomes R + w h, and

        ||R + w h||**2 = ||R||**2 + 2 <R, w h> + ||w h||**2,

    so that one product of the samples with the parts is enough for all of them. `should_stop` is called before each
    block of samples; if it returns True, `Cancelled` is raised.
    """
    H, W = model.components.astype(np.float64), model.weights
    with RowBlocks(dataset, should_stop) as blocks:
        parts = blocks.as_fortran(model.components)

        def products(X: Rows, rows: slice) -> NDArray[np.float64]:
            """Return the products of the samples with each term."""
            of_rows: NDArray[np.float64] = np.einsum("ij,ij->j", W[rows], X @ parts.T, dtype=np.float64)
            return of_rows

        with_samples = blocks.sum(products) * blocks.unit
        size = blocks.squared_norm * blocks.unit**2
    with_terms = (W.T.astype(np.float64) @ W) * (H @ H.T)
    with_residual = with_samples - with_terms.sum(axis=1)
    squares = model.relative_error**2 * size + 2 * with_residual + np.diag(with_terms)
    errors: NDArray[np.float64] = np.sqrt(np.maximum(0.0, squares) / (size or 1.0))
    return errors
