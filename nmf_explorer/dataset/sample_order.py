"""Search, sort and summarise samples by names, labels and values; fast enough for 200,000 samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.natural_order import natural_argsort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.integer | np.floating]

_VISIBLE_STEPS = 1000  # from 0 to the largest value: about what is distinct on screen


def name_ranks(names: Sequence[str]) -> NDArray[np.intp]:
    """Return the rank of each name in natural order: (n_names,) intp from 0; equal names get different ranks."""
    places = np.empty(len(names), dtype=np.intp)
    places[natural_argsort(names)] = np.arange(len(names))
    return places


class Labels(NamedTuple):
    """The distinct labels of a set, in natural order, and the label of each sample."""

    names: tuple[str, ...]
    numbers: NDArray[np.intp]  # (n_samples,), index of each sample's label in `names`
    counts: tuple[int, ...]  # number of samples with each label

    @classmethod
    def encode(cls, labels: Sequence[str]) -> Labels:
        """Find the distinct labels of a set; `labels` has one per sample, or is empty."""
        met: dict[str, int] = {}
        numbers = np.array([met.setdefault(label, len(met)) for label in labels], dtype=np.intp)
        places = name_ranks(tuple(met))
        names = sorted(met, key=lambda name: places[met[name]])
        numbers = places[numbers]
        return cls(tuple(names), numbers, tuple(np.bincount(numbers, minlength=len(names)).tolist()))


def find_by_name(folded_names: Sequence[str], text: str) -> NDArray[np.intp]:
    """Return the ascending indices of samples whose case-folded name contains `text`, ignoring case.

    `folded_names` is made once by `str.casefold` for many searches.
    """
    wanted = text.casefold()
    return np.array([i for i, name in enumerate(folded_names) if wanted in name], dtype=np.intp)


def sort_samples(
    values: Numbers, rows: NDArray[np.intp] | None = None, *, largest_first: bool = False
) -> NDArray[np.intp]:
    """Return all indices, or those in `rows`, sorted by the (n_samples,) values; ties keep their order.

    Floating-point values that differ by rounding only are ties.
    """
    steps = visible_steps(values) if np.issubdtype(values.dtype, np.floating) else values
    chosen = steps if rows is None else steps[rows]
    order = np.argsort(-chosen if largest_first else chosen, kind="stable")
    return order if rows is None else rows[order]


def visible_steps(values: Numbers) -> NDArray[np.floating]:
    """Return values, 0 or more, as whole steps of a thousandth of the largest: equal where only rounding differs."""
    largest = values.max(initial=0)
    return np.rint(values / largest * _VISIBLE_STEPS) if largest > 0 else np.zeros(len(values))


def position_of(sample: int, rows: NDArray[np.intp]) -> int:
    """Return the position of a sample in `rows`, or -1 if it is not there."""
    found = np.flatnonzero(rows == sample)
    return int(found[0]) if len(found) else -1


def scale_to_largest(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Divide non-negative (n_samples,) values by the largest: float32 in 0..1; zeros stay 0."""
    largest = float(values.max(initial=0))
    return np.ascontiguousarray(values, dtype=np.float32) / np.float32(largest if largest > 0 else 1)


def bin_maxima(shares: NDArray[np.float32], rows: Sequence[int] | NDArray[np.intp], n_places: int) -> list[float]:
    """Return the largest share of each of `n_places` equal stretches of the samples `rows`, in order.

    `shares` is (n_samples,) float32. If there are fewer samples than places, there is one value per sample.
    """
    shown = shares if isinstance(rows, range) else shares[rows]
    if not len(shown) or n_places < 1:
        return []
    n_places = min(n_places, len(shown))
    borders = np.arange(n_places) * len(shown) // n_places
    largest: list[float] = np.maximum.reduceat(shown, borders).tolist()
    return largest
