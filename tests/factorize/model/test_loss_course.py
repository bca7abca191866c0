"""The loss curve decreases and ends at the loss of the model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.model.loss_course import decreasing_losses


@pytest.mark.parametrize(
    ("losses", "falling"),
    [([3.0, 2.0, 1.0], [3.0, 2.0, 1.0]), ([3.0, 2.0, 2.0, 2.0], [3.0, 2.0]), ([1.0], [1.0]), ([1.0, 1.0], [1.0])],
)
def test_the_curve_ends_at_the_last_improvement(losses: list[float], falling: list[float]) -> None:
    model = fit(np.eye(3), 2)
    assert decreasing_losses(replace(model, loss_history=np.array(losses))) == falling


def test_the_last_loss_is_that_of_the_model() -> None:
    model = fit(np.random.default_rng(0).random((20, 12)), 3)
    losses = decreasing_losses(model)
    assert losses[-1] == model.loss_history[-1]
    assert losses[-1] == pytest.approx(min(losses), rel=1e-6)
    assert len(losses) < model.n_iterations
