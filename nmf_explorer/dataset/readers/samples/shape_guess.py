"""Which rows or columns of a table are samples, and how wide and high the pictures are that they hold.

A table does not tell; so it is guessed, and the user is shown the other ways.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Any

from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_MAX_SIZES = 12
_MAX_ASPECT_RATIO = 4  # sides of a picture that differ more than so many times are less likely than a plain row


def image_sizes(n_numbers: int) -> tuple[tuple[int, int], ...]:
    """Sizes that so many numbers could have as a picture.

    Parameters
    ----------
    n_numbers : int
        Numbers of one sample, 1 or more.

    Returns
    -------
    tuple of (int, int)
        ``(height, width)``, the likeliest first: the squarest, upright before lying, and slim ones after a plain row.
    """
    sizes: list[tuple[int, int]] = []
    slim: list[tuple[int, int]] = []
    for short in range(isqrt(n_numbers), 1, -1):
        if n_numbers % short == 0:
            long = n_numbers // short
            (slim if long > _MAX_ASPECT_RATIO * short else sizes).extend(dict.fromkeys([(long, short), (short, long)]))
    return tuple(dict.fromkeys([*sizes, (1, n_numbers), *slim]))[:_MAX_SIZES]


def image_size(n_numbers: int, options: LoadOptions) -> tuple[int, int]:
    """The size that the samples of a table have as pictures.

    Parameters
    ----------
    n_numbers : int
        Numbers of one sample, 1 or more.
    options : LoadOptions
        With the size that was chosen, if one was.

    Returns
    -------
    (int, int)
        ``(height, width)``; the likeliest if none was chosen.

    Raises
    ------
    ImageReadError
        If the size that was chosen has another number of pixels.
    """
    if options.table_size is None:
        return image_sizes(n_numbers)[0]
    height, width = options.table_size
    if height * width != n_numbers:
        raise ImageReadError(
            "its samples have {n} numbers, which make no picture of {width} x {height} pixels; choose another size",
            n=n_numbers,
            width=width,
            height=height,
        )
    return height, width


def table_info(shape: tuple[int, int], options: LoadOptions, *, depth: str = "float") -> FileInfo:
    """What there is to tell of a table.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns, without those that hold names or labels.
    options : LoadOptions
        Whether rows or columns are samples ("auto" takes rows), and their size.
    depth : {"8-bit", "16-bit", "float"}, default "float"
        What the numbers are.

    Returns
    -------
    Facts
        Of a table.

    Raises
    ------
    ImageReadError
        If the size that was chosen does not fit.
    """
    n_samples, n_numbers = shape[::-1] if options.samples_in == "columns" else shape
    height, width = image_size(n_numbers, options)
    return FileInfo(n_samples, height, width, depth=depth, is_table=True)


def as_images(table: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Look at a table as a stack of pictures.

    Parameters
    ----------
    table : ndarray of shape (n_rows, n_columns)
        The numbers.
    options : LoadOptions
        Whether rows or columns are samples ("auto" takes rows), and their size.

    Returns
    -------
    ndarray of shape (n_samples, height, width)
        A view where that is possible.

    Raises
    ------
    ImageReadError
        If the size that was chosen does not fit.
    """
    samples = table.T if options.samples_in == "columns" else table
    return samples.reshape(len(samples), *image_size(samples.shape[1], options))
