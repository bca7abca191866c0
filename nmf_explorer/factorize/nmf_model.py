"""What a fit found: parts, weights, and how it got there. Frozen, so that threads share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nmf_explorer.factorize.fit_options import FitOptions


class Contribution(NamedTuple):
    """What one part adds to one sample.

    Attributes
    ----------
    part : int
        Which part, from 0.
    weight : float
        How often the part is taken, 0 or more.
    share : float
        Its share of all the brightness in the reconstruction, 0..1; 0 for a black reconstruction.
    """

    part: int
    weight: float
    share: float


@dataclass(frozen=True, eq=False)
class NmfModel:
    """Parts and weights whose product approximates the samples: ``matrix ~ weights @ components``.

    Attributes
    ----------
    components : ndarray of shape (n_components, n_features), float32
        The parts, one per row, 0..1; the largest pixel of each is 1 (a part that nothing uses is all 0).
    weights : ndarray of shape (n_samples, n_components), float32
        How much of each part each sample takes, 0 or more, in the unit of the data.
    sample_shape : tuple of int
        ``(height, width)`` or ``(height, width, 3)``.
    loss_history : ndarray of shape (n_iterations,), float64
        Relative error ``||X - WH|| / ||X||`` after each iteration.
    converged : bool
        True only when further iterations would have lowered the error by less than the tolerance promises.
    options : FitOptions
        What the fit was asked to do.
    """

    components: NDArray[np.float32]
    weights: NDArray[np.float32]
    sample_shape: tuple[int, ...]
    loss_history: NDArray[np.float64]
    converged: bool
    options: FitOptions

    def __post_init__(self) -> None:
        for array in (self.components, self.weights, self.loss_history):
            array.setflags(write=False)

    @classmethod
    def scaled(
        cls,
        components: NDArray[np.float32],
        weights: NDArray[np.float32],
        *,
        sample_shape: tuple[int, ...],
        loss_history: Sequence[float],
        converged: bool,
        options: FitOptions,
    ) -> NmfModel:
        """Make a model from factors of any scale: the largest pixel of each part becomes 1, the weights carry the rest.

        Only the product of a part and its weights is determined by the data, so a scale has to be chosen; with this
        one a weight reads as the brightness of the part's brightest pixel.

        Parameters
        ----------
        components : ndarray of shape (n_components, n_features), float32
            Parts of any scale.
        weights : ndarray of shape (n_samples, n_components), float32
            Weights that go with them.
        sample_shape : tuple of int
            As above.
        loss_history : sequence of float
            As above.
        converged : bool
            As above.
        options : FitOptions
            As above.

        Returns
        -------
        NmfModel
            With the same product.
        """
        peak = components.max(axis=1)
        lit = peak > 0
        scale = np.where(lit, peak, np.float32(1))
        return cls(
            np.ascontiguousarray(components / scale[:, np.newaxis]),
            np.ascontiguousarray(weights * np.where(lit, scale, np.float32(0))),
            sample_shape,
            np.array(loss_history, dtype=np.float64),
            converged,
            options,
        )

    @property
    def n_components(self) -> int:
        """Number of parts."""
        return int(self.components.shape[0])

    @property
    def n_iterations(self) -> int:
        """Number of iterations that led here."""
        return int(self.loss_history.shape[0])

    @property
    def relative_error(self) -> float:
        """``||X - WH|| / ||X||`` over all samples: 0 is exact, 1 is no better than black."""
        return float(self.loss_history[-1])

    def component_image(self, index: int) -> NDArray[np.float32]:
        """One part as a picture.

        Parameters
        ----------
        index : int
            Which part, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its pixels, 0..1.
        """
        image: NDArray[np.float32] = self.components[index].reshape(self.sample_shape)
        return image

    def reconstruct(self, index: int) -> NDArray[np.float32]:
        """The weighted sum of the parts for one sample.

        Parameters
        ----------
        index : int
            Which sample, from 0.

        Returns
        -------
        ndarray of shape `sample_shape`, float32
            Its approximation, 0 or more.
        """
        image: NDArray[np.float32] = (self.weights[index] @ self.components).reshape(self.sample_shape)
        return image

    def contributions(self, index: int) -> list[Contribution]:
        """What each part adds to one sample.

        Parameters
        ----------
        index : int
            Which sample, from 0.

        Returns
        -------
        list of Contribution
            One per part, the largest share first; equal ones in the order of the parts.
        """
        weights = self.weights[index]
        light = _shares(weights * self.components.sum(axis=1, dtype=np.float64))
        order = np.argsort(-light, kind="stable")
        return [Contribution(int(j), float(weights[j]), float(light[j])) for j in order]

    def part_shares(self) -> NDArray[np.float64]:
        """How much of the whole picture set each part explains.

        Returns
        -------
        ndarray of shape (n_components,), float64
            Shares of all the brightness in all the reconstructions, 0..1, adding up to 1.
        """
        return _shares(self.weights.sum(axis=0, dtype=np.float64) * self.components.sum(axis=1, dtype=np.float64))


def _shares(light: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(light.sum())
    return light / (total if total > 0 else 1.0)
