"""Numbers as people and programs write them, and the files of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.errors import SourceError
from tests.dataset.readers.tables.written_tables import Opener, check, grid, notes, text_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Return a function that writes and loads a table."""
    return Opener(tmp_path)


# numbers as people write them


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
@pytest.mark.parametrize("mark", [",", ".", " ", "\u00a0", "'", "\u2019"])
def test_thousands_are_no_decimals(opened: Opener, delimiter: str, mark: str) -> None:
    rows = [["2x365", "174", "4x752", "720"], ["1x024", "88", "3x000", "5"], ["9x111", "1", "2x002", "1x500"]]
    text = text_of([[cell.replace("x", mark) for cell in row] for row in rows], delimiter)
    dataset = opened(text)
    check(dataset, [[2365, 174, 4752, 720], [1024, 88, 3000, 5], [9111, 1, 2002, 1500]])
    assert "parts thousands" in notes(dataset)


def test_thousands_in_quotes_between_commas_are_read(opened: Opener) -> None:
    check(opened('"2,590","1,530"\n"3,111","4,222"\n'), [[2590, 1530], [3111, 4222]])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("1.234,56;0,5\n2,25;1.000,75", [[1234.56, 0.5], [2.25, 1000.75]]),
        ("1,234.56;0.5\n2.25;1,000.75", [[1234.56, 0.5], [2.25, 1000.75]]),
        ("1 234,5;0,5\n2,25;1 000", [[1234.5, 0.5], [2.25, 1000]]),
        ("0,125;0,375\n0,625;1,125", [[0.125, 0.375], [0.625, 1.125]]),
        ("1,234;0,5\n2,345;0,25", [[1.234, 0.5], [2.345, 0.25]]),
        ("1.234;2.345\n3.456;4.567", [[1.234, 2.345], [3.456, 4.567]]),
        ("2,365;174\n4,752;720", [[2365, 174], [4752, 720]]),
        ("1.234.567;2\n3;4.000", [[1234567, 2], [3, 4000]]),
        ("50%;25 %\n12.5%;100%", [[0.5, 0.25], [0.125, 1]]),
        ("1.5D+03;2d0\n0.5D-1;1E2", [[1500, 2], [0.05, 100]]),
        ("TRUE;FALSE\nfalse;True", [[1, 0], [0, 1]]),
        ("1,5e3;2,5\n0,5;1e2", [[1500, 2.5], [0.5, 100]]),
    ],
)
def test_numbers_with_the_marks_of_their_table_are_read(
    opened: Opener, cells: str, expected: list[list[float]]
) -> None:
    check(opened(cells), expected)
    check(opened(cells.replace(";", "\t"), "table.tsv"), expected)


@pytest.mark.parametrize("text", ["1,234;5,678\n2,345;6,789\n", "1.234;2,345\n3.456;4,567\n", "2.365;174\n4.752;720\n"])
def test_numbers_that_can_be_read_in_two_ways_are_refused(opened: Opener, text: str) -> None:
    with pytest.raises(SourceError, match="can be read in two ways"):
        opened(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0,5;1,5\n2,5;1.5\n0,1;0,2", "row 2, column 2: “1.5”"),
        ("a;b\n1;NA\n2;3\n", r"row 2, column 2 \(b\): “NA”"),
        ("a;b\n1;3\n2;\n", r"row 3, column 2 \(b\) is empty"),
        ("12 mm;13 mm\n14 mm;15 mm\n", "row 1, column 1 is “12 mm”, which is no number"),
        ("@relation x\n@attribute a numeric\n@attribute b numeric\n@data\n{0 1}\n", "sparse rows"),
        ("@relation x\n@attribute a numeric\n", "without @data"),
    ],
)
def test_a_cell_that_is_no_number_is_named(opened: Opener, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        opened(text)


# files of other programs


def test_cells_between_bars_are_read(opened: Opener) -> None:
    values = grid(6, 4)
    check(opened(text_of(values, "|")), values)
    lines = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in values.tolist())
    check(opened("| a | b | c | d |\n|---|---|:-:|---|\n" + lines), values)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_the_exports_of_excel_are_read(opened: Opener, encoding: str) -> None:
    values = grid(10, 9) / 4
    rows = [[f"é{i}", *(str(v).replace(".", ",") for v in row), ""] for i, row in enumerate(values.tolist())]
    text = text_of(rows, ";", "Name;" + ";".join(f"Wert {i}" for i in range(9)) + ";")
    dataset = opened(("sep=;\n" + text + ";" * 10 + "\n").replace("\n", "\r\n").encode(encoding))
    check(dataset, values)
    assert dataset.sample_names[3] == "é3"
    assert dataset.report.table is not None
    assert (dataset.report.table.delimiter, dataset.report.table.decimal_mark) == (";", ",")


def test_arff_files_are_read(opened: Opener) -> None:
    values, labels = grid(9, 60), ["a", "b", "c"] * 3
    attributes = "".join(f"@ATTRIBUTE 'p {i}' NUMERIC\n" for i in range(60))
    data = text_of([[*row, label] for row, label in zip(values.tolist(), labels, strict=True)])
    dataset = opened(f"% about\n@RELATION x\n\n{attributes}@ATTRIBUTE kind {{a,b,c}}\n\n@DATA\n{data}", "x.arff")
    check(dataset, values, labels)


@pytest.mark.parametrize("name", ["x.txt", "x.dat", "x.asc"])
def test_text_with_a_header_above_numbers_is_a_table(opened: Opener, name: str) -> None:
    values = grid(6, 4)
    check(opened(text_of(values, "\t", "a\tb\tc\td"), name), values)


def test_text_with_a_name_in_each_row_is_a_table(opened: Opener) -> None:
    values = grid(6, 4)
    rows = [[f"a{i}", *row] for i, row in enumerate(values.tolist())]
    assert opened(text_of(rows), "letters.data").sample_names[0] == "a0"
    check(opened(text_of(rows, " "), "x.txt"), values)


def test_titles_in_a_comment_name_the_columns(opened: Opener) -> None:
    values, labels = grid(20, 9), np.arange(20) % 3
    text = "# " + ",".join(f"p{i}" for i in range(9)) + ",label\n" + text_of(np.column_stack([values, labels]))
    check(opened(text), values, labels)


def test_a_table_of_too_many_rows_is_refused_before_it_is_read(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.readers.tables.table_sample.MAX_SAMPLES", 100)
    check(opened(text_of(grid(100, 2))), grid(100, 2))
    with pytest.raises(SourceError, match="too many rows: more than 100"):
        opened(text_of(grid(101, 2)))
