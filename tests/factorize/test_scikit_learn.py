"""solver="scikit-learn": the same numbers and number of iterations as sklearn.decomposition.NMF."""

from __future__ import annotations

import warnings
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array
from sklearn.decomposition import NMF

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.scikit_learn import _nonnegative_svd
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import smooth_images
from tests.synthetic.synthetic_sets import swimmer

INITS = [None, "random", "nndsvd", "nndsvda", "nndsvdar"]
PLAIN: list[dict[str, Any]] = [{"init": init} for init in INITS] + [
    {"alpha_W": 0.001, "l1_ratio": 0.5},
    {"alpha_W": 0.002, "alpha_H": 0.0, "l1_ratio": 1.0, "init": "random"},
    {"alpha_W": 0.0, "alpha_H": 0.003},
    {"tol": 1e-2, "max_iter": 50},
    {"tol": 0, "max_iter": 25},
    {"max_iter": 3},
    {"tol": 1e-3, "init": "random", "random_state": 7},
]
DIVERGENCE_OPTIONS: list[dict[str, Any]] = [
    {},
    {"init": "random"},
    {"init": "nndsvdar"},
    {"init": "random", "alpha_W": 0.001, "l1_ratio": 0.3},
    {"tol": 1e-2},
    {"tol": 0, "max_iter": 12},
]
DIVERGENCES = [
    {"beta_loss": loss, **options}
    for loss, options in product(["kullback-leibler", "itakura-saito"], DIVERGENCE_OPTIONS)
]
OUR_NAMES = {"init": "start", "beta_loss": "loss"}


@cache
def _samples(name: str) -> Any:
    rng = np.random.default_rng(0)
    if name == "digits":
        return nx.load(sample_images() / "handwritten_digits").matrix[:300].astype(np.float64)
    if name == "swimmer":
        return swimmer().images.reshape(256, -1)
    if name == "sparse":
        return random_array((100, 80), density=0.1, format="csr", rng=rng)
    if name == "dense in CSR":
        return csr_array(rng.random((20, 15)) + 0.1)
    return rng.random((40, 25)) + 0.01


def _fit_scikit_learn(X: Any, n_components: int, options: dict[str, Any]) -> tuple[Any, Any, NMF]:
    estimator = NMF(n_components, solver="mu" if "beta_loss" in options else "cd", **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converged: checked by the number of iterations
        W = estimator.fit_transform(X)
    return W, estimator.components_, estimator


def _assert_same(X: Any, options: dict[str, Any], n_components: int = 5) -> None:
    options = {"random_state": 3, **options}
    W, H, estimator = _fit_scikit_learn(X, n_components, options)
    our_options = {OUR_NAMES.get(name, name): value for name, value in options.items() if value is not None}
    model = nx.fit(X, n_components, solver="scikit-learn", **our_options)
    # Where the error is only rounding, the last iteration depends on the processor.
    is_exact = min(X.shape) == n_components == 1
    assert abs(model.n_iterations - estimator.n_iter_) <= is_exact
    peak = H.max(axis=1)
    np.testing.assert_allclose(model.scale, np.where(peak > 0, peak, 1), rtol=1e-6)
    np.testing.assert_allclose(model.components * model.scale[:, np.newaxis], H, atol=1e-6 * H.max())
    np.testing.assert_allclose(model.weights / model.scale, np.where(peak > 0, W, 0), atol=1e-6 * W.max())
    if estimator.n_iter_ < estimator.max_iter:
        assert model.converged


@pytest.mark.filterwarnings("ignore:A penalty on one factor")
@pytest.mark.parametrize(
    ("name", "options"), [*product(["digits", "random", "sparse"], PLAIN), *product(["swimmer"], PLAIN[:2])], ids=str
)
def test_squared_errors_give_the_same_numbers_and_number_of_iterations(name: str, options: dict[str, Any]) -> None:
    _assert_same(_samples(name), options)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *product(["random", "dense in CSR"], DIVERGENCES),
        *product(["digits", "sparse"], [one for one in DIVERGENCES if one["beta_loss"] == "kullback-leibler"]),
    ],
    ids=str,
)
def test_divergences_give_the_same_numbers_and_number_of_iterations(name: str, options: dict[str, Any]) -> None:
    _assert_same(_samples(name), options)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (6, 1), (2, 5), (20, 1), (7, 7)])
def test_smallest_data_give_the_same_numbers(shape: tuple[int, int], seed: int) -> None:
    """With one row or column the start is exact: how many iterations follow depends on each rounding."""
    _assert_same(np.random.default_rng(seed).random(shape), {"random_state": seed}, min(shape))


