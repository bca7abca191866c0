"""Pictures of another size: cut, shown whole, or distorted; never outside the range of their values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nmf_explorer.dataset.load_options import RESIZES
from nmf_explorer.dataset.readers.images.resizing import resize_array, resize_to_fit, size_to_cover
from tests.dataset.images import noise

HOW = st.sampled_from(RESIZES)


@given(
    wanted=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    shape=st.sampled_from([(7, 5), (7, 5, 3), (1, 1), (1, 9), (40, 1)]),
    dtype=st.sampled_from([np.uint8, np.uint16, np.float32, np.float64]),
    how=HOW,
    seed=st.integers(0, 99),
)
@settings(deadline=None, max_examples=80)
def test_resizing_never_leaves_the_range_of_the_values(
    wanted: tuple[int, int], shape: tuple[int, ...], dtype: type[Any], how: str, seed: int
) -> None:
    pixels = noise(*shape, seed=seed).astype(dtype)
    small = resize_array(pixels, wanted, how, "black")
    assert small.dtype == dtype
    assert small.shape == (*wanted[::-1], *shape[2:])
    assert small.min() >= (0 if how == "fit" else pixels.min())
    assert small.max() <= pixels.max() * (1 + 1e-6)


def test_a_picture_of_the_right_size_is_not_touched() -> None:
    pixels = noise(6, 5)
    assert resize_array(pixels, (5, 6), "crop", "white") is pixels


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_filled_is_cut_at_the_edges_alike(dtype: type[Any]) -> None:
    pixels = np.zeros((4, 12), dtype)
    pixels[:, 4:8] = 100
    np.testing.assert_array_equal(resize_array(pixels, (4, 4), "crop", "white"), 100)
    np.testing.assert_array_equal(resize_array(pixels.T, (4, 4), "crop", "white"), 100)


@pytest.mark.parametrize(("background", "level"), [("white", 255), ("black", 0)])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_shown_whole_lies_on_the_background(background: str, level: int, channels: tuple[int, ...]) -> None:
    pixels = np.full((4, 12, *channels), 100, np.uint8)
    whole = resize_array(pixels, (6, 6), "fit", background)
    np.testing.assert_array_equal(whole[2:4], 100)
    np.testing.assert_array_equal(whole[[0, 1, 4, 5]], level)


def test_the_background_of_floats_is_as_bright_as_their_brightest_pixel() -> None:
    pixels = np.full((1, 2), 5, np.float32)
    assert resize_array(pixels, (2, 2), "fit", "white").max() == 5
    assert resize_array(pixels / 10, (2, 2), "fit", "white").max() == 1
    assert resize_array(pixels, (2, 4), "fit", "black").min() == 0


def test_stretched_is_distorted() -> None:
    pixels = np.zeros((2, 8), np.uint8)
    pixels[:, 4:] = 200
    left, right = resize_array(pixels, (2, 2), "stretch", "white")[0]
    assert left < 40 < 160 < right


def test_sixteen_bits_are_rounded_and_not_cut() -> None:
    pixels = np.array([[65535, 65532], [65535, 65532]], np.uint16)
    np.testing.assert_array_equal(resize_array(pixels, (1, 1), "stretch", "white"), [[65534]])


@given(
    size=st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    wanted=st.tuples(st.integers(1, 500), st.integers(1, 500)),
    how=HOW,
)
def test_enough_is_decoded_for_the_size_that_is_wanted(
    size: tuple[int, int], wanted: tuple[int, int], how: str
) -> None:
    enough = size_to_cover(size, wanted, how)
    assert all(1 <= some <= whole for some, whole in zip(enough, size, strict=True))
    if how != "fit" and all(want <= whole for want, whole in zip(wanted, size, strict=True)):
        assert all(some >= want for some, want in zip(enough, wanted, strict=True))


def test_a_picture_keeps_its_mode() -> None:
    for mode in ("L", "RGB", "F"):
        assert resize_to_fit(Image.new(mode, (5, 4)), (3, 3), "fit", "white").mode == mode
