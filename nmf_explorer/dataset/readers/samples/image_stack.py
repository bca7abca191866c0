"""Arrays of two to four dimensions as stacks of pictures."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.dataset.readers.samples.shape_guess import as_images
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_TABLE, _STACK, _CHANNELS = 2, 3, 4
_COLOURS = 3
_MAX_VALUES = 1 << 48
_MIN_COLOUR_IMAGE_SIDE = 8  # a stack of three columns that is larger is one picture in colour
_DEPTHS = {np.dtype(bool): "8-bit", np.dtype(np.uint8): "8-bit", np.dtype(np.uint16): "16-bit"}


def as_stack(array: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Look at an array as a stack of pictures.

    Parameters
    ----------
    array : ndarray
        A table; pictures of shape (n, height, width); pictures in channels of shape (n, height, width, c) or
        (n, c, height, width), where c is 1 or 3; or one picture of shape (height, width, 3), from 8 x 8 pixels.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    ndarray of shape (n_samples, height, width) or (n_samples, height, width, 3)
        A view where that is possible.

    Raises
    ------
    ImageReadError
        If it has another shape or is empty.
    """
    shape = array.shape
    if 0 not in shape:
        if array.ndim == _TABLE:
            return as_images(array, options)
        if array.ndim == _STACK:
            return array[np.newaxis] if is_single_image(shape) else array
        if array.ndim == _CHANNELS and shape[3] in (1, _COLOURS):
            return array if shape[3] == _COLOURS else array[..., 0]
        if array.ndim == _CHANNELS and shape[1] in (1, _COLOURS):
            return np.moveaxis(array, 1, -1) if shape[1] == _COLOURS else array[:, 0]
    raise ImageReadError(
        "an array of shape {shape}; expected (n, pixels), (n, height, width) or (n, height, width, 3)",
        shape=" x ".join(map(str, shape)) or "()",
    )


def is_single_image(shape: tuple[int, ...]) -> bool:
    """Whether an array of three dimensions is one picture in colour, and no stack.

    Parameters
    ----------
    shape : tuple of int
        Its shape.

    Returns
    -------
    bool
        True for (height, width, 3), from 8 x 8 pixels.
    """
    return shape[2] == _COLOURS and min(shape[:2]) >= _MIN_COLOUR_IMAGE_SIDE


def stack_info(shape: tuple[int, ...], dtype: np.dtype[Any], options: LoadOptions) -> FileInfo:
    """What there is to tell of an array.

    Parameters
    ----------
    shape : tuple of int
        Its shape.
    dtype : numpy.dtype
        What its numbers are.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    Facts
        Of the stack that it will become.

    Raises
    ------
    ImageReadError
        If it has an unusable shape, is empty, or claims more numbers than there can be.
    """
    if prod(shape) > _MAX_VALUES:
        raise ImageReadError("its header claims {n} numbers, more than any file holds", n=prod(shape))
    stack = as_stack(np.broadcast_to(np.zeros((), np.bool_), shape), options)  # one number, looked at as so many
    depth = _DEPTHS.get(dtype.newbyteorder("="), "float")
    is_colour = stack.ndim == _CHANNELS
    n_samples, height, width = stack.shape[:3]
    return FileInfo(n_samples, height, width, depth=depth, is_colour=is_colour, is_table=len(shape) == _TABLE)