@pytest.mark.parametrize("loss", ["frobenius", "kullback-leibler", "itakura-saito"])
@pytest.mark.parametrize("init", [None, "nndsvdar", "random"])
def test_exact_start_takes_the_same_number_of_iterations(loss: str, init: str | None) -> None:
    for seed in (2, 3):
        X = np.outer(*np.random.default_rng(seed).random((2, 6)))
        options = {} if loss == "frobenius" else {"beta_loss": loss}
        _assert_same(X, {"init": init, "random_state": seed, **options}, 1)


def test_start_is_bit_for_bit_that_of_scikit_learn() -> None:
    """After one iteration from it all numbers are the same."""
    X = _samples("random")
    for init in INITS:
        W, H, _ = _fit_scikit_learn(X, 5, {"init": init, "max_iter": 1, "random_state": 3})
        step = next(nx.fit_steps(X, 5, solver="scikit-learn", start=init or "auto", random_state=3))
        np.testing.assert_array_equal(step._factors.W.T, W)
        np.testing.assert_array_equal(step._factors.H, H)


def test_zero_samples_and_pixels_give_the_same_numbers() -> None:
    X = smooth_images()
    X[3] = X[:, 5] = 0
    _assert_same(X, {})
    _assert_same(X, {"beta_loss": "kullback-leibler", "init": "random"})


def test_8_bit_images_are_scaled_to_0_to_1() -> None:
    stored = np.rint(np.clip(smooth_images(), 0, 1) * 255).astype(np.uint8)
    names = tuple(map(str, range(60)))
    W, H, _ = _fit_scikit_learn(stored / 255, 4, {"random_state": 0})
    model = nx.fit(Dataset(stored, (12, 12), names, white=255.0), 4, solver="scikit-learn")
    np.testing.assert_allclose(model.components * model.scale[:, np.newaxis], H, atol=1e-6 * H.max())
    np.testing.assert_allclose(model.weights / model.scale, W, atol=1e-6 * W.max())


def test_start_at_the_minimum_converges_immediately() -> None:
    exact = np.outer(np.arange(1.0, 6), np.arange(1.0, 9))
    model = nx.fit(exact, 1, solver="scikit-learn", start=nx.fit(exact, 1, tol=0))
    assert model.converged
    assert model.n_iterations <= 10


@pytest.mark.parametrize("loss", ["frobenius", "kullback-leibler"])
def test_each_iteration_is_a_step_whose_model_is_not_changed(loss: str) -> None:
    X = smooth_images()
    steps = list(nx.fit_steps(X, 3, solver="scikit-learn", loss=loss, max_iter=8))
    assert [step.iteration for step in steps] == list(range(1, 9))
    early = steps[3].model()
    again = nx.fit(X, 3, solver="scikit-learn", loss=loss, max_iter=4)
    np.testing.assert_array_equal(early.components, again.components)
    np.testing.assert_array_equal(early.weights, again.weights)
    np.testing.assert_array_equal(early.loss_history, again.loss_history)


def test_fit_is_cancelled_between_two_iterations() -> None:
    stop: list[bool] = []
    steps = nx.fit_steps(smooth_images(), 3, solver="scikit-learn", should_stop=lambda: bool(stop))
    step = next(steps)
    expected = step.model()
    stop.append(True)
    with pytest.raises(Cancelled):
        next(steps)
    np.testing.assert_array_equal(step.model().components, expected.components)


def test_default_options_equal_those_of_scikit_learn() -> None:
    options, reference = nx.FitOptions(3, solver="scikit-learn"), NMF()
    assert (options.max_iter, options.tol) == (reference.max_iter, reference.tol)
    assert (options.alpha_W, options.alpha_H, options.l1_ratio) == (
        reference.alpha_W,
        reference.alpha_H,
        reference.l1_ratio,
    )


def test_divergence_of_0_does_not_stop_the_fit_as_in_scikit_learn() -> None:
    exact = np.ones((5, 8))
    start = nx.fit(exact, 1, tol=0)
    assert (start.reconstruct(0) == 1).all()
    reference = NMF(1, solver="mu", beta_loss="kullback-leibler", init="custom", max_iter=30)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 0 divided by 0
        reference.fit_transform(exact, W=np.ones((5, 1)), H=np.ones((1, 8)))
    model = nx.fit(exact, 1, solver="scikit-learn", loss="kullback-leibler", start=start, max_iter=30)
    assert model.n_iterations == reference.n_iter_ == 30
    assert model.relative_error == 0


def test_singular_vectors_of_0_give_factors_of_0() -> None:
    left, right = np.array([[0.6, 0.0], [0.8, 0.0]]), np.array([[1.0, 0.0], [0.0, 0.0]])
    W, H = _nonnegative_svd(left, np.array([4.0, 0.0]), right)
    np.testing.assert_allclose(W, [[1.2, 0.0], [1.6, 0.0]])
    np.testing.assert_allclose(H, [[2.0, 0.0], [0.0, 0.0]])
