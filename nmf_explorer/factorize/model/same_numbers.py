"""Whether two models are the same, number by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def have_same_numbers(model: NmfModel, other: NmfModel) -> bool:
    """Return whether two models have equal parts and weights, whatever starts are compared with them."""
    pairs = ((model.components, other.components), (model.weights, other.weights))
    return all(np.array_equal(mine, its) for mine, its in pairs)
