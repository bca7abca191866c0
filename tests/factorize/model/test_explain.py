"""The weighted sum of a sample: changing one weight gives the same as adding all terms again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.model.explain import WeightedSum, explain_sum
from nmf_explorer.factorize.model.nmf_model import NmfModel

X = np.random.default_rng(0).random((12, 5, 4)).astype(np.float32)
MODEL = fit(Dataset.from_array(X), 4)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 3, width=32)), min_size=1, max_size=8))
def test_changing_weights_one_by_one_gives_the_whole_sum(moves: list[tuple[int, float]]) -> None:
    weights = MODEL.weights[0]
    weighted_sum = WeightedSum.of(MODEL, weights)
    for part, weight in moves:
        weights = weights.copy()
        weights[part] = weight
        weighted_sum = weighted_sum.with_weights(weights)
    np.testing.assert_allclose(weighted_sum.pixels, weights @ MODEL.components, rtol=1e-4, atol=1e-5)


def test_changing_all_weights_or_none() -> None:
    weighted_sum = WeightedSum.of(MODEL, MODEL.weights[0])
    assert weighted_sum.with_weights(MODEL.weights[0].copy()) is weighted_sum
    moved = weighted_sum.with_weights(MODEL.weights[1])
    np.testing.assert_array_equal(moved.pixels, MODEL.weights[1] @ MODEL.components)


def test_the_residual_of_an_empty_sum_is_the_sample() -> None:
    nothing = explain_sum(X[0], WeightedSum.of(MODEL, np.zeros(4, np.float32)), 1.0)
    np.testing.assert_array_equal(nothing.residual, X[0])
    assert nothing.relative_error == 1
    assert {term.share for term in nothing.contributions} == {0.0}


def test_best_weights_are_those_of_the_training_data() -> None:
    np.testing.assert_allclose(MODEL.best_weights(X[3]), MODEL.transform(X[3])[0])


def test_best_weights_without_some_parts_leave_them_out() -> None:
    best = MODEL.best_weights(X[3], without={1, 2})
    assert not best[[1, 2]].any()
    others = NmfModel.scaled(
        MODEL.components[[0, 3]],
        MODEL.weights[:, [0, 3]],
        sample_shape=(5, 4),
        relative_error=0.0,
        loss_history=np.zeros(1),
        converged=True,
        options=MODEL.options,
    )
    np.testing.assert_allclose(best[[0, 3]], others.transform(X[3])[0], rtol=1e-4)
    assert not MODEL.best_weights(X[3], without=range(4)).any()


def test_other_weights_than_the_best_are_worse() -> None:
    best = MODEL.best_weights(X[5])
    error = explain_sum(X[5], WeightedSum.of(MODEL, best), 1.0).relative_error
    for part in range(4):
        moved = best.copy()
        moved[part] += 0.1
        assert explain_sum(X[5], WeightedSum.of(MODEL, moved), 1.0).relative_error > error
    assert error == pytest.approx(
        np.linalg.norm(X[5].ravel() - best @ MODEL.components) / np.linalg.norm(X[5]), rel=1e-5
    )
