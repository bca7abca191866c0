"""Guess the image size of the samples of a table; the user is offered the other sizes."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Any

from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_MAX_SIZES = 12
_MAX_ASPECT_RATIO = 4  # slimmer images are less likely than a single row of pixels


def image_sizes(n_values: int) -> tuple[tuple[int, int], ...]:
    """Return the (height, width) pairs that `n_numbers` values (1 or more) may form, the likeliest first.

    Squarest sizes come first, portrait before landscape; slim ones come after a single row.
    """
    sizes: list[tuple[int, int]] = []
    slim: list[tuple[int, int]] = []
    for short_side in range(isqrt(n_values), 1, -1):
        if n_values % short_side == 0:
            long_side = n_values // short_side
            (slim if long_side > _MAX_ASPECT_RATIO * short_side else sizes).extend(
                dict.fromkeys([(long_side, short_side), (short_side, long_side)])
            )
    return tuple(dict.fromkeys([*sizes, (1, n_values), *slim]))[:_MAX_SIZES]


def image_size(n_values: int, options: LoadOptions) -> tuple[int, int]:
    """Return the chosen (height, width) of samples of `n_numbers` values (1 or more), else the likeliest.

    Raises `ImageReadError` if the chosen size has another number of pixels.
    """
    if options.table_size is None:
        return image_sizes(n_values)[0]
    height, width = options.table_size
    if height * width != n_values:
        raise ImageReadError(
            "its samples have {n} numbers, which make no picture of {width} x {height} pixels; choose another size",
            n=n_values,
            width=width,
            height=height,
        )
    return height, width


def table_info(shape: tuple[int, int], options: LoadOptions, *, depth: str = "float") -> FileInfo:
    """Return the `FileInfo` of a table of shape (n_rows, n_columns), without the columns of names and labels.

    `samples_in` "auto" takes rows. Raises `ImageReadError` if the chosen size does not fit.
    """
    n_samples, n_values = shape[::-1] if options.samples_in == "columns" else shape
    height, width = image_size(n_values, options)
    return FileInfo(n_samples, height, width, depth=depth, is_table=True)


def as_images(table: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Return a (n_rows, n_columns) table as (n_samples, height, width), as a view where possible.

    `samples_in` "auto" takes rows. Raises `ImageReadError` if the chosen size does not fit.
    """
    samples = table.T if options.samples_in == "columns" else table
    return samples.reshape(len(samples), *image_size(samples.shape[1], options))
