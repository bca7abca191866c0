"""Detect the layout of a text table from its first lines: the delimiter, the header, and the kind of each column."""

from __future__ import annotations

import csv
import re
from collections import Counter
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.readers.samples.labels import is_label_name
from nmf_explorer.dataset.readers.tables.chosen_roles import chosen_roles
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import Columns, Role

_NUMBER = re.compile(r"\s*[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|nan|inf(inity)?)\s*", re.ASCII | re.IGNORECASE)
_INDEX_NAMES = frozenset({"", "#", "id", "idx", "index", "no", "nr", "unnamed: 0"})
_LAYOUT_LINES = 50  # lines that decide the layout
_DELIMITER_LINES = 10  # lines that decide the delimiter
_DELIMITERS = ("\t", ";", ",", None)
_MIN_NUMBERS = 2
_MIN_IMAGE_PIXELS = 16  # a smaller square number of columns is no evidence of an image
_MIN_COUNTED_HEADER = 8  # a first line of at least 8 numbers 0, 1, 2, ... is a header
_MIN_INDEX_ROWS = 4  # from 4 rows on, a column that counts up is an index
_MAX_CLASSES = 10  # a column that counts up beyond this is no label column
_TEXT, _EMPTY = "text", "empty"


class TableLayout(NamedTuple):
    """The layout of a text table."""

    delimiter: str | None  # None: any white space
    n_columns: int
    n_skipped: int  # lines before the first row of numbers, without blank lines
    header: tuple[str, ...]  # column names; empty without a header
    numbers: tuple[int, ...]  # columns of sample values
    names: int | None  # column of sample names
    labels: int | None  # column of sample classes
    rows: tuple[tuple[str, ...], ...] = ()  # cells of the first rows of numbers

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the role of every column."""
        numbers = set(self.numbers)
        other: dict[int | None, Role] = {self.names: "name", self.labels: "label"}
        return tuple("feature" if c in numbers else other.get(c, "ignore") for c in range(self.n_columns))


def split_cells(line: str, delimiter: str | None, n_wanted: int = -1) -> list[str]:
    """Split a line into cells without quotes; None as delimiter means any white space.

    If only the first `n_wanted` cells are needed, the rest may come as one cell.
    """
    if delimiter is not None and '"' in line:
        return next(csv.reader([line], delimiter=delimiter))
    return line.split(delimiter, n_wanted)


def parse_number(cell: str, delimiter: str | None) -> float | None:
    """Return a cell as a float (perhaps NaN or infinite) or None; a comma is a decimal point if not the delimiter."""
    text = cell if delimiter == "," else cell.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None


def is_row_of_numbers(line: str) -> bool:
    """Return whether a line has at least two cells, all of them numbers."""
    delimiter = _detect_delimiter([line])
    cells = split_cells(line, delimiter)
    return len(cells) >= _MIN_NUMBERS and all(parse_number(cell, delimiter) is not None for cell in cells)


def detect_layout(lines: Sequence[str], columns: Columns = ()) -> TableLayout:
    """Detect the layout of a table from its first lines.

    Rows that do not fit it are errors of the file. Raises `ImageReadError` without two columns of numbers.
    """
    filled = [line for line in lines if line and not line.isspace()][:_LAYOUT_LINES]
    n_comments = next((i for i, line in enumerate(filled) if not line.startswith(("#", "sep="))), len(filled))
    table_lines = filled[n_comments:]
    delimiter = _detect_delimiter(table_lines[1:] or table_lines)
    rows = [split_cells(line, delimiter) for line in table_lines]
    n_columns = Counter(len(row) for row in rows[1:] or rows).most_common(1)[0][0] if rows else 0
    if rows and len(rows[0]) == n_columns - 1:  # R leaves the column of row names out of the header
        rows[0] = ["", *rows[0]]
    rows = [row for i, row in enumerate(rows) if i == 0 or len(row) == n_columns]
    has_header = bool(rows) and _is_header(rows[0], rows[1:], delimiter)
    header = tuple(cell.strip() for cell in rows[0]) if has_header and len(rows[0]) == n_columns else ()
    body = [row for row in rows[has_header:] if len(row) == n_columns]
    kinds = [_column_kind([row[column] for row in body], delimiter) for column in range(n_columns)] if body else []
    names = _find_index_column(body, kinds, header)
    labels = _find_label_column(body, kinds, header, names)
    texts = [column for column, kind in enumerate(kinds) if kind == _TEXT]
    if names is None:
        names = next((column for column in texts if column != labels), None)
    chosen = chosen_roles(columns, header, n_columns)
    names = next((c for c, role in chosen.items() if role == "name"), None if names in chosen else names)
    labels = next((c for c, role in chosen.items() if role == "label"), None if labels in chosen else labels)
    usable = {c for c, kind in enumerate(kinds) if kind not in (_TEXT, _EMPTY) or chosen.get(c) == "feature"}
    numbers = tuple(sorted(usable - {names, labels} - {c for c, role in chosen.items() if role != "feature"}))
    if len(numbers) < _MIN_NUMBERS:
        raise ImageReadError("no table of numbers: it needs two columns of numbers at least, and a row")
    n_skipped = n_comments + has_header
    return TableLayout(delimiter, n_columns, n_skipped, header, numbers, names, labels, tuple(map(tuple, body)))


def _detect_delimiter(lines: Sequence[str]) -> str | None:
    """Return the delimiter that gives the most numbers; the comma is tried late, since it may be a decimal point."""
    return max(_DELIMITERS, key=lambda delimiter: _delimiter_score(lines[:_DELIMITER_LINES], delimiter))


def _delimiter_score(lines: Sequence[str], delimiter: str | None) -> float:
    """Return the share of numbers among the cells; below 0 if the lines differ in their number of cells."""
    rows = [split_cells(line, delimiter) for line in lines]
    n_columns, n_alike = Counter(len(row) for row in rows).most_common(1)[0] if rows else (0, 0)
    if n_columns < _MIN_NUMBERS or 2 * n_alike < len(rows):
        return -1.0
    numbers = [parse_number(cell, delimiter) is not None for row in rows for cell in row]
    return sum(numbers) / len(numbers)


def _is_header(first: list[str], rest: list[list[str]], delimiter: str | None) -> bool:
    numbers = [parse_number(cell, delimiter) for cell in first]
    if not rest:
        return all(number is None for number in numbers)
    counted = numbers[1:] if numbers[0] is None else numbers
    counts_up = any(counted == [*map(float, range(start, start + len(counted)))] for start in (0, 1))
    if counts_up and len(counted) >= _MIN_COUNTED_HEADER:
        return True
    named = [i for i, cell in enumerate(first) if numbers[i] is None and cell.strip()]
    return any(_column_kind([row[i] for row in rest if i < len(row)], delimiter) not in (_TEXT, _EMPTY) for i in named)


def _column_kind(cells: list[str], delimiter: str | None) -> str:
    """Return whether a column holds numbers, text or nothing; a minority of other cells are errors."""
    filled = [cell for cell in cells if cell.strip()]
    n_numbers = sum(parse_number(cell, delimiter) is not None for cell in filled)
    if not filled:
        return _EMPTY
    return "numbers" if 2 * n_numbers >= len(filled) else _TEXT


def _find_index_column(body: list[list[str]], kinds: list[str], header: tuple[str, ...]) -> int | None:
    """Return 0 if the first column numbers the rows, else None."""
    if not kinds or kinds[0] == _EMPTY:
        return None
    if header and header[0].lower() in _INDEX_NAMES:
        return 0
    cells = [row[0].strip() for row in body]
    counts_up = any(cells == [str(i + start) for i in range(len(cells))] for start in (0, 1))
    could_be_classes = _is_square(len(kinds) - 1) and len(cells) <= _MAX_CLASSES
    return 0 if counts_up and len(cells) >= _MIN_INDEX_ROWS and not could_be_classes else None


def _find_label_column(
    body: list[list[str]], kinds: list[str], header: tuple[str, ...], index: int | None
) -> int | None:
    """Return the label column: one named so, else one of repeated words, else one that leaves a square number."""
    columns = [column for column, kind in enumerate(kinds) if column != index and kind != _EMPTY]
    named = [c for c in columns if header and is_label_name(header[c]) and not _is_coordinate(header[c], header)]
    if len(named) == 1:
        return named[0]
    for column in columns:
        words = [row[column] for row in body]
        if kinds[column] == _TEXT and len(set(words)) < len(words):
            return column
    columns = [column for column in columns if kinds[column] != _TEXT]
    if not _is_square(len(columns) - 1) or _is_square(len(columns)):
        return None
    ends = [c for c in (columns[0], columns[-1]) if all(row[c].strip().isdecimal() for row in body)]
    varied = [c for c in ends if len({row[c] for row in body}) > 1]
    return next(iter(varied or ends), None)


def _is_coordinate(name: str, header: tuple[str, ...]) -> bool:
    return name.lower() == "y" and "x" in (other.lower() for other in header)


def _is_square(number: int) -> bool:
    return number >= _MIN_IMAGE_PIXELS and isqrt(number) ** 2 == number
