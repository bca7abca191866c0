"""Find the axis of an array that counts its images: the one along which neighbouring numbers differ most.

Pixels beside one another are alike, images beside one another mostly are not. Where that does not decide, as for noise
and for images that follow one another in time, the lengths of the axes do, and then what is usual for such files.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.load_report import Advice, AxisChoice
from nmf_explorer.dataset.readers.samples.image_stack import (
    StackAxes,
    check_axis,
    check_shape,
    is_single_image,
    possible_axes,
)
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions

    Blocks = Iterator[NDArray[Any]]
    ReadRows = Callable[[int, int, int], NDArray[Any]]  # plane, first row, number of rows -> (n, *the other axes)

_N_PLACES = 8  # in an array, at which neighbours are compared
_BLOCK_BYTES = 1 << 20  # compared at each place, more if two rows need more
_CLEARLY = 2.0  # times as different as along any other axis
_MAX_ASPECT_RATIO = 4  # slimmer images are less likely


class Reason(Enum):
    """Why an axis was taken."""

    LABELS = auto()
    ROUGH = auto()  # along it neighbouring numbers differ most
    SQUARE = auto()
    SLIM = auto()
    USUAL = auto()


class ChosenAxes(NamedTuple):
    """How an array of three or four axes is read, and why."""

    axes: StackAxes
    reason: Reason | None = None  # None: chosen by the user, or there is no choice


def choose_axes(
    shape: tuple[int, ...],
    options: LoadOptions,
    blocks: Callable[[], Blocks],
    *,
    usual: int = 0,
    n_labels: int = 0,
) -> ChosenAxes | None:
    """Choose the axes of an array of three or four axes; return None for a table.

    `blocks` yields small pieces of the array, with all its axes; `usual` is the axis that counts the samples if nothing
    speaks against it; `n_labels` is the number of labels beside the array. Raises `ImageReadError` for other shapes,
    and for an axis that cannot count samples.
    """
    check_shape(shape)
    if len(shape) == 2:
        return None
    possible = possible_axes(shape)
    if not isinstance(options.samples_axis, str):
        return ChosenAxes(_chosen_by_user(shape, possible, options.samples_axis))
    if is_single_image(shape) and n_labels not in shape:
        return ChosenAxes(StackAxes(None, 2))
    usual = usual if usual in possible else min(possible)
    fitting = [axis for axis in possible if shape[axis] == n_labels]
    if len(fitting) == 1:
        return ChosenAxes(possible[fitting[0]], Reason.LABELS)
    guess = _by_smoothness(blocks(), possible) or _by_lengths(shape, possible, usual)
    return guess or ChosenAxes(possible[usual], Reason.USUAL)


def axis_choices(shape: tuple[int, ...], chosen: ChosenAxes | None) -> tuple[AxisChoice, ...]:
    """Return the ways to read an array, the chosen one first and then those that make the squarest images."""
    if chosen is None:
        return ()
    ways = {axis: _axis_choice(shape, axes) for axis, axes in possible_axes(shape).items()}
    taken = [ways.pop(chosen.axes.samples)] if chosen.axes.samples is not None else []
    return (*taken, *sorted(ways.values(), key=lambda way: _aspect_ratio(way.height, way.width)))


def axis_advice(shape: tuple[int, ...], chosen: ChosenAxes | None) -> tuple[Advice, ...]:
    """Return advice that says which axis counts the samples and why, with a button for the likeliest other one."""
    if chosen is None or chosen.reason is None:
        return ()
    taken, *others = axis_choices(shape, chosen)
    message = _explanation(shape, taken, chosen.reason)
    if not others:
        return (Advice(message),)
    action = Message("Let axis {axis} count them", axis=others[0].axis)
    return (Advice(message, action, {"samples_axis": others[0].axis}),)


def blocks_of(array: NDArray[Any], *, is_fortran: bool = False) -> Blocks:
    """Yield pieces of an array in memory; `is_fortran` says that neighbours along the first axis lie side by side."""
    stored = array.T if is_fortran else array
    for block in stored_blocks(lambda i, j, n: stored[i, j : j + n], stored.shape, array.dtype.itemsize):
        yield block.T if is_fortran else block


def stored_blocks(read_rows: ReadRows, shape: tuple[int, ...], item_bytes: int) -> Blocks:
    """Yield pieces of an array in C order, spread over its first axis: two planes, each whole or some rows of it."""
    row_bytes = item_bytes * int(np.prod(shape[2:], dtype=np.int64))
    n_rows = int(np.clip(_BLOCK_BYTES // max(1, row_bytes), min(2, shape[1]), shape[1]))
    first_row = (shape[1] - n_rows) // 2
    n_pairs = shape[0] // 2
    for place in np.unique(np.linspace(0, max(0, n_pairs - 1), min(_N_PLACES, max(1, n_pairs)), dtype=np.int64)):
        planes = [2 * int(place) + i for i in range(min(2, shape[0]))]
        yield np.stack([read_rows(plane, first_row, n_rows) for plane in planes])


def _chosen_by_user(shape: tuple[int, ...], possible: dict[int, StackAxes], axis: int) -> StackAxes:
    check_axis(axis, len(shape))
    if axis not in possible:
        raise ImageReadError(
            "an array of shape {shape}; if axis {axis} counts its samples, no other can be that of colours",
            shape=_shape_text(shape),
            axis=axis,
        )
    return possible[axis]


def _by_smoothness(blocks: Blocks, possible: dict[int, StackAxes]) -> ChosenAxes | None:
    """Return the axis along which neighbours differ clearly more than along any other, or None."""
    sums: list[NDArray[np.float64]] = []
    n_axes = 0
    with np.errstate(all="ignore"):
        for block in blocks:
            n_axes = block.ndim
            values = block.astype(np.float32)
            sums.append(np.array([_mean_difference(values, axis) for axis in range(n_axes)]))
        means = np.mean(sums, axis=0)
    axes = [axis for axis in possible if means[axis] > 0 and np.isfinite(means[axis])]
    if len(axes) < 2:
        return None
    for axis in axes:
        others = [means[other] for other in possible[axis].pixels(n_axes) if np.isfinite(means[other])]
        if len(others) == 2 and means[axis] >= _CLEARLY * max(others):
            return ChosenAxes(possible[axis], Reason.ROUGH)
    return None


def _mean_difference(values: NDArray[np.float32], axis: int) -> float:
    """Return the mean distance of neighbours along an axis; NaN if there are none."""
    if values.shape[axis] < 2:
        return float("nan")
    return float(np.mean(np.abs(np.diff(values, axis=axis)), dtype=np.float64))


def _by_lengths(shape: tuple[int, ...], possible: dict[int, StackAxes], usual: int) -> ChosenAxes | None:
    """Return the first or last axis if the others make square images, or far less slim ones than usual, else None."""
    at_ends = {
        axis: _pixel_lengths(shape, axes) for axis, axes in possible.items() if axis in (0, usual, max(possible))
    }
    square = [axis for axis, (height, width) in at_ends.items() if height == width != shape[axis]]
    if len(square) == 1 and min(at_ends[square[0]]) > 1:
        return ChosenAxes(possible[square[0]], Reason.SQUARE)
    if _aspect_ratio(*at_ends[usual]) > _MAX_ASPECT_RATIO:
        best = min(at_ends, key=lambda axis: _aspect_ratio(*at_ends[axis]))
        if _aspect_ratio(*at_ends[best]) <= _MAX_ASPECT_RATIO:
            return ChosenAxes(possible[best], Reason.SLIM)
    return None


def _pixel_lengths(shape: tuple[int, ...], axes: StackAxes) -> tuple[int, int]:
    rows, columns = axes.pixels(len(shape))
    return shape[rows], shape[columns]


def _aspect_ratio(height: int, width: int) -> float:
    return max(height, width) / min(height, width)


def _axis_choice(shape: tuple[int, ...], axes: StackAxes) -> AxisChoice:
    samples = axes.samples if axes.samples is not None else 0
    return AxisChoice(samples, shape[samples], *_pixel_lengths(shape, axes))


def _explanation(shape: tuple[int, ...], taken: AxisChoice, reason: Reason) -> Message:
    values = {
        "shape": _shape_text(shape),
        "n": taken.n_samples,
        "size": size_text((taken.height, taken.width)),
        "axis": taken.axis,
    }
    messages = {
        Reason.LABELS: Message(
            "An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since there "
            "are as many labels.",
            **values,
        ),
        Reason.ROUGH: Message(
            "An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since "
            "along it neighbouring numbers differ most.",
            **values,
        ),
        Reason.SQUARE: Message(
            "An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since that "
            "makes them square.",
            **values,
        ),
        Reason.SLIM: Message(
            "An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them, since "
            "otherwise they would be narrow strips.",
            **values,
        ),
        Reason.USUAL: Message(
            "An array of {shape} numbers was read as {n} images of {size} pixels: axis {axis} counts them in most such "
            "files.",
            **values,
        ),
    }
    return messages[reason]


def _shape_text(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))
