"""The order in which parts are shown; their numbers stay those of the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.sample_order import visible_steps
from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.model.restarts import normalize_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

    Order = NDArray[np.intp]

ORDERS = ("found", "share", "place", "likeness")
_LINE_HEIGHT = 0.1  # of the image height: centres that are closer are in the same line
_MAX_ROTATED = 150  # parts for which the optimal leaf order is computed; for 1,000 it takes 3 seconds


def part_order(model: NmfModel, order: str) -> Order:
    """Return the order of the parts of a model.

    Parameters
    ----------
    model : NmfModel
        The model.
    order : str
        One of `ORDERS`: "found" as in the model; "share" with the largest share of all brightness first; "place" by
        position in the image, from top to bottom and left to right; "likeness" with similar parts side by side. For the
        last two, black parts are at the end.

    Returns
    -------
    ndarray of shape (n_components,), intp
        Indices of the parts in their order.

    Raises
    ------
    OptionError
        If there is no such order.

    References
    ----------
    Bar-Joseph, Z., Gifford, D. K., Jaakkola, T. S. (2001). Fast optimal leaf ordering for hierarchical clustering.
    Bioinformatics 17, S22-S29. doi:10.1093/bioinformatics/17.suppl_1.S22
    """
    if order not in ORDERS:
        known = ", ".join(ORDERS)
        raise OptionError("order must be one of {known}; got {order!r}.", order=order, known=known)
    if order == "share":
        return np.argsort(-visible_steps(model.part_shares()), kind="stable")
    if order == "found":
        return np.arange(model.n_components)
    is_used = model.components.any(axis=1)
    used, black = np.flatnonzero(is_used), np.flatnonzero(~is_used)
    images = model.components[used]
    ordered = _by_place(images, model.sample_shape) if order == "place" else _by_likeness(images)
    return np.concatenate([used[ordered], black])


def _by_place(images: NDArray[np.float32], sample_shape: tuple[int, ...]) -> Order:
    """Order by lines from top to bottom, each from left to right; a line starts at the highest remaining centre."""
    height, width = sample_shape[:2]
    pixels = images.reshape(len(images), height, width, images.shape[1] // (height * width))
    brightness = images.sum(axis=1)
    down = pixels.sum(axis=(2, 3)) @ np.arange(height, dtype=np.float32) / brightness
    across = pixels.sum(axis=(1, 3)) @ np.arange(width, dtype=np.float32) / brightness
    by_height = np.argsort(down, kind="stable")
    lines = np.zeros(len(images), dtype=np.intp)
    line, top = 0, -np.inf
    for part in by_height:
        if down[part] - top > _LINE_HEIGHT * height:
            line, top = line + 1, down[part]
        lines[part] = line
    return np.lexsort((across, lines))


def _by_likeness(images: NDArray[np.float32]) -> Order:
    """Order by the leaves of a cluster tree (average cosine), rotated so that neighbours are as similar as possible."""
    if len(images) <= 2:
        return np.arange(len(images))
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering

    directions = normalize_rows(images)
    dissimilarity = np.maximum(0.0, 1.0 - (directions @ directions.T).astype(np.float64))
    distances = dissimilarity[np.triu_indices(len(images), k=1)]
    tree = linkage(distances, method="average")
    if len(images) <= _MAX_ROTATED:
        tree = optimal_leaf_ordering(tree, distances)
    return leaves_list(tree).astype(np.intp)
