"""Suggest a number of parts for a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.sample_sets import find_sample_set

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset

_MAX_SUGGESTED = 12
_SAMPLES_PER_PART = 6


def suggest_n_components(dataset: Dataset) -> int:
    """Return the true number of parts of a shipped sample set, else one part for six samples, at most 12.

    The number never exceeds what the data allow.
    """
    known = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape)
    estimate = min(_MAX_SUGGESTED, max(1, dataset.n_samples // _SAMPLES_PER_PART))
    return min(known.n_components if known else estimate, dataset.max_components)
