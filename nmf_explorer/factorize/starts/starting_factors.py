"""Initial factors: random, and from singular vectors (NNDSVD). Names as in the papers: X ~ W'H."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.sweeps import hals_from_scratch, parts_times_samples, weights_times_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

_SEED = 0  # fixed, so that singular vectors and subsamples depend on the data alone, not on the seed of the fit
_EXTRA_VECTORS, _POWERS = 10, 2
_EXACT_WORK = 100_000_000  # multiplications; up to here an exact decomposition is faster than power iterations
_ZERO_SINGULAR_VALUE = 1e-4  # relative to the largest singular value; less is rounding
_ROUNDING = 1e-7  # the same in double precision
_SMALL = 1e-6
_NOISE = 0.01


def random_start(blocks: RowBlocks, n_components: int, rng: np.random.Generator) -> Factors:
    """Return random float32 factors, 0 or more, whose product has about the mean of the data."""
    dataset = blocks.dataset
    scale = np.float32(np.sqrt(blocks.mean / n_components))
    H = np.abs(rng.standard_normal((n_components, dataset.n_features), dtype=np.float32))
    W = np.abs(rng.standard_normal((n_components, dataset.n_samples), dtype=np.float32))
    return Factors(W * scale, H * scale)


def svd_start(blocks: RowBlocks, n_components: int, fill: str, rng: np.random.Generator) -> Factors:
    """Return the non-negative halves of the largest singular vectors (NNDSVD).

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    n_components : int
        Number of parts.
    fill : {"nndsvd", "nndsvda", "nndsvdar"}
        What replaces zeros: nothing, the mean of the data, or small random numbers; for data from 0 to 1 as in
        scikit-learn, for others in proportion.
    rng : numpy.random.Generator
        Draws the small numbers.

    Returns
    -------
    Factors
        W (n_components, n_samples) and H (n_components, n_features), float32, 0 or more.

    References
    ----------
    Boutsidis, C. and Gallopoulos, E. (2008). SVD based initialization: A head start for nonnegative matrix
    factorization. Pattern Recognition 41(4). doi:10.1016/j.patcog.2007.09.010
    """
    halves = nonnegative_halves(*singular_vectors(blocks, n_components))
    if fill != "nndsvd":
        level = blocks.mean / np.sqrt(blocks.brightest)  # factors grow with the square root of the data
        for F in halves:
            empty = F == 0
            fill_values = np.abs(rng.standard_normal(int(empty.sum()))) * _NOISE if fill == "nndsvdar" else 1.0
            F[empty] = level * fill_values
    return halves


def nonnegative_halves(left: Floats, values: Floats, right: Floats) -> Factors:
    """Return the larger of the positive and the negative half of each pair of singular vectors.

    Parameters
    ----------
    left : ndarray of shape (n_components, n_samples), float32 or float64
        Left singular vectors, one per row.
    values : ndarray of shape (n_components,), float64
        Singular values, largest first.
    right : ndarray of shape (n_components, n_features), float32 or float64
        Right singular vectors, one per row.

    Returns
    -------
    Factors
        0 or more; of the dtype of the vectors.

    References
    ----------
    Boutsidis, C. and Gallopoulos, E. (2008). SVD based initialization: A head start for nonnegative matrix
    factorization. Pattern Recognition 41(4). doi:10.1016/j.patcog.2007.09.010
    """
    W, H = np.zeros_like(left), np.zeros_like(right)
    for j, (x, y) in enumerate(zip(left, right, strict=True)):
        halves = [(np.abs(x), np.abs(y))] if j == 0 else [(np.maximum(s * x, 0), np.maximum(s * y, 0)) for s in (1, -1)]
        sizes = [np.linalg.norm(a) * np.linalg.norm(b) for a, b in halves]
        (u, v), size = (halves[0], sizes[0]) if j == 0 or sizes[0] > sizes[-1] else (halves[-1], sizes[-1])
        scale = W.dtype.type(np.sqrt(values[j] * size))
        if size > 0:
            W[j], H[j] = scale * u / np.linalg.norm(u), scale * v / np.linalg.norm(v)
    W[W < _SMALL] = 0
    H[H < _SMALL] = 0
    return Factors(W, H)


def singular_vectors(blocks: RowBlocks, n_vectors: int) -> tuple[Floats, Floats, Floats]:
    """Return the largest singular values with their vectors, from a few passes over the samples.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    n_vectors : int
        How many.

    Returns
    -------
    left : ndarray of shape (n_vectors, n_samples), float32
        Left singular vectors, one per row.
    values : ndarray of shape (n_vectors,), float64
        Singular values, largest first.
    right : ndarray of shape (n_vectors, n_features), float32
        Right singular vectors, one per row.

    References
    ----------
    Halko, N., Martinsson, P. G. and Tropp, J. A. (2011). Finding structure with randomness: Probabilistic algorithms
    for constructing approximate matrix decompositions. SIAM Review 53(2). doi:10.1137/090771806
    """
    shape = blocks.dataset.stored.shape
    if shape[0] * shape[1] * min(shape) <= _EXACT_WORK:
        return _exact_singular_vectors(blocks, n_vectors)
    n_directions = min(n_vectors + _EXTRA_VECTORS, *shape)
    Q = np.random.default_rng(_SEED).random((n_directions, shape[1]), dtype=np.float32) - np.float32(0.5)
    for _ in range(_POWERS):
        Q = few_rows_svd(blocks, blocks.sum(partial(_gram_product, blocks.as_fortran(Q))))[2]
    projected, fortran = np.empty((n_directions, shape[0]), dtype=np.float32), blocks.as_fortran(Q)

    def _project(X: Rows, rows: slice) -> int:
        projected[:, rows] = parts_times_samples(fortran, X)
        return 0

    blocks.sum(_project)
    rotation, values, left = few_rows_svd(blocks, projected)
    right = rotation[:n_vectors].astype(np.float32) @ Q
    return left[:n_vectors], values[:n_vectors], right


def _exact_singular_vectors(blocks: RowBlocks, n_vectors: int) -> tuple[Floats, Floats, Floats]:
    """Return the same from the Gram matrix of the shorter side, where that is less work."""
    X = blocks.dense(slice(0, blocks.dataset.n_samples))
    is_tall = X.shape[0] >= X.shape[1]
    squares, vectors = np.linalg.eigh((X.T @ X if is_tall else X @ X.T).astype(np.float64))
    values = np.sqrt(np.maximum(squares[: -n_vectors - 1 : -1], 0))
    short = vectors[:, : -n_vectors - 1 : -1].T.astype(np.float32)
    is_nonzero = values > _ZERO_SINGULAR_VALUE * values[0]
    scale = np.divide(1, values, out=np.zeros_like(values), where=is_nonzero)[:, np.newaxis]
    long = (short * scale.astype(np.float32)) @ (X.T if is_tall else X)
    return (long, values, short) if is_tall else (short, values, long)


def _gram_product(Q: Floats, X: Rows, _rows: slice) -> Floats:
    return weights_times_samples(parts_times_samples(Q, X), X)


def few_rows_svd(blocks: RowBlocks, rows: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the singular vectors of a few long `rows` (n, m) from their Gram matrix, ten times as fast as numpy's SVD.

    Returns left (n, n) float64, values (n,) float64 with the largest first, and right (n, m) float32, one vector per
    row: ``rows`` is ``left.T * values @ right``. A right vector is 0 where its value is only rounding.
    """

    def _products(columns: slice) -> Floats:
        piece = rows[:, columns].astype(np.float64)
        return piece @ piece.T

    squares, rotation = np.linalg.eigh(sum(blocks.map_column_blocks(_products, rows.shape)))
    left, values = rotation[:, ::-1].T, np.sqrt(np.maximum(squares[::-1], 0))
    is_nonzero = values > _ROUNDING * values[0]
    scaled = left * np.divide(1, values, out=np.zeros_like(values), where=is_nonzero)[:, np.newaxis]
    right = np.empty(rows.shape, dtype=np.float32)

    def _rotate(columns: slice) -> None:
        right[:, columns] = scaled @ rows[:, columns].astype(np.float64)

    blocks.map_column_blocks(_rotate, rows.shape)
    return left, values, right


