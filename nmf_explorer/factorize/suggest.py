"""Suggest a number of parts for a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.sample_sets import find_sample_set
from nmf_explorer.factorize.solvers.sweeps import dense

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset, Floats

_MAX_SUGGESTED = 20
_MAX_ROWS, _MAX_COLUMNS = 300, 1024  # a larger set is represented by some of its samples and pixels
_MARGIN = 1.5  # of what a direction explains, over that of shuffled pixels
_ROUNDING = 1e-6  # of the squares
_SEED, _SHUFFLES = 0, 3


def suggest_n_components(dataset: Dataset) -> int:
    """Return the true number of parts of a shipped sample set, else of the directions that stand out, at most 20.

    The number never exceeds what the data allow, and is the same at every call.

    References
    ----------
    Frigyesi, A. and Höglund, M. (2008). Non-negative matrix factorization for the analysis of complex gene expression
    data. Cancer Informatics 6. doi:10.4137/CIN.S606 (the error of shuffled data shows where more parts gain nothing)
    """
    known = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape)
    suggested = known.n_components if known else _n_directions(_some_values(dataset))
    return min(suggested, dataset.max_components)


def _some_values(dataset: Dataset) -> NDArray[np.float64]:
    """Return the values of some samples and pixels, drawn with a fixed seed, from 0 to 1."""
    rng = np.random.default_rng(_SEED)
    few = dataset.subset(_MAX_ROWS, rng)
    block = few.stored
    if dataset.n_features > _MAX_COLUMNS:
        block = block[:, np.sort(rng.choice(dataset.n_features, _MAX_COLUMNS, replace=False))]
    values = dense(block).astype(np.float64)
    return np.asarray(values / max(float(values.max()), np.finfo(np.float64).tiny))


def _n_directions(X: NDArray[np.float64]) -> int:
    """Return how many singular vectors in turn explain clearly more of what is left than with shuffled pixels.

    Each pixel is shuffled over the samples, which keeps its values and destroys what pixels have in common.
    """
    rng = np.random.default_rng(_SEED)
    shares = _shares_of_rest(X)
    of_shuffled = np.mean([_shares_of_rest(rng.permuted(X, axis=0)) for _ in range(_SHUFFLES)], axis=0)
    stands_out = shares[1:] > _MARGIN * of_shuffled[1:]
    n_more = len(stands_out) if stands_out.all() else int(np.argmin(stands_out))
    return min(1 + n_more, _MAX_SUGGESTED)


def _shares_of_rest(X: Floats) -> Floats:
    """Return the share that each singular vector explains of the squares left by those before; 0 if it is rounding."""
    gram = X @ X.T if X.shape[0] <= X.shape[1] else X.T @ X
    squares = np.maximum(np.linalg.eigvalsh(gram)[::-1], 0)
    rest = np.cumsum(squares[::-1])[::-1]
    shares: Floats = np.divide(squares, rest, out=np.zeros_like(squares), where=squares > _ROUNDING * rest[0])
    return shares
