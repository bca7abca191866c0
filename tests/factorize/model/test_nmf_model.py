"""Properties of a model: parts, sums, shares, and the explanation of one sample."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.model.explain import explain
from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.factorize.model.restarts import RestartReport
from nmf_explorer.factorize.model.same_numbers import have_same_numbers
from nmf_explorer.resource_files import sample_images


def model_of(components: list[list[float]], weights: list[list[float]], shape: tuple[int, ...] = (1, 3)) -> NmfModel:
    """Return a model of these factors."""
    return NmfModel.scaled(
        np.array(components, dtype=np.float32),
        np.array(weights, dtype=np.float32),
        sample_shape=shape,
        relative_error=0.2,
        loss_history=np.array([0.5, 0.25]),
        converged=True,
        options=FitOptions(len(components)),
    )


def test_the_largest_pixel_of_a_part_is_one_and_the_product_stays() -> None:
    model = model_of([[0, 2, 4], [1, 0, 0.5]], [[1, 3], [0.5, 0]])
    assert model.components.max(axis=1).tolist() == [1, 1]
    assert np.allclose(model.weights @ model.components, np.array([[3, 2, 5.5], [0, 1, 2]]))
    assert (model.n_components, model.n_iterations, model.relative_error) == (2, 2, 0.2)
    assert model.scale.tolist() == [4, 1]
    assert (model.start, model.restarts) == ("auto", None)


def test_an_unused_part_stays_black() -> None:
    model = model_of([[0, 0, 0], [1, 0, 0]], [[7, 1]])
    assert model.components[0].tolist() == [0, 0, 0]
    assert model.weights.tolist() == [[0, 1]]


def test_matched_parts_have_the_order_of_the_reference() -> None:
    model = model_of([[9, 0, 0.1], [0, 0.1, 1], [0, 1, 0]], [[1, 2, 3]])
    report = RestartReport(("pixels", "random"), np.array([0.1, 0.1]), 1, np.array([0.25, 0.5, 0.75]))
    model = replace(model, restarts=report)
    matched = model.matched_to(model_of([[0, 1, 0.1], [1, 0, 0], [0, 0, 1]], [[1, 1, 1]]))
    assert matched.restarts is not None
    assert matched.restarts.found_again.tolist() == [0.75, 0.25, 0.5]
    np.testing.assert_array_equal(matched.components, model.components[[2, 0, 1]])
    np.testing.assert_array_equal(matched.weights, model.weights[:, [2, 0, 1]])
    np.testing.assert_array_equal(matched.scale, model.scale[[2, 0, 1]])
    np.testing.assert_allclose(matched.reconstruct(0), model.reconstruct(0), rtol=1e-6)
    assert not matched.weights.flags.writeable


def test_parts_without_a_match_are_last_and_missing_ones_leave_no_gap() -> None:
    four = model_of([[0, 0, 1], [1, 1, 0], [0, 1, 0], [1, 0, 0]], [[1, 1, 1, 1]])
    two = model_of([[1, 0.1, 0], [0, 0.1, 1]], [[1, 1]])
    np.testing.assert_array_equal(two.matched_to(four).components, two.components[[1, 0]])
    np.testing.assert_array_equal(four.matched_to(two).components, four.components[[3, 0, 1, 2]])
    assert four.matched_to(two).restarts is None


def test_contributions_come_largest_first_with_shares() -> None:
    model = model_of([[1, 0, 0], [0, 1, 1]], [[0.5, 0.75], [0, 0]])
    first, second = model.contributions(0)
    assert (first.part, first.weight) == (1, 0.75)
    assert (second.part, second.weight) == (0, 0.5)
    assert first.share + second.share == pytest.approx(1)
    assert first.share == pytest.approx(0.75)
    assert [term.share for term in model.contributions(1)] == [0, 0]
    assert model.part_shares().tolist() == pytest.approx([0.25, 0.75])


def test_equal_contributions_come_by_number_whatever_rounding_says() -> None:
    model = model_of([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]], [[0.9999998, 1, 0.5, 1.0000001], [0.9, 1, 0, 0.998]])
    assert [term.part for term in model.contributions(0)] == [0, 1, 3, 2]
    assert [term.part for term in model.contributions(1)] == [1, 3, 0, 2]


def test_segments_of_an_eight_come_by_number() -> None:
    model = nx.fit(nx.load(sample_images() / "led_digits"), 7)
    assert [term.part for term in model.contributions(0)] == list(range(7))


def test_the_brightness_of_the_parts_is_computed_once() -> None:
    model = model_of([[1, 0, 0], [0, 1, 1]], [[0.5, 0.75], [0, 0]])
    assert model.brightness_of_parts is model.brightness_of_parts
    assert model.brightness_of_parts.tolist() == [1, 2]
    assert not model.brightness_of_parts.flags.writeable


def test_largest_weights_are_read_only() -> None:
    model = model_of([[1, 0, 2], [0, 1, 1]], [[1, 0.5], [0.25, 3], [0.5, 1]])
    assert model.largest_weights.tolist() == [2, 3]
    with pytest.raises(ValueError, match="read-only"):
        model.largest_weights[0] = 9


@pytest.mark.parametrize("shape", [(2, 3), (1, 2, 3)])
def test_images_have_the_shape_of_a_sample(shape: tuple[int, ...]) -> None:
    model = model_of([[1, 2, 3, 4, 5, 6]], [[2]], shape)
    assert model.component_image(0).shape == shape
    assert np.allclose(model.reconstruct(0).ravel(), [2, 4, 6, 8, 10, 12])


def test_arrays_cannot_be_changed() -> None:
    model = model_of([[1, 0, 0]], [[1]])
    for array in (model.components, model.weights, model.loss_history, model.scale):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_sample_is_reconstruction_plus_residual() -> None:
    model = model_of([[1, 0, 0], [0, 1, 1]], [[0.5, 0.25], [0, 0]])
    dataset = Dataset.from_array(np.array([[0.5, 0.25, 0.5], [0, 0, 0]]))
    explanation = explain(dataset, model, 0)
    assert np.allclose(explanation.residual, [[0, 0, 0.25]])
    assert np.allclose(explanation.reconstruction + explanation.residual, explanation.sample)
    assert explanation.relative_error == pytest.approx(0.25 / 0.75)
    assert explain(dataset, model, 1).relative_error == 0


def test_the_error_of_a_black_sample_is_relative_to_white() -> None:
    model = model_of([[1, 1, 1]], [[1], [0.5]])
    dataset = Dataset.from_array(np.array([[1.0, 1, 1], [0, 0, 0]]))
    assert explain(dataset, model, 1).relative_error == pytest.approx(0.5)


@pytest.mark.parametrize("unit", [1e25, 1e-25])
def test_the_error_is_right_where_squares_do_not_fit_into_float32(unit: float) -> None:
    model = model_of([[unit, 0, 0]], [[0.5]])
    dataset = Dataset.from_array(np.array([[0.5, 0.25, 0.5]]) * unit)
    assert explain(dataset, model, 0).relative_error == pytest.approx(np.sqrt(0.3125) / 0.75)


def test_models_with_the_same_numbers_are_known_as_such() -> None:
    dataset = nx.load(sample_images() / "stripes")
    model, others = nx.fit(dataset, 3), nx.fit(dataset, 2)
    assert have_same_numbers(model, model)
    assert have_same_numbers(model, replace(model, loss_history=model.loss_history[:1].copy(), restarts=None))
    assert not have_same_numbers(model, replace(model, components=model.components / np.float32(2)))
    assert not have_same_numbers(model, replace(model, weights=model.weights / np.float32(2)))
    assert not have_same_numbers(model, others)
