"""What the numbers of a set tell about it: empty pictures, dead pixels, repetitions, a bright background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_AT_ONCE = 4 * 1024 * 1024  # numbers between two questions whether to stop
_BRIGHT_EDGE = 0.75
_BRIGHT_PICTURE = 0.6
_LOOKED_AT = 500  # pictures that are looked at for their background


class DataQuality(NamedTuple):
    """What the numbers of a set tell about it.

    Attributes
    ----------
    highest : float
        The largest stored number.
    flat : ndarray of int
        Samples of which every pixel is the same.
    n_dead : int
        Pixels that are the same in every sample.
    repeated : ndarray of int
        Samples that are the same, number by number, as one before them.
    is_bright : bool
        Whether most pictures are dark on a bright background.
    """

    highest: float
    flat: NDArray[np.intp]
    n_dead: int
    repeated: NDArray[np.intp]
    is_bright: bool


def inspect(
    stored: NDArray[Any], sample_shape: tuple[int, ...], white: float, check: Callable[[], None]
) -> DataQuality:
    """Look at all numbers of a set once.

    Parameters
    ----------
    stored : ndarray of shape (n_samples, n_features)
        The numbers.
    sample_shape : tuple of int
        ``(height, width)`` or ``(height, width, 3)``.
    white : float
        The number that reads as 1.
    check : callable
        Called often; may raise `Cancelled`.

    Returns
    -------
    Survey
        What was seen.
    """
    lowest_pixels, highest_pixels = stored[0].copy(), stored[0].copy()
    lowest, highest, hashes = [], [], []
    step = max(1, _AT_ONCE // stored.shape[1])
    for start in range(0, len(stored), step):
        check()
        rows = stored[start : start + step]
        lowest.append(rows.min(axis=1))
        highest.append(rows.max(axis=1))
        np.minimum(lowest_pixels, rows.min(axis=0), out=lowest_pixels)
        np.maximum(highest_pixels, rows.max(axis=0), out=highest_pixels)
        hashes += [hash(row.tobytes()) for row in rows]
    row_highest = np.concatenate(highest)
    is_flat = (np.concatenate(lowest) == row_highest) if stored.shape[1] > 1 else np.zeros(len(stored), bool)
    first_of_its_kind = np.unique(np.array(hashes), return_index=True)[1]
    is_repeated = np.ones(len(stored), bool)
    is_repeated[first_of_its_kind] = False
    return DataQuality(
        float(row_highest.max()),
        np.flatnonzero(is_flat),
        int(np.count_nonzero(lowest_pixels == highest_pixels)),
        np.flatnonzero(is_repeated & ~is_flat),
        _is_bright(stored, sample_shape, white),
    )


def _is_bright(stored: NDArray[Any], sample_shape: tuple[int, ...], white: float) -> bool:
    """Whether the edges of most pictures are nearly white, and the pictures bright as a whole."""
    some = stored[:: -(-len(stored) // _LOOKED_AT)].reshape(
        -1, *sample_shape[:2], stored.shape[1] // np.prod(sample_shape[:2])
    )
    edges = [some[:, 0], some[:, -1], some[:, :, 0], some[:, :, -1]]
    edge = np.concatenate([e.reshape(len(some), -1) for e in edges], axis=1).mean(axis=1) / white
    whole = some.reshape(len(some), -1).mean(axis=1) / white
    darkest = some.reshape(len(some), -1).min(axis=1) / white
    is_bright = (edge > _BRIGHT_EDGE) & (whole > _BRIGHT_PICTURE) & (whole < edge) & (darkest < whole / 2)
    return bool(np.median(is_bright) == 1)
