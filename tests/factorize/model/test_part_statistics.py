"""Statistics of parts: share, sparseness, users, similarity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmf_explorer.factorize.model.part_statistics import (
    difference_image,
    part_similarity,
    part_statistics,
    sparseness,
    top_samples,
)
from tests.factorize.model.test_nmf_model import model_of


def test_share_sparseness_and_users_of_parts() -> None:
    model = model_of([[1, 0, 0], [1, 1, 1], [0, 0, 0]], [[3, 0, 0], [0, 1, 0], [1, 0.001, 0]])
    statistics = part_statistics(model)
    assert statistics.shares.tolist() == model.part_shares().tolist()
    assert statistics.sparseness.tolist() == pytest.approx([1, 0, 0])
    assert statistics.n_users.tolist() == [2, 1, 0]  # 0.003 of the third sample's brightness is below MIN_SHARE


def test_sparseness_of_half_the_pixels_and_of_a_single_one() -> None:
    half = np.array([[1, 1, 0, 0]], dtype=np.float32)
    assert sparseness(half).tolist() == pytest.approx([2 - np.sqrt(2)])
    assert sparseness(np.ones((2, 1), dtype=np.float32)).tolist() == [0, 0]


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=20), st.floats(0.5, 100))
def test_sparseness_has_no_scale(pixels: list[float], scale: float) -> None:
    image = np.array([pixels], dtype=np.float32)
    image[image < 1e-3] = 0
    value = sparseness(image)
    assert 0 <= value <= 1
    assert sparseness(image * np.float32(scale)) == pytest.approx(value, abs=1e-4)


def test_users_are_counted_over_many_samples() -> None:
    rng = np.random.default_rng(0)
    weights = rng.random((2500, 3)) * (rng.random((2500, 3)) < 0.4)
    model = model_of(np.eye(3).tolist(), weights.tolist())
    shares = model.weights / np.maximum(model.weights.sum(axis=1, keepdims=True), 1e-9)
    assert part_statistics(model).n_users.tolist() == np.count_nonzero(shares >= 0.005, axis=0).tolist()


@pytest.mark.parametrize("n_most", [1, 2, 3, 5, 9])
def test_samples_that_use_a_part_most_come_first(n_most: int) -> None:
    model = model_of([[1, 0, 0], [0, 1, 1]], [[0.5, 1], [2, 0], [0, 1], [0.5, 0], [0.5, 3]])
    expected = [(1, 2.0), (0, 0.5), (3, 0.5), (4, 0.5)]
    assert top_samples(model, 0, n_most) == expected[:n_most]


def test_weights_that_only_rounding_tells_apart_keep_the_order_of_the_samples() -> None:
    weights = [[1.0000001], [0.2], [0.9999], [1.0], [0.998], [0.0]]
    model = model_of([[1, 0, 0]], weights)
    assert [sample for sample, _ in top_samples(model, 0, 6)] == [0, 2, 3, 4, 1]
    assert [sample for sample, _ in top_samples(model, 0, 2)] == [0, 2]
    assert [weight for _, weight in top_samples(model, 0, 6)] == pytest.approx([1, 0.9999, 1, 0.998, 0.2], rel=1e-6)


def test_similarity_of_two_parts() -> None:
    model = model_of([[1, 1, 0], [0, 1, 0], [0, 0, 0]], [[1, 1, 0], [1, 0, 0], [0, 2, 0], [0, 3, 0], [0, 0, 0]])
    found = part_similarity(model, 0, 1)
    assert found.cosine == pytest.approx(np.sqrt(0.5))
    assert (found.n_both, found.n_first, found.n_second) == (1, 1, 2)
    assert part_similarity(model, 1, 1).cosine == 1
    assert part_similarity(model, 0, 2) == (0, 0, 2, 0)
    assert difference_image(model, 0, 1).tolist() == [[1, 0, 0]]
