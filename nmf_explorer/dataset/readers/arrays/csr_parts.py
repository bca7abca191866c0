"""Build a CSR array from the three arrays that SciPy saves, after checking them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.readers.samples.number_checks import to_storable
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

CSR_NAMES = frozenset({"data", "indices", "indptr", "shape"})
_MAX_LENGTH = 2**31 - 1  # rows or columns


def check_csr_shape(shape: NDArray[Any], kind: str) -> tuple[int, int]:
    """Return (n_rows, n_columns) from the saved shape array and format name, such as "csr".

    Raises `ImageReadError` if the format is not CSR or the shape is not that of a table.
    """
    if kind != "csr":
        raise ImageReadError("a sparse array in the format “{kind}”; save it as CSR", kind=kind)
    lengths = shape.ravel().tolist() if shape.dtype.kind in "ui" else []
    if len(lengths) != 2 or not all(0 < length <= _MAX_LENGTH for length in lengths):
        raise ImageReadError("a sparse array without a usable shape")
    return lengths[0], lengths[1]


def build_csr(parts: Sequence[NDArray[Any]], shape: tuple[int, int]) -> csr_array[Any]:
    """Return a float32 CSR array from its data, column indices and row starts; columns are sorted and unique per row.

    Raises `ImageReadError` if the parts contradict each other, or a value is negative or not finite.
    """
    from scipy.sparse import csr_array  # imported late: slow, and not needed before the first window

    data, columns, starts = parts
    are_indices = columns.dtype.kind in "ui" and starts.dtype.kind in "ui"
    if not are_indices or not data.ndim == columns.ndim == starts.ndim == 1 or len(data) != len(columns):
        raise ImageReadError("a sparse array whose parts contradict one another")
    is_inside = len(columns) == 0 or (columns.min() >= 0 and columns.max() < shape[1])
    are_starts_valid = (
        len(starts) == shape[0] + 1 and starts[0] == 0 and starts[-1] == len(data) and (starts[1:] >= starts[:-1]).all()
    )
    if not is_inside or not are_starts_valid:
        raise ImageReadError("a sparse array whose parts contradict one another")
    values = to_storable(data).stored if len(data) else data
    rows = csr_array((values.astype(np.float32), columns.astype(np.int64), starts.astype(np.int64)), shape=shape)
    rows.sum_duplicates()
    return rows
