"""Compare restarts: their losses, and whether they found the same parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.dataset import Floats


SAME_PART_COSINE = 0.95  # smallest cosine between two parts that count as the same
LOSS_TOLERANCE = 1e-3  # relative difference between losses that count as equal
INVISIBLE_DIFFERENCE = 1e-4  # difference of relative losses that cannot be seen in an image


class StartResult(NamedTuple):
    """Result of the fit from one start."""

    name: str  # of the start, such as "pixels" or "random"
    loss: float  # as in `Iteration`, also if the fit was cancelled because it could not win
    components: Floats  # (n_components, n_features), of any scale
    is_finished: bool  # whether the fit ran to its end


@dataclass(frozen=True, eq=False)
class RestartReport:
    """Evidence that the parts are reliable: whether other starts with an equally low loss found them too.

    Attributes
    ----------
    names : tuple of str
        Names of the starts, in the order of the fits.
    losses : ndarray of shape (n_starts,), float64
        Final loss of each start.
    n_as_good : int
        Number of starts, besides the one that was kept, whose loss is as low within about 0.1 %.
    found_again : ndarray of shape (n_components,), float64
        For each part, the share (0..1) of those `n_as_good` starts that found it too (cosine 0.95 or more); all 0 if
        there are none.
    """

    names: tuple[str, ...]
    losses: Floats
    n_as_good: int
    found_again: Floats

    @property
    def n_determined(self) -> int:
        """Number of parts that all equally good starts found: the data determine them."""
        return int(np.count_nonzero(self.found_again == 1)) if self.n_as_good else 0

    @property
    def spread(self) -> float:
        """Largest loss minus the smallest."""
        return float(np.ptp(self.losses))


def max_equal_loss(loss: float) -> float:
    """Return the highest loss that counts as equally good: 0.1 % more, and slightly more than that near 0."""
    return loss * (1 + LOSS_TOLERANCE) + INVISIBLE_DIFFERENCE


def restart_report(results: Sequence[StartResult], kept: StartResult) -> RestartReport:
    """Compare the results of several starts with the one that is kept.

    Parameters
    ----------
    results : sequence of StartResult
        All starts, each with parts of shape (n_components, n_features), float32.
    kept : StartResult
        The one of them whose model is kept.

    Returns
    -------
    RestartReport
        Report with one number for each part of `kept`.
    """
    limit = max_equal_loss(kept.loss)
    others = [r for r in results if r is not kept and r.is_finished and r.loss <= limit]
    found = [_found_again(kept.components, other.components) for other in others]
    return RestartReport(
        tuple(r.name for r in results),
        np.array([r.loss for r in results]),
        len(others),
        np.mean(found, axis=0) if found else np.zeros(len(kept.components)),
    )


def _found_again(parts: Floats, others: Floats) -> Floats:
    """Return 1 for each part that has the same part among the others, else 0: (n_components,) float64.

    Of two equal parts one alone is found again by a start that has it once.
    """
    found = np.zeros(len(parts))
    found[list(same_parts(parts, others))] = 1.0
    return found


def same_parts(parts: Floats, others: Floats) -> dict[int, int]:
    """Return the index of the same part (cosine) among the others for each part that has one.

    Both are of shape (n_components, n_features). Each of the others is taken once, the most similar pairs first.
    """
    cosines = normalize_rows(parts) @ normalize_rows(others).T
    pairs = np.argwhere(cosines >= SAME_PART_COSINE)
    found: dict[int, int] = {}
    for part, other in pairs[np.argsort(-cosines[tuple(pairs.T)], kind="stable")].tolist():
        if part not in found and other not in found.values():
            found[part] = other
    return found


def normalize_rows(parts: Floats) -> Floats:
    """Return parts, (n_components, n_features) floats of any scale, divided by their norm; black parts stay black."""
    unit: Floats = parts / np.maximum(np.linalg.norm(parts, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return unit
