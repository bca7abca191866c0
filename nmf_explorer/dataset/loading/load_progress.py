"""LoadProgress: how far loading has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset


class LoadProgress(NamedTuple):
    """How far loading has come."""

    done: int  # images read, or found to be unusable
    total: int  # number of images; 0 while files are being listed
    first: Dataset | None = None  # some of the first images; the same object until there are more to show
