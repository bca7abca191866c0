"""The solver for any loss: multiplicative updates, as scikit-learn defines them, block by block."""

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
    weights_times_samples,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks


_FROBENIUS, _KULLBACK_LEIBLER = 2, 1
_CHUNK_NUMBERS = 100_000
_EPSILON = np.finfo(np.float32).eps  # what scikit-learn puts in place of a zero that something is divided by
_WEIGHT_TOL_DIVISOR, _MAX_ITERATIONS = (
    100,
    5000,
)  # finer than the tolerance of the fit: weights for fixed parts are cheap
_MIN_START = 0.01  # of the mean: zeros of a start, which a product could never leave
BETA = {"frobenius": 2, "kullback-leibler": 1, "itakura-saito": 0}


class MultiplicativeOptions(NamedTuple):
    """What is minimised.

    Attributes
    ----------
    beta : {2, 1, 0}
        Of the beta-divergence: squared errors, Kullback-Leibler, Itakura-Saito.
    weight_penalty, part_penalty : Penalty
        What the factors pay for their numbers.
    """

    beta: int
    weight_penalty: Penalty
    part_penalty: Penalty

    @property
    def exponent(self) -> float:
        """Of the update, so that the loss never rises."""
        return 0.5 if self.beta == 0 else 1.0


