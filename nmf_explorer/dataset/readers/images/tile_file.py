"""One picture is cut into tiles, and each tile is a sample: photographs, microscopy, sheets of faces."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from nmf_explorer.dataset.files.decompress import MAX_BYTES as MOST_BYTES
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.images.tiles import (
    cut_tiles,
    default_tile_size,
    tile_counts,
    tile_names,
    unused_edge_note,
)
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
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
        If it is no picture, smaller than one tile, or gives too many.
    """
    with file.open() as stream:
        facts = image_file.read_info(stream, options)
    n_down, n_right = tile_counts(facts.height, facts.width, options)
    height, width = options.tile_size or default_tile_size(facts.height, facts.width)
    if n_down * n_right * height * width * (3 if options.colour else 1) > MOST_BYTES:
        raise ImageReadError("too many tiles; choose larger steps from one to the next")
    return facts._replace(n_samples=n_down * n_right, height=height, width=width)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
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
        facts = image_file.read_info(stream, options)
        stream.seek(0)
        plan = TargetFormat(facts.height, facts.width, None, options.replace({"transpose": False}))
        pixels = image_file.read(stream, plan).pixels
    tiles = cut_tiles(pixels, options)
    n_down, n_right = tiles.shape[:2]
    note = unused_edge_note(pixels.shape[0], pixels.shape[1], options)
    names = tile_names(PurePath(file.name).name, n_down, n_right)
    stack = tiles.reshape(n_down * n_right, *tiles.shape[2:])
    return FileSamples(stack, tuple(names), notes=(note,) if note else ())
