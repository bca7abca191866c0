"""One pixel of a picture as a sum of numbers: 0.71 = 0.98 x 0.72 + ..."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.factorize.model.nmf_model import NmfModel


_ROUNDING = 1e-6  # of the largest weight; what less than that adds is left over by a fit in float32


class PixelTerm(NamedTuple):
    """What one part adds to one pixel: ``weight x value``.

    Attributes
    ----------
    part : int
        Which part, from 0.
    weight : float
        How often the part is taken, 0 or more.
    value : float
        The part's own pixel, 0..1.
    """

    part: int
    weight: float
    value: float


class PixelSum(NamedTuple):
    """``sample ~ reconstruction = weight x value + weight x value + ...`` for one pixel.

    Attributes
    ----------
    sample : float
        The sample's pixel.
    reconstruction : float
        The pixel of the weighted sum of the parts.
    terms : tuple of PixelTerm
        What the parts add that add more than rounding leaves, the largest first.
    """

    sample: float
    reconstruction: float
    terms: tuple[PixelTerm, ...]


def pixel_value(image: NDArray[np.float32], pixel: tuple[int, int]) -> float:
    """The number of one pixel.

    Parameters
    ----------
    image : ndarray of shape (height, width) or (height, width, 3)
        A picture.
    pixel : tuple of int
        Row and column, from 0.

    Returns
    -------
    float
        Its value; in colour the mean of the channels, which adds up as each of them does.
    """
    return float(image[pixel].mean())


def pixel_sum(model: NmfModel, explanation: Explanation, pixel: tuple[int, int]) -> PixelSum:
    """Take one pixel of a picture apart.

    Parameters
    ----------
    model : NmfModel
        Whose parts.
    explanation : Explanation
        The picture beside its weighted sum of these parts.
    pixel : tuple of int
        Row and column, from 0.

    Returns
    -------
    PixelSum
        The pixel's own equation.
    """
    terms = [
        PixelTerm(c.part, c.weight, pixel_value(model.component_image(c.part), pixel))
        for c in explanation.contributions
        if c.weight > 0
    ]
    terms.sort(key=lambda term: -term.weight * term.value)
    nothing = _ROUNDING * max((term.weight for term in terms), default=0.0)
    adding = tuple(term for term in terms if term.weight * term.value > nothing)
    return PixelSum(pixel_value(explanation.sample, pixel), pixel_value(explanation.reconstruction, pixel), adding)
