"""One sample beside the weighted sum of the parts: what the equation row shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.nmf_model import Contribution, NmfModel


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
    sample = dataset.sample_image(index)
    reconstruction = model.reconstruct(index)
    residual = sample - reconstruction
    size = _norm(sample) or float(np.sqrt(dataset.n_features)) * dataset.brightest
    error = _norm(residual) / size
    return Explanation(sample, reconstruction, residual, error, tuple(model.contributions(index)))


def _norm(image: NDArray[np.float32]) -> float:
    pixels = image.ravel()
    # The squares might not fit into float32, and a copy of a large image in float64 costs more than the sum.
    return float(np.sqrt(np.einsum("i,i->", pixels, pixels, dtype=np.float64)))
