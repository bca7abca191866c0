"""Weights of new samples for fixed parts, fast enough for a slider or a brush."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.given_array import check_values, real_numbers
from nmf_explorer.errors import DataError
from nmf_explorer.factorize.solvers.factors import LARGEST_PENALTY, NO_PENALTY, Penalty
from nmf_explorer.factorize.solvers.row_blocks import unit_of
from nmf_explorer.factorize.solvers.sweeps import hals_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array, csr_matrix

    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.fit_options import FitOptions

_SWEEPS = 8
_BATCH_NUMBERS = 2_000_000  # values of the small systems that are solved together
_MAX_ROUNDS = 12
_RIDGE = 1e-9  # of the largest entry of the Gram matrix
_TOLERANCE = 1e-9  # of the largest product; a smaller gradient is a rounding error


def projection(components: Floats, options: FitOptions) -> Callable[[Floats], Floats]:
    """Return a function that finds the weights for fixed parts, with the loss and the penalties of a fit.

    Parameters
    ----------
    components : ndarray of shape (n_components, n_features)
        The parts, in the scale in which they were fitted.
    options : FitOptions
        Options of the fit.

    Returns
    -------
    callable
        Function from samples, (n_samples, n_features) float64, to their weights, (n_samples, n_components) float64.
    """
    penalty = options.weight_penalty(components.shape[1])
    size = unit_of(float(components.max(initial=0)))
    parts = components.astype(np.float64) / size
    if options.loss != "frobenius":
        return partial(_divergence_weights, parts, size, penalty, options)
    solve = Projection(parts, float(penalty.l1) / size, penalty.l2 / size**2).weights
    return lambda X: solve(X) / size


def _divergence_weights(parts: Floats, size: float, penalty: Penalty, options: FitOptions, X: Floats) -> Floats:
    """Return weights, (n_samples, n_components), for the parts times `size`; parts and samples are brought near 1."""
    from nmf_explorer.factorize.solvers.multiplicative import BETA, MultiplicativeOptions, multiplicative_weights

    beta, unit = BETA[options.loss], unit_of(float(X.max()))
    l1, l2 = float(penalty.l1) * unit ** (1 - beta) / size, penalty.l2 * unit ** (2 - beta) / size**2
    scaled = Penalty(min(l1, LARGEST_PENALTY), min(l2, LARGEST_PENALTY))
    plan = MultiplicativeOptions(beta, scaled, NO_PENALTY)
    return multiplicative_weights(X / unit, parts, plan, options.tol) * (unit / size)


def check_samples(samples: ArrayLike | csr_array[Any] | csr_matrix[Any], sample_shape: tuple[int, ...]) -> Floats:
    """Return new samples as rows, (n_samples, n_features) float64, finite and 0 or more.

    They may have shape (n_samples, n_features), (n_samples, *sample_shape) or `sample_shape`. Raises DataError if their
    number of features is wrong, or if a value is negative or not finite.
    """
    numbers = real_numbers(samples)
    X: Floats = (numbers if isinstance(numbers, np.ndarray) else numbers.toarray()).astype(np.float64)
    n_features = int(np.prod(sample_shape))
    if X.shape == sample_shape:
        X = X[np.newaxis]
    if X.size == 0 or X.shape[1:] not in ((n_features,), sample_shape):
        raise DataError(
            "Samples of shape {shape} do not fit parts of {n} numbers, shape {sample_shape}.",
            shape=X.shape,
            n=n_features,
            sample_shape=sample_shape,
        )
    X = X.reshape(len(X), n_features)
    check_values(X, tuple(f"sample {i + 1}" for i in range(len(X))))
    return X


class Projection:
    """Non-negative least squares: the weights with which fixed parts approximate samples best.

    Parameters
    ----------
    components : ndarray of shape (n_components, n_features)
        The parts.
    l1, l2 : float, default 0.0
        Penalties on the weights and on their squares, as in the fit.

    References
    ----------
    Lawson, C. L. and Hanson, R. J. (1974). Solving least squares problems. Prentice-Hall. doi:10.1137/1.9781611971217

    Kim, J. and Park, H. (2011). Fast nonnegative matrix factorization: An active-set-like method and comparisons.
    SIAM Journal on Scientific Computing 33(6). doi:10.1137/110821172
    """

    def __init__(self, components: Floats, l1: float = 0.0, l2: float = 0.0) -> None:
        self._H = components.astype(np.float64)
        self._l1 = l1
        self._gram = self._H @ self._H.T + l2 * np.eye(len(components))

    @cached_property
    def _root(self) -> Floats:
        """Triangular R with ``R.T @ R`` equal to the Gram matrix, computed from the parts to keep full precision."""
        ridge = self._gram - self._H @ self._H.T
        root: Floats = np.linalg.qr(np.vstack([self._H.T, np.sqrt(np.maximum(ridge, 0))]), mode="r")  # type: ignore[assignment] # with this mode it is one array
        return root

    def weights(self, X: Floats) -> Floats:
        """Return the weights of samples by an active-set method.

        A few HALS sweeps guess which parts each sample uses. For those, the weights are solved exactly, and the set is
        changed until no part outside it would lower the error. The few samples for which this does not converge are
        solved by SciPy.

        Parameters
        ----------
        X : ndarray of shape (n_samples, n_features)
            Samples, 0 or more.

        Returns
        -------
        ndarray of shape (n_samples, n_components), float64
            Weights, 0 or more.
        """
        products = X @ self._H.T - self._l1
        size = max(1, _BATCH_NUMBERS // max(self._gram.size, 1))
        parts = [self._solve(products[a : a + size]) for a in range(0, len(products), size)]
        return np.concatenate(parts)

    def _solve(self, products: Floats) -> Floats:
        guess = np.zeros(products.T.shape)
        hals_sweeps(guess, np.ascontiguousarray(products.T), self._gram, _SWEEPS)
        is_used = guess.T > 0
        W = np.zeros(products.shape)
        unsolved = np.arange(len(products))
        tolerance = _TOLERANCE * max(float(np.abs(products).max(initial=0)), np.finfo(np.float64).tiny)
        for _ in range(_MAX_ROUNDS):
            W[unsolved], is_solved = self._exact(products[unsolved], is_used[unsolved])
            gradients = products[unsolved] - W[unsolved] @ self._gram
            wrong = np.where(is_used[unsolved], W[unsolved] < 0, gradients > tolerance) | ~is_solved[:, np.newaxis]
            unsolved, wrong = unsolved[wrong.any(axis=1)], wrong[wrong.any(axis=1)]
            if not len(unsolved):
                return W
            is_used[unsolved] ^= wrong
        for i in unsolved:
            W[i] = self._solve_with_scipy(products[i])
        return W

    def _exact(self, products: Floats, is_used: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return least squares weights for the parts that each sample uses, and whether each system could be solved."""
        if len(products) == 1:
            used = np.flatnonzero(is_used[0])
            systems, right = self._gram[np.ix_(used, used)][np.newaxis], products[:, used]
        else:
            used = np.arange(len(self._gram))
            both = is_used[:, :, np.newaxis] & is_used[:, np.newaxis, :]
            systems = np.where(both, self._gram, np.eye(len(self._gram)))
            right = np.where(is_used, products, 0.0)
        W: Floats = np.zeros(products.shape)
        try:
            W[:, used] = np.linalg.solve(systems, right[:, :, np.newaxis])[:, :, 0]
        except np.linalg.LinAlgError:
            return W, np.zeros(len(W), dtype=np.bool_)
        return W, np.array(np.isfinite(W).all(axis=1))

    def _solve_with_scipy(self, products: Floats) -> Floats:
        from scipy.optimize import nnls

        root, right = self._root, np.linalg.lstsq(self._root.T, products + self._l1, rcond=None)[0]
        if self._l1:  # one more equation with a large negative target stands for the penalty on the sum of the weights
            ridge = np.sqrt(_RIDGE * self._gram.max())
            root, right = np.vstack([root, np.full(len(products), ridge)]), np.append(right, -self._l1 / ridge)
        weights: Floats = nnls(root, right, maxiter=30 * len(products))[0]
        return weights
