"""Read a text table (CSV, TSV) as a stack of samples; an invalid cell is reported by row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.decompress import check_size, decompressed_head, open_decompressed
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import as_images, image_size, table_info
from nmf_explorer.dataset.readers.tables.csv_layout import (
    TableLayout,
    detect_layout,
    is_row_of_numbers,
    parse_number,
    split_cells,
)
from nmf_explorer.dataset.readers.tables.text_lines import LineBlock, decode_head, line_blocks
from nmf_explorer.dataset.table_report import MAX_SHOWN_ROWS, TableColumn, TableReport, shown_columns
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_TABLE_NAME = re.compile(r"\.(csv|tsv)(\.(gz|bz2|xz))?$", re.IGNORECASE)
_NAME_BYTES = 100
_INCOMPLETE_CELL = re.compile(r"[,;\t ]+[^,;\t ]*$")


def recognises(head: bytes, name: str) -> bool:
    """Return whether a file is a text table, judged by its first 512 bytes.

    Text named .csv or .tsv always is one, other text if it begins with a row of numbers.
    """
    text = decode_head(decompressed_head(head))
    if text is None or not text.strip():
        return False
    if _TABLE_NAME.search(name):
        return True
    lines = [line for line in text.split("\n")[:-1] if line.strip() and not line.startswith("#")]
    return is_row_of_numbers(lines[0] if lines else _INCOMPLETE_CELL.sub("", text.rpartition("\n")[2]))


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Detect the layout of a table from its first lines, and count its rows.

    Raises `ImageReadError` if it is not a table of numbers.
    """
    with open_decompressed(file) as stream:
        blocks = line_blocks(stream)
        block = next(blocks)
        layout = detect_layout(block.lines, options.columns)
        n_lines = _count_filled(block.lines) + sum(_count_filled(block.lines) for block in blocks)
        return table_info((n_lines - layout.n_skipped, len(layout.numbers)), options)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of a table, their names and labels.

    The dtype is uint8 or uint16 if all values are integral and fit, else float32.
    Raises `ImageReadError` if it is not a table of numbers, or names the first invalid row or cell.
    """
    with open_decompressed(file) as stream:
        rows = _TableReader(stream, options)
        table = rows.table(options)
    layout = rows.layout
    report = _report(layout, len(table), options)
    if options.samples_in == "columns":
        names = tuple(layout.header[column] for column in layout.numbers) if layout.header else ()
        return FileSamples(as_images(table, options), names, white=UNSCALED, table=report)
    return FileSamples(as_images(table, options), tuple(rows.names), tuple(rows.labels), UNSCALED, table=report)


def _report(layout: TableLayout, n_rows: int, options: LoadOptions) -> TableReport:
    columns = tuple(
        TableColumn(
            number,
            layout.header[number] if layout.header else "",
            layout.roles[number],
            tuple(row[number].strip() for row in layout.rows[:MAX_SHOWN_ROWS]),
        )
        for number in shown_columns(layout.n_columns)
    )
    samples_in = "columns" if options.samples_in == "columns" else "rows"
    delimiter = layout.delimiter or " "
    return TableReport(columns, layout.roles, n_rows, bool(layout.header), delimiter, samples_in=samples_in)


def _count_filled(lines: list[str]) -> int:
    return sum(not line.isspace() for line in lines if line)


class _TableReader:
    """Reads the rows of a table in blocks, with their names and labels."""

    def __init__(self, stream: BinaryIO, options: LoadOptions) -> None:
        self.names: list[str] = []
        self.labels: list[str] = []
        self._blocks = line_blocks(stream)
        self._first = next(self._blocks)
        self.layout: TableLayout = detect_layout(self._first.lines, options.columns)

    def table(self, options: LoadOptions) -> NDArray[Any]:
        """Read all numbers as a (n_rows, n_columns) array."""
        layout = self.layout
        if options.samples_in != "columns":
            image_size(len(layout.numbers), options)  # refuses an unusable size before reading
        blocks: list[NDArray[Any]] = []
        n_bytes = 0
        for numbered_lines in self._data_lines():
            lines = [line for _, line in numbered_lines]
            numbers = _parse_block(lines, layout)
            if numbers is None:
                numbers = np.array([_parse_row(row, line, layout) for row, line in numbered_lines])
            _check_numbers(numbers, [row for row, _ in numbered_lines], layout)
            blocks.append(to_storable(numbers, narrow=True).stored)
            n_bytes += numbers.size * np.dtype(np.float32).itemsize + self._keep_names(lines)
            check_size(n_bytes)
        return np.concatenate(blocks)

    def _data_lines(self) -> Iterator[list[tuple[int, str]]]:
        """Yield the rows of numbers of each block with their line numbers."""
        n_skipped = self.layout.n_skipped
        for block in self._all_blocks():
            filled = [(block.first + i, line) for i, line in enumerate(block.lines) if line and not line.isspace()]
            numbered_lines = filled[n_skipped:]
            n_skipped = max(0, n_skipped - len(filled))
            if numbered_lines:
                yield numbered_lines

    def _all_blocks(self) -> Iterator[LineBlock]:
        yield self._first
        yield from self._blocks

    def _keep_names(self, lines: list[str]) -> int:
        """Keep the names and labels of rows; return about how many bytes they take."""
        layout = self.layout
        columns = [column for column in (layout.names, layout.labels) if column is not None]
        for line in lines if columns else ():
            cells = split_cells(line, layout.delimiter, max(columns) + 1)
            if layout.names is not None:
                self.names.append(cells[layout.names].strip())
            if layout.labels is not None:
                self.labels.append(_normalised_label(cells[layout.labels].strip()))
        return len(lines) * len(columns) * _NAME_BYTES


def _normalised_label(cell: str) -> str:
    """Return a label as written, but "5" for "5.0"."""
    return re.sub(r"^(\d+)\.0*$", r"\1", cell)


def _parse_block(lines: list[str], layout: TableLayout) -> NDArray[np.float64] | None:
    """Parse regular lines with NumPy; return None if a line is irregular."""
    delimiter = layout.delimiter
    if any('"' in line or _count_cells(line, delimiter) != layout.n_columns for line in lines):
        return None
    point_lines = lines if delimiter == "," else [line.replace(",", ".") for line in lines]
    try:
        return np.loadtxt(point_lines, np.float64, None, delimiter, usecols=layout.numbers, ndmin=2)
    except ValueError:
        return None  # the caller parses cell by cell, to find the invalid one


def _count_cells(line: str, delimiter: str | None) -> int:
    return len(line.split()) if delimiter is None else line.count(delimiter) + 1


def _parse_row(row: int, line: str, layout: TableLayout) -> list[float]:
    """Parse one line cell by cell; raise `ImageReadError` for an invalid cell."""
    cells = split_cells(line, layout.delimiter)
    if len(cells) != layout.n_columns:
        raise ImageReadError(
            "row {row} has {n} cells; the others have {expected}", row=row, n=len(cells), expected=layout.n_columns
        )
    numbers = []
    for column in layout.numbers:
        number = parse_number(cells[column], layout.delimiter)
        if number is None:
            raise _cell_error(row, column, cells[column], layout)
        numbers.append(number)
    return numbers


def _check_numbers(numbers: NDArray[np.float64], rows: list[int], layout: TableLayout) -> None:
    """Raise `ImageReadError` for the first value that is negative or not finite in float32."""
    usable = (numbers >= 0) & (numbers <= np.finfo(np.float32).max)
    if not usable.all():
        i, j = np.unravel_index(int(np.argmin(usable)), numbers.shape)
        raise _cell_error(rows[i], layout.numbers[j], str(numbers[i, j]), layout)


def _cell_error(row: int, column: int, cell: str, layout: TableLayout) -> ImageReadError:
    where = f"{column + 1} ({layout.header[column]})" if layout.header else str(column + 1)
    if not cell.strip():
        return ImageReadError("row {row}, column {column} is empty; a number is expected", row=row, column=where)
    return ImageReadError(
        "row {row}, column {column}: “{cell}”; a number of 0 or more is expected", row=row, column=where, cell=cell[:40]
    )
