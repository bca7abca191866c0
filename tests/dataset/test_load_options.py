"""The options of loading are checked."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

import pytest

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.errors import OptionError


def test_a_number_is_a_square() -> None:
    assert LoadOptions.from_mapping({"size": 8}).size == (8, 8)
    assert LoadOptions.from_mapping({"table_size": [13, 8]}).table_size == (13, 8)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", 0),
        ("size", "8"),
        ("size", (1, 2, 3)),
        ("size", (1, 0)),
        ("size", True),
        ("resize", "shrink"),
        ("colour", 1),
        ("background", "pink"),
        ("white", 0),
        ("white", "bright"),
        ("white", True),
        ("frames", "last"),
        ("samples_in", "cells"),
        ("samples_axis", "last"),
        ("samples_axis", -1),
        ("samples_axis", 4),
        ("samples_axis", 1.0),
        ("samples_axis", True),
        ("array", ""),
        ("array", 0),
        ("tile_step", 0),
        ("max_pixels", 0),
        ("columns", "label"),
        ("columns", 3),
        ("columns", {1: "pixel"}),
        ("columns", {True: "label"}),
        ("columns", {1.5: "label"}),
        ("columns", [["a"]]),
        ("columns", [["a", "label", 3]]),
    ],
)
def test_what_is_not_allowed_is_named_with_the_value_given(name: str, value: object) -> None:
    with pytest.raises(OptionError, match=name) as refused:
        LoadOptions.from_mapping({name: value})

    assert repr(value) in str(refused.value)


def test_chosen_roles_of_columns_are_kept_as_sorted_pairs_and_read_back_from_json() -> None:
    chosen = LoadOptions.from_mapping({"columns": {"b": "label", 3: "ignore", -1: "name", "a": "feature"}})
    assert chosen.columns == ((-1, "name"), (3, "ignore"), ("a", "feature"), ("b", "label"))
    assert hash(chosen) == hash(LoadOptions(columns=tuple(reversed(chosen.columns))))
    assert LoadOptions.from_mapping(json.loads(json.dumps(asdict(chosen)))) == chosen
    assert LoadOptions.from_mapping({"columns": {}}) == LoadOptions.from_mapping({"columns": None}) == LoadOptions()


def test_every_axis_can_be_the_one_that_counts_the_samples() -> None:
    for axis in ("auto", 0, 1, 2, 3):
        assert LoadOptions.from_mapping({"samples_axis": axis}).samples_axis == axis


def test_an_unknown_option_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OptionError, match=r"size, resize.*'sise'"):
        LoadOptions.from_mapping({"sise": 3})


def test_some_values_can_be_changed() -> None:
    assert LoadOptions(colour=True).replace({"invert": True}) == LoadOptions(colour=True, invert=True)
    assert LoadOptions(white=4095.0).white == 4095.0


@pytest.mark.parametrize(
    ("name", "largest", "too_large"),
    [("size", (10**9, 1), (10**9 + 1, 1)), ("tile_size", (1, 10**9), (1, 10**9 + 1)), ("white", 1.7e308, 10**309)],
)
def test_numbers_that_no_computer_can_use_are_refused(name: str, largest: object, too_large: object) -> None:
    assert getattr(LoadOptions.from_mapping({name: largest}), name) == largest
    with pytest.raises(OptionError, match=name):
        LoadOptions.from_mapping({name: too_large})


@pytest.mark.parametrize("value", [math.inf, math.nan, -math.inf])
def test_white_is_finite(value: float) -> None:
    with pytest.raises(OptionError, match="white"):
        LoadOptions(white=value)


@pytest.mark.parametrize("value", [[1], [None], [[1]], [[[], []]], 3, "label", [{}]])
def test_columns_of_another_kind_are_refused(value: object) -> None:
    with pytest.raises(OptionError, match="columns"):
        LoadOptions.from_mapping({"columns": value})
