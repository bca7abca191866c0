"""What can be said about single parts of a model, and about two of them: share, sparseness, who uses them, likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.model.restarts import normalize_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

NOTICED = 0.005  # of a reconstruction's brightness: a sample uses the parts that add as much
_ROWS = 1000  # samples at a time, so that no second matrix of weights is made


class PartFacts(NamedTuple):
    """One number for each part.

    Attributes
    ----------
    shares : ndarray of shape (n_components,), float64
        How much of all the brightness it explains, 0..1, adding up to 1.
    sparseness : ndarray of shape (n_components,), float64
        How few pixels it lights, 0 (all alike) to 1 (one pixel only).
    n_users : ndarray of shape (n_components,), int64
        How many samples use it: it makes up at least `NOTICED` of their reconstruction.
    """

    shares: NDArray[np.float64]
    sparseness: NDArray[np.float64]
    n_users: NDArray[np.int64]


class Likeness(NamedTuple):
    """How much two parts have in common.

    Attributes
    ----------
    cosine : float
        Of their pixels: 0 where they share none, 1 where they are the same.
    n_both : int
        How many samples use both.
    n_first : int
        How many use the first and not the second.
    n_second : int
        How many use the second and not the first.
    """

    cosine: float
    n_both: int
    n_first: int
    n_second: int


def part_facts(model: NmfModel) -> PartFacts:
    """Describe all parts.

    Parameters
    ----------
    model : NmfModel
        Its parts.

    Returns
    -------
    PartFacts
        One number of each kind for each part.
    """
    n_users = np.zeros(model.n_components, dtype=np.int64)
    brightness = _brightness(model)
    for first in range(0, len(model.weights), _ROWS):
        n_users += np.count_nonzero(_uses(model.weights[first : first + _ROWS], brightness), axis=0)
    return PartFacts(model.part_shares(), sparseness(model.components), n_users)


def sparseness(images: NDArray[np.float32]) -> NDArray[np.float64]:
    """How few pixels images brightness.

    Parameters
    ----------
    images : ndarray of shape (n_images, n_features), float32
        Pixels, 0 or more.

    Returns
    -------
    ndarray of shape (n_images,), float64
        0 where all pixels are alike, 1 where one alone is lit; for a black picture, and for one of one pixel, 0.

    References
    ----------
    Hoyer, P. O. (2004). Non-negative matrix factorization with sparseness constraints. Journal of Machine Learning
    Research 5, 1457-1469.
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
    """The samples that use a part most.

    Parameters
    ----------
    model : NmfModel
        Its weights.
    part : int
        Which part, from 0.
    n_most : int
        How many samples at most.

    Returns
    -------
    list of (int, float)
        Samples and their weights, the largest first, equal ones in the order of the set; none whose weight is 0.
    """
    weights = model.weights[:, part]
    if n_most < len(weights):  # sorting all of 200,000 would take 30 ms
        least = np.partition(weights, -n_most)[-n_most]
        candidates = np.flatnonzero(weights >= least)
    else:
        candidates = np.arange(len(weights))
    order = candidates[np.argsort(-weights[candidates], kind="stable")][:n_most]
    return [(int(i), float(weights[i])) for i in order if weights[i] > 0]


def likeness(model: NmfModel, first: int, second: int) -> Likeness:
    """Set two parts beside one another.

    Parameters
    ----------
    model : NmfModel
        Their model.
    first, second : int
        Which parts, from 0.

    Returns
    -------
    Likeness
        What they have in common.
    """
    pair = normalize_rows(model.components[[first, second]].astype(np.float64))
    cosine = float(pair[0] @ pair[1])
    brightness = _brightness(model)
    least = NOTICED * (model.weights @ brightness)
    one, other = (_is_noticed(model.weights[:, j] * brightness[j], least) for j in (first, second))
    n_both = np.count_nonzero(one & other)
    return Likeness(
        min(1.0, cosine), int(n_both), int(np.count_nonzero(one) - n_both), int(np.count_nonzero(other) - n_both)
    )


def difference_image(model: NmfModel, first: int, second: int) -> NDArray[np.float32]:
    """One part minus another.

    Parameters
    ----------
    model : NmfModel
        Their model.
    first, second : int
        Which parts, from 0.

    Returns
    -------
    ndarray of shape `sample_shape`, float32
        -1..1; above 0 where the first is brighter.
    """
    image: NDArray[np.float32] = model.component_image(first) - model.component_image(second)
    return image


def _brightness(model: NmfModel) -> NDArray[np.float32]:
    """In single precision, so that weights of 200,000 samples are not all made longer."""
    brightness: NDArray[np.float32] = model.brightness_of_parts.astype(np.float32)
    return brightness


def _uses(weights: NDArray[np.float32], brightness: NDArray[np.float32]) -> NDArray[np.bool_]:
    return _is_noticed(weights * brightness, NOTICED * (weights @ brightness)[:, np.newaxis])


def _is_noticed(brightness: NDArray[np.float32], least: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether something is as bright as it must be; in a black sum nothing is."""
    return np.asarray((brightness >= least) & (brightness > 0))
