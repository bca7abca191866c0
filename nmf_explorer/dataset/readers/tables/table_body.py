"""The cells of the sampled rows of a table as text and as numbers, to find out what its columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.readers.tables.cell_numbers import Marks, is_missing, parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_MAX_CLASSES = 100
_MIN_BALANCE = 0.05  # smallest share of the samples that are not of the most frequent class


@dataclass(frozen=True)
class TableBody:
    """Rows of equal length, spread over the whole table."""

    cells: Sequence[Sequence[str]]
    places: Sequence[int]  # number of each row in the table, from 0
    marks: Marks

    @property
    def n_rows(self) -> int:
        """Number of sampled rows."""
        return len(self.cells)

    @property
    def n_columns(self) -> int:
        """Number of cells in each row."""
        return len(self.cells[0]) if self.cells else 0

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The values, (n_rows, n_columns); NaN for what is no number."""
        return np.array([row_numbers(row, self.marks) for row in self.cells]).reshape(len(self.cells), self.n_columns)

    @cached_property
    def is_numeric(self) -> NDArray[np.bool_]:
        """Whether at least half of the cells of each column that hold anything are numbers; others are errors."""
        n_numbers: NDArray[np.intp] = np.isfinite(self.numbers).sum(axis=0)
        is_numeric: NDArray[np.bool_] = (n_numbers > 0) & (2 * n_numbers >= self._n_filled)
        return is_numeric

    @cached_property
    def is_empty(self) -> NDArray[np.bool_]:
        """Whether all cells of each column are empty."""
        is_empty: NDArray[np.bool_] = np.atleast_1d(~np.isfinite(self.numbers).any(axis=0))
        for column in np.flatnonzero(is_empty).tolist():
            is_empty[column] = not any(self.texts(column))
        return is_empty

    @cached_property
    def _n_filled(self) -> NDArray[np.intp]:
        filled = np.isfinite(self.numbers)
        for i, j in np.argwhere(~filled):
            filled[i, j] = not is_missing(self.cells[i][j])
        n_filled: NDArray[np.intp] = filled.sum(axis=0)
        return n_filled

    def texts(self, column: int) -> list[str]:
        """Return the cells of a column."""
        return [row[column].strip() for row in self.cells]

    def distinct(self, column: int) -> NDArray[np.float64]:
        """Return the different values of a column."""
        return np.unique(self.numbers[:, column])

    def is_whole(self, column: int) -> bool:
        """Return whether all values of a column are whole numbers of 0 or more."""
        values = self.numbers[:, column]
        return bool(np.isfinite(values).all() and (values == np.rint(values)).all() and (values >= 0).all())

    def counts_up(self, column: int) -> bool:
        """Return whether a column numbers the rows, from 0 or 1."""
        places = np.asarray(self.places, float)
        return any(np.array_equal(self.numbers[:, column], places + start) for start in (0, 1))

    def is_classes(self, column: int) -> bool:
        """Return whether a column holds few different small whole numbers that come again and again."""
        values = self.numbers[:, column]
        if not np.isfinite(values).all():
            return False
        found, counts = np.unique(values, return_counts=True)
        n, lowest, highest = len(found), found[0], found[-1]
        if np.array_equal(found, [-1, 1]):
            return True
        if lowest not in (0, 1) or (found != np.rint(found)).any():
            return False
        is_dense = highest - lowest + 1 <= 2 * n
        return 2 <= n <= min(_MAX_CLASSES, len(values) // 2) and is_dense and self._is_balanced(counts)

    @staticmethod
    def _is_balanced(counts: NDArray[Any]) -> bool:
        return bool(1 - counts.max() / counts.sum() >= _MIN_BALANCE)

    def entropy(self, column: int) -> float:
        """Return how evenly and over how many values a column is spread."""
        shares = np.unique(self.numbers[:, column], return_counts=True)[1] / len(self.cells)
        return float(-(shares * np.log(shares)).sum())


def row_numbers(row: Sequence[str], marks: Marks) -> NDArray[np.float64]:
    """Return the cells of a row as numbers, NaN for what is none."""
    if marks.are_plain:
        try:
            return np.array(row, np.float64)
        except ValueError:
            pass
    known: dict[str, float] = {}
    for cell in set(row):
        number = parse_number(cell, marks)
        known[cell] = np.nan if number is None else number
    return np.array([known[cell] for cell in row], np.float64)
