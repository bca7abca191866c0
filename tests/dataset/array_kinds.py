"""Narrow the type of stored values: a test knows whether they are dense or sparse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array, csr_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray


def dense(values: object) -> NDArray[Any]:
    """Return an array that must be dense."""
    assert isinstance(values, np.ndarray)
    return values


def sparse(values: object) -> csr_array[Any] | csr_matrix[Any]:
    """Return an array that must be sparse."""
    assert isinstance(values, csr_array | csr_matrix)
    return values
