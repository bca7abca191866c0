"""View arrays of two to four axes as stacks of images."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.dataset.readers.samples.shape_guess import as_images
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

_MAX_VALUES = 1 << 48
_MIN_COLOUR_IMAGE_SIDE = 8  # (n, height, 3) is one colour image (height, width, 3) from this size on
_CHANNEL_COUNTS = (1, 3)
_DEPTHS = {np.dtype(bool): "8-bit", np.dtype(np.uint8): "8-bit", np.dtype(np.uint16): "16-bit"}


class StackAxes(NamedTuple):
    """The axes of an array of images; those of rows and columns are the others, in this order."""

    samples: int | None  # None: a single image
    colours: int | None = None

    def pixels(self, n_axes: int) -> list[int]:
        """Return the axes of rows and columns."""
        return [axis for axis in range(n_axes) if axis not in self]


def possible_axes(shape: tuple[int, ...]) -> dict[int, StackAxes]:
    """Return how an array of three or four axes may be read, by the axis that counts the samples.

    Of four axes one must be that of colours, of length 3 or 1: the last or the first of those that count no samples.
    """
    if len(shape) == 3:
        return {axis: StackAxes(axis) for axis in range(3)}
    found = {}
    for samples in range(len(shape)) if len(shape) == 4 else ():
        others = [axis for axis in range(4) if axis != samples]
        colours = [axis for axis in (others[-1], others[0]) if shape[axis] in _CHANNEL_COUNTS]
        if colours:
            found[samples] = StackAxes(samples, colours[0])
    return found


def as_stack(array: NDArray[Any], axes: StackAxes | None, options: LoadOptions) -> NDArray[Any]:
    """Return an array as (n_samples, height, width) or (n_samples, height, width, 3), as a view where possible.

    `axes` are those of three or four axes; tables have none.
    """
    if axes is None:
        return as_images(array, with_table_axis(options))
    order = [*axes.pixels(array.ndim), *([] if axes.colours is None else [axes.colours])]
    stack = array.transpose(order)[np.newaxis] if axes.samples is None else array.transpose([axes.samples, *order])
    return stack[..., 0] if stack.ndim == 4 and stack.shape[3] == 1 else stack


def with_table_axis(options: LoadOptions) -> LoadOptions:
    """Return options in which the chosen axis of a table's samples is said as rows or columns."""
    axis = options.samples_axis
    if isinstance(axis, str) or options.samples_in != "auto":
        return options
    check_axis(axis, 2)
    return options.replace({"samples_in": ("rows", "columns")[axis]})


def check_axis(axis: int, n_axes: int) -> None:
    """Raise `ImageReadError` if a chosen axis is none of an array's."""
    if axis >= n_axes:
        raise ImageReadError(
            "an array of {n} axes, 0 to {last}; axis {axis} cannot count its samples",
            n=n_axes,
            last=n_axes - 1,
            axis=axis,
        )


def check_shape(shape: tuple[int, ...]) -> None:
    """Raise `ImageReadError` if no image has a shape, or it states more than 2**48 values."""
    if prod(shape) > _MAX_VALUES:
        raise ImageReadError("its header claims {n} numbers, more than any file holds", n=prod(shape))
    if 0 in shape or (len(shape) != 2 and not possible_axes(shape)):
        raise ImageReadError(
            "an array of shape {shape}; expected (n, pixels), (n, height, width) or (n, height, width, 3)",
            shape=" x ".join(map(str, shape)) or "()",
        )


def is_single_image(shape: tuple[int, ...]) -> bool:
    """Return whether a shape is that of one colour image: (height, width, 3) with at least 8 x 8 pixels."""
    return len(shape) == 3 and shape[2] == 3 and min(shape[:2]) >= _MIN_COLOUR_IMAGE_SIDE


def stack_info(shape: tuple[int, ...], dtype: np.dtype[Any], axes: StackAxes | None, options: LoadOptions) -> FileInfo:
    """Return the `FileInfo` of the stack that an array of this shape and dtype becomes.

    Raises `ImageReadError` if the shape is unusable or empty, or states more than 2**48 values.
    """
    check_shape(shape)
    stack = as_stack(np.broadcast_to(np.zeros((), np.bool_), shape), axes, options)  # a view of one value, repeated
    depth = _DEPTHS.get(dtype.newbyteorder("="), "float")
    is_colour = stack.ndim == 4
    n_samples, height, width = stack.shape[:3]
    return FileInfo(n_samples, height, width, depth=depth, is_colour=is_colour, is_table=len(shape) == 2)
