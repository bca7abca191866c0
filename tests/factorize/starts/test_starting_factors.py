"""Initial factors: nonnegative, of the scale of the data, and random only where they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import nnls
from scipy.sparse import csr_array
from sklearn.decomposition._nmf import _initialize_nmf

from nmf_explorer.factorize.starts import starting_factors
from nmf_explorer.factorize.starts.starting_factors import (
    few_rows_svd,
    nonnegative_halves,
    parts_for,
    random_start,
    singular_vectors,
    svd_start,
    weights_for,
)
from tests.factorize.data import blocks_of, smooth_images

if TYPE_CHECKING:
    from nmf_explorer.factorize.solvers.factors import Factors

FILLS = ["nndsvd", "nndsvda", "nndsvdar"]


def _svd(X: Any, k: int, fill: str, seed: int = 0) -> Factors:
    with blocks_of(X) as blocks:
        return svd_start(blocks, k, fill, np.random.default_rng(seed))


def test_random_start_is_nonnegative_and_has_the_mean_of_the_samples() -> None:
    X = smooth_images(300) * 3
    with blocks_of(X) as blocks:
        W, H = random_start(blocks, 50, np.random.default_rng(0))
        again = random_start(blocks, 50, np.random.default_rng(0))
        other = random_start(blocks, 50, np.random.default_rng(1))
    assert W.shape == (50, 300)
    assert H.shape == (50, 144)
    assert W.dtype == H.dtype == np.float32
    assert min(W.min(), H.min()) >= 0
    assert X.mean() / 2 < (W.T @ H).mean() < X.mean() * 2
    np.testing.assert_array_equal(W, again.W)
    assert not np.array_equal(W, other.W)


@pytest.mark.parametrize("exact_work", [0, 10**9])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_singular_vectors_equal_those_of_numpy(
    exact_work: int, *, is_sparse: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting_factors, "_EXACT_WORK", exact_work)
    X = smooth_images()
    with blocks_of(csr_array(X) if is_sparse else X) as blocks:
        left, values, right = singular_vectors(blocks, 5)
    true_left, true_values, true_right = np.linalg.svd(X, full_matrices=False)
    np.testing.assert_allclose(values, true_values[:5], rtol=1e-4)
    for j in range(5):
        assert abs(left[j] @ true_left[:, j]) > 1 - 1e-3
        assert abs(right[j] @ true_right[j]) > 1 - 1e-3
        assert (left[j] @ true_left[:, j]) * (right[j] @ true_right[j]) > 0


@pytest.mark.parametrize("shape", [(40, 9), (9, 40)])
def test_small_data_are_decomposed_by_the_gram_matrix_of_their_shorter_side(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    decomposed: list[tuple[int, ...]] = []
    eigh = np.linalg.eigh

    def record(gram: Any) -> Any:
        decomposed.append(gram.shape)
        return eigh(gram)

    monkeypatch.setattr(np.linalg, "eigh", record)
    X = np.random.default_rng(0).random(shape)
    with blocks_of(X) as blocks:
        values = singular_vectors(blocks, 4)[1]
    assert decomposed == [(9, 9)]
    np.testing.assert_allclose(values, np.linalg.svd(X, compute_uv=False)[:4], rtol=1e-5)


def test_large_data_are_decomposed_in_a_few_directions(monkeypatch: pytest.MonkeyPatch) -> None:
    X = np.random.default_rng(0).random((40, 9))
    monkeypatch.setattr(starting_factors, "_exact_singular_vectors", lambda *_: "exact")
    monkeypatch.setattr(starting_factors, "_EXACT_WORK", X.size * 9)
    with blocks_of(X) as blocks:
        assert singular_vectors(blocks, 2) == "exact"  # type: ignore[comparison-overlap]
        monkeypatch.setattr(starting_factors, "_EXACT_WORK", X.size * 9 - 1)
        assert singular_vectors(blocks, 2)[1].shape == (2,)


@pytest.mark.parametrize("unit", [1.0, 1e-12, 1e12])
@pytest.mark.parametrize("n_directions", [5, 3, 0])
def test_svd_of_few_rows_reproduces_them(unit: float, n_directions: int) -> None:
    rng = np.random.default_rng(0)
    rows = (rng.random((5, n_directions)) @ rng.standard_normal((n_directions, 300)) * unit).astype(np.float32)
    with blocks_of(np.abs(rows)) as blocks:
        left, values, right = few_rows_svd(blocks, rows)
    expected = np.linalg.svd(rows, compute_uv=False)
    np.testing.assert_allclose(values, expected, atol=1e-6 * expected[0])
    np.testing.assert_allclose(left @ left.T, np.eye(5), atol=1e-6)
    np.testing.assert_allclose(left.T * values @ right, rows, atol=1e-6 * expected[0])
    directions = right[:n_directions]
    np.testing.assert_allclose(directions @ directions.T, np.eye(n_directions), atol=1e-5)
    assert np.isfinite(right).all()


@given(
    shape=st.tuples(st.integers(1, 20), st.integers(1, 20)),
    seed=st.integers(0, 99),
    fill=st.sampled_from(FILLS),
    exact_work=st.sampled_from([0, 10**9]),
)
@settings(deadline=None, max_examples=80)
def test_svd_start_exists_for_any_matrix(shape: tuple[int, int], seed: int, fill: str, exact_work: int) -> None:
    X = np.random.default_rng(seed).random(shape) * (np.random.default_rng(seed + 1).random(shape) < 0.5)
    X[0, 0] = 1
    k = min(shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starting_factors, "_EXACT_WORK", exact_work)
        W, H = _svd(X, k, fill)
    assert W.shape == (k, shape[0])
    assert H.shape == (k, shape[1])
    assert np.isfinite(W).all()
    assert np.isfinite(H).all()
    assert min(W.min(), H.min()) >= 0
    if fill == "nndsvda":
        assert min(W.min(), H.min()) > 0


@pytest.mark.parametrize("fill", ["nndsvd", "nndsvda"])
def test_svd_start_equals_that_of_scikit_learn(fill: str) -> None:
    X = smooth_images() / smooth_images().max()
    W, H = _svd(X, 6, fill)
    true_W, true_H = _initialize_nmf(X, 6, init=fill, random_state=0)
    np.testing.assert_allclose(W.T, true_W, atol=2e-3 * true_W.max())
    np.testing.assert_allclose(H, true_H, atol=2e-3 * true_H.max())


def test_zeros_are_kept_or_filled() -> None:
    X = smooth_images() / smooth_images().max()
    zeros, mean, drawn = (_svd(X, 6, fill) for fill in FILLS)
    other = _svd(X, 6, "nndsvdar", seed=1)
    empty = zeros.H == 0
    assert empty.any()
    np.testing.assert_allclose(mean.H[empty], X.mean(), rtol=1e-5)
    assert 0 < drawn.H[empty].mean() < 0.05 * X.mean()
    assert not np.array_equal(drawn.H[empty], other.H[empty])
    for start in (mean, drawn):
        np.testing.assert_array_equal(start.H[~empty], zeros.H[~empty])


def test_larger_half_of_each_pair_of_vectors_is_used() -> None:
    left = np.array([[-0.6, -0.8], [0.1, -0.9]])
    right = np.array([[-1.0, 0.0], [0.2, -0.5]])
    W, H = nonnegative_halves(left, np.array([4.0, 9.0]), right)
    np.testing.assert_allclose(W[0][:, np.newaxis] * H[0], 4 * np.outer([0.6, 0.8], [1, 0]))
    size = 0.9 * 0.5
    np.testing.assert_allclose(W[1][:, np.newaxis] * H[1], 9 * size * np.outer([0, 1], [0, 1]))


def test_zero_vectors_give_a_zero_part() -> None:
    W, H = nonnegative_halves(np.array([[1.0, 0], [0, 0]]), np.array([1.0, 0]), np.array([[1.0, 0], [0, 0]]))
    assert not W[1].any()
    assert not H[1].any()
    assert W[0, 0] == H[0, 0] == 1


@pytest.mark.parametrize("is_sparse", [False, True])
def test_weights_and_parts_for_a_fixed_factor_are_nearly_optimal(*, is_sparse: bool) -> None:
    X = smooth_images()
    parts = X[[3, 9, 20]].astype(np.float32)
    with blocks_of(csr_array(X) if is_sparse else X) as blocks:
        W = weights_for(blocks, parts, 100)
        H = parts_for(blocks, W, 100)
    best_W, best_H = ([nnls(F.T, x)[0] for x in samples] for F, samples in ((parts, X), (W, X.T)))
    assert np.linalg.norm(X - W.T @ parts) <= 1.01 * np.linalg.norm(X - best_W @ parts)
    assert np.linalg.norm(X - W.T @ H) <= 1.01 * np.linalg.norm(X - W.T @ np.array(best_H).T)
