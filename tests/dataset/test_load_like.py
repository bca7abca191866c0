"""An image is converted to the size, colours and brightness of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

import nmf_explorer
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_like import load_like
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from pathlib import Path


def saved(path: Path, pixels: np.ndarray) -> Path:
    """Write an image file."""
    Image.fromarray(pixels).save(path)
    return path


def test_it_is_the_same_as_in_the_set(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for i in range(3):
        saved(tmp_path / f"{i}.png", rng.integers(0, 256, (6, 5), dtype=np.uint8))
    dataset = nmf_explorer.load(tmp_path)
    expected = dataset.sample_image(1) * np.float32(dataset.brightest)
    np.testing.assert_allclose(load_like(dataset, tmp_path / "1.png"), expected, rtol=1e-5)


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("transpose", [False, True])
def test_choices_of_the_set_hold(tmp_path: Path, *, invert: bool, transpose: bool) -> None:
    pixels = np.zeros((6, 4), dtype=np.uint8)
    pixels[0] = 255
    for i in range(2):
        saved(tmp_path / f"{i}.png", pixels)
    dataset = nmf_explorer.load(tmp_path, invert=invert, transpose=transpose, resize="leave out")
    np.testing.assert_allclose(load_like(dataset, tmp_path / "0.png"), dataset.sample_image(0), atol=1e-6)


def test_colours_and_sizes_are_those_of_the_set(tmp_path: Path) -> None:
    dataset = Dataset(np.full((2, 36), 0.5, dtype=np.float32), (4, 3, 3), ("a", "b"))
    image = load_like(dataset, saved(tmp_path / "grey.png", np.full((9, 9), 255, dtype=np.uint8)))
    assert image.shape == (4, 3, 3)
    np.testing.assert_allclose(image, 0.5)


def test_floats_are_brought_down_to_the_brightest_of_the_set(tmp_path: Path) -> None:
    dataset = Dataset.from_array(np.ones((2, 4, 3), dtype=np.float32))
    image = load_like(dataset, saved(tmp_path / "high.tiff", np.full((4, 3), 12.5, dtype=np.float32)))
    np.testing.assert_allclose(image, 1.0)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    dataset = Dataset.from_array(np.ones((2, 4, 3)))
    with pytest.raises(ImageReadError, match=r"“broken[.]png” cannot be explained: "):
        load_like(dataset, FoundFile(tmp_path / "broken.png", "broken.png"))
