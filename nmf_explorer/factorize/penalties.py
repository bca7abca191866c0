"""Penalties of a fit, scaled to the unit of the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.factorize.solvers.factors import Penalty
from nmf_explorer.factorize.solvers.multiplicative import BETA

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions


def scaled_penalties(options: FitOptions, dataset: Dataset, unit: float = 1.0) -> tuple[Penalty, Penalty]:
    """Return the penalties on W and on H, scaled as in scikit-learn, for samples that are divided by `unit`."""
    # Each factor is divided by the square root of the unit.
    l1, l2 = unit ** (0.5 - BETA[options.loss]), unit ** (1 - BETA[options.loss])
    unscaled = options.weight_penalty(dataset.n_features), options.part_penalty(dataset.n_samples)
    weight, part = (Penalty(penalty.l1 * l1, penalty.l2 * l2) for penalty in unscaled)
    return weight, part
