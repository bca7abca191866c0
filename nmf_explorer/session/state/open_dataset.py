"""A set as it was read: one of the values between which undo goes back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.state.open_request import OpenRequest


class OpenDataset:
    """What was opened, how, and its samples.

    Attributes
    ----------
    dataset : Dataset or None
        The samples; None when they were let go, to be read again if somebody comes back to them.
    opening : Opening
        From what, and how, they were read.
    n_components : int
        A sensible first number of parts.
    names : tuple of int
        How many samples there are, and what stands for all their names.
    n_bytes : int
        Memory that the samples take, or would take.
    """

    def __init__(self, dataset: Dataset, opening: OpenRequest, n_components: int) -> None:
        self.dataset: Dataset | None = dataset
        self.opening = opening
        self.n_components = n_components
        self.names, self._shape = _names_of(dataset), dataset.sample_shape
        self.n_bytes = dataset.n_stored_numbers * dataset.stored.dtype.itemsize

    def has_samples_of(self, other: OpenDataset | None) -> bool:
        """Whether the samples are the same ones, though perhaps read otherwise."""
        return other is not None and self.names == other.names

    def take_back(self, dataset: Dataset) -> bool:
        """Take samples that were read again; not if they are others than those that were let go."""
        if (_names_of(dataset), dataset.sample_shape) != (self.names, self._shape):
            return False
        self.dataset = dataset
        return True


def _names_of(dataset: Dataset) -> tuple[int, int]:
    return dataset.n_samples, hash(dataset.sample_names)
