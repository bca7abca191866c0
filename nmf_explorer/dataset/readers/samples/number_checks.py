"""Numbers of any kind become numbers that a set can hold: 0 or more, finite, and no wider than they need to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSCALED = 1.0
_BLOCK_VALUES = 1 << 20  # numbers
_FLOAT32_MAX = float(np.finfo(np.float32).max)
_PIXEL_DTYPES = (np.uint8, np.uint16)


class Storable(NamedTuple):
    """Numbers that a set can hold.

    Attributes
    ----------
    stored : ndarray of uint8, uint16 or float32
        Of the shape they came in.
    white : float or None
        1 where numbers are taken as they are; None where they are pixels of 8 or 16 bits.
    """

    stored: NDArray[Any]
    white: float | None


def to_storable(array: NDArray[Any], *, narrow: bool = False) -> Storable:
    """Check numbers, and keep them as narrow as they are.

    Parameters
    ----------
    array : ndarray of bool, int or float
        Numbers as a file has them, at least one; perhaps a memory map.
    narrow : bool, default False
        Whether float numbers that are all whole become 8- or 16-bit where they fit, as those of a table do.

    Returns
    -------
    Plain
        `array` itself where it is of 8 or 16 bits or float32.

    Raises
    ------
    ImageReadError
        If a number is negative or not finite.
    """
    if array.dtype.kind == "b":
        return Storable(array.astype(np.uint8), UNSCALED)
    highest = check_values(array)
    native = array.dtype.newbyteorder("=")
    if native in _PIXEL_DTYPES:
        return Storable(array.astype(native, copy=False), None)
    is_whole = array.dtype.kind in "ui" or (narrow and _all_integral(array))
    return Storable(array.astype(_narrowest_dtype(highest, is_whole=is_whole), copy=False), UNSCALED)


def check_values(array: NDArray[Any]) -> float:
    """Refuse numbers that NMF cannot use.

    Parameters
    ----------
    array : ndarray of int or float
        At least one number; perhaps a memory map.

    Returns
    -------
    float
        The largest of them.

    Raises
    ------
    ImageReadError
        If a number is negative or not finite.
    """
    with np.errstate(all="ignore"):  # NaN comes out as NaN, and is refused as such
        lowest, highest = array.min(), array.max()
    if not (np.isfinite(lowest) and abs(float(highest)) <= _FLOAT32_MAX):
        raise ImageReadError("has values that are not finite numbers (NaN or infinity)")
    if lowest < 0:
        raise ImageReadError("has negative values (lowest {lowest:.3g}); NMF needs 0 and above", lowest=float(lowest))
    return float(highest)


def _all_integral(array: NDArray[Any]) -> bool:
    """Some rows at a time: most arrays are found out by their first ones."""
    step = max(1, _BLOCK_VALUES // max(1, array[0].size))
    blocks = (array[start : start + step] for start in range(0, len(array), step))
    return all(bool((block == np.rint(block)).all()) for block in blocks)


def _narrowest_dtype(highest: float, *, is_whole: bool) -> type[Any]:
    fitting = [dtype for dtype in _PIXEL_DTYPES if is_whole and highest <= np.iinfo(dtype).max]
    return fitting[0] if fitting else np.float32
