"""HALS: scikit-learn's coordinate descent without momentum; with momentum the loss falls faster."""

from __future__ import annotations

import warnings
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.decomposition import non_negative_factorization

from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.penalties import scaled_penalties
from nmf_explorer.factorize.solvers import hals, momentum
from nmf_explorer.factorize.solvers.factors import Penalty
from nmf_explorer.factorize.solvers.hals import HalsOptions, Iteration, hals_iterations
from nmf_explorer.factorize.solvers.momentum import Momentum
from tests.factorize.data import NOISE, blocks_of, photo_patches, smooth_images, some_factors
from tests.synthetic.synthetic_sets import led_digits

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Rows
    from nmf_explorer.factorize.solvers.factors import Factors

PLAIN = HalsOptions(n_sweeps=1, momentum=False)
N = 8


def _iterations(X: Rows, start: Factors, plan: HalsOptions, n: int = N) -> list[Iteration]:
    with blocks_of(X) as blocks:
        return list(islice(hals_iterations(blocks, start, plan), n))


def _error(X: Any, factors: Factors) -> float:
    residual = X - factors.W.astype(np.float64).T @ factors.H
    return float(np.linalg.norm(residual) / np.linalg.norm(X))


@pytest.mark.parametrize("alpha_W", [0.0, 0.01])
@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_coordinate_descent_equals_scikit_learn(alpha_W: float, l1_ratio: float, *, is_sparse: bool) -> None:
    rng = np.random.default_rng(0)
    X: Any = rng.random((30, 25)) * (rng.random((30, 25)) < (0.3 if is_sparse else 1))
    X = csr_array(X) if is_sparse else X
    start = some_factors((30, 25), 4)
    options = FitOptions(4, alpha_W=alpha_W, alpha_H=alpha_W / 2, l1_ratio=l1_ratio)
    with blocks_of(X) as blocks:
        weight_penalty, part_penalty = scaled_penalties(options, blocks.dataset)
    plan = HalsOptions(1, momentum=False, weight_penalty=weight_penalty, part_penalty=part_penalty)
    for n, iterate in enumerate(_iterations(X, start, plan, N - 1), 1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # so few iterations do not converge
            W, H, _ = non_negative_factorization(
                X,
                W=np.ascontiguousarray(start.W.T, dtype=np.float64),
                H=np.ascontiguousarray(start.H, dtype=np.float64),
                init="custom",
                n_components=4,
                tol=0,
                max_iter=n,
                alpha_W=alpha_W,
                alpha_H=alpha_W / 2,
                l1_ratio=l1_ratio,
            )
        np.testing.assert_allclose(iterate.factors.H, H, atol=1e-4 * H.max())
        np.testing.assert_allclose(iterate.factors.W.T, W, atol=1e-4 * W.max())


@pytest.mark.parametrize("keep_support", [False, True])
@pytest.mark.parametrize("n_sweeps", [1, 4])
@pytest.mark.parametrize("momentum", [False, True])
@pytest.mark.parametrize("penalty", [Penalty(), Penalty(0.02, 0.05)])
def test_loss_never_rises_and_matches_the_factors(
    n_sweeps: int, penalty: Penalty, *, momentum: bool, keep_support: bool
) -> None:
    X = smooth_images()
    start = some_factors(X.shape, 5)
    start.W[:, :5] = start.H[:, -3:] = 0
    plan = HalsOptions(n_sweeps, momentum, penalty, penalty, keep_support)
    steps = _iterations(X, start, plan, 60)
    assert (np.diff([step.loss for step in steps]) <= NOISE).all()
    size = np.linalg.norm(X)
    for step in steps[::7]:
        error = _error(X, step.factors)
        assert step.relative_error == pytest.approx(error, abs=NOISE)
        squared_penalty = 2 * sum(penalty.of(F) for F in step.factors) / size**2
        assert step.loss == pytest.approx(np.sqrt(error**2 + squared_penalty), abs=NOISE)
        assert min(F.min() for F in step.factors) >= 0
        assert step.factors.W[:, :5].any() != keep_support
    assert steps[-1].factors.H[:, -3:].any() != keep_support


def test_momentum_lowers_the_loss_after_the_same_number_of_iterations() -> None:
    X = photo_patches()
    start = some_factors(X.shape, 16)
    plain, moved = (_iterations(X, start, HalsOptions(momentum=momentum), 40)[-1].loss for momentum in (False, True))
    assert moved < plain


@pytest.mark.parametrize(("n_numbers_per_sweep", "expected"), [(0.5, 2), (2, 2), (5, 3), (8, 4), (60, 4)])
def test_number_of_sweeps_grows_with_the_cost_of_the_products(n_numbers_per_sweep: float, expected: int) -> None:
    F = np.empty((4, 600), dtype=np.float32)
    X = np.zeros(60 * 4 * 600)
    X[: int(n_numbers_per_sweep * F.size)] = 1
    with blocks_of(csr_array(X.reshape(600, -1))) as blocks:
        assert hals._sweep_count(blocks, F) == expected


def test_iteration_is_repeated_without_momentum_if_the_loss_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    shrunk = []
    monkeypatch.setattr(Momentum, "shrink", lambda momentum: shrunk.append(momentum.current))
    monkeypatch.setattr(Momentum, "grow", lambda _momentum: None)
    monkeypatch.setattr(momentum, "_FIRST_MOMENTUM", 30.0)
    X = smooth_images()
    steps = _iterations(X, some_factors(X.shape, 5), HalsOptions(), 20)
    assert shrunk
    assert (np.diff([step.loss for step in steps]) <= NOISE).all()


def test_momentum_grows_up_to_1_and_shrinks() -> None:
    momentum = Momentum()
    first = momentum.current
    momentum.grow()
    grown = momentum.current
    momentum.shrink()
    assert first < grown
    assert momentum.current < grown
    for _ in range(200):
        momentum.grow()
        assert momentum.current <= 1
    assert momentum.current == 1


def test_error_is_exact_for_tiny_residuals() -> None:
    X = led_digits().images.reshape(128, -1)
    steps = _iterations(X, some_factors(X.shape, 7, seed=1), HalsOptions(), 400)
    assert min(step.relative_error for step in steps) < 0.02
    for step in steps:
        assert step.relative_error == pytest.approx(_error(X, step.factors), rel=1e-2, abs=1e-5)


@pytest.mark.parametrize("plan", [HalsOptions(), PLAIN])
def test_start_and_earlier_iterations_are_not_changed(plan: HalsOptions) -> None:
    X = smooth_images()
    start = some_factors(X.shape, 4)
    copies = [F.copy() for F in start]
    with blocks_of(X) as blocks:
        seen = [(step, [F.copy() for F in step.factors]) for step in islice(hals_iterations(blocks, start, plan), 12)]
    for F, copy in zip(start, copies, strict=True):
        np.testing.assert_array_equal(F, copy)
    for step, factors in seen:
        for F, copy in zip(step.factors, factors, strict=True):
            np.testing.assert_array_equal(F, copy)
