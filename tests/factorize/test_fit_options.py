"""Options and data that cannot be used are errors with a clear message."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.errors import DataError, OptionError
from nmf_explorer.factorize.fit_options import LOSSES, SOLVERS, STARTS
from nmf_explorer.factorize.suggest import suggest_n_components

MATRIX = np.arange(1, 13).reshape(4, 3) / 12


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n_components": 0}, ["n_components", "1 or more", "0"]),
        ({"n_components": 2.5}, ["n_components", "whole number", "2.5"]),
        ({"n_components": True}, ["n_components", "whole number", "True"]),
        ({"n_components": None}, ["n_components", "whole number", "None"]),
        ({"random_state": -1}, ["random_state", "0 or more", "-1"]),
        ({"random_state": None}, ["random_state", "whole number", "None"]),
        ({"max_iter": 0}, ["max_iter", "1 or more", "0"]),
        ({"max_iter": 1e3}, ["max_iter", "whole number", "1000.0"]),
        ({"n_restarts": -1}, ["n_restarts", "0 or more", "-1"]),
        ({"n_restarts": "all"}, ["n_restarts", "whole number", "'all'"]),
        ({"n_threads": 0}, ["n_threads", "1 or more", "0"]),
        ({"n_threads": 1.5}, ["n_threads", "whole number", "1.5"]),
        ({"tol": 1.0}, ["tol", "from 0 to below 1", "1.0"]),
        ({"tol": -0.1}, ["tol", "-0.1"]),
        ({"tol": "small"}, ["tol", "'small'"]),
        ({"tol": float("nan")}, ["tol", "nan"]),
        ({"tol": False}, ["tol", "False"]),
        ({"alpha_W": -1}, ["alpha_W", "0 or more", "-1"]),
        ({"alpha_W": float("inf")}, ["alpha_W", "finite", "inf"]),
        ({"alpha_W": "same"}, ["alpha_W", "0 or more", "'same'"]),
        ({"alpha_H": -0.5}, ["alpha_H", "0 or more", "“same”", "-0.5"]),
        ({"alpha_H": "other"}, ["alpha_H", "“same”", "'other'"]),
        ({"l1_ratio": 1.1}, ["l1_ratio", "from 0 to 1", "1.1"]),
        ({"l1_ratio": -0.1}, ["l1_ratio", "from 0 to 1", "-0.1"]),
        ({"solver": "cd"}, ["solver", *SOLVERS, "'cd'"]),
        ({"solver": None}, ["solver", *SOLVERS, "None"]),
        ({"loss": "squares"}, ["loss", *LOSSES, "'squares'"]),
        ({"start": "middle"}, ["start", *STARTS, "'middle'"]),
        ({"start": 3}, ["start", *STARTS, "a model or an array", "3"]),
        ({"start": [[1, 2, 3]]}, ["start", *STARTS, "a model or an array", "[[1, 2, 3]]"]),
        ({"start": np.ones((2, 4))}, ["start", "parts of 3 numbers", "(2, 4)"]),
        ({"first": "random"}, ["first", "a model or an array", "'random'"]),
        ({"solver": "hals", "loss": LOSSES[1]}, ["'hals'", "'frobenius'", "'kullback-leibler'", "'multiplicative'"]),
        ({"solver": "coordinate-descent", "loss": LOSSES[2]}, ["'coordinate-descent'", "'itakura-saito'"]),
        ({"solver": "scikit-learn", "n_restarts": 2}, ["'scikit-learn'", "one start", "2 restarts"]),
        ({"solver": "scikit-learn", "start": "pixels"}, ["'scikit-learn'", "'pixels'"]),
        ({"solver": "scikit-learn", "first": np.ones((2, 3))}, ["'scikit-learn'", "one start", "first given"]),
        ({"n_components": 4}, ["n_components", "from 1 to 3", "4 samples of 3 numbers", "4"]),
        ({"iterations": 5}, ["no option 'iterations'", "max_iter", "n_restarts", "alpha_W"]),
    ],
    ids=str,
)
def test_an_option_that_is_not_allowed_is_named(options: dict[str, Any], words: list[str]) -> None:
    given = {"n_components": 2, **options}
    with pytest.raises(OptionError) as caught:
        nx.fit_steps(MATRIX, **given)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"tol": 0},
        {"tol": 0.999},
        {"l1_ratio": 1},
        {"l1_ratio": 0.0},
        {"alpha_W": 0},
        {"alpha_H": "same"},
        {"n_restarts": 0},
        {"n_threads": 1},
        {"max_iter": 1},
        {"random_state": 0},
        {"solver": "scikit-learn", "n_restarts": 0},
        {"solver": "auto", "loss": "itakura-saito"},
        *({"solver": solver} for solver in SOLVERS),
        *({"start": start} for start in STARTS),
    ],
    ids=str,
)
def test_the_ends_of_each_range_are_allowed(options: dict[str, Any]) -> None:
    assert nx.fit(MATRIX, 3, **{"max_iter": 3, **options}).components.shape == (3, 3)


def test_numbers_of_numpy_are_accepted() -> None:
    others: dict[str, Any] = {"tol": np.float64(0.01), "n_restarts": np.int8(1)}
    model = nx.fit(MATRIX, np.int64(2), random_state=np.int32(1), **others)
    assert model.options == nx.FitOptions(2, 1, tol=0.01, n_restarts=1)


def test_all_options_can_be_written_into_a_file() -> None:
    options = nx.FitOptions(2)
    assert options.as_dict() == {
        "n_components": 2,
        "random_state": 0,
        "max_iter": 1000,
        "tol": 0.001,
        "solver": "auto",
        "start": "auto",
        "first": None,
        "loss": "frobenius",
        "alpha_W": 0.0,
        "alpha_H": "same",
        "l1_ratio": 0.0,
        "n_restarts": None,
        "n_threads": None,
    }
    for start in (MATRIX[:2], nx.fit(MATRIX, 2, max_iter=1)):
        given = nx.FitOptions(2, start=start, first=start)
        assert (given.as_dict()["start"], given.as_dict()["first"]) == ("given", "given")
        json.dumps(given.as_dict())


@pytest.mark.parametrize(
    ("options", "is_multiplicative"),
    [
        ({}, False),
        ({"solver": "multiplicative"}, True),
        ({"loss": "kullback-leibler"}, True),
        ({"loss": "kullback-leibler", "solver": "scikit-learn"}, False),
    ],
)
def test_auto_uses_the_solver_for_the_loss(options: dict[str, Any], *, is_multiplicative: bool) -> None:
    assert nx.FitOptions(2, **options).is_multiplicative == is_multiplicative


@pytest.mark.parametrize("wrap", [np.array, csr_array])
@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.zeros((3, 4)), "black"),
        (np.full((3, 4), 1e-50), "too small"),
        (np.array([[1.0, -1.0], [1.0, 1.0]]), "“sample 1” has negative values"),
        (np.array([[1.0, 1.0], [1.0, np.nan]]), "“sample 2” has values that are not finite"),
        (np.array([[1.0, 1.0], [np.inf, 1.0]]), "“sample 2” has values that are not finite"),
        (np.array([[1.0, 1.0], [-np.inf, 1.0]]), "“sample 2” has values that are not finite"),
    ],
)
def test_numbers_that_cannot_be_factorized(matrix: Any, words: str, wrap: Any) -> None:
    with pytest.raises(DataError, match=words):
        nx.fit(wrap(matrix), 1)


@pytest.mark.parametrize("wrap", [np.array, csr_array])
@pytest.mark.parametrize("solver", ["auto", "multiplicative", "scikit-learn"])
def test_zeros_cannot_be_compared_by_their_ratio(solver: str, wrap: Any) -> None:
    matrix = MATRIX.copy()
    matrix[1, 1] = 0
    with pytest.raises(DataError, match=r"“itakura-saito” .* “array” has zeros, .* Choose “kullback-leibler”"):
        nx.fit(wrap(matrix), 2, loss="itakura-saito", solver=solver)
    assert nx.fit(wrap(MATRIX), 2, loss="itakura-saito", solver=solver, max_iter=3).n_iterations == 3


def test_equal_constant_images_can_be_fitted() -> None:
    model = nx.fit(np.full((5, 3, 2), 0.5), 1)
    assert model.relative_error < 1e-5
    assert np.allclose(model.weights, 0.5)


@pytest.mark.parametrize("known", SAMPLE_SETS, ids=lambda known: known.key)
def test_sample_sets_suggest_their_true_number_of_parts(known: Any) -> None:
    assert suggest_n_components(nx.load(known.path)) == known.n_components


@pytest.mark.parametrize(("n_samples", "n_features"), [(3, 9), (600, 50), (600, 4)])
def test_equal_images_suggest_one_part(n_samples: int, n_features: int) -> None:
    assert suggest_n_components(Dataset.from_array(np.ones((n_samples, n_features)))) == 1


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({}, None),
        ({"alpha_W": 0.1}, None),
        ({"alpha_W": 0.1, "alpha_H": 0.2}, None),
        ({"alpha_W": 0.0, "alpha_H": 0.0}, None),
        ({"alpha_W": 0.1, "alpha_H": 0.0}, "Give alpha_H too"),
        ({"alpha_H": 0.1}, "Give alpha_W too"),
    ],
)
def test_a_penalty_on_one_factor_only_is_warned_about(options: dict[str, float], missing: str | None) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        nx.fit(MATRIX, 1, max_iter=1, **options)  # type: ignore[arg-type]
    assert len(warned) == (missing is not None)
    assert all(str(missing) in str(warning.message) for warning in warned)
