"""What a user makes of a set, as one frozen value: undo and redo go back and forth between such values."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.open_dataset import OpenDataset

DRAWING = -1  # where a sample's index would stand: the picture that the user draws or brings along


class Snapshot(NamedTuple):
    """All that undo goes back and forth between; a change is another value, so an old one stays what it was.

    Attributes
    ----------
    model : NmfModel or None
        The model that is shown.
    names : mapping of int to str
        Names that the user gave to parts.
    hidden : frozenset of int
        Parts that the sum goes on without.
    weights : mapping of int to ndarray of shape (n_components,), float32
        Weights that the user moved, by sample, or by `DRAWING`; those that are not here are the fitted ones.
    drawing : ndarray of shape `sample_shape`, float32, or None
        The picture that the user draws or brings along, in the unit of the set.
    open_set : OpenSet or None
        What all this is about.
    """

    model: NmfModel | None = None
    names: Mapping[int, str] = MappingProxyType({})
    hidden: frozenset[int] = frozenset()
    weights: Mapping[int, NDArray[np.float32]] = MappingProxyType({})
    drawing: NDArray[np.float32] | None = None
    open_dataset: OpenDataset | None = None

    def with_model(self, model: NmfModel | None) -> Snapshot:
        """The same with another model; what was said about the parts of the old one does not hold for its parts."""
        return self if model is self.model else Snapshot(model, drawing=self.drawing, open_dataset=self.open_dataset)

    def with_weights(self, subject: int, weights: NDArray[np.float32] | None) -> Snapshot:
        """The same with other weights for a sample or for `DRAWING`; None for the fitted ones."""
        others = {key: value for key, value in self.weights.items() if key != subject}
        return self._replace(weights=others if weights is None else {**others, subject: weights})

    def with_name(self, part: int, name: str) -> Snapshot:
        """The same with another name for a part; an empty one takes it away."""
        others = {key: value for key, value in self.names.items() if key != part}
        return self._replace(names={**others, part: name} if name else others)

    def differs(self, other: Snapshot) -> bool:
        """Whether anything is another; arrays would not say so by ``!=``."""
        return any(mine is not its for mine, its in zip(self, other, strict=True))

    def n_bytes(self) -> int:
        """How much memory its model takes."""
        return self.model.weights.nbytes + self.model.components.nbytes if self.model else 0
