"""One picture beside the weighted sum of the parts: what the equation row shows, also while a weight is moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import Contribution, NmfModel


@dataclass(frozen=True, eq=False)
class WeightedSum:
    """``weight x part + weight x part + ...``; with one weight changed it costs one part, not all.

    Attributes
    ----------
    model : NmfModel
        Whose parts.
    weights : ndarray of shape (n_components,), float32
        How much of each part, 0 or more.
    pixels : ndarray of shape (n_features,), float32
        The sum.
    """

    model: NmfModel
    weights: NDArray[np.float32]
    pixels: NDArray[np.float32]
    _part: int = -1
    _others: NDArray[np.float32] | None = None  # the sum without that part

    @classmethod
    def of(cls, model: NmfModel, weights: NDArray[np.float32]) -> WeightedSum:
        """Add up.

        Parameters
        ----------
        model : NmfModel
            Whose parts.
        weights : ndarray of shape (n_components,), float32
            How much of each part, 0 or more.

        Returns
        -------
        WeightedSum
            Of these weights.
        """
        return cls(model, weights, weights @ model.components)

    def with_weights(self, weights: NDArray[np.float32]) -> WeightedSum:
        """The sum for other weights; where only one differs, the others are not added up again.

        Parameters
        ----------
        weights : ndarray of shape (n_components,), float32
            How much of each part, 0 or more.

        Returns
        -------
        WeightedSum
            Of these weights.
        """
        differing = np.flatnonzero(weights != self.weights)
        if len(differing) != 1:
            return self if not len(differing) else WeightedSum.of(self.model, weights)
        part = int(differing[0])
        others = self._others
        if others is None or part != self._part:
            without = self.weights.copy()
            without[part] = 0
            others = without @ self.model.components
        pixels = others + weights[part] * self.model.components[part]
        return WeightedSum(self.model, weights, pixels, part, others)


@dataclass(frozen=True, eq=False)
class Explanation:
    """``sample = weight x part + weight x part + ... + residual`` for one sample.

    Attributes
    ----------
    sample : ndarray of shape `sample_shape`, float32
        The sample.
    reconstruction : ndarray of shape `sample_shape`, float32
        The weighted sum of the parts.
    residual : ndarray of shape `sample_shape`, float32
        Sample minus reconstruction; above 0 where light is missing, below 0 where there is too much.
    relative_error : float
        ``||residual|| / ||sample||``; for a black sample, ``||residual||`` against a white one.
    contributions : tuple of Contribution
        The terms of the sum, largest share first.
    """

    sample: NDArray[np.float32]
    reconstruction: NDArray[np.float32]
    residual: NDArray[np.float32]
    relative_error: float
    contributions: tuple[Contribution, ...]


def explain(dataset: Dataset, model: NmfModel, index: int) -> Explanation:
    """Take one sample apart.

    Parameters
    ----------
    dataset : Dataset
        The samples that the model was fitted to.
    model : NmfModel
        Its parts and weights.
    index : int
        Which sample, from 0.

    Returns
    -------
    Explanation
        All that belongs to its equation.
    """
    return explain_sum(dataset.sample_image(index), WeightedSum.of(model, model.weights[index]), dataset.brightest)


def explain_sum(sample: NDArray[np.float32], weighted_sum: WeightedSum, white: float) -> Explanation:
    """Set a picture beside a weighted sum of parts.

    Parameters
    ----------
    sample : ndarray of shape `sample_shape`, float32
        The picture, 0 or more.
    weighted_sum : WeightedSum
        What is to give it back.
    white : float
        The brightest value of the set, by which the error of a black picture is told.

    Returns
    -------
    Explanation
        All that belongs to its equation.
    """
    reconstruction = weighted_sum.pixels.reshape(sample.shape)
    residual = sample - reconstruction
    size = _norm(sample) or float(np.sqrt(sample.size)) * white
    error = _norm(residual) / size
    contributions = weighted_sum.model.contributions_of(weighted_sum.weights)
    return Explanation(sample, reconstruction, residual, error, tuple(contributions))


def _norm(image: NDArray[np.float32]) -> float:
    pixels = image.ravel()
    # The squares might not fit into float32, and a copy of a large image in float64 costs more than the sum.
    return float(np.sqrt(np.einsum("i,i->", pixels, pixels, dtype=np.float64)))
