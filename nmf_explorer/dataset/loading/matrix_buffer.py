"""Allocate and fill the matrix of a set, in memory or, if it is large, in an unnamed file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.private_memory import allocate_bytes

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

_BLOCK_BYTES = 16 * 1024 * 1024  # moved at once
_WHITES = {"uint8": 255.0, "uint16": 65535.0}


def default_white(dtype: np.dtype[Any]) -> float:
    """Return the value that reads as 1: 255 for uint8, 65535 for uint16, otherwise 1."""
    return _WHITES.get(dtype.name, 1.0)


def allocate_matrix(shape: tuple[int, int], dtype: DTypeLike) -> NDArray[Any]:
    """Return zeros of a shape (n_rows, n_features), mapped to an unnamed temporary file if large.

    Raises SourceError if neither memory nor disk can hold it.
    """
    return allocate_bytes(shape[0] * shape[1] * np.dtype(dtype).itemsize).view(dtype).reshape(shape)


def compact_rows(matrix: NDArray[Any], is_filled: NDArray[np.bool_]) -> NDArray[Any]:
    """Move the rows where the (n_rows,) bool `is_filled` is set to the top; return a view of them."""
    kept = np.flatnonzero(is_filled)
    first = int(np.argmin(is_filled)) if len(kept) < len(matrix) else len(kept)
    step = max(1, _BLOCK_BYTES // max(1, matrix.shape[1] * matrix.itemsize))
    for start in range(first, len(kept), step):
        rows = kept[start : start + step]
        matrix[start : start + len(rows)] = matrix[rows]
    return matrix[: len(kept)]


def write_row(row: NDArray[Any], numbers: NDArray[Any]) -> None:
    """Write image values (uint8, uint16 or float) into one or more rows, on the scale of the rows' dtype."""
    numbers = numbers.reshape(row.shape)
    if numbers.dtype == row.dtype or numbers.dtype.kind == "f":
        row[:] = numbers
    elif row.dtype == np.uint16:
        np.multiply(numbers, np.uint16(257), out=row, dtype=np.uint16)
    else:
        np.divide(numbers, np.float32(default_white(numbers.dtype)), out=row, casting="same_kind")


def needs_finer_dtype(dtype: np.dtype[Any], matrix_dtype: np.dtype[Any]) -> bool:
    """Return whether values of a dtype lose precision in a matrix of another dtype."""
    is_larger = dtype.kind == "f" or dtype.itemsize > matrix_dtype.itemsize
    return dtype != matrix_dtype and matrix_dtype.kind == "u" and is_larger


def to_finer_dtype(matrix: NDArray[Any], dtype: DTypeLike) -> NDArray[Any]:
    """Copy a uint8 or uint16 matrix to uint16 or float32, on the new scale."""
    fine = allocate_matrix((matrix.shape[0], matrix.shape[1]), dtype)
    step = max(1, _BLOCK_BYTES // max(1, matrix.shape[1] * fine.itemsize))
    for start in range(0, len(matrix), step):
        write_row(fine[start : start + step], matrix[start : start + step])
    return fine
