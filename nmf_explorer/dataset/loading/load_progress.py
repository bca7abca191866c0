"""How far loading is: told while a set is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset


class LoadProgress(NamedTuple):
    """How far loading is.

    Attributes
    ----------
    done : int
        Images read, or found to be unusable.
    total : int
        Images in all; 0 while they are still being looked for.
    first : Dataset or None, default None
        Some of the first images, as soon as there are some; the same object until there are more to show.
    """

    done: int
    total: int
    first: Dataset | None = None
