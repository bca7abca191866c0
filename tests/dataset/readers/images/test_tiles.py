"""A picture is cut into tiles where they were promised, and what is left over is told."""

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
def test_every_tile_is_the_piece_that_its_place_says(
    size: tuple[int, int], tile: tuple[int, int], step: int | None, *, colour: bool
) -> None:
    picture = noise(*size, *((3,) if colour else ()))
    options = LoadOptions(tile_size=tile, tile_step=step)
    if tile[0] > size[0] or tile[1] > size[1]:
        with pytest.raises(ImageReadError, match="have no room for a tile"):
            cut_tiles(picture, options)
        return
    tiles = cut_tiles(picture, options)
    assert tiles.shape[:2] == tile_counts(*size, options)
    down, right = step or tile[0], step or tile[1]
    for i, j in np.ndindex(tiles.shape[:2]):
        piece = picture[i * down : i * down + tile[0], j * right : j * right + tile[1]]
        np.testing.assert_array_equal(tiles[i, j], piece)
    assert size[0] - tile[0] - (tiles.shape[0] - 1) * down < down
    assert size[1] - tile[1] - (tiles.shape[1] - 1) * right < right


def test_tiles_are_a_view_that_cannot_be_written_to() -> None:
    picture = noise(8, 8)
    tiles = cut_tiles(picture[::2], LoadOptions(tile_size=2))  # type: ignore[arg-type]
    assert np.shares_memory(tiles, picture)
    assert not tiles.flags.writeable


def test_what_is_left_over_is_told() -> None:
    assert unused_edge_note(8, 8, LoadOptions(tile_size=(4, 2))) is None
    message = unused_edge_note(9, 12, LoadOptions(tile_size=(4, 5), tile_step=3))
    assert message is not None
    assert message.values == {"rows": 2, "columns": 1}


def test_tiles_are_named_by_row_and_column() -> None:
    assert tile_names("photo.png", 2, 2) == ["photo.png 1,1", "photo.png 1,2", "photo.png 2,1", "photo.png 2,2"]


@pytest.mark.parametrize(
    ("size", "side"), [((480, 640), 32), ((160, 160), 16), ((80, 81), 8), ((40, 40), 4), ((5, 9), 4), ((2, 900), 2)]
)
def test_a_likely_size_gives_enough_tiles_where_it_can(size: tuple[int, int], side: int) -> None:
    assert default_tile_size(*size) == (side, side)
    assert cut_tiles(noise(*size), LoadOptions()).shape[2:] == (side, side)


def test_too_many_tiles_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_image(tmp_path / "a.png", noise(9, 9))
    monkeypatch.setattr(tile_file, "MOST_BYTES", 9)
    with pytest.raises(ImageReadError, match="choose larger steps"):
        tile_file.read_info(FoundFile(path, path.name), LoadOptions(tile_size=3))


def test_what_is_left_over_of_a_picture_is_noted(tmp_path: Path) -> None:
    path = write_image(tmp_path / "a.png", noise(9, 10))
    assert tile_file.read(FoundFile(path, path.name), LoadOptions(tile_size=3)).notes[0].values["columns"] == 1
    assert tile_file.read(FoundFile(path, path.name), LoadOptions(tile_size=(3, 5))).notes == ()
