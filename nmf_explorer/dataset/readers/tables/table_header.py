"""Decide whether the first row of a table is a header, also where it holds numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.readers.tables.cell_numbers import is_missing, is_number_like
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.tables.table_body import TableBody

_MIN_RISING = 8  # a row of so many numbers that rise from each to the next is no accident
_MIN_RISING_WITH_WORD = 3
_MIN_EVEN = 4
_MAX_RISING_BELOW = 0.1  # share of the other rows that may rise too
_MAX_UNEVENNESS = 4  # largest step of an evenly rising row, by the smallest
_FAR = 10.0  # a row whose lowest number is above ten times the largest of all others
_CORNER_WORDS = re.compile(
    r"samples?|names?|id|no|nr|index|files?|filename|title|wavelengths?|wavenumbers?|nm|probe|spectrum|object|row|"
    r"label|class|target|time|frequency|image",
    re.IGNORECASE,
)


def header_reason(first: Sequence[str], first_numbers: NDArray[np.float64], body: TableBody) -> str | None:
    """Return why the first row is a header, or None if it is a sample; `body` are the other rows.

    An empty text stands for a header of words.
    """
    is_number = np.isfinite(first_numbers)
    if not body.cells:
        return None if is_number.any() else ""
    named = [
        c
        for c, cell in enumerate(first)
        if not (is_number[c] or is_missing(cell) or is_number_like(cell)) and body.is_numeric[c]
    ]
    if named and not _is_row_with_errors(len(named), int((is_number & body.is_numeric).sum())):
        return ""
    columns = np.flatnonzero(is_number & body.is_numeric)
    row, below = first_numbers[columns], body.numbers[:, columns]
    has_word = _has_corner_word(first, is_number, body)
    n_needed = _MIN_RISING_WITH_WORD if has_word or _is_even_above(row, below) else _MIN_RISING
    if _counts_up(row) or _rises_alone(row, below, n_needed):
        return Message("its numbers rise evenly, and those of the other rows do not")
    if len(row) > 1 and row.min() > _FAR * max(0.0, np.nanmax(below)) > 0:
        return Message("its numbers are far above those of all other rows")
    return None


def _is_row_with_errors(n_words: int, n_numbers: int) -> bool:
    """Return whether a row with words above numbers is rather a sample with invalid cells."""
    return n_numbers >= _MIN_RISING * n_words


def _has_corner_word(first: Sequence[str], is_number: NDArray[np.bool_], body: TableBody) -> bool:
    """Return whether the first cell is a title above names: a known word, or the only one without a digit."""
    if is_number[0] or not first[0].strip():
        return not first[0].strip()
    if _CORNER_WORDS.fullmatch(first[0].strip()):
        return True
    others = body.texts(0)
    return not re.search(r"\d", first[0]) and all(re.search(r"\d", other) for other in others)


def _is_even_above(row: NDArray[np.float64], below: NDArray[np.float64]) -> bool:
    """Return whether numbers such as years have the same distance, and are above all numbers below."""
    steps = np.diff(row)
    return len(row) >= _MIN_EVEN and bool(np.allclose(steps, steps[0]) and row.min() > np.nanmax(below))


def _counts_up(row: NDArray[np.float64]) -> bool:
    n = len(row)
    return n >= _MIN_RISING and any(np.array_equal(row, np.arange(start, start + n)) for start in (0, 1))


def _rises_alone(row: NDArray[np.float64], below: NDArray[np.float64], n_needed: int) -> bool:
    """Return whether numbers rise (or fall) from each to the next, and those of nearly all rows below do not."""
    if len(row) < n_needed:
        return False
    steps = np.abs(np.diff(row))
    if steps.max() > _MAX_UNEVENNESS * steps.min():
        return False
    rises = [(np.diff(numbers) > 0).all(axis=-1) | (np.diff(numbers) < 0).all(axis=-1) for numbers in (row, below)]
    return bool(rises[0] and rises[1].mean() <= _MAX_RISING_BELOW)
