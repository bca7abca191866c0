"""The matrix that samples are read into: made once, in memory or, where it is large, in a file without a name."""

from __future__ import annotations

import mmap
import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.errors import SourceError

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

LARGEST_IN_MEMORY = 256 * 1024 * 1024  # bytes; larger ones lie in a file, which the system may keep in memory
_SPARE = 256 * 1024 * 1024  # bytes of the disk that are left to others
_AT_ONCE = 16 * 1024 * 1024  # bytes that are moved at once
_WHITES = {"uint8": 255.0, "uint16": 65535.0}


def usual_white(dtype: np.dtype[Any]) -> float:
    """The number that reads as 1 in a matrix of some kind.

    Parameters
    ----------
    dtype : dtype
        What its numbers are.

    Returns
    -------
    float
        255 or 65535 for 8 and 16 bits, otherwise 1.
    """
    return _WHITES.get(dtype.name, 1.0)


def blank_matrix(shape: tuple[int, int], dtype: DTypeLike) -> NDArray[Any]:
    """Make a matrix of zeros.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns.
    dtype : dtype
        What its numbers are.

    Returns
    -------
    ndarray of shape `shape`
        In a file that has no name, and is gone when nobody uses it any more, where it is large.

    Raises
    ------
    SourceError
        If neither memory nor disk can hold it.
    """
    n_bytes = shape[0] * shape[1] * np.dtype(dtype).itemsize
    try:
        if n_bytes <= LARGEST_IN_MEMORY:
            return np.zeros(shape, dtype)
        return np.frombuffer(_reserved(n_bytes), dtype).reshape(shape)
    except (MemoryError, OSError) as error:
        raise SourceError(
            "The images need {need:,.0f} MB, and neither memory nor disk has as much. Choose a smaller size.",
            need=n_bytes / 1e6,
        ) from error


def _reserved(n_bytes: int) -> mmap.mmap:
    """Map a new file whose space is really there: where it is not, writing to it later would end the program."""
    with tempfile.TemporaryFile(prefix="nmf-explorer-") as file:
        if shutil.disk_usage(tempfile.gettempdir()).free < n_bytes + _SPARE:
            raise MemoryError
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, n_bytes)
        else:
            file.truncate(n_bytes)
        return mmap.mmap(file.fileno(), n_bytes)


def without_holes(matrix: NDArray[Any], is_filled: NDArray[np.bool_]) -> NDArray[Any]:
    """Close the gaps that files which could not be read have left.

    Parameters
    ----------
    matrix : ndarray of shape (n_rows, n_features)
        Its rows are moved.
    is_filled : ndarray of shape (n_rows,), bool
        Which rows are kept.

    Returns
    -------
    ndarray of shape (n_filled, n_features)
        A view of `matrix`.
    """
    kept = np.flatnonzero(is_filled)
    first = int(np.argmin(is_filled)) if len(kept) < len(matrix) else len(kept)
    step = max(1, _AT_ONCE // max(1, matrix.shape[1] * matrix.itemsize))
    for start in range(first, len(kept), step):
        rows = kept[start : start + step]
        matrix[start : start + len(rows)] = matrix[rows]
    return matrix[: len(kept)]


def write_row(row: NDArray[Any], numbers: NDArray[Any]) -> None:
    """Write a picture into its row, on the row's scale: white is 255, 65535 or 1.

    Parameters
    ----------
    row : ndarray of shape (n_features,) or (n, n_features)
        Part of the matrix; at least as fine as `numbers`.
    numbers : ndarray of the same size
        uint8, uint16 or float.
    """
    numbers = numbers.reshape(row.shape)
    if numbers.dtype == row.dtype or numbers.dtype.kind == "f":
        row[:] = numbers
    elif row.dtype == np.uint16:
        np.multiply(numbers, np.uint16(257), out=row, dtype=np.uint16)
    else:
        np.divide(numbers, np.float32(usual_white(numbers.dtype)), out=row, casting="same_kind")


def is_finer(dtype: np.dtype[Any], than: np.dtype[Any]) -> bool:
    """Whether numbers of one kind do not fit into a matrix of another.

    Parameters
    ----------
    dtype : dtype
        uint8, uint16, float32 or float64.
    than : dtype
        Of the matrix.

    Returns
    -------
    bool
        Whether the matrix must be made finer.
    """
    return dtype != than and than.kind == "u" and (dtype.kind == "f" or dtype.itemsize > than.itemsize)


def refined(matrix: NDArray[Any], dtype: DTypeLike) -> NDArray[Any]:
    """Copy a matrix into a finer one, on its scale.

    Parameters
    ----------
    matrix : ndarray of shape (n_rows, n_features)
        uint8 or uint16.
    dtype : dtype
        uint16 or float32.

    Returns
    -------
    ndarray of the same shape
        New.
    """
    fine = blank_matrix((matrix.shape[0], matrix.shape[1]), dtype)
    step = max(1, _AT_ONCE // max(1, matrix.shape[1] * fine.itemsize))
    for start in range(0, len(matrix), step):
        write_row(fine[start : start + step], matrix[start : start + step])
    return fine
