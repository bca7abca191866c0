"""When a fit has converged: judged by what going on would still bring, not by how little the last step brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 10  # iterations
EXACT = 1e-5  # relative loss; no picture shows less, and float32 hardly
_WINDOW_SHARE = 1 / 3  # of all iterations, which a window has at least
_MIN_EXPLAINED = 0.02  # of the squares; losses other than squared errors may even rise above 1
_MAX_RATIO = 0.98  # of the last gain in the next window; above, the sum of all gains to come would have no end
_MIN_GAIN_FACTOR = 2  # times the last gain, which the estimate is never below


def expected_improvement(history: Sequence[float]) -> float:
    """Estimate how much lower the loss would get if the fit went on for ever.

    The gains of the last two windows are continued as a geometric series (Aitken 1926). A window has ten iterations,
    or a third of all so far: where the loss falls ever more slowly, like 1/n, only windows that grow see that. Since
    real series have longer tails, the estimate is never below twice the last gain.

    Parameters
    ----------
    history : sequence of float
        Loss after each iteration.

    Returns
    -------
    float
        In the unit of the loss, 0 or more; infinite before there are two windows.

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
    """Whether going on would lower the loss by less than the tolerance promises; scale-free.

    Where parts can explain little, as in documents, the promise is about what they explain: there a thousandth of the
    loss would be a large share of it.

    Parameters
    ----------
    history : sequence of float
        Loss after each iteration, relative to that of black parts.
    tol : float
        Share of the present loss, or of what is explained where that is less.

    Returns
    -------
    bool
        Also true when the loss is 0 as far as float32 can tell.
    """
    return history[-1] < EXACT or expected_improvement(history) <= tol * tolerance_scale(history[-1])


def tolerance_scale(loss: float) -> float:
    """What a difference of losses is to be seen beside: the loss, or what is explained where that is less.

    Parameters
    ----------
    loss : float
        Relative to that of black parts.

    Returns
    -------
    float
        At most the loss.
    """
    return min(loss, max(1 - loss**2, _MIN_EXPLAINED))
