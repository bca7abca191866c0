"""What other starts say: how low they came, and whether they found the same parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.dataset import Floats


SAME_PART = 0.95  # cosine from which two parts are the same
AS_GOOD = 1e-3  # of the loss
INVISIBLE = 1e-4  # a difference of relative losses that no picture shows


class StartResult(NamedTuple):
    """Where a fit from one start ended.

    Attributes
    ----------
    name : str
        Which start, such as "pixels" or "random".
    loss : float
        As in `Iteration`; where a start was given up as hopeless, what it had reached.
    components : ndarray of shape (n_components, n_features), float32
        Its parts, of any scale.
    is_finished : bool
        Whether it was followed to its end.
    """

    name: str
    loss: float
    components: Floats
    is_finished: bool


@dataclass(frozen=True, eq=False)
class RestartReport:
    """How sure one can be of the parts: whether other starts that end as low have found them too.

    Attributes
    ----------
    names : tuple of str
        The starts, in the order in which they were tried.
    losses : ndarray of shape (n_starts,), float64
        Where each ended.
    n_as_good : int
        How many starts, besides the one that was kept, ended as low, give or take a thousandth.
    found_again : ndarray of shape (n_components,), float64
        For each part, the share of those as good that found it too (cosine 0.95 or more), 0..1; all 0 without any.
    """

    names: tuple[str, ...]
    losses: Floats
    n_as_good: int
    found_again: Floats

    @property
    def n_determined(self) -> int:
        """Number of parts that all starts as good have found: those that the data determine."""
        return int(np.count_nonzero(self.found_again == 1)) if self.n_as_good else 0

    @property
    def spread(self) -> float:
        """Largest loss minus the smallest."""
        return float(np.ptp(self.losses))


def as_good_as(loss: float) -> float:
    """Up to which loss another fit is as good.

    Parameters
    ----------
    loss : float
        That of the fit that is kept.

    Returns
    -------
    float
        A thousandth more, and where next to nothing is left a little more than that.
    """
    return loss * (1 + AS_GOOD) + INVISIBLE


def restart_report(results: Sequence[StartResult], kept: StartResult) -> RestartReport:
    """Compare where several starts ended.

    Parameters
    ----------
    results : sequence of StartResult
        All that were tried.
    kept : StartResult
        The one whose model is kept.

    Returns
    -------
    RestartReport
        With one number for each part of `kept`.
    """
    limit = as_good_as(kept.loss)
    others = [r for r in results if r is not kept and r.is_finished and r.loss <= limit]
    found = [_found_again(kept.components, other.components) for other in others]
    return RestartReport(
        tuple(r.name for r in results),
        np.array([r.loss for r in results]),
        len(others),
        np.mean(found, axis=0) if found else np.zeros(len(kept.components)),
    )


def _found_again(parts: Floats, others: Floats) -> Floats:
    cosines = normalize_rows(parts) @ normalize_rows(others).T
    found: Floats = (cosines.max(axis=1) >= SAME_PART).astype(np.float64)
    return found


def normalize_rows(parts: Floats) -> Floats:
    """Parts of length 1.

    Parameters
    ----------
    parts : ndarray of shape (n_components, n_features), float32
        Of any scale.

    Returns
    -------
    ndarray of shape (n_components, n_features), float32
        The same directions; a part that is all 0 stays so.
    """
    unit: Floats = parts / np.maximum(np.linalg.norm(parts, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return unit
