"""One picture is cut into tiles of one size: photographs, microscopy, sheets of many small pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_DEFAULT_SIDES = (32, 16, 8, 4)
_MIN_TILES = 100  # tiles, from which parts can be told


def default_tile_size(height: int, width: int) -> tuple[int, int]:
    """A size of tiles for a picture where none was chosen.

    Parameters
    ----------
    height, width : int
        Size of the picture in pixels.

    Returns
    -------
    (int, int)
        ``(height, width)``: squares of 32 pixels, smaller where those would be fewer than a hundred.
    """
    for side in _DEFAULT_SIDES:
        if (height // side) * (width // side) >= _MIN_TILES:
            return side, side
    side = max(1, min(_DEFAULT_SIDES[-1], height, width))
    return side, side


def tile_counts(height: int, width: int, options: LoadOptions) -> tuple[int, int]:
    """How many tiles a picture gives.

    Parameters
    ----------
    height, width : int
        Size of the picture in pixels.
    options : LoadOptions
        Size of the tiles (a likely one if none was chosen), and the step from one to the next.

    Returns
    -------
    (int, int)
        How many below one another, and side by side.

    Raises
    ------
    ImageReadError
        If not even one has room.
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
    down, right = options.tile_step or tile_height, options.tile_step or tile_width
    return (height - tile_height) // down + 1, (width - tile_width) // right + 1


def cut_tiles(picture: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Cut a picture into tiles, without copying anything.

    Parameters
    ----------
    picture : ndarray of shape (height, width) or (height, width, 3)
        Its pixels.
    options : LoadOptions
        Size of the tiles (a likely one if none was chosen), and the step from one to the next.

    Returns
    -------
    ndarray of shape (n_down, n_right, tile_height, tile_width) or (n_down, n_right, tile_height, tile_width, 3)
        A read-only view of the picture. Reshaping it to a stack of tiles makes the one copy that is needed; so does
        writing its rows, one after the other, into a matrix.

    Raises
    ------
    ImageReadError
        If not even one tile has room.
    """
    height, width = picture.shape[:2]
    n_down, n_right = tile_counts(height, width, options)
    tile_height, tile_width = options.tile_size or default_tile_size(height, width)
    down, right = options.tile_step or tile_height, options.tile_step or tile_width
    strides = picture.strides
    return np.lib.stride_tricks.as_strided(
        picture,
        (n_down, n_right, tile_height, tile_width, *picture.shape[2:]),
        (strides[0] * down, strides[1] * right, *strides),
        writeable=False,
    )


def tile_names(name: str, n_down: int, n_right: int) -> list[str]:
    """What tiles are called.

    Parameters
    ----------
    name : str
        The picture's name.
    n_down, n_right : int
        How many tiles there are below one another, and side by side.

    Returns
    -------
    list of str
        Such as "photo.png 3,5" for the fifth tile of the third row.
    """
    return [f"{name} {row},{column}" for row in range(1, n_down + 1) for column in range(1, n_right + 1)]


def unused_edge_note(height: int, width: int, options: LoadOptions) -> Message | None:
    """What of a picture is in no tile.

    Parameters
    ----------
    height, width : int
        Size of the picture in pixels.
    options : LoadOptions
        Size of the tiles (a likely one if none was chosen), and the step from one to the next.

    Returns
    -------
    Message or None
        A note about the edges that make no whole tile, if there are any.

    Raises
    ------
    ImageReadError
        If not even one tile has room.
    """
    n_down, n_right = tile_counts(height, width, options)
    tile_height, tile_width = options.tile_size or default_tile_size(height, width)
    rows = height - (n_down - 1) * (options.tile_step or tile_height) - tile_height
    columns = width - (n_right - 1) * (options.tile_step or tile_width) - tile_width
    if not rows and not columns:
        return None
    return Message(
        "The last {rows} rows and {columns} columns of pixels make no whole tile and are left out.",
        rows=rows,
        columns=columns,
    )
