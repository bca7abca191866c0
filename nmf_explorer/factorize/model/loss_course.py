"""The course of a fit as a curve: how the loss fell, as far as it made a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def decreasing_losses(model: NmfModel) -> list[float]:
    """Losses from the first iteration to the last that made the model better.

    What comes after, such as other starts that were tried in vain, changed nothing and would only make the curve flat.

    Parameters
    ----------
    model : NmfModel
        With its `loss_history`.

    Returns
    -------
    list of float
        One per iteration, the first at iteration 1; the last is that of the model.
    """
    losses = model.loss_history
    better = np.flatnonzero(losses[1:] != losses[:-1])
    n_iterations = int(better[-1]) + 2 if len(better) else 1
    falling: list[float] = losses[:n_iterations].tolist()
    return falling
