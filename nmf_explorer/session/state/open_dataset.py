"""A dataset together with how it was opened; undo can restore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.state.open_request import OpenRequest


class OpenDataset:
    """A dataset, its open request, the suggested number of parts, and the sample to show first."""

    def __init__(self, dataset: Dataset, request: OpenRequest, n_components: int, first_sample: int = 0) -> None:
        self.dataset: Dataset | None = dataset  # None while freed; it is read again when undo restores it
        self.request = request
        self.n_components = n_components
        self.first_sample = first_sample
        self.names, self._shape = _names_of(dataset), dataset.sample_shape  # number of samples, hash of their names
        self.n_bytes = dataset.n_stored_numbers * dataset.stored.dtype.itemsize

    def has_samples_of(self, other: OpenDataset | None) -> bool:
        """Return whether the samples have the same names; they may be read with other options."""
        return other is not None and self.names == other.names

    def restore_samples(self, dataset: Dataset) -> bool:
        """Take samples that were read again; return False if they differ from the freed ones."""
        if (_names_of(dataset), dataset.sample_shape) != (self.names, self._shape):
            return False
        self.dataset = dataset
        return True


def _names_of(dataset: Dataset) -> tuple[int, int]:
    return dataset.n_samples, hash(dataset.sample_names)
