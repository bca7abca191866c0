"""Searching, filtering and sorting samples agree with the simplest implementation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nmf_explorer.dataset.files.natural_order import natural_argsort
from nmf_explorer.dataset.sample_order import (
    Labels,
    bin_maxima,
    find_by_name,
    name_ranks,
    position_of,
    scale_to_largest,
    sort_samples,
    visible_steps,
)

NAMES = st.lists(st.text("aB1 ß2", max_size=4), max_size=20)
NUMBERS = st.lists(st.integers(0, 5), min_size=1, max_size=20)


@given(NAMES)
def test_sorting_by_places_is_sorting_by_name(names: list[str]) -> None:
    assert sort_samples(name_ranks(names)).tolist() == natural_argsort(names)


def test_names_are_in_natural_order() -> None:
    assert name_ranks(["b10", "b2", "a"]).tolist() == [2, 1, 0]


@given(NAMES, st.text("aB1 ß2", max_size=2))
def test_search_finds_each_name_with_the_text(names: list[str], text: str) -> None:
    folded = [name.casefold() for name in names]
    assert find_by_name(folded, text).tolist() == [
        i for i, name in enumerate(names) if text.casefold() in name.casefold()
    ]


@given(NUMBERS)
def test_equal_values_stay_in_the_order_of_the_set(values: list[int]) -> None:
    every = range(len(values))
    assert sort_samples(np.array(values)).tolist() == sorted(every, key=lambda i: values[i])
    assert sort_samples(np.array(values), largest_first=True).tolist() == sorted(every, key=lambda i: -values[i])


@given(NUMBERS)
def test_some_samples_are_sorted_as_they_are_among_all(values: list[int]) -> None:
    some = np.arange(0, len(values), 2)
    everywhere = sort_samples(np.array(values))
    assert sort_samples(np.array(values), some).tolist() == [i for i in everywhere if i in set(some)]


def test_a_sample_has_one_place_or_none() -> None:
    rows = np.array([4, 0, 2])
    assert [position_of(sample, rows) for sample in (4, 2, 1)] == [0, 2, -1]


@given(NAMES)
def test_labels_are_counted_and_numbered(names: list[str]) -> None:
    labels = Labels.encode(names)
    assert list(labels.names) == [names[i] for i in natural_argsort(names) if names.index(names[i]) == i]
    assert [labels.names[number] for number in labels.numbers] == names
    assert list(labels.counts) == [names.count(name) for name in labels.names]


def test_labels_are_in_natural_order() -> None:
    assert Labels.encode(["10", "9", "10"]).names == ("9", "10")


def test_values_are_scaled_to_the_largest() -> None:
    assert scale_to_largest(np.array([0, 1, 4], dtype=np.float32)).tolist() == [0, 0.25, 1]
    assert scale_to_largest(np.zeros(2, dtype=np.float32)).tolist() == [0, 0]


@given(NUMBERS, st.integers(1, 30))
def test_bin_maxima_has_the_largest_of_every_stretch(values: list[int], n_places: int) -> None:
    shares = np.array(values, dtype=np.float32)
    seen = bin_maxima(shares, range(len(values)), n_places)
    n_seen = min(n_places, len(values))
    borders = [i * len(values) // n_seen for i in range(n_seen + 1)]
    assert seen == [max(values[a:b]) for a, b in pairwise(borders)]


def test_bin_maxima_follows_the_order_and_may_be_of_nothing() -> None:
    shares = np.array([1, 0, 0.5], dtype=np.float32)
    assert bin_maxima(shares, np.array([1, 2, 0]), 5) == [0, 0.5, 1]
    assert bin_maxima(shares, np.array([], dtype=np.intp), 5) == []
    assert bin_maxima(shares, range(3), 0) == []


@given(st.lists(st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=20), st.integers(0, 2**32 - 1))
def test_rounding_does_not_decide_between_equal_values(values: list[float], seed: int) -> None:
    rounding = 1 + 1e-6 * np.random.default_rng(seed).uniform(-1, 1, len(values))
    twice = np.array([*values, *values])
    noisy = np.concatenate([values, np.array(values) * rounding])
    largest = max(values)
    steps = twice / largest * 1000 if largest else twice
    if (abs(steps % 1 - 0.5) > 0.01).all():  # between two steps rounding may decide
        for first in (False, True):
            assert (
                sort_samples(noisy, largest_first=first).tolist() == sort_samples(twice, largest_first=first).tolist()
            )


def test_a_thousandth_of_the_largest_value_is_a_step() -> None:
    values = np.array([2.0, 1.9989, 2.0008, 1.0, 2.0001])
    assert sort_samples(values, largest_first=True).tolist() == [0, 2, 4, 1, 3]
    assert sort_samples(np.zeros(3), largest_first=True).tolist() == [0, 1, 2]
    assert visible_steps(np.array([1e-320, 0.0])).tolist() == [1000, 0]
