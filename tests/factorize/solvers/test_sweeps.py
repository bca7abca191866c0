"""Kernels: each sweep lowers the objective, many sweeps reach its minimum, sparse samples give what dense ones give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from nmf_explorer.factorize.solvers.factors import NO_PENALTY, Penalty
from nmf_explorer.factorize.solvers.sweeps import (
    BlockSums,
    WeightUpdate,
    dense,
    hals_block,
    hals_sweeps,
    parts_times_samples,
    squared_norm,
    squared_residual,
    weights_times_samples,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _problem(seed: int, k: int = 5, m: int = 30, n: int = 20) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Make X ~ E F with a first guess for F."""
    rng = np.random.default_rng(seed)
    return rng.random((n, m)), rng.random((n, k)), rng.random((k, m))


def _objective(X: NDArray[Any], E: NDArray[Any], F: NDArray[Any], penalty: Penalty) -> float:
    return float(((X - E @ F) ** 2).sum()) / 2 + penalty.of(F)


@pytest.mark.parametrize("penalty", [NO_PENALTY, Penalty(0.3), Penalty(0.0, 0.7), Penalty(np.full((5, 1), 0.2), 0.1)])
@given(seed=st.integers(0, 999))
@settings(max_examples=15, deadline=None)
def test_every_sweep_lowers_the_objective(penalty: Penalty, seed: int) -> None:
    X, E, F = _problem(seed)
    before = _objective(X, E, F, penalty)
    for _ in range(5):
        hals_sweeps(F, E.T @ X, E.T @ E, 1, penalty)
        assert F.min() >= 0
        after = _objective(X, E, F, penalty)
        assert after <= before + 1e-12
        before = after


@pytest.mark.parametrize("penalty", [NO_PENALTY, Penalty(0.3, 0.2)])
def test_many_sweeps_reach_the_minimum(penalty: Penalty) -> None:
    X, E, F = _problem(0)
    hals_sweeps(F, E.T @ X, E.T @ E, 2000, penalty)
    slope = E.T @ (E @ F - X) + penalty.l1 + penalty.l2 * F
    assert slope.min() > -1e-7
    assert np.abs(slope[F > 0]).max() < 1e-7


def test_masked_entries_stay_0() -> None:
    X, E, F = _problem(0)
    where = np.random.default_rng(1).random(F.shape) < 0.5
    hals_sweeps(F, E.T @ X, E.T @ E, 3, where=where)
    assert not F[~where].any()
    assert F[where].any()


def test_row_without_curvature_is_not_changed() -> None:
    X, E, F = _problem(0)
    E[:, 2] = 0
    before = F[2].copy()
    hals_sweeps(F, E.T @ X, E.T @ E, 3)
    np.testing.assert_array_equal(F[2], before)
    assert np.isfinite(F).all()


def test_penalty_follows_its_formula() -> None:
    F = np.array([[1.0, 2.0], [0.0, 3.0]], dtype=np.float32)
    assert NO_PENALTY.of(F) == 0
    assert not NO_PENALTY
    assert Penalty(0.5, 0.1).of(F) == pytest.approx(0.5 * 6 + 0.05 * 14)
    assert Penalty(np.array([[1], [2]], dtype=np.float32)).of(F) == pytest.approx(3 + 6)
    assert Penalty(np.array([[0], [2]], dtype=np.float32))
    assert not Penalty(np.zeros((2, 1), dtype=np.float32))


def test_block_sums_add_up_to_the_sums_of_all_samples() -> None:
    rng = np.random.default_rng(0)
    X, W, H = (rng.random(shape).astype(np.float32) for shape in ((9, 6), (2, 9), (2, 6)))
    task = WeightUpdate(2, Penalty(0.1, 0.1))
    whole_W, parts_W = W.copy(), W.copy()
    whole = hals_block(X, whole_W, H, H @ H.T, task)
    top, bottom = parts_W[:, :4].copy(), parts_W[:, 4:].copy()
    both = hals_block(X[:4], top, H, H @ H.T, task) + hals_block(X[4:], bottom, H, H @ H.T, task)
    np.testing.assert_allclose(np.hstack([top, bottom]), whole_W, rtol=1e-5, atol=1e-6)
    for name in BlockSums._fields:
        np.testing.assert_allclose(getattr(both, name), getattr(whole, name), rtol=1e-4)
    residual = np.linalg.norm(X - whole_W.T @ H) ** 2
    free = np.sum(whole.WW * (H @ H.T)) - 2 * np.sum(whole.WX * H) + np.linalg.norm(X) ** 2
    assert free == pytest.approx(residual, rel=1e-4)


def test_block_sums_cannot_be_added_to_numbers() -> None:
    sums = BlockSums(np.zeros((1, 1)), np.zeros((1, 1)), 0.0, 0.0)
    with pytest.raises(TypeError):
        sums + 1


def test_sparse_samples_give_what_dense_ones_give() -> None:
    rng = np.random.default_rng(0)
    X = (rng.random((7, 5)) * (rng.random((7, 5)) < 0.4)).astype(np.float32)
    W, H = rng.random((3, 7)).astype(np.float32), rng.random((3, 5)).astype(np.float32)
    sparse = csr_array(X)
    np.testing.assert_array_equal(dense(sparse), X)
    assert dense(X) is X
    np.testing.assert_allclose(parts_times_samples(H, sparse), parts_times_samples(H, X), rtol=1e-5)
    np.testing.assert_allclose(weights_times_samples(W, sparse), weights_times_samples(W, X), rtol=1e-5)
    assert squared_norm(sparse) == pytest.approx(squared_norm(X))
    assert squared_residual(sparse, W, H) == pytest.approx(squared_residual(X, W, H))
    assert parts_times_samples(H, sparse).flags.c_contiguous
