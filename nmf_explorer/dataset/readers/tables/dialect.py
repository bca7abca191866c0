"""Detect how the lines of a text table are written: what parts cells, brackets, pixels that share one cell, marks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.readers.tables.cell_numbers import Marks, detect_marks, is_missing, is_number_like

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS = ("\t", ";", ",", "|", None)
MIN_CELLS = 2
_N_LINES = 12  # lines that decide what parts the cells
_N_CELLS = 300  # cells at either end of a line that decide
_MAX_BESIDE_LIST = 100  # columns of a table whose pixels share one cell
_MIN_LISTED = 4  # numbers in one cell
_QUOTED_OR_WORD = re.compile(r'"((?:[^"]|"")*)"|([^ \t"]+)')
_BLANKS = re.compile(r"[ \t]+")
_LISTED = re.compile(r"[+-]?[\d.]+(?:e[+-]?\d+)?(?:\s*([ ,;|])\s*[+-]?[\d.]+(?:e[+-]?\d+)?)+", re.ASCII | re.IGNORECASE)
_OTHER_DELIMITER_AT_NUMBER = re.compile(r"\d\s*[,;|\t]|[,;|\t]\s*\d|\d +\d", re.ASCII)
_SQUARE_BRACKETS = re.compile(r"\[\s*[-+.\d].*\d\.?\s*\]", re.ASCII)
_ROUND_BRACKETS = re.compile(r"\s*[({].*[)}]\s*[,;]?\s*")
_LEFT_OUT = str.maketrans("", "", "[]")


class Dialect(NamedTuple):
    """How the lines of a table are written."""

    delimiter: str | None  # None: any white space
    marks: Marks = Marks()
    brackets: str = ""  # that are around rows or lists of numbers and have no meaning
    listed: int | None = None  # the column whose cells hold all pixels of a sample
    list_delimiter: str | None = None  # what parts the numbers there; None: any white space

    def split(self, line: str) -> list[str]:
        """Split a line into cells without quotes."""
        return split_cells(without_brackets(line, self.brackets), self.delimiter)

    def split_list(self, cell: str) -> list[str]:
        """Split a cell that lists numbers."""
        return split_cells(cell.strip(), self.list_delimiter)


def split_cells(line: str, delimiter: str | None, n_wanted: int = -1) -> list[str]:
    """Split a line into cells without quotes; None as delimiter means any white space.

    If only the first `n_wanted` cells are needed, the rest may come as one cell.
    """
    if delimiter is not None:
        if '"' in line:
            return next(csv.reader([line], delimiter=delimiter))
        return line.split(delimiter, n_wanted)
    if '"' in line:
        return [quoted.replace('""', '"') or word for quoted, word in _QUOTED_OR_WORD.findall(line)]
    if line.isascii():
        return line.split(None, n_wanted)
    return _BLANKS.split(line.strip(" \t"))  # a space that does not break may part thousands


def without_brackets(line: str, brackets: str) -> str:
    """Return a line without brackets that have no meaning."""
    if brackets == "[]":
        return line.translate(_LEFT_OUT).rstrip(" \t,;")
    return line.strip(" \t,;(){}") if brackets else line


def detect_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """Detect how lines are written; `delimiter` is given if the file says it.

    Raises `ImageReadError` if its numbers can be read in two ways.
    """
    body = lines[1:] or lines
    step = -(-len(body) // _N_LINES) or 1
    few = body[::step]
    brackets = _detect_brackets(few)
    few = [without_brackets(line, brackets) for line in few]
    if delimiter is None:
        first = without_brackets(lines[0], brackets) if lines else ""
        delimiter = max(DELIMITERS, key=lambda delimiter: (_score(few, delimiter), _is_alike(first, few, delimiter)))
    dialect = Dialect(delimiter, brackets=brackets)
    if delimiter is not None:
        dialect = _with_list(dialect, [split_cells(line, delimiter) for line in few])
    rows = [dialect.split(line) for line in lines]
    if dialect.listed is not None:
        column = dialect.listed
        rows = [dialect.split_list(row[column]) if column < len(row) else [] for row in rows]
    inner = delimiter if dialect.listed is None else dialect.list_delimiter
    return dialect._replace(marks=detect_marks(rows, inner))


def _detect_brackets(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    if 2 * sum(_SQUARE_BRACKETS.search(line) is not None for line in lines) > len(lines):
        return "[]"
    return "()" if all(_ROUND_BRACKETS.fullmatch(line) for line in lines) else ""


def _is_alike(first: str, lines: Sequence[str], delimiter: str | None) -> bool:
    """Return whether the first line has as many cells as the next one; that parts what is else equally likely."""
    return bool(lines) and len(split_cells(first, delimiter)) == len(split_cells(lines[0], delimiter))


def _score(lines: Sequence[str], delimiter: str | None) -> float:
    """Return the share of numbers among the cells; below 0 if the lines differ in their number of cells.

    Words that hold another delimiter beside a digit count against it: they are numbers that were not parted.
    """
    rows = [split_cells(line, delimiter) for line in lines]
    n_columns, n_alike = Counter(len(row) for row in rows).most_common(1)[0] if rows else (0, 0)
    if n_columns < MIN_CELLS or 2 * n_alike < len(rows):
        return -1.0
    gain, total = 0, 0
    for row in rows:
        for cell in row if len(row) <= 2 * _N_CELLS else (*row[:_N_CELLS], *row[-_N_CELLS:]):
            n_numbers = _numbers_in(cell, delimiter)
            gain += n_numbers
            total += max(1, abs(n_numbers)) if not is_missing(cell) else 0
    return gain / total if total else -1.0


def _numbers_in(cell: str, delimiter: str | None) -> int:
    """Return how many numbers a cell holds, and -1 for numbers that another delimiter would part."""
    if is_number_like(cell):
        return 1
    if delimiter is not None and _LISTED.fullmatch(cell.strip()):
        n_listed = len(re.split(r"[\s,;|]+", cell.strip()))
        return n_listed if n_listed >= _MIN_LISTED else -1
    return -1 if _OTHER_DELIMITER_AT_NUMBER.search(cell) else 0


def _with_list(dialect: Dialect, rows: list[list[str]]) -> Dialect:
    """Return the dialect with the one column whose cells list numbers, if there is one."""
    n_columns = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    alike = [row for row in rows if len(row) == n_columns]
    for column in range(n_columns if n_columns <= _MAX_BESIDE_LIST else 0):
        found = [_LISTED.fullmatch(row[column].strip()) for row in alike]
        counts = [_numbers_in(row[column], dialect.delimiter) for row in alike]
        if 2 * sum(n >= _MIN_LISTED for n in counts) > len(alike):
            mark = Counter(match[1] for match in found if match).most_common(1)[0][0]
            return dialect._replace(listed=column, list_delimiter=None if mark == " " else mark)
    return dialect
