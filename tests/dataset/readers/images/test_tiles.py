"""Images are cut into tiles, and pixels outside whole tiles are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.images import tile_file
from nmf_explorer.dataset.readers.images.tiles import (
    cut_tiles,
    default_tile_size,
    tile_counts,
    tile_names,
    unused_edge_note,
)
from nmf_explorer.errors import ImageReadError
from tests.dataset.images import noise, write_image

if TYPE_CHECKING:
    from pathlib import Path


@settings(deadline=None)
@given(
    size=st.tuples(st.integers(1, 20), st.integers(1, 20)),
    tile=st.tuples(st.integers(1, 8), st.integers(1, 8)),
    step=st.none() | st.integers(1, 9),
    colour=st.booleans(),
)
def test_every_tile_holds_the_pixels_at_its_row_and_column(
    size: tuple[int, int], tile: tuple[int, int], step: int | None, *, colour: bool
) -> None:
    pixels = noise(*size, *((3,) if colour else ()))
    options = LoadOptions(tile_size=tile, tile_step=step)
    if tile[0] > size[0] or tile[1] > size[1]:
        with pytest.raises(ImageReadError, match="have no room for a tile"):
            cut_tiles(pixels, options)
        return
    tiles = cut_tiles(pixels, options)
    assert tiles.shape[:2] == tile_counts(*size, options)
    row_step, column_step = step or tile[0], step or tile[1]
    for i, j in np.ndindex(tiles.shape[:2]):
        piece = pixels[i * row_step : i * row_step + tile[0], j * column_step : j * column_step + tile[1]]
        np.testing.assert_array_equal(tiles[i, j], piece)
    assert size[0] - tile[0] - (tiles.shape[0] - 1) * row_step < row_step
    assert size[1] - tile[1] - (tiles.shape[1] - 1) * column_step < column_step


def test_tiles_are_a_read_only_view() -> None:
    pixels = noise(8, 8)
    tiles = cut_tiles(pixels[::2], LoadOptions(tile_size=(2, 2)))
    assert np.shares_memory(tiles, pixels)
    assert not tiles.flags.writeable


def test_unused_edge_pixels_are_reported() -> None:
    assert unused_edge_note(8, 8, LoadOptions(tile_size=(4, 2))) is None
    message = unused_edge_note(9, 12, LoadOptions(tile_size=(4, 5), tile_step=3))
    assert message is not None
    assert message.values == {"rows": 2, "columns": 1}


def test_tiles_are_named_by_row_and_column() -> None:
    assert tile_names("photo.png", 2, 2) == ["photo.png 1,1", "photo.png 1,2", "photo.png 2,1", "photo.png 2,2"]


@pytest.mark.parametrize(
    ("size", "side"), [((480, 640), 32), ((160, 160), 16), ((80, 81), 8), ((40, 40), 4), ((5, 9), 4), ((2, 900), 2)]
)
def test_the_default_size_gives_100_tiles_where_possible(size: tuple[int, int], side: int) -> None:
    assert default_tile_size(*size) == (side, side)
    assert cut_tiles(noise(*size), LoadOptions()).shape[2:] == (side, side)


def test_too_many_tiles_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_image(tmp_path / "a.png", noise(9, 9))
    monkeypatch.setattr(tile_file, "MOST_BYTES", 9)
    with pytest.raises(ImageReadError, match="choose larger steps"):
        tile_file.read_info(FoundFile(path, path.name), LoadOptions(tile_size=(3, 3)))


def test_unused_edge_pixels_of_a_file_are_noted(tmp_path: Path) -> None:
    path = write_image(tmp_path / "a.png", noise(9, 10))
    assert tile_file.read(FoundFile(path, path.name), LoadOptions(tile_size=(3, 3))).notes[0].values["columns"] == 1
    assert tile_file.read(FoundFile(path, path.name), LoadOptions(tile_size=(3, 5))).notes == ()
