"""The options of loading are checked."""

from __future__ import annotations

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
        ("tile_step", 0),
        ("max_pixels", 0),
    ],
)
def test_what_is_not_allowed_is_named_with_the_value_given(name: str, value: object) -> None:
    with pytest.raises(OptionError, match=name) as refused:
        LoadOptions.from_mapping({name: value})

    assert repr(value) in str(refused.value)


def test_an_unknown_option_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OptionError, match=r"size, resize.*'sise'"):
        LoadOptions.from_mapping({"sise": 3})


def test_some_values_can_be_changed() -> None:
    assert LoadOptions(colour=True).replace({"invert": True}) == LoadOptions(colour=True, invert=True)
    assert LoadOptions(white=4095.0).white == 4095.0
