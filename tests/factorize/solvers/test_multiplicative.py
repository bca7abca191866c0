"""Multiplicative updates: equal to those of scikit-learn for every loss, and finite for zeros."""

from __future__ import annotations

import warnings
from itertools import islice, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.decomposition import non_negative_factorization

import nmf_explorer as nx
from nmf_explorer.factorize.fit_options import LOSSES, FitOptions
from nmf_explorer.factorize.penalties import scaled_penalties
from nmf_explorer.factorize.solvers import multiplicative
from nmf_explorer.factorize.solvers.factors import NO_PENALTY
from nmf_explorer.factorize.solvers.hals import Iteration
from nmf_explorer.factorize.solvers.multiplicative import (
    BETA,
    MultiplicativeOptions,
    loss_and_squared_error,
    multiplicative_iterations,
)
from tests.factorize.data import assert_lawful, blocks_of, smooth_images, some_factors

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Rows
    from nmf_explorer.factorize.solvers.factors import Factors

N = 6


def _iterations(X: Rows, start: Factors, loss: str, n: int = N, **options: Any) -> list[Iteration]:
    with blocks_of(X) as blocks:
        penalties = scaled_penalties(FitOptions(1, loss=loss, **options), blocks.dataset)
        plan = MultiplicativeOptions(BETA[loss], *penalties)
        return list(islice(multiplicative_iterations(blocks, start, plan), n))


def _positive(*, is_sparse: bool) -> Any:
    rng = np.random.default_rng(0)
    X = rng.random((30, 25)) + 0.01
    return csr_array(X * (rng.random(X.shape) < 0.3)) if is_sparse else X


@pytest.mark.parametrize("alpha", [0.0, 0.01])
@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    ("loss", "is_sparse"), [*product(LOSSES, [False]), ("frobenius", True), ("kullback-leibler", True)]
)
def test_iterations_equal_those_of_scikit_learn(alpha: float, l1_ratio: float, loss: str, *, is_sparse: bool) -> None:
    X = _positive(is_sparse=is_sparse)
    start = some_factors(X.shape, 4)
    options: dict[str, Any] = {"alpha_W": alpha, "alpha_H": alpha / 2, "l1_ratio": l1_ratio}
    ours = _iterations(X, start, loss, **options)
    for n in range(1, N):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # so few iterations do not converge
            W, H, _ = non_negative_factorization(
                X,
                W=start.W.T.astype(np.float64),
                H=start.H.astype(np.float64),
                init="custom",
                n_components=4,
                solver="mu",
                beta_loss=loss,
                tol=0,
                max_iter=n,
                **options,
            )
        np.testing.assert_allclose(ours[n].factors.H, H, atol=1e-4 * H.max())
        np.testing.assert_allclose(ours[n - 1].factors.W.T, W, atol=1e-4 * W.max())


@pytest.mark.parametrize("loss", LOSSES)
def test_sparse_array_without_zeros_is_fitted_like_a_dense_one(loss: str) -> None:
    X = _positive(is_sparse=False)
    start = some_factors(X.shape, 3)
    one, other = _iterations(X, start, loss)[-1], _iterations(csr_array(X), start, loss)[-1]
    np.testing.assert_allclose(other.factors.H, one.factors.H, rtol=1e-4)
    assert other.loss == pytest.approx(one.loss, rel=1e-3)
    assert other.relative_error == pytest.approx(one.relative_error, rel=1e-3)


def test_sparse_product_does_not_depend_on_the_chunk_size(monkeypatch: pytest.MonkeyPatch) -> None:
    X = _positive(is_sparse=True)
    start = some_factors(X.shape, 3)
    at_once = _iterations(X, start, "kullback-leibler")[-1]
    monkeypatch.setattr(multiplicative, "_CHUNK_NUMBERS", 7)
    np.testing.assert_array_equal(_iterations(X, start, "kullback-leibler")[-1].factors.H, at_once.factors.H)


@pytest.mark.parametrize("is_sparse", [False, True])
@pytest.mark.parametrize("loss", ["frobenius", "kullback-leibler"])
def test_zeros_in_the_data_give_no_nan(loss: str, *, is_sparse: bool) -> None:
    X = np.random.default_rng(0).random((20, 15))
    X[[2, 5]] = 0
    X[:, [0, 7]] = 0
    X[X < 0.4] = 0
    model = nx.fit(csr_array(X) if is_sparse else X, 4, loss=loss, solver="multiplicative", max_iter=200)
    assert_lawful(X, model)


@pytest.mark.parametrize("loss", LOSSES)
def test_zeros_of_the_start_can_grow(loss: str) -> None:
    X = smooth_images() + 0.1
    start = some_factors(X.shape, 3)
    start.W[0] = 0
    last = _iterations(X, start, loss, 30)[-1]
    assert last.factors.W[0].max() > 0.01


@pytest.mark.parametrize("loss", LOSSES)
def test_start_and_earlier_iterations_are_not_changed(loss: str) -> None:
    X = smooth_images()
    start = some_factors(X.shape, 3)
    copies = [F.copy() for F in start]
    with blocks_of(X) as blocks:
        steps = multiplicative_iterations(blocks, start, MultiplicativeOptions(BETA[loss], NO_PENALTY, NO_PENALTY))
        seen = [(step, [F.copy() for F in step.factors]) for step in islice(steps, 6)]
    seen.append((Iteration(start, 0, 0), copies))
    for step, factors in seen:
        for F, copy in zip(step.factors, factors, strict=True):
            np.testing.assert_array_equal(F, copy)


@pytest.mark.parametrize("loss", LOSSES)
def test_loss_follows_its_definition(loss: str) -> None:
    X = smooth_images(9, 4)
    factors = some_factors(X.shape, 2)
    product_ = factors.W.T.astype(np.float64) @ factors.H
    quotient = X / product_
    expected = {
        "frobenius": ((X - product_) ** 2).sum() / 2,
        "kullback-leibler": (X * np.log(quotient) - X + product_).sum(),
        "itakura-saito": (quotient - np.log(quotient) - 1).sum(),
    }[loss]
    for samples in (X, csr_array(X)):
        computed, squared = loss_and_squared_error(samples, factors, BETA[loss])
        assert computed == pytest.approx(expected, rel=1e-5)
        assert squared == pytest.approx(((X - product_) ** 2).sum(), rel=1e-5)


def test_zero_pixels_add_nothing_to_the_loss() -> None:
    X = np.zeros((30, 40))
    X[3, 5] = X[3, 7] = 0.5
    dense, sparse = (nx.fit(A, 1, loss="kullback-leibler", start="random") for A in (X, csr_array(X)))
    assert dense.loss_history[-1] < 1e-3
    assert sparse.loss_history[-1] < 1e-3
