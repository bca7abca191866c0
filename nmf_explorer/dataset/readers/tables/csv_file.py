"""Read a text table (CSV, TSV) as a stack of samples; an invalid cell is reported by row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.decompress import check_size, decompressed_head, open_decompressed
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import as_images, image_size, table_info
from nmf_explorer.dataset.readers.tables.arff_header import is_arff
from nmf_explorer.dataset.readers.tables.cell_numbers import is_number_like
from nmf_explorer.dataset.readers.tables.dialect import DELIMITERS, split_cells
from nmf_explorer.dataset.readers.tables.row_parser import RowParser
from nmf_explorer.dataset.readers.tables.table_advice import give_table_advice, make_report
from nmf_explorer.dataset.readers.tables.table_layout import TableLayout, detect_layout
from nmf_explorer.dataset.readers.tables.table_sample import TableSample, is_filled, take_sample
from nmf_explorer.dataset.readers.tables.text_lines import decode_head, line_blocks

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_TABLE_NAME = re.compile(r"\.(csv|tsv|tab|arff)(\.(gz|bz2|xz))?$", re.IGNORECASE)
_TEXT_NAME = re.compile(r"\.(txt|dat|data|asc|prn|xls)(\.(gz|bz2|xz))?$", re.IGNORECASE)
_NAME_BYTES = 100
_MIN_CELLS = 2
_INCOMPLETE_CELL = re.compile(r"[,;|\t ]+[^,;|\t ]*$")


def recognises(head: bytes, name: str) -> bool:
    """Return whether a file is a text table, judged by its first 512 bytes.

    Text named .csv, .tsv, .tab or .arff always is one, other text if it begins with a row of numbers, or is named like
    data and has a row of numbers below a header, or rows of numbers with a name each.
    """
    text = decode_head(decompressed_head(head))
    if text is None or not text.strip():
        return False
    lines = [line for line in text.split("\n")[:-1] if line.strip() and not line.startswith("#")]
    if _TABLE_NAME.search(name) or is_arff(lines):
        return True
    if _is_row_of_numbers(lines[0] if lines else _INCOMPLETE_CELL.sub("", text.rpartition("\n")[2])):
        return True
    return _TEXT_NAME.search(name) is not None and len(lines) > 1 and _is_row_below(lines[0], lines[1])


def _is_row_of_numbers(line: str) -> bool:
    """Return whether a line has at least two cells, all of them numbers."""
    parted = [split_cells(line.strip(), delimiter) for delimiter in DELIMITERS]
    return any(len(cells) >= _MIN_CELLS and all(map(is_number_like, cells)) for cells in parted)


def _is_row_below(header: str, line: str) -> bool:
    """Return whether a line is a row of numbers, perhaps with a name, below a header of at least two words."""
    for delimiter in DELIMITERS:
        titles, cells = (split_cells(text.strip(), delimiter) for text in (header, line))
        n_numbers, n_above = (sum(map(is_number_like, row)) for row in (cells, titles))
        has_row = _MIN_CELLS <= n_numbers >= len(cells) - 1
        is_header = not n_above and len(titles) >= _MIN_CELLS and len(cells) - len(titles) in (0, 1)
        if has_row and (is_header or (n_above >= _MIN_CELLS and len(titles) == len(cells) == n_above + 1)):
            return True
    return False


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Detect the layout of a table from lines spread over it, and count its rows.

    Raises `ImageReadError` if it is not a table of numbers.
    """
    sample, layout = _detect(file, options)
    return table_info((sample.n_filled - layout.n_skipped, layout.n_features), _with_axis(options, layout))


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of a table, their names and labels.

    The dtype is uint8 or uint16 if all values are integral and fit, else float32.
    Raises `ImageReadError` if it is not a table of numbers, or names the first invalid row or cell.
    """
    _, layout = _detect(file, options)
    options = _with_axis(options, layout)
    if layout.samples_in == "rows":
        image_size(layout.n_features, options)  # refuses an unusable size before reading
    parser = RowParser(layout)
    with open_decompressed(file) as stream:
        table = _read_rows(stream, parser)
    report = make_report(layout, len(table))
    names, labels = tuple(parser.names), tuple(parser.labels)
    if layout.samples_in == "columns":
        names = tuple(layout.titles[column] for column in layout.columns("feature")) if layout.titles else ()
        labels = ()
    advice = give_table_advice(layout, options)
    return FileSamples(as_images(table, options), names, labels, UNSCALED, advice=advice, table=report)


def _detect(file: FoundFile, options: LoadOptions) -> tuple[TableSample, TableLayout]:
    with open_decompressed(file) as stream:
        sample = take_sample(stream)
        return sample, detect_layout(sample, options)


def _with_axis(options: LoadOptions, layout: TableLayout) -> LoadOptions:
    return options.replace({"samples_in": layout.samples_in})


def _read_rows(stream: BinaryIO, parser: RowParser) -> NDArray[Any]:
    """Read all numbers as a (n_rows, n_columns) array."""
    blocks: list[NDArray[Any]] = []
    n_bytes, n_skipped = 0, parser.layout.n_skipped
    for block in line_blocks(stream):
        filled = [(block.first + i, line) for i, line in enumerate(block.lines) if is_filled(line)]
        rows, n_skipped = filled[n_skipped:], max(0, n_skipped - len(filled))
        if rows:
            numbers = parser.parse([row for row, _ in rows], [line for _, line in rows])
            blocks.append(to_storable(numbers, narrow=True).stored)
            n_bytes += numbers.size * np.dtype(np.float32).itemsize + len(rows) * parser.n_kept * _NAME_BYTES
            check_size(n_bytes)
    return np.concatenate(blocks)
