"""The pair of factors of a fit and the penalty on a factor. Names as in the papers: X ~ W'H."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Floats


class Factors(NamedTuple):
    """Weights and parts, with X ~ W'H."""

    W: Floats  # weights, transposed: (n_components, n_samples), float32
    H: Floats  # parts: (n_components, n_features), float32


class Penalty(NamedTuple):
    """A penalty on a factor F: ``sum(l1 * F) + l2 / 2 * ||F||**2``."""

    l1: float | Floats = 0.0  # 0 or more; one for all rows, or (n_components, 1) float32
    l2: float = 0.0  # 0 or more

    def of(self, F: Floats) -> float:
        """Return the penalty, 0 or more, on a factor of shape (n_components, m)."""
        if not self:
            return 0.0
        squared = float(np.einsum("ij,ij->", F, F, dtype=np.float64))
        return float(np.sum(self.l1 * F, dtype=np.float64)) + self.l2 / 2 * squared

    def __bool__(self) -> bool:
        # Called several times per block, so a single number is not converted to numpy.
        has_l1 = (self.l1 > 0).any() if isinstance(self.l1, np.ndarray) else self.l1 > 0
        return self.l2 > 0 or bool(has_l1)


NO_PENALTY = Penalty()
LARGEST_PENALTY = 1e20  # brings every factor to 0, and is finite in float32
