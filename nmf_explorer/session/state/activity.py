"""What the worker is doing, and how far a fit is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel


class Activity(Enum):
    """What the worker is doing."""

    IDLE = "idle"
    LOADING = "loading"
    FITTING = "fitting"


class FitProgress(NamedTuple):
    """Progress of a fit: the best model so far, and whether it has converged and restarts are compared with it."""

    model: NmfModel
    compares_restarts: bool
