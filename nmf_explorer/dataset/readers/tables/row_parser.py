"""Read the rows of a table as numbers, whole blocks at once where they are regular; an invalid cell is named."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.readers.tables.cell_numbers import Marks, parse_number
from nmf_explorer.dataset.readers.tables.dialect import split_cells, without_brackets
from nmf_explorer.dataset.readers.tables.table_body import row_numbers
from nmf_explorer.dataset.readers.tables.table_layout import TableLayout, fits
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DECIMAL_COMMA = Marks(",")
_MAX_SHOWN = 40  # characters of an invalid cell


class RowParser:
    """Reads blocks of rows; keeps their names and labels."""

    def __init__(self, layout: TableLayout) -> None:
        self.layout = layout
        self.names: list[str] = []
        self.labels: list[str] = []
        self._features = layout.columns("feature")
        self._name_columns, self._label_columns = layout.columns("name"), layout.columns("label")
        self._kept = (*self._name_columns, *self._label_columns)
        self._all_numeric = bool(layout.body.is_numeric.all())

    @property
    def n_kept(self) -> int:
        """Number of texts kept for each row."""
        return len(self._kept)

    def parse(self, rows: Sequence[int], lines: list[str]) -> NDArray[np.float64]:
        """Return lines as numbers (n_lines, n_features); `rows` are their line numbers.

        Raises `ImageReadError` for an invalid row or cell, and for a value that is negative or not finite.
        """
        dialect = self.layout.dialect
        if dialect.brackets:
            lines = [without_brackets(line, dialect.brackets) for line in lines]
        numbers = self._parse_lists(rows, lines) if self.layout.n_listed else self._parse_regular(lines)
        if numbers is None:
            numbers = np.array([self._parse_row(row, line) for row, line in zip(rows, lines, strict=True)])
        self._check(numbers, rows)
        self._keep_texts(rows, lines)
        return numbers

    # numbers

    def _parse_regular(self, lines: list[str]) -> NDArray[np.float64] | None:
        """Parse regular lines with NumPy; return None if a line is irregular, or written with other marks."""
        delimiter, marks = self.layout.dialect.delimiter, self.layout.dialect.marks
        n_columns = self.layout.n_columns
        if marks == _DECIMAL_COMMA and not any("." in line for line in lines):
            lines = [line.replace(",", ".") for line in lines]
        elif not marks.are_plain:
            return None
        with suppress(ValueError):
            if self._all_numeric:  # faster than without some columns
                numbers = np.loadtxt(lines, np.float64, None, delimiter, ndmin=2)
                if numbers.shape[1] == n_columns:
                    return numbers if len(self._features) == n_columns else numbers[:, self._features]
        if any('"' in line or _count_cells(line, delimiter) != n_columns for line in lines):
            return None
        with suppress(ValueError):
            return np.loadtxt(lines, np.float64, None, delimiter, usecols=self._features, ndmin=2)
        return None  # the caller parses cell by cell, to find the invalid one

    def _parse_row(self, row: int, line: str) -> NDArray[np.float64]:
        """Parse one line cell by cell; raise `ImageReadError` for an invalid one."""
        cells = split_cells(line, self.layout.dialect.delimiter)
        if not fits(cells, self.layout.n_columns):
            raise _length_error(row, len(cells), self.layout.n_columns)
        features = [cells[column] for column in self._features]
        numbers = _numbers(features, self.layout.dialect.marks)
        for i in np.flatnonzero(np.isnan(numbers)):
            if parse_number(features[i], self.layout.dialect.marks) is None:
                raise self._cell_error(row, int(i), features[i])
        return numbers

    def _parse_lists(self, rows: Sequence[int], lines: list[str]) -> NDArray[np.float64] | None:
        """Parse the cell of each line that lists numbers."""
        dialect, n_listed = self.layout.dialect, self.layout.n_listed
        (column,) = self._features
        found = []
        for row, line in zip(rows, lines, strict=True):
            cells = split_cells(line, dialect.delimiter)
            if not fits(cells, self.layout.n_columns):
                raise _length_error(row, len(cells), self.layout.n_columns)
            listed = dialect.split_list(cells[column])
            if len(listed) != n_listed:
                raise ImageReadError(
                    "row {row} has {n} numbers in column {column}; the others have {expected}",
                    row=row,
                    n=len(listed),
                    column=self._place(column),
                    expected=n_listed,
                )
            numbers = _numbers(listed, dialect.marks)
            for i in np.flatnonzero(np.isnan(numbers)):
                if parse_number(listed[i], dialect.marks) is None:
                    raise self._cell_error(row, 0, listed[i])
            found.append(numbers)
        return np.array(found)

    def _check(self, numbers: NDArray[np.float64], rows: Sequence[int]) -> None:
        """Raise `ImageReadError` for the first value that is negative or not finite in float32."""
        usable = (numbers >= 0) & (numbers <= np.finfo(np.float32).max)
        if not usable.all():
            i, j = divmod(int(np.argmin(usable)), numbers.shape[1])
            raise self._cell_error(rows[i], 0 if self.layout.n_listed else j, str(numbers[i, j]))

    def _cell_error(self, row: int, feature: int, cell: str) -> ImageReadError:
        where = self._place(self._features[feature])
        if not cell.strip():
            return ImageReadError("row {row}, column {column} is empty; a number is expected", row=row, column=where)
        if (parse_number(cell, Marks()) or 0) < 0:
            return ImageReadError(
                "row {row}, column {column}: “{cell}”; a number of 0 or more is expected, since parts are only added. "
                "Shift the numbers, or set those below 0 to 0, and save the table again",
                row=row,
                column=where,
                cell=cell[:_MAX_SHOWN],
            )
        return ImageReadError(
            "row {row}, column {column}: “{cell}”; a number of 0 or more is expected",
            row=row,
            column=where,
            cell=cell[:_MAX_SHOWN],
        )

    def _place(self, column: int) -> str:
        titles = self.layout.titles
        return f"{column + 1} ({titles[column]})" if titles else str(column + 1)

    # names and labels

    def _keep_texts(self, rows: Sequence[int], lines: list[str]) -> None:
        """Keep the names and labels of rows."""
        if not self._kept:
            return
        for row, line in zip(rows, lines, strict=True):
            cells = self._cells_at(line)
            if self._name_columns:
                self.names.append(", ".join(cells[c].strip() for c in self._name_columns))
            if self._label_columns:
                self.labels.append(self._label(row, [cells[c].strip() for c in self._label_columns]))

    def _cells_at(self, line: str) -> dict[int, str] | list[str]:
        """Return the cells of names and labels by column; only as many as needed are parted."""
        delimiter, n_columns = self.layout.dialect.delimiter, self.layout.n_columns
        n_from_end = n_columns - min(self._kept)
        if (
            n_from_end < n_columns // 2
            and '"' not in line
            and delimiter is not None
            and line.count(delimiter) < n_columns
        ):
            last = line.rsplit(delimiter, n_from_end)[1:]
            return dict(zip(range(n_columns - n_from_end, n_columns), last, strict=True))
        return split_cells(line, delimiter, max(self._kept) + 1)

    def _label(self, row: int, cells: list[str]) -> str:
        if not self.layout.roles.one_hot:
            return ", ".join(map(_normalised_label, cells))
        hot = [i for i, cell in enumerate(cells) if parse_number(cell, self.layout.dialect.marks) == 1]
        if len(hot) != 1:
            raise ImageReadError(
                "row {row}: of the columns {first} to {last}, which were taken as one for each class, one is 1 in the "
                "other rows; here {n} are",
                row=row,
                first=self._label_columns[0] + 1,
                last=self._label_columns[-1] + 1,
                n=len(hot),
            )
        return self.layout.titles[self._label_columns[hot[0]]] if self.layout.titles else str(hot[0])


def _normalised_label(cell: str) -> str:
    """Return a label as written, but "5" for "5.0"."""
    return cell if cell.isdecimal() else re.sub(r"^(-?\d+)[.,]0*$", r"\1", cell)


def _numbers(cells: list[str], marks: Marks) -> NDArray[np.float64]:
    """Return cells as numbers, NaN for what is none, also for what Python alone takes for a number, such as 1_0."""
    if not any("_" in cell for cell in cells):
        return row_numbers(cells, marks)
    found = [parse_number(cell, marks) for cell in cells]
    return np.array([np.nan if number is None else number for number in found])


def _count_cells(line: str, delimiter: str | None) -> int:
    return len(line.split()) if delimiter is None else line.count(delimiter) + 1


def _length_error(row: int, n_cells: int, n_expected: int) -> ImageReadError:
    return ImageReadError(
        "row {row} has {n} cells; the others have {expected}", row=row, n=n_cells, expected=n_expected
    )
