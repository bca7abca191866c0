"""Properties of every solver, start and loss: nonnegative factors, falling loss, equivariance under scaling."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nmf_explorer as nx
from nmf_explorer.factorize.fit_options import LOSSES, STARTS
from tests.factorize.data import assert_falls, assert_lawful, exact_error, smooth_images

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

N_PARTS = 4
KNOWN = ("all parts known", "one part missing")
METHODS = [
    *product(("hals", "coordinate-descent"), (*STARTS, *KNOWN), LOSSES[:1]),
    *product(("multiplicative",), (*STARTS, *KNOWN), LOSSES),
    *product(("scikit-learn",), [start for start in (*STARTS, *KNOWN) if start != "pixels"], LOSSES),
]
every_method = pytest.mark.parametrize("method", METHODS, ids=" ".join)


def samples() -> NDArray[np.float64]:
    return smooth_images(40, 8, N_PARTS)


def options_of(method: tuple[str, str, str]) -> dict[str, Any]:
    solver, start, loss = method
    if start not in KNOWN:
        return {"solver": solver, "start": start, "loss": loss}
    parts = smooth_images(N_PARTS - KNOWN.index(start), 8, 1, seed=5)
    return {"solver": solver, "start": parts, "loss": loss}


@cache
def fitted(method: tuple[str, str, str]) -> NmfModel:
    return nx.fit(samples(), N_PARTS, random_state=2, max_iter=40, **options_of(method))


@every_method
def test_model_is_nonnegative_its_loss_falls_and_its_error_is_exact(method: tuple[str, str, str]) -> None:
    model = fitted(method)
    assert_lawful(samples(), model)
    assert model.loss_history[-1] < 0.9 * model.loss_history[0] or model.relative_error < 0.2


@every_method
def test_same_seed_gives_the_same_model(method: tuple[str, str, str]) -> None:
    again = nx.fit(samples(), N_PARTS, random_state=2, max_iter=40, **options_of(method))
    np.testing.assert_array_equal(again.components, fitted(method).components)
    np.testing.assert_array_equal(again.weights, fitted(method).weights)
    np.testing.assert_array_equal(again.loss_history, fitted(method).loss_history)


@every_method
def test_scaling_the_samples_scales_the_weights(method: tuple[str, str, str]) -> None:
    scaled = nx.fit(samples() * 4, N_PARTS, random_state=2, max_iter=40, **options_of(method))
    plain = fitted(method)
    if method[1] in {"nndsvda", "nndsvdar"} or method[:2] == ("scikit-learn", "auto"):
        # Zeros are filled with the mean of the samples, as in scikit-learn, so the iterations differ.
        assert abs(scaled.relative_error - plain.relative_error) < 0.05
        return
    assert scaled.relative_error == pytest.approx(plain.relative_error, rel=1e-3)
    np.testing.assert_allclose(scaled.components, plain.components, atol=5e-3)
    np.testing.assert_allclose(scaled.weights / 4, plain.weights, atol=5e-3 * plain.weights.max())


@pytest.mark.parametrize("solver", ["auto", "hals", "coordinate-descent", "multiplicative"])
@pytest.mark.parametrize("start", ["random", "nndsvdar", "auto"])
def test_seed_changes_models_with_a_random_start_only(solver: str, start: str) -> None:
    one, other = (
        nx.fit(samples(), N_PARTS, random_state=seed, solver=solver, start=start, max_iter=5) for seed in (0, 1)
    )
    is_drawn = start != "auto"  # automatic: the pixel start comes first and takes all five iterations
    assert np.array_equal(one.components, other.components) != is_drawn


@pytest.mark.parametrize(
    "method", [m for m in METHODS if m[1] in {"pixels", "nndsvd", "nndsvda", *KNOWN}], ids=" ".join
)
def test_order_of_the_samples_does_not_matter(method: tuple[str, str, str]) -> None:
    order = np.random.default_rng(0).permutation(40)
    mixed = nx.fit(samples()[order], N_PARTS, random_state=2, max_iter=40, **options_of(method))
    plain = fitted(method)
    np.testing.assert_allclose(mixed.components, plain.components, atol=5e-3)
    np.testing.assert_allclose(mixed.weights, plain.weights[order], atol=5e-3 * plain.weights.max())


@pytest.mark.parametrize("solver", ["hals", "coordinate-descent", "multiplicative"])
def test_order_of_the_samples_hardly_changes_the_error_of_random_starts(solver: str) -> None:
    order = np.random.default_rng(0).permutation(40)
    plain, mixed = (
        nx.fit(X, N_PARTS, solver=solver, start="random", n_restarts=6, tol=1e-4, max_iter=5000)
        for X in (samples(), samples()[order])
    )
    assert mixed.relative_error == pytest.approx(plain.relative_error, rel=1e-2)


@pytest.mark.parametrize(
    ("solver", "loss"),
    [("hals", "frobenius"), ("coordinate-descent", "frobenius"), *product(["multiplicative", "scikit-learn"], LOSSES)],
)
def test_transform_of_the_fitted_samples_gives_the_weights_of_the_fit(solver: str, loss: str) -> None:
    model = nx.fit(samples(), 2, solver=solver, loss=loss, start="nndsvda", tol=1e-7, max_iter=2500)
    np.testing.assert_allclose(model.transform(samples()), model.weights, atol=5e-3 * model.weights.max())


PENALTIES = [
    {"alpha_W": 0.001},
    {"alpha_W": 0.002, "l1_ratio": 0.5},
    {"alpha_W": 0.0005, "alpha_H": 0.002, "l1_ratio": 1.0},
]


@pytest.mark.parametrize("penalties", PENALTIES, ids=str)
@pytest.mark.parametrize(
    ("solver", "loss"),
    [("hals", "frobenius"), ("coordinate-descent", "frobenius"), *product(["multiplicative", "scikit-learn"], LOSSES)],
)
def test_penalized_loss_falls_and_follows_the_definition_of_scikit_learn(
    solver: str, loss: str, penalties: dict[str, Any]
) -> None:
    X = samples()
    model = nx.fit(X, 3, solver=solver, loss=loss, start="random", max_iter=60, **penalties)
    assert_falls(model)
    assert model.relative_error == pytest.approx(exact_error(X, model), rel=1e-3)
    W, H = model.weights / model.scale, model.components * model.scale[:, np.newaxis]
    size = {"frobenius": (X**2).sum() / 2, "kullback-leibler": X.sum(), "itakura-saito": X.size}[loss]
    l1 = penalties.get("l1_ratio", 0.0)
    alpha_W = penalties["alpha_W"]
    total = divergence(X, W @ H, loss)
    for F, alpha in ((W, alpha_W * X.shape[1]), (H, penalties.get("alpha_H", alpha_W) * X.shape[0])):
        total += alpha * (l1 * F.sum() + (1 - l1) / 2 * (F**2).sum())
    assert model.loss_history[-1] == pytest.approx(np.sqrt(total / size), rel=1e-4)


def divergence(X: NDArray[Any], product_: NDArray[Any], loss: str) -> float:
    """Return the loss without penalties, by its definition."""
    quotient = X / product_
    if loss == "frobenius":
        return float(((X - product_) ** 2).sum() / 2)
    if loss == "kullback-leibler":
        return float((X * np.log(quotient) - X + product_).sum())
    return float((quotient - np.log(quotient) - 1).sum())


@st.composite
def tasks(draw: st.DrawFn) -> tuple[NDArray[np.float64], int]:
    """Draw matrices of any shape up to 40, some rows and columns zero or equal, and any number of parts up to 12."""
    shape = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    X = rng.random(shape) * (rng.random(shape) < draw(st.sampled_from([0.2, 1.0])))
    kind = draw(st.sampled_from(["plain", "zero rows", "zero columns", "constant", "duplicated"]))
    if kind == "constant":
        X = np.full(shape, 0.5)
    elif kind == "zero rows":
        X[rng.random(shape[0]) < 0.4] = 0
    elif kind == "zero columns":
        X[:, rng.random(shape[1]) < 0.4] = 0
    elif kind == "duplicated":
        X = X[rng.integers(0, max(1, shape[0] // 3), shape[0])]
    X[-1, -1] += 0.5  # all-zero data are refused, see test_fit_options
    return X, draw(st.integers(1, min(12, *shape)))


@pytest.mark.parametrize(
    ("solver", "start", "loss"),
    [
        ("auto", "auto", "frobenius"),
        ("hals", "nndsvd", "frobenius"),
        ("coordinate-descent", "random", "frobenius"),
        ("multiplicative", "pixels", "frobenius"),
        ("auto", "auto", "kullback-leibler"),
        ("auto", "nndsvda", "itakura-saito"),
        ("scikit-learn", "auto", "frobenius"),
        ("scikit-learn", "random", "kullback-leibler"),
    ],
)
@settings(deadline=None, max_examples=15)
@given(task=tasks(), seed=st.integers(0, 5))
def test_model_of_any_matrix_is_valid(
    solver: str, start: str, loss: str, task: tuple[NDArray[np.float64], int], seed: int
) -> None:
    X, n_components = task
    X = X + 0.05 if loss == "itakura-saito" else X
    assert_lawful(X, nx.fit(X, n_components, random_state=seed, solver=solver, start=start, loss=loss, max_iter=20))
