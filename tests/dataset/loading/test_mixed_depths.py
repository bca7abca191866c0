"""Images of several depths in one folder come to one scale, and the report says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer
from tests.corpus.image_writers import Page, png, tiff
from tests.dataset.images import noise

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset


def _load(folder: Path, *images: bytes, **options: float) -> Dataset:
    for i, content in enumerate(images):
        (folder / f"{i}").write_bytes(content)
    return nmf_explorer.load(folder, **options)  # type: ignore[arg-type]


def _notes(dataset: Dataset) -> str:
    return " ".join(map(str, dataset.notes))


PIXELS = noise(6, 5)
PIXELS[0, 0] = 255
ROW = PIXELS.ravel() / 255


def _deep(factor: float, dtype: str) -> bytes:
    values = PIXELS.astype(np.float64) * factor
    return tiff([Page((values if dtype == "f4" else np.rint(values)).astype(dtype))])


@pytest.mark.parametrize(
    ("deep", "white"),
    [
        (_deep(1, "f4"), "float: 255"),
        (_deep(1 / 255, "f4"), "float: 1"),
        (_deep(4095 / 255, "f4"), "float: 4,095"),
        (_deep(1000 * 255, "f4"), "float: 6.5025e+07"),
        (_deep(4095 / 255, "u2"), "16-bit: 4,095"),
        (_deep(1, "u2"), "16-bit: 255"),
        (_deep(257, "u2"), "16-bit: 65,535"),
        (png(np.rint(PIXELS.astype(np.float64) * 1023 / 255).astype(int), 16), "16-bit: 1,023"),
    ],
)
def test_each_depth_has_a_white_of_its_own(deep: bytes, white: str, tmp_path: Path) -> None:
    dataset = _load(tmp_path, png(PIXELS), deep)
    rows = dataset.matrix
    assert isinstance(rows, np.ndarray)
    np.testing.assert_allclose(rows, [ROW, ROW], atol=1e-3)
    assert f"White is taken to be, for each depth, 8-bit: 255; {white}." in _notes(dataset) or (
        white.startswith("16") and f"for each depth, {white}; 8-bit: 255." in _notes(dataset)
    )


def test_one_depth_needs_no_note_and_a_chosen_white_is_kept(tmp_path: Path) -> None:
    alike = tmp_path / "alike"
    alike.mkdir()
    assert "several depths" not in _notes(_load(alike, _deep(1, "f4"), _deep(2, "f4")))
    dataset = _load(tmp_path, _deep(1, "f4"), png(PIXELS), white=2)
    assert "several depths" not in _notes(dataset)
    np.testing.assert_allclose(dataset.sample_image(0).ravel(), ROW * 255 / 2, rtol=1e-6)
