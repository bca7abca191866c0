"""The suffixes of image files are those of the formats that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

import nmf_explorer as nx
from nmf_explorer.dataset.files.image_suffixes import IMAGE_SUFFIXES, has_image_suffix
from nmf_explorer.dataset.readers.images.image_file import FORMATS
from tests.dataset.images import noise

if TYPE_CHECKING:
    from pathlib import Path

PILLOW_SUFFIXES = {suffix: name for suffix, name in Image.EXTENSION.items() if name in FORMATS}


def test_every_suffix_that_pillow_knows_for_a_format_we_read_is_listed() -> None:
    assert set(PILLOW_SUFFIXES) <= set(IMAGE_SUFFIXES)
    assert set(PILLOW_SUFFIXES.values()) == set(FORMATS)


def test_other_listed_suffixes_belong_to_formats_that_pillow_names_differently() -> None:
    heif = {".heic", ".heics", ".heif", ".heifs", ".hif"}
    assert set(IMAGE_SUFFIXES) - set(PILLOW_SUFFIXES) == {".dib", ".mpo", *heif}


@pytest.mark.parametrize("suffix", PILLOW_SUFFIXES)
def test_a_file_with_the_suffix_is_loaded_and_recognised_by_its_name(tmp_path: Path, suffix: str) -> None:
    pixels = noise(16, 16)
    image = Image.fromarray(pixels.astype("float32") if suffix == ".pfm" else pixels)
    for name in ("a", "b"):
        image.save(tmp_path / f"{name}{suffix}")
    assert nx.load(tmp_path).n_samples == 2
    assert has_image_suffix(f"photo{suffix}")
    assert has_image_suffix(f"PHOTO{suffix.upper()}")


@pytest.mark.parametrize("name", ["photo", "photo.txt", "table.csv", "set.zip", "photo.png.gz", "png"])
def test_other_names_are_not_those_of_images(name: str) -> None:
    assert not has_image_suffix(name)
