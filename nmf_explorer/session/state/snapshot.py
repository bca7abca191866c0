"""A frozen value of all that undo and redo restore."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.fit_path import PathPosition
    from nmf_explorer.session.state.open_dataset import OpenDataset

DRAWING = -1  # stands for the user's drawing where the index of a sample is expected


class Snapshot(NamedTuple):
    """Values that undo restores; a change makes a new snapshot."""

    model: NmfModel | None = None
    names: Mapping[int, str] = MappingProxyType({})  # the user's names of parts
    hidden: frozenset[int] = frozenset()  # parts that are left out of the sum
    # weights that the user moved, (n_components,) float32 by sample or DRAWING; all others are the fitted ones
    weights: Mapping[int, NDArray[np.float32]] = MappingProxyType({})
    drawing: NDArray[np.float32] | None = None  # of shape `sample_shape`, in the units of the dataset
    open_dataset: OpenDataset | None = None
    position: PathPosition | None = None  # of the model in the iterations of its fit

    def with_model(self, model: NmfModel | None, position: PathPosition | None = None) -> Snapshot:
        """Return a snapshot with another model; only of the same parts are names, hidden parts and weights kept."""
        if model is self.model:
            return self
        if model and self.model:
            from nmf_explorer.factorize.model.same_numbers import have_same_numbers

            if have_same_numbers(model, self.model):
                return self._replace(model=model, position=position)
        return Snapshot(model, drawing=self.drawing, open_dataset=self.open_dataset, position=position)

    def with_weights(self, subject: int, weights: NDArray[np.float32] | None) -> Snapshot:
        """Return a snapshot with moved weights of a sample or of `DRAWING`; None restores the fitted ones."""
        rest = {key: value for key, value in self.weights.items() if key != subject}
        return self._replace(weights=rest if weights is None else {**rest, subject: weights})

    def with_name(self, part: int, name: str) -> Snapshot:
        """Return a snapshot with a new name of a part; an empty one removes the name."""
        rest = {key: value for key, value in self.names.items() if key != part}
        return self._replace(names={**rest, part: name} if name else rest)

    def differs_from(self, other: Snapshot) -> bool:
        """Return whether any value is a different object; ``!=`` does not work for arrays."""
        return any(mine is not its for mine, its in zip(self, other, strict=True))

    def n_bytes(self) -> int:
        """Return the memory of the model in bytes."""
        return self.model.weights.nbytes + self.model.components.nbytes if self.model else 0

    @property
    def is_before_end(self) -> bool:
        """Whether the model is of an earlier iteration than the last one of its fit."""
        path = self.position.path if self.position else None
        return path is not None and bool(path.steps) and self.model is not path.end
