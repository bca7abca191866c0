"""Terms of a sum of parts, and their shares of its brightness."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.sample_order import visible_steps

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Contribution(NamedTuple):
    """Term of one part in a sum: index of the part, weight (0 or more), share (0..1) of the brightness of the sum."""

    part: int
    weight: float
    share: float


def shares_of(brightness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each value, 0 or more, divided by the sum of all; all 0 if the sum is 0."""
    total = float(brightness.sum())
    return brightness / (total if total > 0 else 1.0)


def sorted_contributions(weights: NDArray[np.float32], brightness: NDArray[np.float64]) -> list[Contribution]:
    """Return the contributions, largest share first and equal ones by number.

    `weights` and `brightness` of the terms are (n_components,).
    """
    shares = shares_of(brightness)
    order = np.argsort(-visible_steps(shares), kind="stable")
    numbers = (order.tolist(), weights[order].tolist(), shares[order].tolist())
    return list(map(Contribution, *numbers))
