"""Arrays that Python users give: any kind of numbers becomes an array or a CSR array, anything else a `DataError`.

`numpy.asarray` would drop a mask, the imaginary parts of complex numbers, and read text as numbers.
"""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

_FLOAT32_MAX = float(np.finfo(np.float32).max)
_KINDS = "buif"  # of dtypes: bool, unsigned, integer, float


def real_numbers(given: object) -> NDArray[Any] | csr_array[Any]:
    """Return real numbers as an ndarray of a real dtype, or as a CSR array if they are sparse; raise DataError else."""
    check_unmasked(given)
    try:
        numbers: Any = given.tocsr() if hasattr(given, "tocsr") else np.asarray(given)
    except (TypeError, ValueError, OverflowError) as error:
        raise DataError("The numbers do not form an array: {why}", why=error) from error
    if isinstance(numbers, np.ndarray) and numbers.dtype.kind == "O":
        numbers = _from_objects(numbers)
    if numbers.dtype.kind in "US":
        raise DataError("The numbers do not form an array: {why}", why=f"they are text ({numbers.dtype})")
    if numbers.dtype.kind not in _KINDS:
        raise DataError(
            "Expected real numbers of shape (n_samples, n_features) or (n_samples, height, width); "
            "got {dtype} of shape {shape}.",
            dtype=numbers.dtype,
            shape=numbers.shape,
        )
    usable: NDArray[Any] | csr_array[Any] = numbers
    return usable


def check_unmasked(given: object) -> None:
    """Raise a DataError if any value is masked; masked values in lists and sparse arrays are found too."""
    values = getattr(given, "data", None) if hasattr(given, "tocsr") else given
    if _has_masked(values):
        raise DataError(
            "Some values are masked, and every value counts in a fit. Fill them first, such as by array.filled(0), "
            "or leave out the samples or pixels that have masked values."
        )


def check_values(numbers: NDArray[Any] | csr_array[Any], names: tuple[str, ...]) -> None:
    """Raise a DataError that names the first row with a number that NMF cannot use, dense or CSR."""
    lowest, highest = _row_extremes(numbers)
    finite = np.isfinite(lowest) & np.isfinite(highest)
    if not finite.all():
        raise DataError(
            "“{name}” has values that are not finite numbers (NaN or infinity). Replace or leave out that sample.",
            name=names[int(np.argmin(finite))],
        )
    if lowest.min() < 0:
        first = int(np.argmax(lowest < 0))
        raise DataError(
            "“{name}” has negative values (lowest {lowest:.3g}); NMF adds up non-negative parts only. "
            "Shift or clip the values to 0 and above.",
            name=names[first],
            lowest=float(lowest[first]),
        )
    if highest.max() > _FLOAT32_MAX:
        first = int(np.argmax(highest))
        raise DataError(
            "“{name}” has values that are too large (highest {highest:.3g}) and not finite as float32. "
            "Divide all samples by the same number.",
            name=names[first],
            highest=float(highest[first]),
        )


def _row_extremes(numbers: NDArray[Any] | csr_array[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the smallest and the largest value of each row, both of shape (n_samples,)."""
    if isinstance(numbers, np.ndarray):
        return numbers.min(axis=1), numbers.max(axis=1)
    return numbers.min(axis=1).toarray().ravel(), numbers.max(axis=1).toarray().ravel()


def _has_masked(values: object) -> bool:
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.is_masked(values))
    if isinstance(values, list | tuple):
        return any(_has_masked(one) for one in values)
    return False


def _from_objects(objects: NDArray[Any]) -> NDArray[Any]:
    """Return Python numbers as float64; raise a DataError that shows the first object that is none."""
    for one in objects.flat:
        if not isinstance(one, Real | np.generic) or (isinstance(one, np.generic) and one.dtype.kind not in _KINDS):
            raise DataError(
                "An object among the numbers is no real number: {value!r}. Replace such values, or leave out the "
                "samples that have them.",
                value=one,
            )
    try:
        return objects.astype(np.float64)
    except OverflowError as error:
        raise DataError("The numbers do not form an array: {why}", why=error) from error
