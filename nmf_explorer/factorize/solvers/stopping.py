"""Stop rule: a fit has converged when the estimated improvement still to come is small."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 10  # iterations
EXACT = 1e-5  # relative loss; less is invisible in an image and near the rounding of float32
_WINDOW_SHARE = 1 / 3  # of all iterations; a window has at least this share
_MIN_EXPLAINED = 0.02  # of the squares; divergences may even rise above 1
_MAX_RATIO = 0.98  # of the gains of two windows; at 1 the sum of the series would be infinite
_MIN_GAIN_FACTOR = 2  # times the last gain: lower bound of the estimate


def expected_improvement(history: Sequence[float]) -> float:
    """Estimate by how much the loss would still fall if the fit continued without end.

    The gains of the last two windows are continued as a geometric series. A window is ten iterations, or a third of all
    iterations so far: where the loss falls ever more slowly, like 1/n, only growing windows show it. Since the tails of
    real loss histories are longer, the estimate is at least twice the last gain.

    Parameters
    ----------
    history : sequence of float
        Loss after each iteration.

    Returns
    -------
    float
        In the unit of the loss, 0 or more; infinite for fewer than two full windows.

    References
    ----------
    Aitken, A. C. (1926). On Bernoulli's numerical solution of algebraic equations. Proceedings of the Royal Society
    of Edinburgh 46. doi:10.1017/S0370164600022070
    """
    if len(history) <= 2 * WINDOW:
        return float("inf")
    window = max(WINDOW, int(_WINDOW_SHARE * len(history)))
    first, middle, last = history[-1 - 2 * window], history[-1 - window], history[-1]
    earlier_gain, last_gain = first - middle, middle - last
    ratio = min(last_gain / earlier_gain, _MAX_RATIO) if earlier_gain > 0 else 0.0
    return max(last_gain * ratio / (1 - ratio), _MIN_GAIN_FACTOR * last_gain, 0.0)


def has_converged(history: Sequence[float], tol: float) -> bool:
    """Return whether the estimated improvement is at most `tol` times `tolerance_scale`, or the loss is below `EXACT`.

    `history` holds the loss after each iteration, relative to that of all-zero parts.
    """
    return history[-1] < EXACT or expected_improvement(history) <= tol * tolerance_scale(history[-1])


def tolerance_scale(loss: float) -> float:
    """Return what a gain in loss is compared with: the loss, or the explained share of the squares if that is smaller.

    The loss is relative to that of all-zero parts. Where parts explain little, as in documents, a thousandth of the
    loss would be a large share of what they explain.
    """
    return min(loss, max(1 - loss**2, _MIN_EXPLAINED))
