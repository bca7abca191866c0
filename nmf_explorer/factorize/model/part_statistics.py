"""Statistics of single parts (share, sparseness, users), and the similarity of two parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.sample_order import visible_steps
from nmf_explorer.factorize.model.restarts import normalize_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

MIN_SHARE = 0.005  # of the brightness of a reconstruction: a sample uses the parts with at least this share
_ROWS = 1000  # samples at a time, so that memory is not needed for a second matrix of weights


class PartStatistics(NamedTuple):
    """Statistics with one number for each part."""

    shares: NDArray[np.float64]  # of all brightness, (n_components,), 0..1 with sum 1
    sparseness: NDArray[np.float64]  # (n_components,), 0 (all pixels equal) to 1 (a single pixel)
    n_users: NDArray[np.int64]  # number of samples that use the part, (n_components,)


class PartSimilarity(NamedTuple):
    """Similarity of two parts, by their pixels and by the samples that use them."""

    cosine: float  # between their pixels, 0 (none shared) to 1 (equal up to scale)
    n_both: int  # number of samples that use both
    n_first: int  # number of samples that use only the first
    n_second: int  # number of samples that use only the second


def part_statistics(model: NmfModel) -> PartStatistics:
    """Return the statistics of all parts."""
    n_users = np.zeros(model.n_components, dtype=np.int64)
    brightness = _brightness(model)
    for first in range(0, len(model.weights), _ROWS):
        n_users += np.count_nonzero(_usage(model.weights[first : first + _ROWS], brightness), axis=0)
    return PartStatistics(model.part_shares(), sparseness(model.components), n_users)


def sparseness(images: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the sparseness of images: how far their brightness is concentrated in few pixels.

    Parameters
    ----------
    images : ndarray of shape (n_images, n_features), float32
        Pixels, 0 or more.

    Returns
    -------
    ndarray of shape (n_images,), float64
        0 where all pixels are equal, 1 where one pixel alone is above 0; 0 for a black image and for a single pixel.

    References
    ----------
    Hoyer, P. O. (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning
    Research 5, 1457-1469. https://www.jmlr.org/papers/v5/hoyer04a.html
    """
    n_pixels = images.shape[1]
    sums = images.sum(axis=1, dtype=np.float64)
    lengths = np.sqrt(np.einsum("ij,ij->i", images, images, dtype=np.float64))
    if n_pixels == 1:
        return np.zeros(len(images))
    root = np.sqrt(n_pixels)
    ratios = np.divide(sums, lengths, out=np.full(len(images), root), where=lengths > 0)
    return np.clip((root - ratios) / (root - 1), 0.0, 1.0)  # type: ignore[no-any-return]


def top_samples(model: NmfModel, part: int, n_most: int) -> list[tuple[int, float]]:
    """Return up to `n_most` samples with the largest weights of a part, as (index, weight), largest first.

    Weights that differ by rounding only are in the order of the dataset; samples with weight 0 are left out.
    """
    weights = model.weights[:, part]
    steps = visible_steps(weights)
    if n_most < len(weights):  # sorting 200,000 weights takes 30 ms
        least = np.partition(steps, -n_most)[-n_most]
        candidates = np.flatnonzero(steps >= least)
    else:
        candidates = np.arange(len(weights))
    order = candidates[np.argsort(-steps[candidates], kind="stable")][:n_most]
    return [(int(i), float(weights[i])) for i in order if weights[i] > 0]


def part_similarity(model: NmfModel, first: int, second: int) -> PartSimilarity:
    """Return the similarity of two parts."""
    pair = normalize_rows(model.components[[first, second]].astype(np.float64))
    cosine = float(pair[0] @ pair[1])
    brightness = _brightness(model)
    least = MIN_SHARE * (model.weights @ brightness)
    one, other = (_is_used(model.weights[:, j] * brightness[j], least) for j in (first, second))
    n_both = np.count_nonzero(one & other)
    return PartSimilarity(
        min(1.0, cosine), int(n_both), int(np.count_nonzero(one) - n_both), int(np.count_nonzero(other) - n_both)
    )


def difference_image(model: NmfModel, first: int, second: int) -> NDArray[np.float32]:
    """Return one part minus another: `sample_shape`, float32, -1..1, above 0 where the first is brighter."""
    image: NDArray[np.float32] = model.component_image(first) - model.component_image(second)
    return image


def _brightness(model: NmfModel) -> NDArray[np.float32]:
    """Return the brightness of each part in float32, so that products with the weights are float32 too."""
    brightness: NDArray[np.float32] = model.brightness_of_parts.astype(np.float32)
    return brightness


def _usage(weights: NDArray[np.float32], brightness: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether each sample uses each part, bool of shape (n_samples, n_components)."""
    return _is_used(weights * brightness, MIN_SHARE * (weights @ brightness)[:, np.newaxis])


def _is_used(brightness: NDArray[np.float32], least: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return whether terms are at least as bright as `least`; in a black sum none is."""
    return np.asarray((brightness >= least) & (brightness > 0))
