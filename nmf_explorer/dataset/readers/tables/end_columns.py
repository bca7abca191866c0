"""Find labels at either end of a table without titles: one column of classes, or one column for each class."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.tables.table_body import TableBody

_MIN_IMAGE_PIXELS = 16  # a smaller square number of columns is no evidence of an image
_MAX_ONE_HOT = 100
_MIN_ROWS = 10  # from here on, a column of classes beside others that are not is evidence by itself
_N_COMPARED = 200  # columns that an end is compared with
_MAX_ALIKE = 0.1  # share of the other columns that may look like classes, or like this one


class EndLabel(NamedTuple):
    """A column at an end that looks like labels."""

    column: int
    is_sure: bool  # False: it may as well hold values


def is_square(number: int) -> bool:
    """Return whether so many columns may be the pixels of a square image."""
    return number >= _MIN_IMAGE_PIXELS and isqrt(number) ** 2 == number


def find_end_label(body: TableBody, columns: Sequence[int]) -> EndLabel | None:
    """Return the first or the last of these columns if it holds labels, by what it is beside the others."""
    ends = [columns[0], columns[-1]]
    inner = columns[1:-1]
    compared = inner[:: -(-len(inner) // _N_COMPARED) or 1]
    classes = [c for c in ends if body.is_classes(c)]
    share = {c: _share_alike(body, c, compared) for c in classes}
    odd = [c for c in classes if share[c] <= _MAX_ALIKE]
    leaves_square = is_square(len(columns) - 1) and not is_square(len(columns))
    if odd:
        best = max(odd, key=lambda c: (-share[c], body.entropy(c)))
        has_others_alike = np.mean([body.is_classes(c) for c in compared] or [True]) > _MAX_ALIKE
        is_evident = len(body.cells) >= _MIN_ROWS and not has_others_alike and not is_square(len(columns))
        return EndLabel(best, is_sure=leaves_square or is_evident) if leaves_square or not has_others_alike else None
    if not leaves_square:
        return None
    whole = [c for c in ends if body.is_whole(c)]
    return EndLabel(min(whole, key=lambda c: _smallness(body, c)), is_sure=False) if whole else None


def _share_alike(body: TableBody, column: int, others: Sequence[int]) -> float:
    """Return the share of the other columns that hold the same values."""
    found = body.distinct(column)
    return float(np.mean([np.array_equal(found, body.distinct(other)) for other in others])) if others else 0.0


def _smallness(body: TableBody, column: int) -> tuple[bool, float]:
    """Return what is smallest for the end that is rather the label: not blank, and of small numbers."""
    found = body.distinct(column)
    return not found.any(), float(found.max())


def find_one_hot(body: TableBody, columns: Sequence[int]) -> list[int]:
    """Return the columns of one-hot labels at the end or the start: each row has one 1 and else 0; or none."""
    if len(body.cells) < 2 or is_square(len(columns)) or is_square(len(columns) - 1):
        return []
    numbers = body.numbers
    for ordered in (columns[::-1], columns):
        block = numbers[:, ordered[: min(_MAX_ONE_HOT, len(ordered) - 2)]]
        n_hot = _one_hot_length(block, len(columns))
        if n_hot:
            return sorted(ordered[:n_hot])
    return []


def _one_hot_length(block: NDArray[np.float64], n_columns: int) -> int:
    """Return how many of the first columns form a one-hot code, 0 for none."""
    is_binary = np.logical_and.accumulate(((block == 0) | (block == 1)).all(axis=0))
    fits = is_binary & (np.cumsum(block, axis=1) == 1).all(axis=0)
    lengths = [int(i) + 1 for i in np.flatnonzero(fits) if i > 0]
    squares = [n for n in lengths if is_square(n_columns - n)]
    evident = [n for n in lengths[:1] if n > 2 and len(block) >= _MIN_ROWS and bool(block[:, :n].any(axis=0).all())]
    return next(iter(squares or evident), 0)
