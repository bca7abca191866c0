"""One sample as a weighted sum of parts and a residual, also while a weight is changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.contribution import Contribution
    from nmf_explorer.factorize.model.nmf_model import NmfModel


@dataclass(frozen=True, eq=False)
class WeightedSum:
    """Weighted sum of all parts; changing one weight costs one part, not all."""

    model: NmfModel
    weights: NDArray[np.float32]  # (n_components,), 0 or more
    pixels: NDArray[np.float32]  # (n_features,)
    _part: int = -1  # the part whose weight was changed last
    _rest: NDArray[np.float32] | None = None  # (n_features,), the sum without that part

    @classmethod
    def of(cls, model: NmfModel, weights: NDArray[np.float32]) -> WeightedSum:
        """Return the sum of the parts with these (n_components,) float32 weights, each 0 or more."""
        return cls(model, weights, weights @ model.components)

    def with_weights(self, weights: NDArray[np.float32]) -> WeightedSum:
        """Return the sum for new weights, (n_components,) float32; if only one differs, only its term is computed."""
        changed = np.flatnonzero(weights != self.weights)
        if len(changed) != 1:
            return self if not len(changed) else WeightedSum.of(self.model, weights)
        part = int(changed[0])
        rest = self._rest
        if rest is None or part != self._part:
            other_weights = self.weights.copy()
            other_weights[part] = 0
            rest = other_weights @ self.model.components
        pixels = rest + weights[part] * self.model.components[part]
        return WeightedSum(self.model, weights, pixels, part, rest)


@dataclass(frozen=True, eq=False)
class Explanation:
    """``sample = weight x part + weight x part + ... + residual`` for one sample."""

    sample: NDArray[np.float32]  # `sample_shape`, like the next two
    reconstruction: NDArray[np.float32]
    residual: NDArray[np.float32]  # sample minus reconstruction
    relative_error: float  # ||residual|| / ||sample||; of a black sample, ||residual|| / ||white image||
    contributions: tuple[Contribution, ...]  # the terms of the sum, largest share first


def explain(dataset: Dataset, model: NmfModel, index: int) -> Explanation:
    """Explain sample `index` of the dataset that the model was fitted to."""
    return explain_sum(dataset.sample_image(index), WeightedSum.of(model, model.weights[index]), dataset.brightest)


def explain_sum(sample: NDArray[np.float32], weighted_sum: WeightedSum, white: float) -> Explanation:
    """Compare a sample, float32 of shape `sample_shape`, with a weighted sum of parts.

    `white` is the brightest value of the dataset; the error of a black sample is relative to an image of that value.
    """
    reconstruction = weighted_sum.pixels.reshape(sample.shape)
    residual = sample - reconstruction
    size = _norm(sample) or float(np.sqrt(sample.size)) * white
    error = _norm(residual) / size
    contributions = weighted_sum.model.contributions_of(weighted_sum.weights)
    return Explanation(sample, reconstruction, residual, error, tuple(contributions))


def _norm(image: NDArray[np.float32]) -> float:
    pixels = image.ravel()
    # float32 may overflow, and copying a large image to float64 costs more than the sum.
    return float(np.sqrt(np.einsum("i,i->", pixels, pixels, dtype=np.float64)))
