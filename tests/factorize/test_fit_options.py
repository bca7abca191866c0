"""What a fit may be asked to do, and what the data must allow, each with its clear message."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.errors import DataError, OptionError
from nmf_explorer.factorize.suggest import suggest_n_components

MATRIX = np.arange(1, 13).reshape(4, 3) / 12


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n_components": 0}, ["n_components", "1 or more", "0"]),
        ({"n_components": 2.5}, ["n_components", "whole number", "2.5"]),
        ({"n_components": True}, ["n_components", "whole number", "True"]),
        ({"random_state": -1}, ["random_state", "0 or more", "-1"]),
        ({"max_iter": 0}, ["max_iter", "1 or more", "0"]),
        ({"tol": 1.0}, ["tol", "from 0 to below 1", "1.0"]),
        ({"tol": -0.1}, ["tol", "-0.1"]),
        ({"tol": "small"}, ["tol", "'small'"]),
        ({"n_components": 4}, ["n_components", "from 1 to 3", "4 samples of 3 numbers", "4"]),
        ({"iterations": 5}, ["no option 'iterations'", "max_iter"]),
    ],
)
def test_an_option_that_is_not_allowed_is_named(options: dict[str, Any], words: list[str]) -> None:
    given = {"n_components": 2, **options}
    with pytest.raises(OptionError) as caught:
        nx.fit_steps(MATRIX, **given)
    for word in words:
        assert word in str(caught.value)


def test_numbers_of_numpy_are_welcome() -> None:
    model = nx.fit(MATRIX, np.int64(2), random_state=np.int32(1), tol=np.float64(0.01))
    assert model.options == nx.FitOptions(2, 1, tol=0.01)
    assert model.options.as_dict() == {"n_components": 2, "random_state": 1, "max_iter": 1000, "tol": 0.01}


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.zeros((3, 4)), "black"),
        (np.array([[1.0, -1.0], [1.0, 1.0]]), "“sample 1” has negative values"),
        (np.array([[1.0, 1.0], [1.0, np.nan]]), "“sample 2” has values that are not finite"),
        (np.array([[1.0, 1.0], [np.inf, 1.0]]), "“sample 2” has values that are not finite"),
    ],
)
def test_numbers_that_cannot_be_factorized(matrix: Any, words: str) -> None:
    with pytest.raises(DataError, match=words):
        nx.fit(matrix, 1)


def test_one_constant_image_again_and_again() -> None:
    model = nx.fit(np.full((5, 3, 2), 0.5), 1)
    assert model.relative_error < 1e-5
    assert np.allclose(model.weights, 0.5)


@pytest.mark.parametrize("known", SAMPLE_SETS, ids=lambda known: known.key)
def test_sample_sets_begin_with_their_number_of_parts(known: Any) -> None:
    assert suggest_n_components(nx.load(known.path)) == known.n_components


@pytest.mark.parametrize(("n_samples", "n_features", "expected"), [(3, 9, 1), (30, 50, 5), (600, 50, 12), (600, 4, 4)])
def test_other_sets_begin_modestly(n_samples: int, n_features: int, expected: int) -> None:
    assert suggest_n_components(Dataset.from_array(np.ones((n_samples, n_features)))) == expected
