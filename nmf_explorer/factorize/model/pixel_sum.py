"""One pixel of a sample as a sum of numbers: 0.71 = 0.98 x 0.72 + ..."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.factorize.model.nmf_model import NmfModel


_ROUNDING = 1e-6  # of the largest weight; smaller terms are rounding errors of float32


class PixelTerm(NamedTuple):
    """Term of one part in one pixel: index of the part, weight (0 or more), and pixel of the part (0..1)."""

    part: int
    weight: float
    value: float


class PixelSum(NamedTuple):
    """``sample ~ reconstruction = weight x value + weight x value + ...`` for one pixel."""

    sample: float
    reconstruction: float
    terms: tuple[PixelTerm, ...]  # those above rounding errors, largest first


def pixel_value(image: NDArray[np.float32], pixel: tuple[int, int]) -> float:
    """Return the value of an image at (row, column); of a colour image the mean of the channels.

    The image has shape (height, width) or (height, width, 3). Means add up as the channels do.
    """
    return float(image[pixel].mean())


def pixel_sum(model: NmfModel, explanation: Explanation, pixel: tuple[int, int]) -> PixelSum:
    """Return the equation of one pixel, given by (row, column), of a sample that is explained with this model."""
    terms = [
        PixelTerm(c.part, c.weight, pixel_value(model.component_image(c.part), pixel))
        for c in explanation.contributions
    ]
    terms.sort(key=lambda term: -term.weight * term.value)
    rounding = _ROUNDING * max((term.weight for term in terms), default=0.0)
    visible = tuple(term for term in terms if term.weight * term.value > rounding)
    return PixelSum(pixel_value(explanation.sample, pixel), pixel_value(explanation.reconstruction, pixel), visible)
