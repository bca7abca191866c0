"""Cut pixels into tiles of one size, and name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_DEFAULT_SIDES = (32, 16, 8, 4)
_MIN_TILES = 100  # about as many samples as parts can be found from


def default_tile_size(height: int, width: int) -> tuple[int, int]:
    """Return the default (height, width) of tiles: 32 pixels square, smaller where that gives under 100 tiles."""
    for side in _DEFAULT_SIDES:
        if (height // side) * (width // side) >= _MIN_TILES:
            return side, side
    side = max(1, min(_DEFAULT_SIDES[-1], height, width))
    return side, side


def tile_counts(height: int, width: int, options: LoadOptions) -> tuple[int, int]:
    """Return (n_rows, n_columns) of the tiles of an image of this size in pixels.

    Raises `ImageReadError` if the image is smaller than one tile.
    """
    tile_height, tile_width = options.tile_size or default_tile_size(height, width)
    if tile_height > height or tile_width > width:
        raise ImageReadError(
            "its {width} x {height} pixels have no room for a tile of {tile_width} x {tile_height}",
            width=width,
            height=height,
            tile_width=tile_width,
            tile_height=tile_height,
        )
    row_step, column_step = options.tile_step or tile_height, options.tile_step or tile_width
    return (height - tile_height) // row_step + 1, (width - tile_width) // column_step + 1


def cut_tiles(pixels: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Return a read-only (n_rows, n_columns, tile_height, tile_width[, 3]) view of (height, width[, 3]) pixels.

    Reshaping it to a stack copies it once. Raises `ImageReadError` if the image is smaller than one tile.
    """
    height, width = pixels.shape[:2]
    n_rows, n_columns = tile_counts(height, width, options)
    tile_height, tile_width = options.tile_size or default_tile_size(height, width)
    row_step, column_step = options.tile_step or tile_height, options.tile_step or tile_width
    strides = pixels.strides
    return np.lib.stride_tricks.as_strided(
        pixels,
        (n_rows, n_columns, tile_height, tile_width, *pixels.shape[2:]),
        (strides[0] * row_step, strides[1] * column_step, *strides),
        writeable=False,
    )


def tile_names(name: str, n_rows: int, n_columns: int) -> list[str]:
    """Return the names of the tiles, such as "photo.png 3,5" for the fifth tile of the third row."""
    return [f"{name} {row},{column}" for row in range(1, n_rows + 1) for column in range(1, n_columns + 1)]


def unused_edge_note(height: int, width: int, options: LoadOptions) -> Message | None:
    """Return a note about edge pixels that make no whole tile, or None."""
    n_rows, n_columns = tile_counts(height, width, options)
    tile_height, tile_width = options.tile_size or default_tile_size(height, width)
    n_unused_rows = height - (n_rows - 1) * (options.tile_step or tile_height) - tile_height
    n_unused_columns = width - (n_columns - 1) * (options.tile_step or tile_width) - tile_width
    if not n_unused_rows and not n_unused_columns:
        return None
    return Message(
        "The last {rows} rows and {columns} columns of pixels make no whole tile and are left out.",
        rows=n_unused_rows,
        columns=n_unused_columns,
    )
