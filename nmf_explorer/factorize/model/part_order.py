"""In which order parts are looked at; their numbers stay as the fit gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.model.restarts import normalize_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

    Order = NDArray[np.intp]

ORDERS = ("found", "share", "place", "likeness")
_LINE = 0.1  # of a picture's height: centres that are no further apart stand in one line
_MOST_TURNED = 150  # parts up to which the best of all turns of the tree is looked for: for 1,000 that takes 3 seconds


def part_order(model: NmfModel, order: str) -> Order:
    """Put the parts of a model in order.

    Parameters
    ----------
    model : NmfModel
        Its parts.
    order : str
        One of `ORDERS`: as the fit found them; the largest share of all brightness first; by where they are, as one
        reads: top to bottom, and from left to right; parts alike beside one another. Black parts come last.

    Returns
    -------
    ndarray of shape (n_components,), intp
        The part that stands at each place.

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
        return np.argsort(-model.part_shares(), kind="stable")
    if order == "found":
        return np.arange(model.n_components)
    is_lit = model.components.any(axis=1)
    lit, black = np.flatnonzero(is_lit), np.flatnonzero(~is_lit)
    images = model.components[lit]
    ordered = _by_place(images, model.sample_shape) if order == "place" else _by_likeness(images)
    return np.concatenate([lit[ordered], black])


def _by_place(images: NDArray[np.float32], sample_shape: tuple[int, ...]) -> Order:
    """Lines from top to bottom, each from left to right; a line begins with the highest centre that is left."""
    height, width = sample_shape[:2]
    pixels = images.reshape(len(images), height, width, images.shape[1] // (height * width))
    brightness = images.sum(axis=1)
    down = pixels.sum(axis=(2, 3)) @ np.arange(height, dtype=np.float32) / brightness
    across = pixels.sum(axis=(1, 3)) @ np.arange(width, dtype=np.float32) / brightness
    by_height = np.argsort(down, kind="stable")
    lines = np.zeros(len(images), dtype=np.intp)
    line, top = 0, -np.inf
    for part in by_height:
        if down[part] - top > _LINE * height:
            line, top = line + 1, down[part]
        lines[part] = line
    return np.lexsort((across, lines))


def _by_likeness(images: NDArray[np.float32]) -> Order:
    """The leaves of a tree that joins what is alike (average cosine), turned so that neighbours are most alike."""
    if len(images) <= 2:
        return np.arange(len(images))
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering

    directions = normalize_rows(images)
    apart = np.maximum(0.0, 1.0 - (directions @ directions.T).astype(np.float64))
    distances = apart[np.triu_indices(len(images), k=1)]
    tree = linkage(distances, method="average")
    if len(images) <= _MOST_TURNED:
        tree = optimal_leaf_ordering(tree, distances)
    return leaves_list(tree).astype(np.intp)
