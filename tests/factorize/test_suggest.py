"""The suggested number of parts: that of a shipped set, else of the directions that stand out from shuffled pixels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.factorize import suggest
from nmf_explorer.factorize.suggest import suggest_n_components
from tests.factorize.data import noisy_digits
from tests.synthetic.synthetic_sets import led_digits, led_ten_digits, stripes


def mixed(n_parts: int, noise: float = 0.0, n_samples: int = 60) -> nx.Dataset:
    """Return random sums of random parts."""
    rng = np.random.default_rng(n_parts)
    X = rng.random((n_samples, n_parts)) @ rng.random((n_parts, 100))
    return nx.Dataset.from_array(np.maximum(X + noise * rng.standard_normal(X.shape), 0))


def test_shipped_sets_have_their_own_number() -> None:
    for one in SAMPLE_SETS:
        assert suggest_n_components(nx.load(one.path)) == one.n_components


@pytest.mark.parametrize("n_parts", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("noise", [0.0, 0.03])
def test_number_of_parts_that_data_are_made_of_is_suggested(n_parts: int, noise: float) -> None:
    assert suggest_n_components(mixed(n_parts, noise)) == n_parts


def test_parts_of_drawn_sets_are_counted_without_their_names() -> None:
    for drawn, expected in ((stripes(), 3), (led_digits(), 7), (led_ten_digits(), 7)):
        assert suggest_n_components(nx.Dataset.from_array(drawn.images)) == expected
    assert suggest_n_components(nx.Dataset.from_array(noisy_digits(0, 0.1).samples)) == 7


def test_noise_alone_and_equal_samples_have_one_part() -> None:
    rng = np.random.default_rng(0)
    for X in (rng.random((60, 100)), np.full((20, 30), 0.5), rng.random((1, 9)), rng.random((9, 1)), np.zeros((3, 4))):
        assert suggest_n_components(nx.Dataset.from_array(X)) == 1


@pytest.mark.parametrize("scale", [1e-40, 1e-30, 1e30])
def test_scale_does_not_matter(scale: float) -> None:
    X = np.asarray(mixed(3).stored)
    assert suggest_n_components(nx.Dataset.from_array(X * scale)) == 3


def test_sparse_and_large_sets_are_counted_on_some_values(monkeypatch: pytest.MonkeyPatch) -> None:
    X = np.asarray(mixed(3, n_samples=400).stored)
    monkeypatch.setattr(suggest, "_MAX_COLUMNS", 50)
    assert suggest_n_components(nx.Dataset.from_array(csr_array(X))) == 3
    assert suggest_n_components(nx.Dataset.from_array(X)) == 3


def test_at_most_20_parts_are_suggested_and_no_more_than_the_data_allow() -> None:
    assert suggest_n_components(mixed(30, n_samples=200)) == 20
    assert suggest_n_components(nx.Dataset.from_array(np.eye(5)[:4])) <= 4
