"""Measure the values of a set: uniform images, constant pixels, duplicates, bright backgrounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_BLOCK_SIZE = 4 * 1024 * 1024  # values between two checks for cancellation
_BRIGHT_EDGE = 0.75  # lowest mean of the edge pixels, as a share of the largest value of the set
_BRIGHT_MEAN = 0.6  # lowest mean of all pixels, as a share of the largest value of the set
_MIN_SIDE = 3  # pixels; a narrower sample is all edge
_MAX_INSPECTED = 500  # images inspected for their background


class DataQuality(NamedTuple):
    """Facts about the values of a set."""

    highest: float  # the largest stored value
    uniform: NDArray[np.intp]  # ascending indices of samples whose pixels are all equal
    uniform_values: NDArray[Any]  # value of all pixels of each of them
    constant_values: NDArray[Any]  # value of each pixel that is equal in every sample, in the order of the pixels
    duplicates: NDArray[np.intp]  # ascending indices of samples equal to an earlier one, uniform ones excluded
    has_bright_background: bool  # whether most images are dark on a bright background


def inspect(stored: NDArray[Any], sample_shape: tuple[int, ...], raise_if_cancelled: Callable[[], None]) -> DataQuality:
    """Inspect all stored values once."""
    lowest_pixels, highest_pixels = stored[0].copy(), stored[0].copy()
    lowest, highest, hashes = [], [], []
    step = max(1, _BLOCK_SIZE // stored.shape[1])
    for start in range(0, len(stored), step):
        raise_if_cancelled()
        rows = stored[start : start + step]
        lowest.append(rows.min(axis=1))
        highest.append(rows.max(axis=1))
        np.minimum(lowest_pixels, rows.min(axis=0), out=lowest_pixels)
        np.maximum(highest_pixels, rows.max(axis=0), out=highest_pixels)
        hashes += [hash(row.tobytes()) for row in rows]
    row_highest = np.concatenate(highest)
    is_uniform = (np.concatenate(lowest) == row_highest) if stored.shape[1] > 1 else np.zeros(len(stored), bool)
    highest_value = float(row_highest.max())
    first_indices = np.unique(np.array(hashes), return_index=True)[1]
    is_duplicate = np.ones(len(stored), bool)
    is_duplicate[first_indices] = False
    return DataQuality(
        highest_value,
        np.flatnonzero(is_uniform),
        row_highest[is_uniform],
        lowest_pixels[lowest_pixels == highest_pixels],
        np.flatnonzero(is_duplicate & ~is_uniform),
        _has_bright_background(stored, sample_shape, highest_value),
    )


def _has_bright_background(stored: NDArray[Any], sample_shape: tuple[int, ...], highest: float) -> bool:
    """Return whether most images have a bright edge, a bright mean, and images dark ink.

    Bright is what is close to the largest value of the set, so that the same numbers count the same in every format.
    """
    if min(sample_shape[:2]) < _MIN_SIDE or highest <= 0:
        return False
    images = stored[:: -(-len(stored) // _MAX_INSPECTED)].reshape(
        -1, *sample_shape[:2], stored.shape[1] // np.prod(sample_shape[:2])
    )
    edges = [images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]
    edge = np.concatenate([e.reshape(len(images), -1) for e in edges], axis=1).mean(axis=1, dtype=np.float64) / highest
    whole = images.reshape(len(images), -1).mean(axis=1, dtype=np.float64) / highest
    darkest = images.reshape(len(images), -1).min(axis=1) / highest
    is_bright = (edge > _BRIGHT_EDGE) & (whole > _BRIGHT_MEAN) & (whole < edge) & (darkest < whole / 2)
    return bool(np.median(is_bright) == 1)
