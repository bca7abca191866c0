"""Detect the layout of a text table from lines spread over it: what its rows and columns are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.readers.tables.arff_header import is_arff, read_arff_header
from nmf_explorer.dataset.readers.tables.cell_numbers import is_number_like, parse_number
from nmf_explorer.dataset.readers.tables.chosen_roles import chosen_roles
from nmf_explorer.dataset.readers.tables.column_roles import ColumnRoles, find_roles
from nmf_explorer.dataset.readers.tables.column_titles import (
    counted_columns,
    is_axis_title,
    is_index_title,
    is_name_title,
    is_pixel_title,
)
from nmf_explorer.dataset.readers.tables.dialect import Dialect, detect_dialect
from nmf_explorer.dataset.readers.tables.table_body import TableBody, row_numbers
from nmf_explorer.dataset.readers.tables.table_header import header_reason
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.tables.table_sample import TableSample

MIN_FEATURES = 2
_COMMENTS = ("#", "%", "//")
_MAX_PREAMBLE = 50  # lines about a table before it
_MIN_AXIS_ROWS = 8
_MAX_UNEVENNESS = 1.5  # largest step of an axis without a title that says so, by the smallest


class TableLayout(NamedTuple):
    """The layout of a text table."""

    dialect: Dialect
    n_columns: int  # cells in each line
    n_skipped: int  # lines before the first row of numbers, without blank lines
    titles: tuple[str, ...]  # one per column; empty without a header
    header_reason: str | None  # why the first row is a header although it holds numbers
    n_preamble: int  # lines of words before the header that were left out
    roles: ColumnRoles
    samples_in: str  # "rows" or "columns"
    is_axis_guess: bool  # whether columns are the samples because of their first one
    body: TableBody  # sampled rows
    n_listed: int  # numbers in the cell that lists them, 0 without one

    @property
    def n_features(self) -> int:
        """Number of columns of values."""
        return self.n_listed or self.roles.roles.count("feature")

    def columns(self, role: str) -> tuple[int, ...]:
        """Return the columns with a role."""
        return tuple(column for column, its_role in enumerate(self.roles.roles) if its_role == role)


def detect_layout(sample: TableSample, options: LoadOptions) -> TableLayout:
    """Detect the layout of a table from some of its lines.

    Rows that do not fit it are errors of the file. Raises `ImageReadError` without two columns of numbers, if numbers
    can be read in two ways, or if a chosen column does not exist.
    """
    lines = sample.lines
    if is_arff(lines):
        header = read_arff_header(lines)
        dialect = detect_dialect(lines[header.n_lines - 1 :], ",")
        first = _FirstRows(header.n_lines, header.titles, None, 0)
        return _layout(sample, options, dialect, first)
    n_comments, delimiter = 0, None
    while n_comments < len(lines) and lines[n_comments].startswith((*_COMMENTS, "sep=")):
        if lines[n_comments].startswith("sep="):
            delimiter = lines[n_comments][4:5] or None
        n_comments += 1
    table_lines = lines[n_comments:]
    dialect = detect_dialect(table_lines, delimiter)
    first = _find_first_rows(table_lines, dialect, lines[:n_comments])
    return _layout(sample, options, dialect, first._replace(n_skipped=first.n_skipped + n_comments))


class _FirstRows(NamedTuple):
    """What comes before the rows of numbers."""

    n_skipped: int
    titles: tuple[str, ...]
    header_reason: str | None
    n_preamble: int


def _layout(sample: TableSample, options: LoadOptions, dialect: Dialect, first: _FirstRows) -> TableLayout:
    """Find what the columns hold, after the first rows are known."""
    rows = [dialect.split(line) for line in sample.lines[first.n_skipped :]]
    n_columns = len(first.titles) or _usual_length(rows)
    places = [place - first.n_skipped for place in sample.places[first.n_skipped :]]
    fitting = [(place, row[:n_columns]) for place, row in zip(places, rows, strict=True) if fits(row, n_columns)]
    body = TableBody([row for _, row in fitting], [place for place, _ in fitting], dialect.marks)
    if not fitting:
        raise _no_table(sample, first.n_skipped, dialect)
    chosen = chosen_roles(options.columns, first.titles, n_columns)
    is_axis_guess = options.samples_in == "auto" and dialect.listed is None and _has_axis(body, first.titles)
    samples_in = "columns" if is_axis_guess or options.samples_in == "columns" else "rows"
    if is_axis_guess:
        chosen.setdefault(0, "ignore")
    finds_labels = samples_in == "rows"
    roles = find_roles(body, first.titles, chosen, listed=dialect.listed, finds_labels=finds_labels)
    n_listed = 0
    if dialect.listed is not None and roles.roles[dialect.listed] == "feature":
        n_listed = _usual_length([dialect.split_list(row[dialect.listed]) for row in body.cells])
    layout = TableLayout(
        dialect, n_columns, first.n_skipped, first.titles, first.header_reason, first.n_preamble, roles, samples_in,
        is_axis_guess, body, n_listed,
    )  # fmt: skip
    if layout.n_features < MIN_FEATURES:
        raise _no_table(sample, first.n_skipped, dialect)
    return layout


def _find_first_rows(lines: Sequence[str], dialect: Dialect, comments: Sequence[str]) -> _FirstRows:
    """Find where the rows of numbers begin, and the titles of their columns."""
    rows = [dialect.split(line) for line in lines]
    n_columns = _usual_length(rows[1:] or rows)
    n_preamble = _preamble_length(rows, n_columns)
    below = [row[:n_columns] for row in rows[n_preamble + 1 :] if fits(row, n_columns)]
    first = _header_cells(rows[n_preamble], n_columns, below) if n_preamble < len(rows) else None
    if first is None:
        return _FirstRows(n_preamble, (), None, n_preamble)
    reason = _header_reason(first, TableBody(below, range(len(below)), dialect.marks), dialect)
    if reason is not None:
        return _FirstRows(n_preamble + 1, tuple(cell.strip() for cell in first), reason or None, n_preamble)
    titles = dialect.split(comments[-1].lstrip("#%/ ")) if comments and not n_preamble else []
    is_header = len(titles) == n_columns and not any(map(is_number_like, titles))
    return _FirstRows(n_preamble, tuple(title.strip() for title in titles) if is_header else (), None, n_preamble)


def _header_reason(first: Sequence[str], below: TableBody, dialect: Dialect) -> str | None:
    """Return why the first row is a header, an empty text for one of words, or None if it is none."""
    if dialect.listed is None:
        return header_reason(first, row_numbers(first, dialect.marks), below)
    return None if any(map(str.isdecimal, dialect.split_list(first[dialect.listed]))) else ""


def _header_cells(row: list[str], n_columns: int, below: Sequence[Sequence[str]]) -> list[str] | None:
    """Return one cell for each column if a row can be the first one of a table, else None."""
    n_missing = n_columns - len(row)
    if n_missing <= 0:
        return row[:n_columns] if fits(row, n_columns) else None
    if not any(cell.strip() for other in below for cell in other[len(row) :]):
        return [*row, *[""] * n_missing]
    return ["", *row] if n_missing == 1 else None  # R leaves the column of row names out of the header


def _preamble_length(rows: Sequence[list[str]], n_columns: int) -> int:
    """Return how many lines before the table are words about it."""
    for n, row in enumerate(rows[:_MAX_PREAMBLE]):
        if n_columns - len(row) in (0, 1) or fits(row, n_columns) or sum(map(is_number_like, row)) > 1:
            return n
        if n == 0 and len(rows) > 1 and _header_cells(row, n_columns, [r for r in rows[1:] if fits(r, n_columns)]):
            return n
    return 0


def fits(row: Sequence[str], n_columns: int) -> bool:
    """Return whether a row has so many cells; empty ones may follow."""
    return len(row) == n_columns or (len(row) > n_columns and not any(cell.strip() for cell in row[n_columns:]))


def _usual_length(rows: Sequence[Sequence[str]]) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _has_axis(body: TableBody, titles: Sequence[str]) -> bool:
    """Return whether samples are columns: the first one rises evenly below a title, and the others have names."""
    if body.n_rows < _MIN_AXIS_ROWS or len(titles) <= MIN_FEATURES or not body.is_numeric[0]:
        return False
    others = [column for column in range(1, body.n_columns) if body.is_numeric[column]]
    if len(others) < MIN_FEATURES or any(map(is_number_like, titles[1:])) or is_index_title(titles[0]):
        return False
    steps = np.diff(body.numbers[:, 0]) / np.diff(np.asarray(body.places))
    rises = bool((steps > 0).all() or (steps < 0).all())
    if not rises or any(_rises(body, column) for column in others):
        return False
    is_even = np.abs(steps).max() <= _MAX_UNEVENNESS * np.abs(steps).min() and not body.counts_up(0)
    return is_axis_title(titles[0]) or (is_even and not is_name_title(titles[0]) and not _are_pixels(titles, others))


def _rises(body: TableBody, column: int) -> bool:
    steps = np.diff(body.numbers[:, column])
    return bool((steps > 0).all() or (steps < 0).all())


def _are_pixels(titles: Sequence[str], columns: Sequence[int]) -> bool:
    """Return whether the titles count up and name pixels or other variables rather than samples."""
    counted = counted_columns(titles, columns)
    return bool(counted) and is_pixel_title(titles[counted[0]])


def _no_table(sample: TableSample, n_skipped: int, dialect: Dialect) -> ImageReadError:
    """Return the error of a file without two columns of numbers; it names the first cell that is none."""
    for line, number in zip(sample.lines[n_skipped:], sample.numbers[n_skipped:], strict=False):
        for column, cell in enumerate(dialect.split(line), 1):
            if cell.strip() and parse_number(cell, dialect.marks) is None:
                template = "no table of numbers: row {row}, column {column} is “{cell}”, which is no number"
                return ImageReadError(template, row=number, column=column, cell=cell.strip()[:40])
    return ImageReadError("no table of numbers: it needs two columns of numbers at least, and a row")
