"""Starting factors: where a fit begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset


def random_start(
    dataset: Dataset, n_components: int, rng: np.random.Generator, *, unit: float = 1.0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Draw both factors at random, of a size that their product has the mean of the data.

    Parameters
    ----------
    dataset : Dataset
        The samples to be factorized.
    n_components : int
        Number of parts.
    rng : numpy.random.Generator
        Where the numbers come from.
    unit : float, default 1.0
        What the data are divided by before they are factorized.

    Returns
    -------
    W : ndarray of shape (n_components, n_samples), float32
        Weights, transposed: one row per part. Above 0.
    H : ndarray of shape (n_components, n_features), float32
        Parts. Above 0.
    """
    mean = float(dataset.stored.mean(dtype=np.float64)) / dataset.white / unit
    scale = np.float32(np.sqrt(mean / n_components))
    H = np.abs(rng.standard_normal((n_components, dataset.n_features), dtype=np.float32))
    W = np.abs(rng.standard_normal((n_components, dataset.n_samples), dtype=np.float32))
    return W * scale, H * scale
