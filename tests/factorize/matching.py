"""Match the parts of a model with the true parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray


def matched_cosines(found: NDArray[Any], true: NDArray[Any]) -> NDArray[np.float64]:
    """Return the cosines of the best one-to-one matching, one for each true part."""
    cosines = _unit_rows(true) @ _unit_rows(found).T
    rows, columns = linear_sum_assignment(-cosines)
    matched: NDArray[np.float64] = cosines[rows, columns]
    return matched


def _unit_rows(parts: NDArray[Any]) -> NDArray[np.float64]:
    rows = parts.reshape(len(parts), -1).astype(np.float64)
    unit: NDArray[np.float64] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return unit
