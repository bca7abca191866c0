"""The loss curve of a fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def decreasing_losses(model: NmfModel) -> list[float]:
    """Return the losses from the first iteration to the last one that improved the model.

    The iterations after it, such as restarts without success, would only add a flat line to the curve.
    """
    losses = model.loss_history
    improved = np.flatnonzero(losses[1:] != losses[:-1])
    n_iterations = int(improved[-1]) + 2 if len(improved) else 1
    decreasing: list[float] = losses[:n_iterations].tolist()
    return decreasing
