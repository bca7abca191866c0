"""Numeric kernels of the solvers. Names as in the papers: X ~ W'H.

W is kept transposed, one row per part, so that one kernel updates both factors over contiguous rows. Kernels have no
state: what a block of samples adds depends on that block and the parts only, so threads or machines can share the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.solvers.factors import NO_PENALTY, Penalty

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats, Rows

_TINY = float(np.finfo(np.float32).tiny)
_RIDGE, _FROM_ZERO_SWEEP_FACTOR = 0.01, 5  # the former relative to the mean square of a part


class BlockSums(NamedTuple):
    """What a block of samples adds to the update of the parts, and to the loss."""

    WW: Floats  # (n_components, n_components) float32: W @ W.T; or a denominator, which broadcasts
    WX: Floats  # (n_components, n_features) float32: W @ X; or a numerator of multiplicative updates
    squared: float  # squared error in multiplicative updates, otherwise 0: HALS computes it from the sums
    loss: float  # penalty of the weights; in multiplicative updates the divergence as well

    def __add__(self, other: object) -> BlockSums:
        """Return the sums of two blocks together; `WX` of the first is changed in place."""
        if not isinstance(other, BlockSums):
            return NotImplemented
        WX = self.WX
        WX += other.WX
        return BlockSums(self.WW + other.WW, WX, self.squared + other.squared, self.loss + other.loss)


def hals_sweeps(
    F: Floats,
    C: Floats,
    G: Floats,
    n_sweeps: int,
    penalty: Penalty = NO_PENALTY,
    *,
    where: NDArray[np.bool_] | None = None,
) -> None:
    """Improve one factor row after row, in place, by hierarchical alternating least squares.

    Minimizes ``||X - E F||**2 / 2 + penalty`` over ``F >= 0`` for a fixed E, from the products C and G alone. The
    update of each row is the exact minimum for fixed other rows, so the loss never rises. One sweep is one iteration of
    scikit-learn's coordinate descent.

    Parameters
    ----------
    F : ndarray of shape (n_components, m), float32
        Factor, changed in place.
    C : ndarray of shape (n_components, m), float32
        ``E.T @ X``.
    G : ndarray of shape (n_components, n_components), float32
        ``E.T @ E``.
    n_sweeps : int
        How often each row is updated.
    penalty : Penalty, optional
        Penalty on F.
    where : ndarray of shape (n_components, m), bool, optional
        Entries that may differ from 0; by default all.

    References
    ----------
    Cichocki, A. and Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor
    factorizations. IEICE Trans. Fundamentals E92-A(3). doi:10.1587/transfun.E92.A.708

    Gillis, N. and Glineur, F. (2012). Accelerated multiplicative updates and hierarchical ALS algorithms for
    nonnegative matrix factorization. Neural Computation 24(4). doi:10.1162/NECO_a_00256
    """
    curvature = G.diagonal() + np.float32(penalty.l2) if penalty.l2 else G.diagonal()
    has_idle = min(curvature.tolist(), default=1.0) <= _TINY
    scale = (np.where(curvature > 0, curvature, np.float32(1)) if has_idle else curvature)[:, np.newaxis]
    target = np.divide(C - penalty.l1 if penalty else C, scale, order="C")
    coupling = np.divide(G, scale, order="C")
    coupling.ravel()[:: len(G) + 1] = 0
    from_others = np.empty(F.shape[1], dtype=F.dtype)
    masks = [None] * len(F) if where is None else where
    rows = list(zip(F, target, coupling, masks, strict=True))  # once for all sweeps
    if has_idle:
        rows = [rows[j] for j in np.flatnonzero(curvature > _TINY)]
    maximum, subtract = np.maximum, np.subtract
    for _ in range(n_sweeps):
        for f, row_target, coefficients, is_allowed in rows:
            coefficients.dot(F, from_others)
            maximum(row_target, from_others, out=f)  # max(a, b) - b is max(0, a - b), in two passes
            subtract(f, from_others, out=f)
            if is_allowed is not None:
                np.multiply(f, is_allowed, out=f)


def hals_from_scratch(C: Floats, G: Floats, n_sweeps: int) -> Floats:
    """Return a rough non-negative factor (n_components, m) float32 for a fixed E: `hals_sweeps` without a first guess.

    C (n_components, m) and G (n_components, n_components) are as for `hals_sweeps`. If G is well conditioned, the
    sweeps begin at the ridge regression solution, cut off at 0. Otherwise there are many solutions, of which sparse
    ones are wanted: the sweeps begin at 0, and there are five times as many.
    """
    ridge = _RIDGE * float(np.trace(G)) / max(len(G), 1)  # keeps similar parts from cancelling each other
    if len(G) and np.linalg.eigvalsh(G)[0] > ridge:
        F: Floats = np.linalg.solve(G + np.float32(ridge) * np.eye(len(G), dtype=G.dtype), C)
        np.maximum(F, 0, out=F)
    else:
        F = np.zeros(C.shape, dtype=C.dtype)
        n_sweeps *= _FROM_ZERO_SWEEP_FACTOR
    hals_sweeps(F, C, G, n_sweeps)
    return F


def hals_block(
    X: Rows,
    W: Floats,
    H: Floats,
    HH: Floats,
    update: WeightUpdate,
    *,
    where: NDArray[np.bool_] | None = None,
) -> BlockSums:
    """Update the weights of a block of samples for fixed parts, in place; return the sums for the update of the parts.

    Parameters
    ----------
    X : ndarray or CSR array of shape (m, n_features), float32
        Samples of the block.
    W : ndarray of shape (n_components, m), float32
        Their weights, transposed; changed in place.
    H : ndarray of shape (n_components, n_features), float32
        Parts.
    HH : ndarray of shape (n_components, n_components), float32
        ``H @ H.T``.
    update : WeightUpdate
        Number of sweeps, and penalty on the weights.
    where : ndarray of shape (n_components, m), bool, optional
        Weights that may differ from 0; by default all.

    Returns
    -------
    BlockSums
        To be added up over all blocks.

    References
    ----------
    Cichocki, A. and Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor
    factorizations. IEICE Trans. Fundamentals E92-A(3). doi:10.1587/transfun.E92.A.708
    """
    C = parts_times_samples(H, X)
    hals_sweeps(W, C, HH, update.n_sweeps, update.penalty, where=where)
    return BlockSums(W @ W.T, weights_times_samples(W, X), 0.0, update.penalty.of(W))


class WeightUpdate(NamedTuple):
    """How `hals_block` updates the weights of a block."""

    n_sweeps: int
    penalty: Penalty  # on the weights


def parts_times_samples(H: Floats, X: Rows) -> Floats:
    """Return ``H @ X.T``, (n_components, m) float32, for parts H and samples X (m, n_features), dense or CSR."""
    return H @ X.T if isinstance(X, np.ndarray) else np.ascontiguousarray((X @ H.T).T)


def weights_times_samples(W: Floats, X: Rows) -> Floats:
    """Return ``W @ X`` (n_components, n_features) float32 for weights W (n_components, m) and samples X, dense or CSR.

    For sparse samples the result is in Fortran order, as computed: it is summed first and converted once.
    """
    return W @ X if isinstance(X, np.ndarray) else (X.T @ W.T).T


def squared_residual(X: Rows, W: Floats, H: Floats) -> float:
    """Return ``||X - W.T @ H||**2`` of a block (m, n_features), summed in double precision.

    Residuals of dense samples are summed; those of sparse ones would not be sparse, so there products in double
    precision are subtracted.
    """
    if isinstance(X, np.ndarray):
        residual = W.T @ H
        np.subtract(X, residual, out=residual)
        return squared_norm(residual)
    W, H = W.astype(np.float64), H.astype(np.float64)
    cross, product = np.vdot(W, parts_times_samples(H, X)), np.vdot(W @ W.T, H @ H.T)
    return max(squared_norm(X) - 2 * float(cross) + float(product), 0.0)


def dense(X: Rows) -> Floats:
    """Return samples (m, n_features), dense or CSR, as an ndarray; an ndarray is returned as it is."""
    if isinstance(X, np.ndarray):
        return X
    numbers: Floats = X.toarray()
    return numbers


def squared_norm(X: Rows) -> float:
    """Return ``||X||**2`` of a two-dimensional ndarray or CSR array, summed in double precision."""
    numbers = X if isinstance(X, np.ndarray) else X.data[np.newaxis]
    return float(np.einsum("ij,ij->", numbers, numbers, dtype=np.float64))
