"""Of several arrays in a file images are taken before other numbers, and another can be chosen by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.io import savemat

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.readers.arrays.array_choice import ranked_names
from nmf_explorer.errors import SourceError
from tests.dataset.images import noise

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, suffix: str, **arrays: Any) -> Path:
    """Write arrays into one file."""
    path = folder / f"a{suffix}"
    if suffix == ".npz":
        np.savez(path, **arrays)
    else:
        savemat(path, arrays)
    return path


@pytest.mark.parametrize("suffix", [".npz", ".mat"])
def test_images_win_over_more_numbers_and_another_array_can_be_chosen(tmp_path: Path, suffix: str) -> None:
    images, numbers = noise(9, 9, 6), noise(6, 512)
    images = np.moveaxis(images, 2, 0) if suffix == ".npz" else images
    path = write(tmp_path, suffix, features=numbers, images=images)
    dataset = load(path)
    assert (dataset.n_samples, dataset.sample_shape) == (6, (9, 9))
    assert dataset.report.arrays == ("images", "features")
    assert "array" in dataset.report.relevant_options
    advice = next(a for a in dataset.report.advice if a.action == "Take “features”")
    assert advice.message == "Of several arrays “images” was taken. The others: “features”."
    assert advice.changes == {"array": "features"}
    other = load(path, array="features", samples_in="rows")
    np.testing.assert_array_equal(other.stored, numbers)
    assert other.report.arrays == ("features", "images")
    assert "array" in other.report.relevant_options
    assert not any("Of several arrays" in note for note in other.notes)
    with pytest.raises(SourceError, match=r"has no array “x”; it has “.*”, “.*”"):
        load(path, array="x")


@pytest.mark.parametrize("suffix", [".npz", ".mat"])
def test_a_file_of_one_array_offers_no_choice(tmp_path: Path, suffix: str) -> None:
    dataset = load(write(tmp_path, suffix, only=noise(6, 9, 9), y=np.arange(6)), array="only")
    assert dataset.report.arrays == ()
    assert "array" not in dataset.report.relevant_options


@pytest.mark.parametrize(
    ("shapes", "first"),
    [
        ({"a": (100, 8, 8), "b": (100, 512)}, "a"),
        ({"a": (100, 8, 8), "b": (100, 9, 9)}, "b"),
        ({"a": (100, 4, 4), "b": (100, 512)}, "a"),
        ({"a": (100, 3, 3), "b": (100, 512)}, "b"),
        ({"masks": (10, 64, 64), "b": (10, 8, 8)}, "b"),
        ({"labels": (10, 64, 64), "b": (10, 9)}, "b"),
        ({"mean": (64, 64, 3), "b": (10, 9)}, "b"),
        ({"a": (10, 8, 8, 3), "b": (10, 9999)}, "a"),
    ],
)
def test_the_likeliest_array_comes_first(shapes: dict[str, tuple[int, ...]], first: str) -> None:
    assert ranked_names(shapes)[0] == first
