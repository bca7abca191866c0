"""The image size of table rows is guessed, the likeliest first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.samples.shape_guess import as_images, image_size, image_sizes, table_info
from nmf_explorer.errors import ImageReadError


@pytest.mark.parametrize(
    ("n_values", "sizes"),
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
def test_the_squarest_size_comes_first_and_portrait_before_landscape(
    n_values: int, sizes: list[tuple[int, int]]
) -> None:
    assert list(image_sizes(n_values))[: len(sizes)] == sizes
    assert image_size(n_values, LoadOptions()) == sizes[0]


@settings(deadline=None)
@given(st.integers(1, 10**6))
def test_every_size_has_the_number_of_pixels_and_is_listed_once(n_values: int) -> None:
    sizes = image_sizes(n_values)
    assert all(height * width == n_values for height, width in sizes)
    assert len(set(sizes)) == len(sizes) <= 12


def test_rows_or_columns_become_images_of_the_chosen_size() -> None:
    table = np.arange(24).reshape(4, 6)
    np.testing.assert_array_equal(as_images(table, LoadOptions(table_size=(2, 3))), table.reshape(4, 2, 3))
    in_columns = LoadOptions(samples_in="columns", table_size=(1, 4))
    np.testing.assert_array_equal(as_images(table, in_columns), table.T.reshape(6, 1, 4))
    info = table_info((4, 6), in_columns)
    assert (info.n_samples, info.height, info.width, info.is_table, info.depth) == (6, 1, 4, True, "float")
    with pytest.raises(ImageReadError, match="6 numbers, which make no picture of 4 x 1"):
        table_info((4, 6), LoadOptions(table_size=(1, 4)))
