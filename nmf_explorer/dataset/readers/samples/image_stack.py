"""View arrays of two to four dimensions as stacks of images."""

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

_MAX_VALUES = 1 << 48
_MIN_COLOUR_IMAGE_SIDE = 8  # (n, height, 3) is one colour image (height, width, 3) from this size on
_DEPTHS = {np.dtype(bool): "8-bit", np.dtype(np.uint8): "8-bit", np.dtype(np.uint16): "16-bit"}


def as_stack(array: NDArray[Any], options: LoadOptions) -> NDArray[Any]:
    """Return an array as (n_samples, height, width) or (n_samples, height, width, 3), as a view where possible.

    Accepts tables, (n, height, width), (n, height, width, c) and (n, c, height, width) with c of 1 or 3, and a single
    (height, width, 3) image of at least 8 x 8 pixels. Raises `ImageReadError` for other and empty shapes.
    """
    shape = array.shape
    if 0 not in shape:
        if array.ndim == 2:
            return as_images(array, options)
        if array.ndim == 3:
            return array[np.newaxis] if is_single_image(shape) else array
        if array.ndim == 4 and shape[3] in (1, 3):
            return array if shape[3] == 3 else array[..., 0]
        if array.ndim == 4 and shape[1] in (1, 3):
            return np.moveaxis(array, 1, -1) if shape[1] == 3 else array[:, 0]
    raise ImageReadError(
        "an array of shape {shape}; expected (n, pixels), (n, height, width) or (n, height, width, 3)",
        shape=" x ".join(map(str, shape)) or "()",
    )


def is_single_image(shape: tuple[int, ...]) -> bool:
    """Return whether a shape of three dimensions is one colour image: (height, width, 3) with at least 8 x 8 pixels."""
    return shape[2] == 3 and min(shape[:2]) >= _MIN_COLOUR_IMAGE_SIDE


def stack_info(shape: tuple[int, ...], dtype: np.dtype[Any], options: LoadOptions) -> FileInfo:
    """Return the `FileInfo` of the stack that an array of this shape and dtype becomes.

    Raises `ImageReadError` if the shape is unusable or empty, or states more than 2**48 values.
    """
    if prod(shape) > _MAX_VALUES:
        raise ImageReadError("its header claims {n} numbers, more than any file holds", n=prod(shape))
    stack = as_stack(np.broadcast_to(np.zeros((), np.bool_), shape), options)  # a view of one value, repeated
    depth = _DEPTHS.get(dtype.newbyteorder("="), "float")
    is_colour = stack.ndim == 4
    n_samples, height, width = stack.shape[:3]
    return FileInfo(n_samples, height, width, depth=depth, is_colour=is_colour, is_table=len(shape) == 2)
