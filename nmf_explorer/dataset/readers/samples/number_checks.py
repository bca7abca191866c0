"""Check that values are non-negative and finite, and convert them to uint8, uint16 or float32."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSCALED = 1.0  # value of white for numbers that are not scaled
_BLOCK_VALUES = 1 << 20
_FLOAT32_MAX = float(np.finfo(np.float32).max)
_PIXEL_DTYPES = (np.uint8, np.uint16)


class Storable(NamedTuple):
    """Values that a dataset can store, in their original shape."""

    stored: NDArray[Any]  # uint8, uint16 or float32
    white: float | None  # UNSCALED, or None for 8- or 16-bit pixels


def to_storable(array: NDArray[Any], *, narrow: bool = False) -> Storable:
    """Check values, and convert them to the narrowest stored dtype that holds them.

    Float values become uint8 or uint16 only if `narrow` is set and all are integral. Arrays of a stored dtype are not
    copied. Raises `ImageReadError` if a value is negative or not finite.
    """
    if array.dtype.kind == "b":
        return Storable(array.astype(np.uint8), UNSCALED)
    highest = check_values(array)
    native = array.dtype.newbyteorder("=")
    if native in _PIXEL_DTYPES:
        return Storable(array.astype(native, copy=False), None)
    is_integral = array.dtype.kind in "ui" or (narrow and _all_integral(array))
    return Storable(array.astype(_narrowest_dtype(highest, is_integral=is_integral), copy=False), UNSCALED)


def check_values(array: NDArray[Any]) -> float:
    """Return the largest of at least one value; raise `ImageReadError` if a value is negative or not finite."""
    with np.errstate(all="ignore"):  # NaN propagates, and is refused below
        lowest, highest = array.min(), array.max()
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        raise ImageReadError("has values that are not finite numbers (NaN or infinity)")
    if float(highest) > _FLOAT32_MAX:
        raise ImageReadError(
            "has a number larger than {limit:.2g}, the largest that can be stored here; "
            "divide all numbers by the largest",
            limit=_FLOAT32_MAX,
        )
    if lowest < 0:
        raise ImageReadError("has negative values (lowest {lowest:.3g}); NMF needs 0 and above", lowest=float(lowest))
    return float(highest)


def _all_integral(array: NDArray[Any]) -> bool:
    """Return whether all values are integral; tested in blocks, since most arrays fail in the first one."""
    step = max(1, _BLOCK_VALUES // max(1, array[0].size))
    blocks = (array[start : start + step] for start in range(0, len(array), step))
    return all(bool((block == np.rint(block)).all()) for block in blocks)


def _narrowest_dtype(highest: float, *, is_integral: bool) -> type[Any]:
    fitting = [dtype for dtype in _PIXEL_DTYPES if is_integral and highest <= np.iinfo(dtype).max]
    return fitting[0] if fitting else np.float32
