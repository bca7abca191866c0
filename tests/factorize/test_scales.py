"""The scale of the samples changes the weights alone: not the parts, nor the error, which is the true one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

SCALES = [1e-38, 1e-30, 1e-10, 1e-8, 1e-6, 1e-5, 1e-3, 300.0, 1e6, 1e30]
METHODS: dict[str, dict[str, Any]] = {
    "hals": {},
    "coordinate descent": {"solver": "coordinate-descent", "start": "nndsvda"},
    "multiplicative": {"solver": "multiplicative", "start": "nndsvdar"},
    "Kullback-Leibler": {"loss": "kullback-leibler", "start": "random"},
    "Itakura-Saito": {"loss": "itakura-saito", "start": "nndsvda"},
    "scikit-learn": {"solver": "scikit-learn"},
    "scikit-learn Kullback-Leibler": {"solver": "scikit-learn", "loss": "kullback-leibler", "start": "nndsvda"},
}
SMALL_PARTS = 3e-3  # of scikit-learn, which fills zeros with the mean of the samples


def samples() -> NDArray[np.float64]:
    rng = np.random.default_rng(0)
    W = rng.random((60, 4)) * (rng.random((60, 4)) < 0.5)
    H = rng.random((4, 40)) * (rng.random((4, 40)) < 0.4)
    return np.asarray(W @ H + 0.01 * rng.random((60, 40)))


def true_error(X: NDArray[np.float64], model: NmfModel) -> float:
    """Return the relative error in double precision, of numbers brought near 1."""
    size = X.max()
    residual = X / size - (model.weights.astype(np.float64) / size) @ model.components.astype(np.float64)
    return float(np.linalg.norm(residual) / np.linalg.norm(X / size))


@cache
def fitted(method: str) -> NmfModel:
    return nx.fit(samples(), 4, max_iter=150, n_restarts=0, **METHODS[method])


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["float64", "float32", "CSR"])
def test_scale_of_the_samples_changes_the_weights_only(kind: str, method: str, scale: float) -> None:
    X = (samples() * scale).astype("float32" if kind == "float32" else "float64")
    plain = fitted(method)
    model = nx.fit(csr_array(X) if kind == "CSR" else X, 4, max_iter=150, n_restarts=0, **METHODS[method])
    assert model.relative_error == pytest.approx(plain.relative_error, rel=2e-3)
    assert model.relative_error == pytest.approx(true_error(X.astype(np.float64), model), rel=1e-3)
    if kind != "CSR":  # its automatic start does not look for noise
        np.testing.assert_allclose(model.components, plain.components, atol=SMALL_PARTS)
        largest = plain.weights.max()
        np.testing.assert_allclose(model.weights / scale / largest, plain.weights / largest, atol=SMALL_PARTS)
        again, before = (m.transform(x) for m, x in ((model, X), (plain, samples())))
        np.testing.assert_allclose(again / scale / largest, before / largest, atol=5 * SMALL_PARTS)


@pytest.mark.parametrize("method", ["hals", "multiplicative", "scikit-learn"])
def test_power_of_4_keeps_every_digit(method: str) -> None:
    one, other = (
        nx.fit(samples().astype(np.float32) * np.float32(unit), 4, max_iter=50, n_restarts=0, **METHODS[method])
        for unit in (4.0**-20, 4.0**9)
    )
    np.testing.assert_array_equal(one.components, other.components)
    np.testing.assert_array_equal(one.weights * np.float32(4.0**29), other.weights)
    assert one.relative_error == other.relative_error


@pytest.mark.parametrize("unit", [1e-6, 1e5])
@pytest.mark.parametrize(
    ("loss", "l1_ratio", "power"),
    [
        ("frobenius", 0.0, 1.0),
        ("frobenius", 1.0, 1.5),
        ("kullback-leibler", 0.0, 0.0),
        ("kullback-leibler", 1.0, 0.5),
        ("itakura-saito", 0.0, -1.0),
        ("itakura-saito", 1.0, -0.5),
    ],
)
@pytest.mark.parametrize("solver", ["auto", "scikit-learn"])
def test_penalties_grow_with_a_power_of_the_scale(
    solver: str, loss: str, l1_ratio: float, power: float, unit: float
) -> None:
    options: dict[str, Any] = {"solver": solver, "loss": loss, "l1_ratio": l1_ratio, "start": "random", "max_iter": 60}
    plain = nx.fit(samples(), 4, alpha_W=0.002, **options)
    scaled = nx.fit(samples() * unit, 4, alpha_W=0.002 * unit**power, **options)
    assert scaled.relative_error == pytest.approx(plain.relative_error, rel=1e-3)
    np.testing.assert_allclose(scaled.components, plain.components, atol=SMALL_PARTS)


@pytest.mark.parametrize("noise", [3e-2, 1e-2, 1e-4])
@pytest.mark.parametrize("method", ["hals", "multiplicative", "Kullback-Leibler", "scikit-learn"])
def test_small_errors_of_sparse_samples_are_the_true_ones(method: str, noise: float) -> None:
    rng = np.random.default_rng(1)
    X = (rng.random((400, 5)) * (rng.random((400, 5)) < 0.2)) @ (rng.random((5, 60)) * (rng.random((5, 60)) < 0.3))
    X *= 1 + noise * rng.random(X.shape)
    model = nx.fit(csr_array(X), 5, max_iter=100, n_restarts=0, **METHODS[method])
    assert model.relative_error == pytest.approx(true_error(X, model), rel=1e-3)


def test_error_of_nearly_constant_samples_never_rises() -> None:
    X = np.full((30, 23), 0.5)
    X[-1, -1] = 1
    assert (np.diff(nx.fit(X, 1).loss_history) <= 1e-6).all()


@pytest.mark.parametrize("solver", ["auto", "coordinate-descent", "multiplicative", "scikit-learn"])
@pytest.mark.parametrize("options", [{"alpha_W": 1.0, "l1_ratio": 1.0}, {"alpha_W": 1e300}], ids=["L1", "huge"])
def test_penalty_that_allows_no_weight_gives_black_parts(solver: str, options: dict[str, Any]) -> None:
    model = nx.fit(np.random.default_rng(0).random((20, 12)), 3, solver=solver, **options)
    assert model.relative_error == pytest.approx(1, abs=1e-6)
    assert model.weights.max() < 1e-6


@pytest.mark.parametrize(("size", "is_usable"), [(1.1e-43, True), (9e-44, False), (1e-60, False)])
def test_numbers_too_small_for_weights_are_refused(size: float, *, is_usable: bool) -> None:
    X = np.full((4, 3), size)
    if is_usable:
        assert nx.fit(X, 1).relative_error < 0.01
    else:
        with pytest.raises(DataError, match="too small"):
            nx.fit(X, 1)


@pytest.mark.parametrize(("smallest", "is_usable"), [(2e-15, True), (0.5e-15, False)])
def test_itakura_saito_refuses_values_that_are_nearly_0(smallest: float, *, is_usable: bool) -> None:
    X = samples() / samples().max()
    X[3, 4] = smallest
    if is_usable:
        assert np.isfinite(nx.fit(X, 2, loss="itakura-saito", max_iter=20).loss_history).all()
    else:
        with pytest.raises(DataError, match="nearly 0"):
            nx.fit(X, 2, loss="itakura-saito")
