"""Start from known parts, such as those of a model with fewer or more parts. Names as in the papers: X ~ W'H."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.sweeps import dense
from nmf_explorer.factorize.starts.starting_factors import few_rows_svd, nonnegative_halves, weights_for

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.fit_options import KnownParts
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

_SEED = 0
_SWEEPS, _ROUNDS = 6, 5


def known_start(blocks: RowBlocks, known: KnownParts, n_components: int) -> Factors:
    """Return initial factors, 0 or more, from known parts.

    Known weights are used if there is one row for each sample; otherwise weights are computed. Of more than
    `n_components` parts, those with the most brightness are kept, in their order; missing parts are computed from the
    residuals.
    """
    H, peaks = _normalized(known.components)
    if known.weights is not None and len(known.weights) == blocks.dataset.n_samples:
        W = (known.weights.T * (peaks / blocks.unit)).astype(np.float32)
    else:
        W = weights_for(blocks, H, _SWEEPS)
    if len(H) > n_components:
        brightness = W.sum(axis=1, dtype=np.float64) * H.sum(axis=1, dtype=np.float64)
        kept = np.sort(np.argsort(-brightness, kind="stable")[:n_components])
        return Factors(W[kept], H[kept])
    if len(H) == n_components:
        return Factors(W, H)
    more = residual_parts(blocks, Factors(W, H), n_components - len(H))
    return Factors(np.vstack([W, more.W]), np.vstack([H, more.H]))


def _normalized(parts: Floats) -> tuple[Floats, Floats]:
    """Return parts with a largest pixel of 1 as float32, which no product of them leaves, and their peaks (n, 1)."""
    peaks = parts.max(axis=1, keepdims=True).astype(np.float64)
    peaks[peaks == 0] = 1
    return (parts / peaks).astype(np.float32), peaks


def residual_parts(blocks: RowBlocks, factors: Factors, n_parts: int) -> Factors:
    """Return the parts that explain most of the residuals above 0, each of length 1, and their weights.

    They are the non-negative halves of the largest singular vectors of those residuals, found by power iterations.
    """
    shape = blocks.dataset.stored.shape
    W = np.zeros((n_parts, shape[0]), dtype=np.float32)
    H = np.abs(np.random.default_rng(_SEED).standard_normal((n_parts, shape[1]), dtype=np.float32))

    def _work(X: Rows, rows: slice) -> Floats:
        residual = dense(X) - factors.W[:, rows].T @ factors.H
        np.maximum(residual, 0, out=residual)
        W[:, rows] = H @ residual.T
        product: Floats = W[:, rows] @ residual
        return product

    for _ in range(_ROUNDS):
        H = few_rows_svd(blocks, blocks.sum(_work))[2]
    rotation, values, left = few_rows_svd(blocks, W)
    W, H = nonnegative_halves(left, values, rotation.astype(np.float32) @ H)
    length = np.linalg.norm(H, axis=1, keepdims=True)
    return Factors(W * length, np.divide(H, length, out=H, where=length > 0))
