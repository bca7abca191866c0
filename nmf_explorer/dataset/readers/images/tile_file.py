"""Cut one image into tiles; each tile is a sample."""

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
    """Count the tiles of an image; the size is that of a tile.

    Raises `ImageReadError` if it is not an image, smaller than one tile, or has more than `MOST_BYTES` of tiles.
    """
    with file.open() as stream:
        info = image_file.read_info(stream, options)
    n_rows, n_columns = tile_counts(info.height, info.width, options)
    height, width = options.tile_size or default_tile_size(info.height, info.width)
    if n_rows * n_columns * height * width * (3 if options.colour else 1) > MOST_BYTES:
        raise ImageReadError("too many tiles; choose larger steps from one to the next")
    return info._replace(n_samples=n_rows * n_columns, height=height, width=width)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Cut an image into tiles, from left to right, then from top to bottom, named by row and column from 1.

    Incomplete tiles at the edges are left out. Raises `ImageReadError` if it is damaged or smaller than one tile.
    """
    with file.open() as stream:
        info = image_file.read_info(stream, options)
        stream.seek(0)
        target = TargetFormat(info.height, info.width, None, options.replace({"transpose": False}))
        pixels = image_file.read(stream, target).pixels
    tiles = cut_tiles(pixels, options)
    n_rows, n_columns = tiles.shape[:2]
    note = unused_edge_note(pixels.shape[0], pixels.shape[1], options)
    names = tile_names(PurePath(file.name).name, n_rows, n_columns)
    stack = tiles.reshape(n_rows * n_columns, *tiles.shape[2:])
    return FileSamples(stack, tuple(names), notes=(note,) if note else ())
