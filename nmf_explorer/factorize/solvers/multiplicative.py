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


_SQUARES, _KULLBACK_LEIBLER = 2, 1
_NUMBERS_AT_A_TIME = 100_000
_NEVER_LESS = np.finfo(np.float32).eps  # what scikit-learn puts in place of a zero that something is divided by
_FINER, _MOST_ITERATIONS = 100, 5000  # finer than the tolerance of the fit: weights for fixed parts are cheap
_FIRST_NUMBERS = 0.01  # of the mean: zeros of a start, which a product could never leave
BETA = {"frobenius": 2, "kullback-leibler": 1, "itakura-saito": 0}


class MultiplicativePlan(NamedTuple):
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


def multiplicative_iterations(blocks: RowBlocks, start: Factors, plan: MultiplicativePlan) -> Iterator[Iteration]:
    """Improve a pair of factors by multiplication, for ever.

    As in `hals_iterations`, each block is read once per iteration, and the pair (new weights, present parts) is what an
    iteration gives.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    start : Factors
        Where to begin; zeros, which could never become anything else, begin a little above.
    plan : MultiplicativePlan
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
    W, H = (np.maximum(F, np.float32(_FIRST_NUMBERS) * F.mean()) for F in start)
    size = _size(blocks, plan.beta)
    while True:
        new = np.empty_like(W)
        sums = blocks.sum(_pass(W, H, plan, new))
        W = new
        loss, squared = (sums.loss + plan.part_penalty.of(H)) / size, sums.squared / blocks.squared_norm
        yield Iteration(Factors(W, H), float(np.sqrt(max(loss, 0))), float(np.sqrt(max(squared, 0))))
        denominator = sums.WW @ H if plan.beta == _SQUARES else sums.WW
        H = updated(H, sums.WX, denominator, plan.part_penalty, plan.exponent)


def weights_by_multiplication(X: Floats, H: Floats, plan: MultiplicativePlan, tol: float) -> Floats:
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
    W = np.full((len(H), len(X)), np.sqrt(max(X.mean(), _NEVER_LESS)) / max(H.mean(), _NEVER_LESS) / len(H))
    losses: list[float] = []
    while len(losses) < _MOST_ITERATIONS and not (losses and has_converged(losses, tol / _FINER)):
        new = np.empty_like(W)
        losses.append(float(np.sqrt(max(_pass(W, H, plan, new)(X, slice(0, len(X))).loss, 0))))
        W = new
    return W.T


def _size(blocks: RowBlocks, beta: int) -> float:
    """What the loss is measured against, so that it has no unit."""
    if beta == _SQUARES:
        return blocks.squared_norm / 2
    n_samples, n_features = blocks.dataset.stored.shape
    return float(n_samples * n_features * (blocks.mean if beta == _KULLBACK_LEIBLER else 1.0))


def _pass(W: Floats, H: Floats, plan: MultiplicativePlan, new: Floats) -> Callable[[Rows, slice], BlockSums]:
    """Work for a block: new weights into `new`, and what they add to the sums."""

    def work(X: Rows, rows: slice) -> BlockSums:
        part = W[:, rows]
        ratio, product = _ratio(X, part, H, plan.beta)
        numerator = parts_times_samples(H, ratio)
        below = _denominator(H, part, _inverse(product, plan.beta).T, plan.beta)
        part = updated(part, numerator, below, plan.weight_penalty, plan.exponent)
        new[:, rows] = part
        ratio, product = _ratio(X, part, H, plan.beta)
        loss, squared = _losses(X, Factors(part, H), product, plan.beta)
        below = (
            part @ part.T if plan.beta == _SQUARES else _denominator(part, H, _inverse(product, plan.beta), plan.beta)
        )
        return BlockSums(below, weights_times_samples(part, ratio), squared, loss + plan.weight_penalty.of(part))

    return work


def updated(F: Floats, numerator: Floats, denominator: Floats, penalty: Penalty, exponent: float) -> Floats:
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
    below = denominator + penalty.l1 + np.float32(penalty.l2) * F if penalty else denominator
    quotient = numerator / np.where(below == 0, _NEVER_LESS, below)
    new: Floats = F * (quotient if exponent == 1 else quotient**exponent)
    return new


def _denominator(A: Floats, B: Floats, inverse: Floats, beta: int) -> Floats:
    """What the numerator of factor B is divided by; A is the other factor, and its columns the rows of `inverse`."""
    below: Floats
    if beta == _SQUARES:
        below = (A @ A.T) @ B
    elif beta == _KULLBACK_LEIBLER:
        below = A.sum(axis=1, keepdims=True)
    else:
        below = A @ inverse
    return below


def _inverse(product: Rows, beta: int) -> Floats:
    """``1 / (W'H)`` where the loss needs it, and nothing otherwise."""
    return np.empty((0, 0)) if beta else 1 / dense(product)


def _ratio(X: Rows, W: Floats, H: Floats, beta: int) -> tuple[Rows, Rows]:
    """``X * (W'H)**(beta - 2)`` and ``W'H``, which is never less than what can be divided by.

    For sparse samples the product is only wanted, and only computed, where they are not 0.
    """
    if isinstance(X, np.ndarray):
        product = np.maximum(W.T @ H, _NEVER_LESS)
        return (X if beta == _SQUARES else X / product ** (2 - beta)), product
    if beta == _SQUARES:
        return X, X
    sparse = X.tocoo()
    there = X.copy()
    there.data = np.empty_like(X.data)
    for a in range(0, len(sparse.data), _NUMBERS_AT_A_TIME):
        some = slice(a, a + _NUMBERS_AT_A_TIME)
        there.data[some] = np.einsum("kn,kn->n", W[:, sparse.row[some]], H[:, sparse.col[some]])
    np.maximum(there.data, _NEVER_LESS, out=there.data)
    ratio = X.copy()
    ratio.data = X.data / there.data ** (2 - beta)
    return ratio, there


def losses_of(X: Rows, factors: Factors, beta: int) -> tuple[float, float]:
    """The loss of a pair of factors, and its squared error, both in double precision.

    Parameters
    ----------
    X : ndarray or CSR array of shape (n_samples, n_features)
        Samples.
    factors : Factors
        What approximates them.
    beta : {2, 1, 0}
        As in `MultiplicativePlan`.

    Returns
    -------
    loss : float
        The divergence; for squared errors their half.
    squared : float
        The squared error.
    """
    return _losses(X, factors, _ratio(X, factors.W, factors.H, beta)[1], beta)


def _losses(X: Rows, factors: Factors, product: Rows, beta: int) -> tuple[float, float]:
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
    if beta == _SQUARES:
        return squared / 2, squared
    quotient = x / wh
    logarithm = np.log(np.maximum(quotient, np.finfo(np.float32).tiny))
    if beta == _KULLBACK_LEIBLER:
        total = float(W.sum(axis=1, dtype=np.float64) @ H.sum(axis=1, dtype=np.float64))
        return float(np.sum(x * logarithm - x, dtype=np.float64)) + total, squared
    return float(np.sum(quotient - logarithm - 1, dtype=np.float64)), squared
