"""Single parts as PNG files."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from nmf_explorer.errors import ExportError
from nmf_explorer.export.part_image import part_file_name, part_pixels, save_part
from tests.factorize.model.test_nmf_model import model_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_part_is_enlarged_by_whole_pixels(tmp_path: Path) -> None:
    model = model_of([[0, 0.5, 1], [1, 0, 0]], [[1, 1]])
    save_part(tmp_path / "a.png", model, 0)
    with Image.open(tmp_path / "a.png") as image:
        pixels = np.asarray(image)
    assert np.array_equal(pixels, part_pixels(model, 0))
    assert pixels.shape == (170, 510)
    assert [np.unique(third).tolist() for third in np.split(pixels, 3, axis=1)] == [[0], [128], [255]]


def test_colours_and_large_parts_stay_as_they_are() -> None:
    rng = np.random.default_rng(0)
    model = model_of([rng.random(600 * 3).tolist()], [[1]], (1, 600, 3))
    assert np.array_equal(part_pixels(model, 0), np.rint(model.component_image(0) * 255))


def test_names_of_files_are_in_order_and_safe() -> None:
    assert part_file_name(2, 7) == "part 3.png"
    assert part_file_name(2, 100, "nose") == "part 003 nose.png"
    odd = part_file_name(0, 1, "../a/b:c\n\0" + "x" * 500)
    assert PurePath(odd).name == odd
    assert len(odd) < 100
    assert part_file_name(0, 1, " ") == "part 1.png"


def test_a_file_that_cannot_be_written_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        save_part(tmp_path / "none" / "a.png", model_of([[1, 0, 0]], [[1]]), 0)
