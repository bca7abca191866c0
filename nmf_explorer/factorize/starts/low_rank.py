"""Start for sparse samples such as documents: a fit to their largest singular vectors. Names as in the papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.momentum import Extrapolation, Momentum
from nmf_explorer.factorize.solvers.sweeps import hals_sweeps
from nmf_explorer.factorize.starts.starting_factors import factor_for, nonnegative_halves, singular_vectors, subsample

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

_EXTRA_VECTORS = 1
_SUBSAMPLE_PER_PART, _MIN_SUBSAMPLE = 50, 2000  # samples, and features
_SWEEPS = 2
_MAX_ITERATIONS = 30
_MIN_GAIN = 1e-5  # of the explained squares in two iterations; one alone may gain little when momentum overshoots


def low_rank_start(blocks: RowBlocks, n_components: int) -> Factors:
    """Return factors that fit the largest singular values and vectors of the samples.

    Parts combine directions that many samples have in common, which are the first singular vectors; the rest is mostly
    noise. Products with a few dense vectors cost a fraction of products with sparse samples, and the iterations on the
    samples that follow have little left to improve. The fit uses a random subsample of the samples, and the features
    with the largest singular vector entries; the full factors are computed at the end.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    n_components : int
        Number of parts.

    Returns
    -------
    Factors
        W (n_components, n_samples) and H (n_components, n_features), float32, 0 or more.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` returns True.

    References
    ----------
    Zhou, G., Cichocki, A. and Xie, S. (2012). Fast nonnegative matrix/tensor factorization based on low-rank
    approximation. IEEE Transactions on Signal Processing 60(6). doi:10.1109/TSP.2012.2190410
    """
    n_vectors = min(n_components + _EXTRA_VECTORS, blocks.dataset.max_components)
    left, values, right = singular_vectors(blocks, n_vectors)
    basis = right * values[:, np.newaxis].astype(np.float32)
    n_subsample = max(_MIN_SUBSAMPLE, _SUBSAMPLE_PER_PART * n_components)
    samples, features = subsample(np.arange(left.shape[1]), n_subsample), _largest_columns(basis, n_subsample)
    basis_subsample = Factors(left.take(samples, axis=1), basis.take(features, axis=1))
    halves = nonnegative_halves(
        *(numbers[:n_components] for numbers in (basis_subsample.W, values, right.take(features, axis=1)))
    )
    H = _full_factor(blocks, _fit_low_rank(blocks, halves, basis_subsample).W, basis_subsample.W, basis)
    return Factors(_full_factor(blocks, H, basis, left), H)


def _largest_columns(columns: Floats, n_wanted: int) -> NDArray[np.intp]:
    """Return the indices of the columns of largest norm, in ascending order."""
    squares = np.einsum("ij,ij->j", columns, columns)
    return np.sort(np.argsort(-squares, kind="stable")[:n_wanted])


def _full_factor(blocks: RowBlocks, other: Floats, basis: Floats, vectors: Floats) -> Floats:
    """Return all columns of a factor, given some columns of the other factor and of its singular vectors (`basis`)."""
    return factor_for(blocks, other @ basis.T @ vectors, other @ other.T, _SWEEPS)


class _FactorProducts(NamedTuple):
    """A factor (k, m), its product with the singular vectors (k, n_vectors), and with itself (k, k)."""

    factor: Floats
    basis_product: Floats
    gram: Floats

    def columns(self, columns: slice) -> Floats:
        return self.factor[:, columns]


def _fit_low_rank(blocks: RowBlocks, start: Factors, basis: Factors) -> Factors:
    """Fit ``basis.W.T @ basis.H`` by HALS with momentum until two iterations gain little."""
    momentum, extrapolation, explained = Momentum(), Extrapolation(start, start, 0.0), [-np.inf, -np.inf]
    for _ in range(_MAX_ITERATIONS):
        if blocks.should_stop():
            raise Cancelled
        H = _compute_factor(blocks, extrapolation.parts, basis.H, len(start.H))
        W = _compute_factor(blocks, partial(_sweep_columns, extrapolation.weights, H, basis.W), basis.W, len(start.H))
        new_explained = float(
            2 * np.sum(W.basis_product * H.basis_product, dtype=np.float64) - np.sum(W.gram * H.gram, dtype=np.float64)
        )
        if extrapolation.factor and new_explained < explained[-1]:
            momentum.shrink()
            extrapolation = extrapolation._replace(factor=0.0)
            continue
        new_H = _compute_factor(blocks, partial(_sweep_columns, H.columns, W, basis.H), basis.H, len(start.H))
        extrapolation = Extrapolation(extrapolation.current, Factors(W.factor, new_H.factor), momentum.current)
        if new_explained - explained[-2] < _MIN_GAIN * new_explained:
            break
        momentum.grow()
        explained.append(new_explained)
    return extrapolation.current


def _sweep_columns(
    columns_of: Callable[[slice], Floats], other: _FactorProducts, basis: Floats, columns: slice
) -> Floats:
    """Return some columns of a factor after a few sweeps, with the singular vectors (`basis`) for the samples."""
    block = np.array(columns_of(columns))
    hals_sweeps(block, other.basis_product @ basis[:, columns], other.gram, _SWEEPS)
    return block


def _compute_factor(
    blocks: RowBlocks, compute_columns: Callable[[slice], Floats], basis: Floats, n_components: int
) -> _FactorProducts:
    """Compute a factor in blocks of columns, with all threads."""
    factor = np.empty((n_components, basis.shape[1]), dtype=np.float32)

    def work(columns: slice) -> tuple[Floats, Floats]:
        block = factor[:, columns] = compute_columns(columns)
        return block @ basis[:, columns].T, block @ block.T

    basis_product, grams = zip(*blocks.map_column_blocks(work, factor.shape), strict=True)
    return _FactorProducts(factor, sum(basis_product), sum(grams))
