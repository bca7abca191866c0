"""Which samples are looked at, and in which order: functions of names, labels and numbers, fit for 200,000 samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.natural_order import natural_argsort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.integer | np.floating]


def places_by_name(names: Sequence[str]) -> NDArray[np.intp]:
    """The place of each name when they are sorted as people count.

    Parameters
    ----------
    names : sequence of str
        One per sample, or different ones.

    Returns
    -------
    ndarray of shape (n_names,), intp
        0 for the first; for different names no two alike.
    """
    places = np.empty(len(names), dtype=np.intp)
    places[natural_argsort(names)] = np.arange(len(names))
    return places


class Labels(NamedTuple):
    """What classes there are, and which samples are of which.

    Attributes
    ----------
    names : tuple of str
        Each label once, sorted as people count.
    numbers : ndarray of shape (n_samples,), intp
        Where among them the label of each sample stands.
    counts : tuple of int
        How many samples have each.
    """

    names: tuple[str, ...]
    numbers: NDArray[np.intp]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, labels: Sequence[str]) -> Labels:
        """Look through the labels of a set.

        Parameters
        ----------
        labels : sequence of str
            One per sample; none at all where a set has none.

        Returns
        -------
        Labels
            What there is among them.
        """
        met: dict[str, int] = {}
        numbers = np.array([met.setdefault(label, len(met)) for label in labels], dtype=np.intp)
        places = places_by_name(tuple(met))
        names = sorted(met, key=lambda name: places[met[name]])
        numbers = places[numbers]
        return cls(tuple(names), numbers, tuple(np.bincount(numbers, minlength=len(names)).tolist()))


def rows_with(folded_names: Sequence[str], text: str) -> NDArray[np.intp]:
    """Samples with a text in their names.

    Parameters
    ----------
    folded_names : sequence of str
        Their names without capital letters, by `str.casefold`: to be made once for many searches.
    text : str
        What to look for; capital letters count as small ones.

    Returns
    -------
    ndarray of intp
        Their indices, in order.
    """
    wanted = text.casefold()
    return np.array([i for i, name in enumerate(folded_names) if wanted in name], dtype=np.intp)


def in_order(values: Numbers, rows: NDArray[np.intp] | None = None, *, largest_first: bool = False) -> NDArray[np.intp]:
    """Samples sorted by a value.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
        One number per sample.
    rows : ndarray of intp, optional
        The samples to sort; all, if it is not given.
    largest_first : bool, default False
        Whether to begin with the largest.

    Returns
    -------
    ndarray of intp
        Their indices; those with equal values in the order in which they came.
    """
    chosen = values if rows is None else values[rows]
    order = np.argsort(-chosen if largest_first else chosen, kind="stable")
    return order if rows is None else rows[order]


def place_of(sample: int, rows: NDArray[np.intp]) -> int:
    """Where a sample stands.

    Parameters
    ----------
    sample : int
        Its index.
    rows : ndarray of intp
        Samples, each at most once.

    Returns
    -------
    int
        Its place among them; -1 if it is not there.
    """
    found = np.flatnonzero(rows == sample)
    return int(found[0]) if len(found) else -1


def shares_of_largest(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Numbers in relation to the largest.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
        0 or more.

    Returns
    -------
    ndarray of shape (n_samples,), float32
        0..1; the largest is 1, if any is above 0.
    """
    largest = float(values.max(initial=0))
    return np.ascontiguousarray(values, dtype=np.float32) / np.float32(largest if largest > 0 else 1)


def overview(shares: NDArray[np.float32], rows: Sequence[int] | NDArray[np.intp], n_places: int) -> list[float]:
    """What a long row of numbers is like, in few places.

    Parameters
    ----------
    shares : ndarray of shape (n_samples,), float32
        One number per sample.
    rows : range or ndarray of intp
        The samples in the order in which they are seen.
    n_places : int
        How many places there are room for.

    Returns
    -------
    list of float
        The largest number in each place, from the first samples to the last; as many as there are samples if those
        are fewer.
    """
    shown = shares if isinstance(rows, range) else shares[rows]
    if not len(shown) or n_places < 1:
        return []
    n_places = min(n_places, len(shown))
    borders = np.arange(n_places) * len(shown) // n_places
    largest: list[float] = np.maximum.reduceat(shown, borders).tolist()
    return largest
