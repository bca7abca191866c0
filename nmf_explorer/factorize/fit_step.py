"""One iteration of a fit, and the model at that point, made when it is asked for."""

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
        From 1, counted over all starts.
    relative_error : float
        ``||X - WH|| / ||X||`` of the model at this point.
    converged : bool
        Whether that model has converged; other starts may still be tried.
    start : str
        Where that model began, such as "pixels".
    restarts : RestartReport or None
        What other starts say so far, once one has been followed to its end.
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
        """The model at this point, also when the fit has gone on since.

        Returns
        -------
        NmfModel
            Parts scaled to a largest pixel of 1.
        """
        W, H = self._factors
        root = W.dtype.type(np.sqrt(self._unit))  # to both alike: where numbers have a penalty, their size matters
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