def multiplicative_iterations(blocks: RowBlocks, start: Factors, options: MultiplicativeOptions) -> Iterator[Iteration]:
    """Improve a pair of factors by multiplication, for ever.

    As in `hals_iterations`, each block is read once per iteration, and the pair (new weights, present parts) is what an
    iteration gives.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    start : Factors
        Where to begin; zeros, which could never become anything else, begin a little above.
    plan : MultiplicativeOptions
        What is minimised.

    Yields
    ------
    Iteration
        Its `loss` is the square root of the loss relative to ``||X||**2 / 2`` for squared errors, to the sum of X for
        Kullback-Leibler, and to the number of values for Itakura-Saito.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` says so.

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
    """Weights of samples for fixed parts, at a loss that is not squared errors.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Samples, 0 or more.
    H : ndarray of shape (n_components, n_features)
        Parts.
    options : FitOptions
        Loss, penalties and tolerance.

    Returns
    -------
    ndarray of shape (n_samples, n_components)
        0 or more.
    """
    W = np.full((len(H), len(X)), np.sqrt(max(X.mean(), _EPSILON)) / max(H.mean(), _EPSILON) / len(H))
    losses: list[float] = []
    while len(losses) < _MAX_ITERATIONS and not (losses and has_converged(losses, tol / _WEIGHT_TOL_DIVISOR)):
        updated = np.empty_like(W)
        losses.append(float(np.sqrt(max(_block_update(W, H, options, updated)(X, slice(0, len(X))).loss, 0))))
        W = updated
    return W.T


def _loss_scale(blocks: RowBlocks, beta: int) -> float:
    """What the loss is measured against, so that it has no unit."""
    if beta == _FROBENIUS:
        return blocks.squared_norm / 2
    n_samples, n_features = blocks.dataset.stored.shape
    return float(n_samples * n_features * (blocks.mean if beta == _KULLBACK_LEIBLER else 1.0))


def _block_update(
    W: Floats, H: Floats, options: MultiplicativeOptions, updated: Floats
) -> Callable[[Rows, slice], BlockSums]:
    """Work for a block: new weights into `new`, and what they add to the sums."""

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
    """Multiply a factor by what the present error asks for.

    Parameters
    ----------
    F : ndarray of shape (n_components, m), float32
        The factor.
    numerator, denominator : ndarray of shape (n_components, m) or (n_components, 1), float32
        The negative and the positive half of the loss's slope.
    penalty : Penalty
        What F pays for its numbers.
    exponent : float
        Of the quotient.

    Returns
    -------
    ndarray of shape (n_components, m), float32
        The new factor.
    """
    divisor = denominator + penalty.l1 + np.float32(penalty.l2) * F if penalty else denominator
    quotient = numerator / np.where(divisor == 0, _EPSILON, divisor)
    updated: Floats = F * (quotient if exponent == 1 else quotient**exponent)
    return updated


def _denominator(A: Floats, B: Floats, inverse: Floats, beta: int) -> Floats:
    """What the numerator of factor B is divided by; A is the other factor, and its columns the rows of `inverse`."""
    divisor: Floats
    if beta == _FROBENIUS:
        divisor = (A @ A.T) @ B
    elif beta == _KULLBACK_LEIBLER:
        divisor = A.sum(axis=1, keepdims=True)
    else:
        divisor = A @ inverse
    return divisor


def _inverse_product(product: Rows, beta: int) -> Floats:
    """``1 / (W'H)`` where the loss needs it, and nothing otherwise."""
    return np.empty((0, 0)) if beta else 1 / dense(product)


def _ratio(X: Rows, W: Floats, H: Floats, beta: int) -> tuple[Rows, Rows]:
    """``X * (W'H)**(beta - 2)`` and ``W'H``, which is never less than what can be divided by.

    For sparse samples the product is only wanted, and only computed, where they are not 0.
    """
    if isinstance(X, np.ndarray):
        product = np.maximum(W.T @ H, _EPSILON)
        return (X if beta == _FROBENIUS else X / product ** (2 - beta)), product
    if beta == _FROBENIUS:
        return X, X
    coordinates = X.tocoo()
    sparse_product = X.copy()
    sparse_product.data = np.empty_like(X.data)
    for a in range(0, len(coordinates.data), _CHUNK_NUMBERS):
        chunk = slice(a, a + _CHUNK_NUMBERS)
        sparse_product.data[chunk] = np.einsum("kn,kn->n", W[:, coordinates.row[chunk]], H[:, coordinates.col[chunk]])
    np.maximum(sparse_product.data, _EPSILON, out=sparse_product.data)
    ratio = X.copy()
    ratio.data = X.data / sparse_product.data ** (2 - beta)
    return ratio, sparse_product


def loss_and_squared_error(X: Rows, factors: Factors, beta: int) -> tuple[float, float]:
    """The loss of a pair of factors, and its squared error, both in double precision.

    Parameters
    ----------
    X : ndarray or CSR array of shape (n_samples, n_features)
        Samples.
    factors : Factors
        What approximates them.
    beta : {2, 1, 0}
        As in `MultiplicativeOptions`.

    Returns
    -------
    loss : float
        The divergence; for squared errors their half.
    squared : float
        The squared error.
    """
    return _loss_and_squared_error(X, factors, _ratio(X, factors.W, factors.H, beta)[1], beta)


def _loss_and_squared_error(X: Rows, factors: Factors, product: Rows, beta: int) -> tuple[float, float]:
    """The loss of a block, and its squared error, both in double precision."""
    W, H = factors
    x: Floats
    if isinstance(X, np.ndarray):
        squared = squared_norm(X - product)
        x, wh = X, dense(product)
    else:
        cross = np.sum(W * parts_times_samples(H, X), dtype=np.float64)
        squared = squared_norm(X) - 2 * float(cross) + float(np.sum((W @ W.T) * (H @ H.T), dtype=np.float64))
        x, wh = np.asarray(X.data), np.asarray(product.data)
    if beta == _FROBENIUS:
        return squared / 2, squared
    quotient = x / wh
    logarithm = np.log(np.maximum(quotient, np.finfo(np.float32).tiny))
    if beta == _KULLBACK_LEIBLER:
        total = float(W.sum(axis=1, dtype=np.float64) @ H.sum(axis=1, dtype=np.float64))
        return float(np.sum(x * logarithm - x, dtype=np.float64)) + total, squared
    return float(np.sum(quotient - logarithm - 1, dtype=np.float64)), squared
