"""One iteration of a fit; the model at that iteration is made when it is requested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.model.nmf_model import NmfModel

if TYPE_CHECKING:
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.model.restarts import RestartReport
    from nmf_explorer.factorize.solvers.factors import Factors


@dataclass(frozen=True, eq=False, kw_only=True)
class FitStep:
    """One iteration of a fit.

    Attributes
    ----------
    iteration : int
        Number of the iteration from 1, counted over all starts.
    relative_error : float
        ``||X - WH|| / ||X||`` of the best model so far.
    converged : bool
        Whether that model has converged; further starts may still be compared.
    start : str
        Start of that model, such as "pixels".
    restarts : RestartReport or None
        Comparison of the starts that are finished, or None before the first is.
    """

    iteration: int
    relative_error: float
    converged: bool
    start: str
    restarts: RestartReport | None
    _factors: Factors
    _history: list[float]
    _unit: float
    _sample_shape: tuple[int, ...]
    _options: FitOptions

    def model(self) -> NmfModel:
        """Return the model at this iteration, also after later iterations.

        Returns
        -------
        NmfModel
            Model with parts scaled to a largest pixel of 1.
        """
        W, H = self._factors
        root = W.dtype.type(np.sqrt(self._unit))  # split evenly: with penalties the size of each factor matters
        return NmfModel.scaled(
            H * root,
            W.T * root,
            sample_shape=self._sample_shape,
            relative_error=self.relative_error,
            loss_history=np.array(self._history[: self.iteration], dtype=np.float64),
            converged=self.converged,
            options=self._options,
            start=self.start,
            restarts=self.restarts,
        )