def weights_for(blocks: RowBlocks, H: Floats, n_sweeps: int) -> Floats:
    """Return rough weights (n_components, n_samples) float32 for parts H (n_components, n_features)."""
    W = np.empty((len(H), blocks.dataset.n_samples), dtype=np.float32)
    HH = H @ H.T

    def _work(X: Rows, rows: slice) -> int:
        W[:, rows] = hals_from_scratch(parts_times_samples(H, X), HH, n_sweeps)
        return 0

    blocks.sum(_work)
    return W


def parts_for(blocks: RowBlocks, W: Floats, n_sweeps: int) -> Floats:
    """Return rough parts (n_components, n_features) float32 for weights W (n_components, n_samples)."""
    WX = blocks.sum(lambda X, rows: weights_times_samples(W[:, rows], X))
    return factor_for(blocks, WX, W @ W.T, n_sweeps)


def factor_for(blocks: RowBlocks, C: Floats, G: Floats, n_sweeps: int) -> Floats:
    """Compute `hals_from_scratch` for C (n_components, m) and G (n_components, n_components) with all threads."""
    F = np.empty(C.shape, dtype=np.float32)

    def _work(columns: slice) -> None:
        F[:, columns] = hals_from_scratch(C[:, columns], G, n_sweeps)

    blocks.map_column_blocks(_work, F.shape)
    return F


def subsample(indices: NDArray[np.intp], n_max: int) -> NDArray[np.intp]:
    """Return at most `n_max` of the ascending indices (n,), drawn with a fixed seed, ascending."""
    if len(indices) <= n_max:
        return indices
    return np.sort(np.random.default_rng(_SEED).choice(indices, n_max, replace=False))
