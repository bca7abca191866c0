"""How many parts the samples need, and how many of these were found again from other starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.model.restarts import normalize_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.factorize.model.part_statistics import PartStatistics

COPY_COSINE = 0.999  # smallest cosine between two parts of which one is a copy: together they are one part
EXPLAINED_ERROR = 0.005  # largest relative error at which further parts can hardly explain more; shown as 0 %


class Agreement(NamedTuple):
    """What can be said about the number of parts; unused parts and copies count as spare."""

    n_needed: int  # used parts that are no copy of another used one
    n_unused: int  # parts that no sample uses
    n_copies: int  # used parts that are a copy of another used one
    n_starts: int  # other starts that reached the same error
    n_higher_starts: int  # other starts that did not
    n_found: int  # needed parts that each of the `n_starts` found again
    relative_error: float

    @property
    def n_spare(self) -> int:
        """Number of parts that could be left out."""
        return self.n_unused + self.n_copies

    @property
    def is_explained(self) -> bool:
        """Whether the samples are explained, so that more parts cannot help."""
        return self.relative_error < EXPLAINED_ERROR


def agreement(model: NmfModel, statistics: PartStatistics) -> Agreement:
    """Count needed and spare parts, and the needed ones that were found again."""
    is_used = statistics.n_users > 0
    needed = _without_copies(model.components, np.flatnonzero(is_used))
    n_used, report = int(np.count_nonzero(is_used)), model.restarts
    n_starts = report.n_as_good if report else 0
    return Agreement(
        len(needed),
        model.n_components - n_used,
        n_used - len(needed),
        n_starts,
        len(report.names) - 1 - n_starts if report else 0,
        int(np.count_nonzero(report.found_again[needed] == 1)) if report and n_starts else 0,
        model.relative_error,
    )


def _without_copies(components: NDArray[np.float32], used: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the used parts without those that are a copy of an earlier one."""
    directions = normalize_rows(components[used])
    is_alike = directions @ directions.T >= COPY_COSINE
    is_copy = np.tril(is_alike, k=-1).any(axis=1)
    return used[~is_copy]
