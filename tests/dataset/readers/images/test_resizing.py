"""Images are cropped, padded or stretched to a size, and their values stay in their range."""

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

RESIZE = st.sampled_from(RESIZES)


@given(
    target_size=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    shape=st.sampled_from([(7, 5), (7, 5, 3), (1, 1), (1, 9), (40, 1)]),
    dtype=st.sampled_from([np.uint8, np.uint16, np.float32, np.float64]),
    resize=RESIZE,
    seed=st.integers(0, 99),
)
@settings(deadline=None, max_examples=80)
def test_resizing_never_leaves_the_range_of_the_values(
    target_size: tuple[int, int], shape: tuple[int, ...], dtype: type[Any], resize: str, seed: int
) -> None:
    pixels = noise(*shape, seed=seed).astype(dtype)
    small = resize_array(pixels, target_size, resize, "black")
    assert small.dtype == dtype
    assert small.shape == (*target_size[::-1], *shape[2:])
    assert small.min() >= (0 if resize == "fit" else pixels.min())
    assert small.max() <= pixels.max() * (1 + 1e-6)


def test_pixels_of_the_target_size_are_returned_unchanged() -> None:
    pixels = noise(6, 5)
    assert resize_array(pixels, (5, 6), "crop", "white") is pixels


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_crop_cuts_both_edges_equally(dtype: type[Any]) -> None:
    pixels = np.zeros((4, 12), dtype)
    pixels[:, 4:8] = 100
    np.testing.assert_array_equal(resize_array(pixels, (4, 4), "crop", "white"), 100)
    np.testing.assert_array_equal(resize_array(pixels.T, (4, 4), "crop", "white"), 100)


@pytest.mark.parametrize(("background", "level"), [("white", 255), ("black", 0)])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_fit_pads_with_the_background(background: str, level: int, channels: tuple[int, ...]) -> None:
    pixels = np.full((4, 12, *channels), 100, np.uint8)
    padded = resize_array(pixels, (6, 6), "fit", background)
    np.testing.assert_array_equal(padded[2:4], 100)
    np.testing.assert_array_equal(padded[[0, 1, 4, 5]], level)


def test_white_background_of_floats_is_at_least_1_and_their_largest_value() -> None:
    pixels = np.full((1, 2), 5, np.float32)
    assert resize_array(pixels, (2, 2), "fit", "white").max() == 5
    assert resize_array(pixels / 10, (2, 2), "fit", "white").max() == 1
    assert resize_array(pixels, (2, 4), "fit", "black").min() == 0


def test_stretch_changes_the_aspect_ratio() -> None:
    pixels = np.zeros((2, 8), np.uint8)
    pixels[:, 4:] = 200
    left, right = resize_array(pixels, (2, 2), "stretch", "white")[0]
    assert left < 40 < 160 < right


def test_sixteen_bit_values_are_rounded() -> None:
    pixels = np.array([[65535, 65532], [65535, 65532]], np.uint16)
    np.testing.assert_array_equal(resize_array(pixels, (1, 1), "stretch", "white"), [[65534]])


@given(
    size=st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    target_size=st.tuples(st.integers(1, 500), st.integers(1, 500)),
    resize=RESIZE,
)
def test_the_decoded_size_covers_the_target_size(
    size: tuple[int, int], target_size: tuple[int, int], resize: str
) -> None:
    enough = size_to_cover(size, target_size, resize)
    assert all(1 <= covered <= full for covered, full in zip(enough, size, strict=True))
    if resize != "fit" and all(want <= full for want, full in zip(target_size, size, strict=True)):
        assert all(covered >= want for covered, want in zip(enough, target_size, strict=True))


def test_resizing_keeps_the_mode() -> None:
    for mode in ("L", "RGB", "F"):
        assert resize_to_fit(Image.new(mode, (5, 4)), (3, 3), "fit", "white").mode == mode


def test_deep_colours_are_resized_channel_by_channel() -> None:
    pixels = np.stack([np.full((4, 6), value, np.uint16) for value in (100, 20_000, 65_535)], axis=-1)
    resized = resize_array(pixels, (3, 2), "crop", "white")
    assert resized.shape == (2, 3, 3)
    assert resized.dtype == np.uint16
    assert resized.reshape(-1, 3).tolist() == [[100, 20_000, 65_535]] * 6
