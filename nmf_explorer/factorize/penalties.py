"""Penalties of a fit, scaled to the unit of the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.factorize.solvers.factors import LARGEST_PENALTY, Penalty
from nmf_explorer.factorize.solvers.multiplicative import BETA

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions


def scaled_penalties(options: FitOptions, dataset: Dataset, unit: float = 1.0) -> tuple[Penalty, Penalty]:
    """Return the penalties on W and on H, scaled as in scikit-learn, for samples that are divided by `unit`."""
    unscaled = options.weight_penalty(dataset.n_features), options.part_penalty(dataset.n_samples)
    l1, l2 = scaled_sizes(options.loss, unit)
    weight, part = (Penalty(min(p.l1 * l1, LARGEST_PENALTY), min(p.l2 * l2, LARGEST_PENALTY)) for p in unscaled)
    return weight, part


def scaled_sizes(loss: str, unit: float, l1_ratio: float | None = None) -> tuple[float, float]:
    """Return by what the L1 and the L2 penalty are multiplied for samples that are divided by `unit`.

    Each factor is divided by the square root of the unit, and the loss by a power of it. With `l1_ratio`, the two
    numbers are multiplied by the shares of the two penalties.
    """
    l1, l2 = unit ** (0.5 - BETA[loss]), unit ** (1 - BETA[loss])
    return (l1, l2) if l1_ratio is None else (l1_ratio * l1, (1 - l1_ratio) * l2)
