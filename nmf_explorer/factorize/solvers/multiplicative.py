"""Solver for any beta-divergence: the multiplicative updates of scikit-learn, computed block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.solvers.factors import Factors, Penalty
from nmf_explorer.factorize.solvers.hals import Iteration
from nmf_explorer.factorize.solvers.stopping import has_converged
from nmf_explorer.factorize.solvers.sweeps import (
    BlockSums,
    dense,
    parts_times_samples,
    squared_norm,
    squared_residual,
    weights_times_samples,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks


_FROBENIUS, _KULLBACK_LEIBLER = 2, 1
_CHUNK_NUMBERS = 100_000
_MIN_SUBTRACTED_ERROR = 2e-2  # as in `hals`
# Smallest product W'H. The largest sample is about 1, and small products have all digits of float32: the floor is far
# below what the data can ask for, while its square is not yet 0.
_FLOOR = 1e-15
_SMALLEST_DIVISOR = 1e-28
_MAX_GROWTH = 1e10  # of a number in one iteration; keeps it finite where a divisor is the floor
# Weights for fixed parts are cheap, so their tolerance is finer.
_WEIGHT_TOL_DIVISOR, _MAX_ITERATIONS = 100, 5000
_MIN_START = 0.01  # relative to the mean; zeros are raised to it, since a product cannot change them
BETA = {"frobenius": 2, "kullback-leibler": 1, "itakura-saito": 0}


class MultiplicativeOptions(NamedTuple):
    """The loss and the penalties of a fit by multiplicative updates."""

    beta: int  # of the beta-divergence: 2 squared errors, 1 Kullback-Leibler, 0 Itakura-Saito
    weight_penalty: Penalty
    part_penalty: Penalty

    @property
    def exponent(self) -> float:
        """Exponent of the update for which the loss never rises."""
        return 0.5 if self.beta == 0 else 1.0


def multiplicative_iterations(blocks: RowBlocks, start: Factors, options: MultiplicativeOptions) -> Iterator[Iteration]:
    """Yield ever better factors by multiplicative updates; the caller decides when to stop.

    As in `hals_iterations`, each block is read once per iteration, which yields new weights and the parts that they
    were computed for.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    start : Factors
        Initial factors, float32: W (n_components, n_samples) and H (n_components, n_features). Zeros are raised a
        little, since a product could never change them.
    options : MultiplicativeOptions
        Beta of the divergence, and penalties.

    Yields
    ------
    Iteration
        Its `loss` is the square root of the loss relative to ``||X||**2 / 2`` for squared errors, to the sum of X for
        Kullback-Leibler, and to the number of values for Itakura-Saito.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` returns True.

    References
    ----------
    Lee, D. D. and Seung, H. S. (2001). Algorithms for non-negative matrix factorization. Advances in Neural
    Information Processing Systems 13.

    Févotte, C. and Idier, J. (2011). Algorithms for nonnegative matrix factorization with the beta-divergence. Neural
    Computation 23(9). doi:10.1162/NECO_a_00168
    """
    W, H = (np.maximum(F, np.float32(_MIN_START) * F.mean()) for F in start)
    scale = _loss_scale(blocks, options.beta)
    while True:
        updated = np.empty_like(W)
        sums = blocks.sum(_block_update(W, H, options, updated))
        W = updated
        loss, squared = (sums.loss + options.part_penalty.of(H)) / scale, sums.squared / blocks.squared_norm
        yield Iteration(Factors(W, H), float(np.sqrt(max(loss, 0))), float(np.sqrt(max(squared, 0))))
        denominator = sums.WW @ H if options.beta == _FROBENIUS else sums.WW
        H = multiplicative_update(H, sums.WX, denominator, options.part_penalty, options.exponent)


def multiplicative_weights(X: Floats, H: Floats, options: MultiplicativeOptions, tol: float) -> Floats:
    """Return weights (n_samples, n_components), 0 or more, of samples X (n_samples, n_features) for fixed parts H.

    Iterates until an estimate of the remaining improvement is below `tol` / 100, relative to the loss.
    """
    W = np.full((len(H), len(X)), max(X.mean(), _FLOOR) / max(H.mean(), _FLOOR) / len(H))
    losses: list[float] = []
    while len(losses) < _MAX_ITERATIONS and not (losses and has_converged(losses, tol / _WEIGHT_TOL_DIVISOR)):
        updated = np.empty_like(W)
        losses.append(float(np.sqrt(max(_block_update(W, H, options, updated)(X, slice(0, len(X))).loss, 0))))
        W = updated
    return W.T


def _loss_scale(blocks: RowBlocks, beta: int) -> float:
    """Return what the loss is divided by, so that it has no unit."""
    if beta == _FROBENIUS:
        return blocks.squared_norm / 2
    n_samples, n_features = blocks.dataset.stored.shape
    return float(n_samples * n_features * (blocks.mean if beta == _KULLBACK_LEIBLER else 1.0))


def _block_update(
    W: Floats, H: Floats, options: MultiplicativeOptions, updated: Floats
) -> Callable[[Rows, slice], BlockSums]:
    """Return a function that writes new weights of a block into `updated` and returns the block's sums."""

    def work(X: Rows, rows: slice) -> BlockSums:
        block = W[:, rows]
        ratio, product = _ratio(X, block, H, options.beta)
        numerator = parts_times_samples(H, ratio)
        divisor = _denominator(H, block, _inverse_product(product, options.beta).T, options.beta)
        block = multiplicative_update(block, numerator, divisor, options.weight_penalty, options.exponent)
        updated[:, rows] = block
        ratio, product = _ratio(X, block, H, options.beta)
        loss, squared = _loss_and_squared_error(X, Factors(block, H), product, options.beta)
        divisor = (
            block @ block.T
            if options.beta == _FROBENIUS
            else _denominator(block, H, _inverse_product(product, options.beta), options.beta)
        )
        return BlockSums(divisor, weights_times_samples(block, ratio), squared, loss + options.weight_penalty.of(block))

    return work


def multiplicative_update(
    F: Floats, numerator: Floats, denominator: Floats, penalty: Penalty, exponent: float
) -> Floats:
    """Return a factor multiplied by the ratio of the two halves of the gradient.

    Parameters
    ----------
    F : ndarray of shape (n_components, m), float32
        Factor to update; not changed.
    numerator, denominator : ndarray of shape (n_components, m) or (n_components, 1), float32
        Negative and positive half of the gradient of the loss.
    penalty : Penalty
        Penalty on F, added to the denominator.
    exponent : float
        Exponent of the ratio: 1, or 0.5 for Itakura-Saito.

    Returns
    -------
    ndarray of shape (n_components, m), float32
        The new factor.

    References
    ----------
    Lee, D. D. and Seung, H. S. (2001). Algorithms for non-negative matrix factorization. Advances in Neural
    Information Processing Systems 13.

    Févotte, C. and Idier, J. (2011). Algorithms for nonnegative matrix factorization with the beta-divergence. Neural
    Computation 23(9). doi:10.1162/NECO_a_00168
    """
    divisor = denominator + penalty.l1 + np.float32(penalty.l2) * F if penalty else denominator
    quotient = np.minimum(numerator / np.maximum(divisor, _SMALLEST_DIVISOR), _MAX_GROWTH)
    updated: Floats = F * (quotient if exponent == 1 else quotient**exponent)
    return updated


def _denominator(A: Floats, B: Floats, inverse: Floats, beta: int) -> Floats:
    """Return the denominator of the update of B for the other factor A, whose columns match the rows of `inverse`."""
    divisor: Floats
    if beta == _FROBENIUS:
        divisor = (A @ A.T) @ B
    elif beta == _KULLBACK_LEIBLER:
        divisor = A.sum(axis=1, keepdims=True)
    else:
        divisor = A @ inverse
    return divisor


def _inverse_product(product: Rows, beta: int) -> Floats:
    """Return ``1 / (W'H)`` for Itakura-Saito, and an empty array for the losses that do not need it."""
    return np.empty((0, 0)) if beta else 1 / dense(product)


def _ratio(X: Rows, W: Floats, H: Floats, beta: int) -> tuple[Rows, Rows]:
    """Return ``X * (W'H)**(beta - 2)`` and ``W'H``, the latter at least `_FLOOR`.

    For sparse samples the product is computed only where X is not 0.
    """
    if isinstance(X, np.ndarray):
        product = np.maximum(W.T @ H, _FLOOR)
        return (X if beta == _FROBENIUS else X / product ** (2 - beta)), product
    if beta == _FROBENIUS:
        return X, X
    coordinates = X.tocoo()
    sparse_product = X.copy()
    sparse_product.data = np.empty_like(X.data)
    for a in range(0, len(coordinates.data), _CHUNK_NUMBERS):
        chunk = slice(a, a + _CHUNK_NUMBERS)
        sparse_product.data[chunk] = np.einsum("kn,kn->n", W[:, coordinates.row[chunk]], H[:, coordinates.col[chunk]])
    np.maximum(sparse_product.data, _FLOOR, out=sparse_product.data)
    ratio = X.copy()
    ratio.data = X.data / sparse_product.data ** (2 - beta)
    return ratio, sparse_product


def loss_and_squared_error(X: Rows, factors: Factors, beta: int) -> tuple[float, float]:
    """Return the divergence (half of squared errors) and the squared error of factors, summed in double precision."""
    return _loss_and_squared_error(X, factors, _ratio(X, factors.W, factors.H, beta)[1], beta)


def _loss_and_squared_error(X: Rows, factors: Factors, product: Rows, beta: int) -> tuple[float, float]:
    """Return the loss and the squared error of a block, both summed in double precision; `product` is W'H."""
    W, H = factors
    x: Floats
    if isinstance(X, np.ndarray):
        squared = squared_norm(X - product)
        x, wh = X, dense(product)
    else:
        cross = np.sum(W * parts_times_samples(H, X), dtype=np.float64)
        size = squared_norm(X)
        squared = size - 2 * float(cross) + float(np.sum((W @ W.T) * (H @ H.T), dtype=np.float64))
        if squared < _MIN_SUBTRACTED_ERROR * size:
            squared = squared_residual(X, W, H)
        x, wh = np.asarray(X.data), np.asarray(product.data)
    if beta == _FROBENIUS:
        return squared / 2, squared
    quotient = x / wh
    logarithm = np.log(np.maximum(quotient, np.finfo(np.float32).tiny))
    if beta == _KULLBACK_LEIBLER:
        total = float(W.sum(axis=1, dtype=np.float64) @ H.sum(axis=1, dtype=np.float64))
        return float(np.sum(x * logarithm - x, dtype=np.float64)) + total, squared
    return float(np.sum(quotient - logarithm - 1, dtype=np.float64)), squared
