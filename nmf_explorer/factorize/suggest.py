"""A sensible first number of parts for a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.sample_sets import find_sample_set

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset

_MODEST = 12
_SAMPLES_PER_PART = 6


def suggest_n_components(dataset: Dataset) -> int:
    """Suggest how many parts to begin with.

    Parameters
    ----------
    dataset : Dataset
        The samples.

    Returns
    -------
    int
        The true number for the sample sets that come with the program; otherwise one part for six samples, at most
        12, and never more than the data allow.
    """
    known = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape)
    modest = min(_MODEST, max(1, dataset.n_samples // _SAMPLES_PER_PART))
    return min(known.n_components if known else modest, dataset.max_components)
