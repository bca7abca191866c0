"""One picture is cut into tiles, and each tile is a sample: photographs, microscopy, sheets of faces."""

from __future__ import annotations

from math import isqrt
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset import image_file
from nmf_explorer.dataset.plan import Plan
from nmf_explorer.dataset.samples import Facts, Samples
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from nmf_explorer.dataset.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions

MOST_BYTES = 2 * 1024**3
_USUAL_NUMBER = 1000
_SMALLEST_SIDE = 4


def usual_tile(height: int, width: int) -> tuple[int, int]:
    """Choose tiles for a picture: about a thousand squares, which is enough to learn parts from.

    Parameters
    ----------
    height, width : int
        Of the picture, in pixels.

    Returns
    -------
    (int, int)
        Height and width of a tile.
    """
    side = max(_SMALLEST_SIDE, isqrt(height * width // _USUAL_NUMBER))
    return min(side, height), min(side, width)


def measure(file: FoundFile, options: LoadOptions) -> Facts:
    """Count the tiles that a picture gives.

    Parameters
    ----------
    file : FoundFile
        A picture.
    options : LoadOptions
        With the size of the tiles.

    Returns
    -------
    Facts
        Of the size of a tile.

    Raises
    ------
    ImageReadError
        If it is no picture, or smaller than one tile.
    """
    with file.open() as stream:
        facts = image_file.measure(stream, options)
    tile, step = _tile_and_step(facts, options)
    n_down, n_across = (facts.height - tile[0]) // step + 1, (facts.width - tile[1]) // step + 1
    if n_down * n_across * tile[0] * tile[1] * (3 if options.colour else 1) > MOST_BYTES:
        raise ImageReadError("too many tiles; choose larger steps from one to the next")
    return facts._replace(n_samples=n_down * n_across, height=tile[0], width=tile[1])


def read(file: FoundFile, options: LoadOptions) -> Samples:
    """Cut a picture into tiles.

    Parameters
    ----------
    file : FoundFile
        A picture.
    options : LoadOptions
        With the size of the tiles; what is left over at the edges is not used.

    Returns
    -------
    Samples
        From left to right, then from top to bottom; named by row and column, from 1.

    Raises
    ------
    ImageReadError
        If it is damaged, or smaller than one tile.
    """
    with file.open() as stream:
        facts = image_file.measure(stream, options)
        stream.seek(0)
        plan = Plan(facts.height, facts.width, None, options.but({"transpose": False}))
        pixels = image_file.read(stream, plan).numbers
    tile, step = _tile_and_step(facts, options)
    windows = np.lib.stride_tricks.sliding_window_view(pixels, tile, axis=(0, 1))[::step, ::step]
    if pixels.ndim > len(tile):
        windows = np.moveaxis(windows, 2, -1)
    n_down, n_across = windows.shape[:2]
    name = PurePath(file.name).name
    names = tuple(f"{name} {row + 1},{column + 1}" for row in range(n_down) for column in range(n_across))
    return Samples(windows.reshape(n_down * n_across, *windows.shape[2:]), names)


def _tile_and_step(facts: Facts, options: LoadOptions) -> tuple[tuple[int, int], int]:
    tile = options.tile_size or usual_tile(facts.height, facts.width)
    if tile[0] > facts.height or tile[1] > facts.width:
        raise ImageReadError(
            "{width} x {height} pixels: smaller than one tile of {across} x {down}",
            width=facts.width,
            height=facts.height,
            across=tile[1],
            down=tile[0],
        )
    return tile, options.tile_step or min(tile)
