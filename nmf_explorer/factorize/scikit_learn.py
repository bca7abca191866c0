"""Solver that gives exactly the numbers of scikit-learn, step by step.

scikit-learn is called for one iteration at a time, which gives bit for bit the numbers of one long call. Such calls do
not show where a long call would stop, so its stop rule is computed here from the same factors.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.decomposition import non_negative_factorization
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.extmath import randomized_svd

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.fit_options import KnownParts
from nmf_explorer.factorize.fit_step import FitStep
from nmf_explorer.factorize.penalties import scaled_penalties, scaled_sizes
from nmf_explorer.factorize.solvers.factors import LARGEST_PENALTY, Factors
from nmf_explorer.factorize.solvers.multiplicative import BETA, loss_and_squared_error
from nmf_explorer.factorize.solvers.row_blocks import unit_of
from nmf_explorer.factorize.solvers.sweeps import dense, squared_norm
from nmf_explorer.factorize.starts.known_parts import known_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.solvers.factors import Penalty
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks


_USUAL_LARGEST = (0.01, 300.0)  # largest number of data for which scikit-learn's own constants do no harm
_TEST_EVERY = 10  # iterations between two tests of multiplicative updates
_NEARLY_ZERO = 1e-6  # numbers below are 0 in its starts
_EPSILON = np.finfo(np.float32).eps  # its smallest divisor


def scikit_learn_steps(blocks: RowBlocks, options: FitOptions) -> Iterator[FitStep]:
    """Fit as ``sklearn.decomposition.NMF(...).fit_transform`` does, in double precision.

    scikit-learn takes numbers below 1e-6 for 0, and adds the mean of the data to factors that grow with their square
    root. So numbers up to 0.01 or above 300 are divided by a power of 4 before, and the factors multiplied at the end.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    options : FitOptions
        Names and meaning are those of scikit-learn; ``start="auto"`` is its ``init=None``. Its solver is "mu" for
        losses other than squared errors, and "cd" otherwise.

    Yields
    ------
    FitStep
        One per iteration; the last has converged if scikit-learn stops before `max_iter`.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` returns True, between iterations.

    References
    ----------
    Pedregosa, F. et al. (2011). Scikit-learn: Machine learning in Python. JMLR 12.
    https://jmlr.org/papers/v12/pedregosa11a.html
    """
    unit = unit_of(blocks.dataset.brightest, _USUAL_LARGEST)
    X = _float64_samples(blocks, unit)
    W, H = _initial_factors(blocks, X, options, unit)
    scaled = _scaled_options(options, unit)
    stop_rule = (_GradientStopRule if options.loss == "frobenius" else _DivergenceStopRule)(X, W, H, scaled)
    meter = _LossMeter(X, blocks, scaled)
    history: list[float] = []
    for iteration in range(1, options.max_iter + 1):
        if blocks.should_stop():
            raise Cancelled
        before = Factors(W, H)
        W, H = _one_iteration(X, before, scaled)
        loss, error = meter.compute(Factors(W.T, H))
        history.append(loss)
        converged = stop_rule.should_stop(before, Factors(W, H), iteration)
        yield FitStep(
            iteration=iteration,
            relative_error=error,
            converged=converged,
            start=options.start_name,
            restarts=None,
            _factors=Factors(W.T, H),
            _history=history,
            _unit=unit,
            _sample_shape=blocks.dataset.sample_shape,
            _options=options,
        )
        if converged:
            return


def _float64_samples(blocks: RowBlocks, unit: float) -> Rows:
    """Return all samples divided by `unit`, as one float64 matrix (n_samples, n_features), dense or CSR."""
    dataset = blocks.dataset
    X = dataset.stored.astype(np.float64)
    if isinstance(X, np.ndarray):
        return X / (dataset.white * unit)
    X.data /= unit
    return X


def _scaled_options(options: FitOptions, unit: float) -> FitOptions:
    """Return the options for samples that are divided by `unit`: the penalties in proportion to the loss."""
    if unit == 1:
        return options
    l1, l2 = scaled_sizes(options.loss, unit, options.l1_ratio)
    alpha_H = options.alpha_H
    return replace(
        options,
        alpha_W=min(options.alpha_W * (l1 + l2), LARGEST_PENALTY),
        alpha_H=alpha_H if isinstance(alpha_H, str) else min(alpha_H * (l1 + l2), LARGEST_PENALTY),
        l1_ratio=l1 / (l1 + l2),
    )


def _initial_factors(blocks: RowBlocks, X: Rows, options: FitOptions, unit: float) -> tuple[Floats, Floats]:
    """Return scikit-learn's initial W (n_samples, k) and H (k, n_features); its ``_initialize_nmf`` is private."""
    k, name = options.n_components, "nndsvda" if options.is_auto_start else options.start_name
    rng = np.random.RandomState(options.random_state)
    if isinstance(options.start, KnownParts):
        W, H = known_start(blocks, options.start, k)
        return W.T.astype(np.float64) * (blocks.unit / unit), H.astype(np.float64)
    mean = float(X.mean())
    if name == "random":
        scale = np.sqrt(mean / k)
        H = np.abs(scale * rng.standard_normal(size=(k, X.shape[1])))
        return np.abs(scale * rng.standard_normal(size=(X.shape[0], k))), H
    W, H = _nonnegative_svd(*randomized_svd(X, k, random_state=options.random_state))
    for F in (W, H):
        if name == "nndsvda":
            F[F == 0] = mean
        elif name == "nndsvdar":
            F[F == 0] = np.abs(mean * rng.standard_normal(size=len(F[F == 0])) / 100)
    return W, H


def _nonnegative_svd(left: Floats, values: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Return W (n_samples, k) and H (k, n_features) from singular vectors, with the rounding of scikit-learn."""
    W, H = np.zeros_like(left), np.zeros_like(right)
    W[:, 0], H[0] = np.sqrt(values[0]) * np.abs(left[:, 0]), np.sqrt(values[0]) * np.abs(right[0])
    for j in range(1, len(values)):
        halves = [(np.maximum(sign * left[:, j], 0), np.maximum(sign * right[j], 0)) for sign in (1, -1)]
        norms = [(np.sqrt(w @ w), np.sqrt(h @ h)) for w, h in halves]
        larger = 0 if norms[0][0] * norms[0][1] > norms[1][0] * norms[1][1] else 1
        (w, h), (w_norm, h_norm) = halves[larger], norms[larger]
        if w_norm * h_norm > 0:  # scikit-learn divides 0 by 0
            scale = np.sqrt(values[j] * (w_norm * h_norm))
            W[:, j], H[j] = scale * (w / w_norm), scale * (h / h_norm)
    W[W < _NEARLY_ZERO] = 0
    H[H < _NEARLY_ZERO] = 0
    return W, H


def _one_iteration(X: Rows, factors: Factors, options: FitOptions) -> tuple[Floats, Floats]:
    """Return both factors after an iteration of scikit-learn, which refuses a factor of zeros to begin with."""
    if not (factors.W.any() and factors.H.any()):
        is_kept = options.loss == "frobenius" and not options.part_penalty(1).l2
        return np.zeros_like(factors.W), factors.H if is_kept else np.zeros_like(factors.H)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # raised after each single iteration
        W, H, _ = non_negative_factorization(
            X,
            W=factors.W.copy(),
            H=factors.H.copy(),
            init="custom",
            n_components=options.n_components,
            solver="cd" if options.loss == "frobenius" else "mu",
            beta_loss=options.loss,
            tol=0,
            max_iter=1,
            alpha_W=options.alpha_W,
            alpha_H=options.alpha_H,
            l1_ratio=options.l1_ratio,
        )
    return W, H


class _GradientStopRule:
    """Stop rule of coordinate descent: the sum of all projected gradients, relative to that of iteration 1."""

    def __init__(self, X: Rows, _W: Floats, _H: Floats, options: FitOptions) -> None:
        self._X = X
        self._tol = options.tol
        self._weights, self._parts = options.weight_penalty(X.shape[1]), options.part_penalty(X.shape[0])
        self._first = 0.0

    def should_stop(self, before: Factors, after: Factors, iteration: int) -> bool:
        """Return whether scikit-learn stops after this iteration; W (n_samples, k), H (k, n_features), float64."""
        W, Ht = (np.ascontiguousarray(F) for F in (before.W, before.H.T))
        violation = _violation(W, self._X @ Ht, Ht.T @ Ht, self._weights)
        W = np.ascontiguousarray(after.W)
        violation += _violation(Ht, self._X.T @ W, W.T @ W, self._parts)
        if iteration == 1:
            self._first = violation
        return self._first == 0 or bool(violation / self._first <= self._tol)


def _violation(F: Floats, products: Floats, gram: Floats, penalty: Penalty) -> float:
    """Return the sum of the projected gradients of a sweep over F (n, k); products (n, k), gram (k, k).

    All sums are taken in scikit-learn's order, not by BLAS: at an exact start the gradients are only rounding, and
    their ratio decides when the fit stops.
    """
    rows, target = np.array(F.T, order="C"), products.T - penalty.l1
    gram[np.diag_indices_from(gram)] += penalty.l2
    violation, step = 0.0, np.empty(rows.shape[1])
    for row, row_target, coefficients, curvature in zip(rows, target, gram, gram.diagonal(), strict=True):
        gradient = -row_target
        for other, share in zip(rows, coefficients, strict=True):
            gradient += np.multiply(other, share, out=step)
        projected = np.abs(np.where(row == 0, np.minimum(0, gradient), gradient))
        violation = float(np.add.accumulate(np.append(violation, projected))[-1])  # sum() adds pairwise
        if curvature != 0:
            np.maximum(row - gradient / curvature, 0, out=row)
    return violation


class _DivergenceStopRule:
    """Stop rule of multiplicative updates: the decrease of the error in ten iterations, relative to its first value."""

    def __init__(self, X: Rows, W: Floats, H: Floats, options: FitOptions) -> None:
        self._X = X
        self._tol = options.tol
        self._beta = BETA[options.loss]
        self._first = self._last = self._error(W, H)

    def should_stop(self, _before: Factors, after: Factors, iteration: int) -> bool:
        """Return whether scikit-learn stops after this iteration; W (n_samples, k), H (k, n_features), float64."""
        if iteration % _TEST_EVERY or not self._tol:
            return False
        error, last = self._error(after.W, after.H), self._last
        self._last = error
        if self._first == 0:  # scikit-learn divides by 0: -inf is below the tolerance; nan and inf are not
            return error > last
        return bool((last - error) / self._first < self._tol)

    def _error(self, W: Floats, H: Floats) -> float:
        """Return the square root of twice the divergence; tiny numbers are left out or raised as in scikit-learn."""
        X = dense(self._X)
        product = W @ H
        is_counted = X > _EPSILON
        quotient = X[is_counted] / np.maximum(product[is_counted], _EPSILON)
        if self._beta == BETA["kullback-leibler"]:
            divergence = X[is_counted] @ np.log(quotient)
            divergence += W.sum(axis=0) @ H.sum(axis=1) - X[is_counted].sum()
        else:
            divergence = quotient.sum() - X.size - np.log(quotient).sum()
        return float(np.sqrt(2 * max(divergence, 0)))


class _LossMeter:
    """Computes the loss and the relative error as defined for `Iteration`."""

    def __init__(self, X: Rows, blocks: RowBlocks, options: FitOptions) -> None:
        self._X = X
        self._beta = BETA[options.loss]
        self._penalties = scaled_penalties(options, blocks.dataset)
        self._squared = squared_norm(X)
        self._size = (X.shape[0] * X.shape[1], float(X.sum()), self._squared / 2)[self._beta]

    def compute(self, factors: Factors) -> tuple[float, float]:
        """Return the loss and the relative error of factors W (k, n_samples), H (k, n_features)."""
        loss, squared = loss_and_squared_error(self._X, factors, self._beta)
        loss += sum(penalty.of(F) for penalty, F in zip(self._penalties, factors, strict=True))
        return float(np.sqrt(max(loss, 0) / self._size)), float(np.sqrt(max(squared, 0) / self._squared))
