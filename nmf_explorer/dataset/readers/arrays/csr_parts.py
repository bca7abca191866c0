"""The three arrays of a sparse array in SciPy's CSR format, checked before they are believed."""

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
_MAX_LENGTH = 2**31 - 1


def check_csr_shape(shape: NDArray[Any], kind: str) -> tuple[int, int]:
    """Check the shape of a sparse array.

    Parameters
    ----------
    shape : ndarray
        As it was written.
    kind : str
        How the array is kept, such as "csr".

    Returns
    -------
    (int, int)
        Rows and columns.

    Raises
    ------
    ImageReadError
        If it is kept otherwise or no shape of a table.
    """
    if kind != "csr":
        raise ImageReadError("a sparse array in the format “{kind}”; save it as CSR", kind=kind)
    lengths = shape.ravel().tolist() if shape.dtype.kind in "ui" else []
    if len(lengths) != len(("rows", "columns")) or not all(0 < length <= _MAX_LENGTH for length in lengths):
        raise ImageReadError("a sparse array without a usable shape")
    return lengths[0], lengths[1]


def build_csr(parts: Sequence[NDArray[Any]], shape: tuple[int, int]) -> csr_array[Any]:
    """Put a sparse array together.

    Parameters
    ----------
    parts : sequence of three ndarray
        Numbers, their columns, and where each row begins.
    shape : (int, int)
        Rows and columns.

    Returns
    -------
    CSR array of that shape, float32
        With sorted columns, each once per row.

    Raises
    ------
    ImageReadError
        If the parts contradict one another, or a number is negative or not finite.
    """
    from scipy.sparse import csr_array  # not on the way to the first window

    data, columns, starts = parts
    are_indices = columns.dtype.kind in "ui" and starts.dtype.kind in "ui"
    if not are_indices or not data.ndim == columns.ndim == starts.ndim == 1 or len(data) != len(columns):
        raise ImageReadError("a sparse array whose parts contradict one another")
    is_inside = len(columns) == 0 or (columns.min() >= 0 and columns.max() < shape[1])
    runs = (
        len(starts) == shape[0] + 1 and starts[0] == 0 and starts[-1] == len(data) and (starts[1:] >= starts[:-1]).all()
    )
    if not is_inside or not runs:
        raise ImageReadError("a sparse array whose parts contradict one another")
    values = to_storable(data).stored if len(data) else data
    rows = csr_array((values.astype(np.float32), columns.astype(np.int64), starts.astype(np.int64)), shape=shape)
    rows.sum_duplicates()
    return rows
