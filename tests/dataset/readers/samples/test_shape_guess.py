"""A row of numbers is looked at as a picture, the likeliest size first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.samples.shape_guess import as_images, image_size, image_sizes, table_info
from nmf_explorer.errors import ImageReadError


@pytest.mark.parametrize(
    ("n_numbers", "sizes"),
    [
        (784, [(28, 28), (49, 16), (16, 49)]),
        (104, [(13, 8), (8, 13), (1, 104)]),
        (560, [(28, 20), (20, 28), (35, 16)]),
        (10304, [(112, 92), (92, 112)]),
        (13, [(1, 13)]),
        (26, [(1, 26), (13, 2), (2, 13)]),
        (1, [(1, 1)]),
    ],
)
def test_the_squarest_comes_first_and_upright_before_lying(n_numbers: int, sizes: list[tuple[int, int]]) -> None:
    assert list(image_sizes(n_numbers))[: len(sizes)] == sizes
    assert image_size(n_numbers, LoadOptions()) == sizes[0]


@settings(deadline=None)
@given(st.integers(1, 10**6))
def test_every_size_has_all_numbers_and_comes_once(n_numbers: int) -> None:
    sizes = image_sizes(n_numbers)
    assert all(height * width == n_numbers for height, width in sizes)
    assert len(set(sizes)) == len(sizes) <= 12


def test_rows_or_columns_are_samples_of_the_size_that_was_chosen() -> None:
    table = np.arange(24).reshape(4, 6)
    np.testing.assert_array_equal(as_images(table, LoadOptions(table_size=(2, 3))), table.reshape(4, 2, 3))
    in_columns = LoadOptions(samples_in="columns", table_size=(1, 4))
    np.testing.assert_array_equal(as_images(table, in_columns), table.T.reshape(6, 1, 4))
    facts = table_info((4, 6), in_columns)
    assert (facts.n_samples, facts.height, facts.width, facts.is_table, facts.depth) == (6, 1, 4, True, "float")
    with pytest.raises(ImageReadError, match="6 numbers, which make no picture of 4 x 1"):
        table_info((4, 6), LoadOptions(table_size=(1, 4)))
