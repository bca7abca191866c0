"""The inner numeric kernels of the solver, and nothing else. Names as in the papers: X ~ W'H.

W is kept transposed, one row per part, so that both factors are updated by the same kernel over contiguous rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class BlockSums(NamedTuple):
    """What a block of samples adds to the update of the parts.

    Attributes
    ----------
    WW : ndarray of shape (n_components, n_components), float32
        Products of the weights with themselves.
    WX : ndarray of shape (n_components, n_features), float32
        Products of the weights with the samples.
    """

    WW: NDArray[np.float32]
    WX: NDArray[np.float32]


def hals_sweeps(F: NDArray[np.float32], C: NDArray[np.float32], G: NDArray[np.float32], n_sweeps: int) -> None:
    """Improve one factor, row after row, by hierarchical alternating least squares.

    Minimises ``||X - E F||`` over ``F >= 0`` for a fixed E, given only the products below. Each row's update is the
    exact minimum while the others stand still, so the error never rises.

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

    References
    ----------
    Cichocki, A. and Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor
    factorizations. IEICE Trans. Fundamentals E92-A(3). doi:10.1587/transfun.E92.A.708

    Gillis, N. and Glineur, F. (2012). Accelerated multiplicative updates and hierarchical ALS algorithms for
    nonnegative matrix factorization. Neural Computation 24(4). doi:10.1162/NECO_a_00256
    """
    alive = np.flatnonzero(np.diagonal(G) > np.finfo(np.float32).tiny)
    for _ in range(n_sweeps):
        for j in alive:
            F[j] += (C[j] - G[j] @ F) / G[j, j]
            np.maximum(F[j], 0, out=F[j])


def block_sums(
    X: NDArray[np.float32], W: NDArray[np.float32], H: NDArray[np.float32], HH: NDArray[np.float32], n_sweeps: int
) -> BlockSums:
    """Update the weights of a block of samples for fixed parts, and sum up what the parts' update needs.

    Has no state of its own: blocks are independent of one another for given parts.

    Parameters
    ----------
    X : ndarray of shape (m, n_features), float32
        The block's samples.
    W : ndarray of shape (n_components, m), float32
        Their weights, transposed; changed in place.
    H : ndarray of shape (n_components, n_features), float32
        Parts.
    HH : ndarray of shape (n_components, n_components), float32
        ``H @ H.T``.
    n_sweeps : int
        As for `hals_sweeps`.

    Returns
    -------
    BlockSums
        To be added up over all blocks.
    """
    hals_sweeps(W, H @ X.T, HH, n_sweeps)
    return BlockSums(W @ W.T, W @ X)


def squared_residual(X: NDArray[np.float32], W: NDArray[np.float32], H: NDArray[np.float32]) -> float:
    """Squared error of a block, computed number by number.

    Parameters
    ----------
    X : ndarray of shape (m, n_features), float32
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
    return squared_norm(X - W.T @ H)


def squared_norm(X: NDArray[np.float32]) -> float:
    """Sum of squares.

    Parameters
    ----------
    X : ndarray, float32
        Any numbers.

    Returns
    -------
    float
        ``||X||**2``, summed in double precision.
    """
    return float(np.einsum("ij,ij->", X, X, dtype=np.float64))
