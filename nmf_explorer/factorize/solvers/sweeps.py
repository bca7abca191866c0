"""The inner numeric kernels of the solvers, and nothing else. Names as in the papers: X ~ W'H.

W is kept transposed, one row per part, so that both factors are updated by the same kernel over contiguous rows.
No kernel has a state of its own: what a block of samples adds depends on that block and the present parts only, so
that blocks may be worked on by other threads, or by other machines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.solvers.factors import NO_PENALTY, Penalty

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats, Rows

_TINY = float(np.finfo(np.float32).tiny)
_RIDGE, _FROM_ZERO_SWEEP_FACTOR = 0.01, 5  # the former of the mean square of a part


class BlockSums(NamedTuple):
    """What a block of samples adds to the update of the parts, and to the loss.

    Attributes
    ----------
    WW : ndarray of shape (n_components, n_components), float32
        Products of the weights with themselves (for multiplicative updates: the denominator, which broadcasts).
    WX : ndarray of shape (n_components, n_features), float32
        Products of the weights with the samples (for multiplicative updates: the numerator).
    squared : float
        Of multiplicative updates, the squared error; that of others comes out of the products above.
    loss : float
        What is minimised beside it: the divergence of a multiplicative update, and the penalty of the weights.
    """

    WW: Floats
    WX: Floats
    squared: float
    loss: float

    def __add__(self, other: object) -> BlockSums:
        """Add up what two blocks give."""
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
    """Improve one factor, row after row, by hierarchical alternating least squares.

    Minimises ``||X - E F||**2 / 2 + penalty`` over ``F >= 0`` for a fixed E, given only the products below. Each row's
    update is the exact minimum while the others stand still, so the loss never rises. One sweep is the coordinate
    descent of scikit-learn.

    Parameters
    ----------
    F : ndarray of shape (n_components, m), float32
        The factor, changed in place.
    C : ndarray of shape (n_components, m), float32
        ``E.T @ X``.
    G : ndarray of shape (n_components, n_components), float32
        ``E.T @ E``.
    n_sweeps : int
        How often each row has its turn.
    penalty : Penalty, optional
        What F pays for its numbers.
    where : ndarray of shape (n_components, m), bool, optional
        Which numbers may be other than 0; all, if it is not given.

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
    rows = list(zip(F, target, coupling, masks, strict=True))  # looked up once
    if has_idle:
        rows = [rows[j] for j in np.flatnonzero(curvature > _TINY)]
    maximum, subtract = np.maximum, np.subtract
    for _ in range(n_sweeps):
        for f, row_target, coefficients, is_allowed in rows:
            coefficients.dot(F, from_others)
            maximum(
                row_target, from_others, out=f
            )  # less row: the larger of 0 and wanted - row, without a pass for the 0
            subtract(f, from_others, out=f)
            if is_allowed is not None:
                np.multiply(f, is_allowed, out=f)


def hals_from_scratch(C: Floats, G: Floats, n_sweeps: int) -> Floats:
    """Find a factor for a fixed one, roughly: as `hals_sweeps`, with nothing to begin with.

    Parts that do not depend on one another have one solution, and few sweeps come near to it from that of ordinary
    least squares, cut off at 0. Others have many, of which sparse ones are wanted: these are found from 0, slowly.

    Parameters
    ----------
    C : ndarray of shape (n_components, m), float32
        ``E.T @ X``.
    G : ndarray of shape (n_components, n_components), float32
        ``E.T @ E``.
    n_sweeps : int
        How often each row has its turn; five times as often where it begins at 0.

    Returns
    -------
    ndarray of shape (n_components, m), float32
        The factor, 0 or more.
    """
    ridge = _RIDGE * float(np.trace(G)) / max(len(G), 1)  # to 0, so that parts much alike do not cancel each other out
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
    """Update the weights of a block of samples for fixed parts, and sum up what the parts' update needs.

    Parameters
    ----------
    X : ndarray or CSR array of shape (m, n_features), float32
        The block's samples.
    W : ndarray of shape (n_components, m), float32
        Their weights, transposed; changed in place.
    H : ndarray of shape (n_components, n_features), float32
        Parts.
    HH : ndarray of shape (n_components, n_components), float32
        ``H @ H.T``.
    task : WeightUpdate
        How to go about it.
    where : ndarray of shape (n_components, m), bool, optional
        Which weights may be other than 0.

    Returns
    -------
    BlockSums
        To be added up over all blocks.
    """
    C = parts_times_samples(H, X)
    hals_sweeps(W, C, HH, update.n_sweeps, update.penalty, where=where)
    return BlockSums(W @ W.T, weights_times_samples(W, X), 0.0, update.penalty.of(W))


class WeightUpdate(NamedTuple):
    """How a block of samples is worked on.

    Attributes
    ----------
    n_sweeps : int
        As for `hals_sweeps`.
    penalty : Penalty
        What the weights pay.
    """

    n_sweeps: int
    penalty: Penalty


def parts_times_samples(H: Floats, X: Rows) -> Floats:
    """Products of parts with samples.

    Parameters
    ----------
    H : ndarray of shape (n_components, n_features), float32
        Parts.
    X : ndarray or CSR array of shape (m, n_features), float32
        Samples.

    Returns
    -------
    ndarray of shape (n_components, m), float32
        ``H @ X.T``.
    """
    return H @ X.T if isinstance(X, np.ndarray) else np.ascontiguousarray((X @ H.T).T)


def weights_times_samples(W: Floats, X: Rows) -> Floats:
    """Products of weights with samples.

    Parameters
    ----------
    W : ndarray of shape (n_components, m), float32
        Weights, transposed.
    X : ndarray or CSR array of shape (m, n_features), float32
        Samples.

    Returns
    -------
    ndarray of shape (n_components, n_features), float32
        ``W @ X``; of sparse samples in Fortran order, as it comes: it is summed up first, and turned once.
    """
    return W @ X if isinstance(X, np.ndarray) else (X.T @ W.T).T


def squared_residual(X: Rows, W: Floats, H: Floats) -> float:
    """Squared error of a block, computed number by number.

    Parameters
    ----------
    X : ndarray or CSR array of shape (m, n_features), float32
        The block's samples.
    W : ndarray of shape (n_components, m), float32
        Their weights, transposed.
    H : ndarray of shape (n_components, n_features), float32
        Parts.

    Returns
    -------
    float
        ``||X - W.T @ H||**2``, summed in double precision.
    """
    residual = W.T @ H
    np.subtract(dense(X), residual, out=residual)
    return squared_norm(residual)


def dense(X: Rows) -> Floats:
    """Samples as an ordinary array.

    Parameters
    ----------
    X : ndarray or CSR array of shape (m, n_features)
        The samples.

    Returns
    -------
    ndarray of shape (m, n_features)
        The array itself where it is one.
    """
    if isinstance(X, np.ndarray):
        return X
    numbers: Floats = X.toarray()
    return numbers


def squared_norm(X: Rows) -> float:
    """Sum of squares.

    Parameters
    ----------
    X : ndarray or CSR array of two dimensions, float32
        Any numbers.

    Returns
    -------
    float
        ``||X||**2``, summed in double precision.
    """
    numbers = X if isinstance(X, np.ndarray) else X.data[np.newaxis]
    return float(np.einsum("ij,ij->", numbers, numbers, dtype=np.float64))
