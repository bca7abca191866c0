"""One pixel as a sum of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.model.explain import explain
from nmf_explorer.factorize.model.pixel_sum import PixelTerm, pixel_sum, pixel_value
from tests.factorize.model.test_nmf_model import model_of

RNG = np.random.default_rng(0)


def test_terms_that_add_something_come_largest_first() -> None:
    model = model_of([[1, 0.5, 0], [1, 1, 0.25], [0.5, 0, 1]], [[0.5, 2, 0]])
    dataset = Dataset(np.array([[2.5, 2.0, 0.5]], dtype=np.float32), (1, 3), ("x",))
    found = pixel_sum(model, explain(dataset, model, 0), (0, 1))
    assert found.terms == (PixelTerm(1, 2.0, 1.0), PixelTerm(0, 0.5, 0.5))
    assert (found.sample, found.reconstruction) == (2.0, 2.25)
    assert [term.part for term in pixel_sum(model, explain(dataset, model, 0), (0, 2)).terms] == [1]


@pytest.mark.parametrize("size", [1e-9, 1, 1e9])
def test_rounding_errors_are_no_terms(size: float) -> None:
    model = model_of([[1, 2e-7, 0], [1e-5, 1, 0]], [[size, size]])
    dataset = Dataset(np.array([[size, size, 0]], dtype=np.float32), (1, 3), ("x",))
    terms = [pixel_sum(model, explain(dataset, model, 0), (0, column)).terms for column in (0, 1)]
    assert [[term.part for term in some] for some in terms] == [[0, 1], [1]]


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 3)])
def test_the_terms_add_up_in_grey_and_in_colour(shape: tuple[int, ...]) -> None:
    samples = RNG.random((12, int(np.prod(shape))), dtype=np.float32)
    dataset = Dataset(samples, shape, tuple(str(i) for i in range(12)))
    model = fit(dataset, 4)
    explanation = explain(dataset, model, 5)
    for row in range(3):
        for column in range(4):
            found = pixel_sum(model, explanation, (row, column))
            assert sum(term.weight * term.value for term in found.terms) == pytest.approx(
                found.reconstruction, abs=1e-5
            )
            assert found.sample == pixel_value(dataset.sample_image(5), (row, column))


def test_the_value_of_a_colour_is_the_mean_of_its_channels() -> None:
    assert pixel_value(np.array([[[0.25, 0.5, 0.75], [1, 1, 1]]], dtype=np.float32), (0, 0)) == 0.5
