"""Unusual data: very large and small numbers, zero and repeated samples, zero pixels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.model.explain import explain
from tests.factorize.data import assert_lawful

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALES = [1e37, 1e30, 1e-30, 1e-37]


def _random(n_samples: int = 30, n_features: int = 20) -> NDArray[np.float32]:
    return np.random.default_rng(0).random((n_samples, n_features), dtype=np.float32)


@cache
def _error_at_scale_1() -> float:
    return fit(_random(), 3).relative_error


@st.composite
def tasks(draw: st.DrawFn) -> tuple[NDArray[np.float32], int]:
    """Draw small matrices with zero rows, repeated rows and zero columns, and a valid number of parts."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=7))
    matrix = draw(hnp.arrays(np.float32, shape, elements=st.floats(0, 8, width=16)))
    for row in draw(st.sets(st.integers(0, shape[0] - 1), max_size=2)):
        matrix[row] = draw(st.sampled_from([np.zeros(shape[1]), matrix[0]]))
    for column in draw(st.sets(st.integers(0, shape[1] - 1), max_size=2)):
        matrix[:, column] = 0
    if not matrix.any():
        matrix[-1, -1] = 1
    return matrix, draw(st.integers(1, min(shape)))


@given(tasks(), st.integers(0, 5))
@settings(deadline=None, max_examples=40)
def test_zero_samples_repeated_samples_and_zero_pixels_are_fitted(
    task: tuple[NDArray[np.float32], int], seed: int
) -> None:
    matrix, n_components = task
    assert_lawful(matrix, fit(matrix, n_components, random_state=seed, max_iter=60))


@pytest.mark.parametrize("scale", SCALES)
def test_very_large_and_small_numbers_are_fitted_equally_well(scale: float) -> None:
    matrix = _random() * np.float32(scale)
    model = fit(matrix, 3)
    assert_lawful(matrix, model)
    assert model.relative_error == pytest.approx(_error_at_scale_1(), rel=0.1)


@pytest.mark.parametrize("scale", SCALES)
def test_sample_of_very_large_or_small_numbers_is_explained(scale: float) -> None:
    matrix = _random() * np.float32(scale)
    dataset = Dataset.from_array(matrix)
    model = fit(dataset, 3)
    explanation = explain(dataset, model, 4)
    exact = matrix[4].astype(np.float64)
    residual = exact - model.weights[4].astype(np.float64) @ model.components
    expected = np.linalg.norm(residual) / np.linalg.norm(exact)
    assert explanation.relative_error == pytest.approx(expected, rel=1e-3)
    assert sum(term.share for term in explanation.contributions) == pytest.approx(1)
    assert model.part_shares().sum() == pytest.approx(1)


def test_subnormal_numbers_are_fitted() -> None:
    model = fit(_random() * np.float32(1e-42), 3)
    assert model.relative_error == pytest.approx(_error_at_scale_1(), rel=0.1)


@pytest.mark.parametrize("n_components", [1, 20])
def test_models_with_the_fewest_and_the_most_parts_are_valid(n_components: int) -> None:
    assert_lawful(_random(), fit(_random(), n_components))


def test_zero_samples_have_zero_weights_and_zero_pixels_are_0_in_all_parts() -> None:
    matrix = _random()
    matrix[[3, 7]] = 0
    matrix[:, [0, 5]] = 0
    model = fit(matrix, 3)
    assert not model.weights[[3, 7]].any()
    assert not model.components[:, [0, 5]].any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 6), (6, 1), (4, 6)])
def test_equal_samples_have_one_part(shape: tuple[int, int]) -> None:
    model = fit(np.full(shape, 0.5), 1)
    assert model.relative_error < 1e-5
    assert model.converged
    np.testing.assert_allclose(model.components, 1, rtol=1e-5)
    np.testing.assert_allclose(model.weights, 0.5, rtol=1e-5)
