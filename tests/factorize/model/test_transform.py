"""Weights for fixed parts equal those of non-negative least squares of SciPy, also for similar parts."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import nnls
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.errors import DataError
from nmf_explorer.factorize.model import transform
from nmf_explorer.factorize.model.transform import Projection
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import photo_patches, smooth_images

CLOSE = 1e-4


def _nnls(H: Any, X: Any) -> Any:
    return np.array([nnls(H.T.astype(np.float64), x.astype(np.float64))[0] for x in X])


def _assert_as_good(projection: Projection, H: Any, X: Any) -> None:
    """Check that no weight could be better; the weights of equal parts are ambiguous, and SciPy is not always exact."""
    W = projection.weights(X)
    assert W.min() >= 0
    gradient = (W @ H - X) @ H.T
    assert gradient.min() > -1e-7
    assert np.abs(gradient * W).max() < 1e-7
    ours, theirs = (np.linalg.norm(X - weights @ H, axis=1) for weights in (W, _nnls(H, X)))
    assert (ours <= theirs + 1e-7).all()
    np.testing.assert_allclose(
        (W @ H)[ours > theirs - CLOSE**2], (_nnls(H, X) @ H)[ours > theirs - CLOSE**2], atol=CLOSE
    )


@pytest.mark.parametrize(
    ("name", "k"), [("handwritten_digits", 10), ("swimmer", 10), ("drawn_faces", 10), ("led_ten_digits", 7)]
)
def test_samples_of_the_shipped_sets_get_the_weights_of_scipy(name: str, k: int) -> None:
    dataset = nx.load(sample_images() / name)
    X = dataset.matrix[:100]
    model = nx.fit(dataset, k, start="pixels", n_restarts=0, max_iter=50)
    np.testing.assert_allclose(model.transform(X), _nnls(model.components, X), atol=CLOSE)


def test_new_samples_get_the_weights_of_scipy() -> None:
    model = nx.fit(photo_patches(), 30, start="nndsvda", max_iter=30)
    new = np.random.default_rng(0).random((50, 256)) * photo_patches()[:50]
    np.testing.assert_allclose(model.transform(new), _nnls(model.components, new), atol=CLOSE)


@given(
    shape=st.tuples(st.integers(1, 12), st.integers(1, 40), st.integers(1, 20)),
    zeros=st.sampled_from([0.0, 0.3, 0.9]),
    seed=st.integers(0, 9999),
)
@settings(max_examples=60, deadline=None)
def test_random_matrices_are_projected_as_by_scipy(shape: tuple[int, int, int], zeros: float, seed: int) -> None:
    k, p, n = shape
    rng = np.random.default_rng(seed)
    H, X = (rng.random(size) * (rng.random(size) >= zeros) for size in ((k, p), (n, p)))
    _assert_as_good(Projection(H), H, X)
    _assert_as_good(Projection(H), H, X[:1])


@pytest.mark.parametrize(
    "kind", ["twice the same", "multiples", "sums", "black", "more parts than pixels", "all black"]
)
@pytest.mark.parametrize("n_samples", [1, 30])
def test_parts_that_are_similar_give_the_sums_of_scipy(kind: str, n_samples: int) -> None:
    rng = np.random.default_rng(0)
    H = rng.random((6, 20))
    if kind == "twice the same":
        H[3:] = H[:3]
    elif kind == "multiples":
        H[3:] = H[:3] * [[2.0], [0.1], [1e-3]]
    elif kind == "sums":
        H[5] = H[0] + H[1]
    elif kind == "black":
        H[2] = 0
    elif kind == "all black":
        H[:] = 0
    else:
        H = rng.random((30, 8))
    X = rng.random((n_samples, H.shape[1]))
    _assert_as_good(Projection(H), H, X)


def test_samples_that_do_not_converge_are_solved_by_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    H, X = rng.random((8, 20)), rng.random((10, 20))
    left = []
    by_scipy = Projection._solve_with_scipy

    def remember(projection: Projection, products: Any) -> Any:
        left.append(products)
        return by_scipy(projection, products)

    monkeypatch.setattr(Projection, "_solve_with_scipy", remember)
    monkeypatch.setattr(transform, "_MAX_ROUNDS", 0)
    _assert_as_good(Projection(H), H, X)
    assert len(left) == 10
    W = Projection(H, 0.3, 0.2).weights(X)
    monkeypatch.undo()
    np.testing.assert_allclose(W, Projection(H, 0.3, 0.2).weights(X), atol=1e-9)


def test_many_samples_are_solved_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    H, X = np.random.default_rng(0).random((5, 9)), np.random.default_rng(1).random((11, 9))
    at_once = Projection(H).weights(X)
    monkeypatch.setattr(transform, "_BATCH_NUMBERS", 3 * 25)
    np.testing.assert_allclose(Projection(H).weights(X), at_once, atol=1e-12)


@given(
    shape=st.tuples(st.integers(1, 8), st.integers(1, 20)),
    penalties=st.sampled_from([(0.1, 0.0), (0.0, 0.1), (0.2, 0.3), (5.0, 0.0)]),
    seed=st.integers(0, 9999),
)
@settings(max_examples=60, deadline=None)
def test_with_a_penalty_no_weight_could_be_better(
    shape: tuple[int, int], penalties: tuple[float, float], seed: int
) -> None:
    k, p = shape
    l1, l2 = penalties
    rng = np.random.default_rng(seed)
    H, X = rng.random((k, p)), rng.random((6, p))
    W = Projection(H, l1, l2).weights(X)
    gradient = W @ H @ H.T - X @ H.T + l1 + l2 * W
    assert W.min() >= 0
    assert gradient.min() > -1e-6
    assert np.abs(gradient * W).max() < 1e-6


@pytest.mark.parametrize("solver", ["hals", "multiplicative", "scikit-learn"])
@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_a_model_uses_the_penalty_of_its_fit(solver: str, l1_ratio: float) -> None:
    X = smooth_images(40, 8, 4)
    model = nx.fit(X, 3, solver=solver, start="nndsvda", alpha_W=0.002, l1_ratio=l1_ratio, tol=1e-7, max_iter=2500)
    W, H = model.transform(X) / model.scale, model.components * model.scale[:, np.newaxis]
    penalty = 0.002 * X.shape[1]
    gradient = W @ H @ H.T - X @ H.T + penalty * (l1_ratio + (1 - l1_ratio) * W)
    assert gradient.min() > -1e-3
    assert np.abs(gradient * W).max() < 1e-3
    np.testing.assert_allclose(model.transform(X), model.weights, atol=1e-2 * model.weights.max())


@pytest.mark.parametrize("unit", [1e8, 1e-8])
def test_penalties_hold_for_very_large_and_very_small_numbers_too(unit: float) -> None:
    X = smooth_images(40, 8, 4)
    plain = nx.fit(X, 3, start="random", alpha_W=0.002, tol=1e-7, max_iter=5000)
    scaled = nx.fit(X * unit, 3, start="random", alpha_W=0.002 * unit, tol=1e-7, max_iter=5000)
    assert scaled.relative_error == pytest.approx(plain.relative_error, rel=1e-3)
    np.testing.assert_allclose(scaled.weights / unit, plain.weights, atol=1e-2 * plain.weights.max())
    np.testing.assert_allclose(scaled.scale, plain.scale * np.sqrt(unit), rtol=1e-2)
    np.testing.assert_allclose(scaled.transform(X * unit), scaled.weights, atol=1e-2 * scaled.weights.max())


@pytest.mark.parametrize("loss", ["kullback-leibler", "itakura-saito"])
@pytest.mark.parametrize("solver", ["multiplicative", "scikit-learn"])
@pytest.mark.parametrize("alpha_W", [0.0, 0.003])
def test_no_other_weights_give_a_lower_divergence(loss: str, solver: str, alpha_W: float) -> None:
    X = smooth_images(30, 8, 4) + 0.02
    model = nx.fit(X, 4, loss=loss, solver=solver, start="random", max_iter=20, alpha_W=alpha_W, l1_ratio=0.5)
    H = model.components * model.scale[:, np.newaxis].astype(np.float64)

    def loss_of(W: Any) -> Any:
        quotient = X / (W @ H)
        each = X * np.log(quotient) - X + W @ H if loss == "kullback-leibler" else quotient - np.log(quotient) - 1
        return each.sum(axis=1) + alpha_W * X.shape[1] * (0.5 * W.sum(axis=1) + 0.25 * (W**2).sum(axis=1))

    best = model.transform(X).astype(np.float64) / model.scale
    before = loss_of(best)
    step = 0.01 * best.mean()
    for part, sign in itertools.product(range(4), (1, -1)):
        moved = best.copy()
        moved[:, part] = np.maximum(moved[:, part] + sign * step, 0)
        assert (loss_of(moved) >= before * (1 - 1e-3) - 1e-6).all()


def test_a_sample_may_be_a_row_an_image_or_sparse() -> None:
    X = smooth_images().reshape(60, 12, 12)
    model = nx.fit(X, 4, start="pixels", max_iter=20)
    rows = model.transform(X.reshape(60, 144))
    assert rows.dtype == np.float32
    np.testing.assert_allclose(model.transform(X), rows, atol=1e-6)
    np.testing.assert_allclose(model.transform(X[7]), rows[7:8], atol=1e-6)
    np.testing.assert_allclose(model.transform(csr_array(X.reshape(60, 144))), rows, atol=1e-6)
    np.testing.assert_allclose(model.transform(X[:2].tolist()), rows[:2], atol=1e-6)


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (np.ones((2, 5)), "do not fit"),
        (np.ones((2, 3, 2)), "do not fit"),
        (np.ones(4), "do not fit"),
        (np.ones((0, 6)), "do not fit"),
        (3.0, "do not fit"),
        ([[0, 1, 2, 3, 4, -1]], "negative"),
        ([[0, 1, 2, 3, 4, np.nan]], "not finite"),
        ([[0, 1, 2, 3, 4, np.inf]], "not finite"),
        ([[1, 2], [3]], "do not form an array"),
        ("words", "do not form an array"),
    ],
)
def test_samples_that_cannot_be_used_are_refused(samples: Any, words: str) -> None:
    model = nx.fit(np.random.default_rng(0).random((8, 2, 3)), 2)
    with pytest.raises(DataError, match=words):
        model.transform(samples)


def test_black_samples_have_no_weights() -> None:
    for loss in ("frobenius", "kullback-leibler"):
        model = nx.fit(smooth_images(), 4, loss=loss, start="random", max_iter=20)
        assert model.transform(np.zeros((3, 144))).max() < 1e-5


def test_a_part_that_is_black_gets_no_weight() -> None:
    parts = np.ones((2, 144))
    parts[1] = 0
    model = nx.fit(smooth_images(), 2, start=parts, max_iter=5)
    assert not model.components[1].any()
    assert not model.transform(smooth_images())[:, 1].any()
