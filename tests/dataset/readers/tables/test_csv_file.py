"""Text tables in the variants that programs write; invalid cells are reported by row and column."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files import decompress
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.tables import csv_file, text_lines
from nmf_explorer.errors import ImageReadError, NmfExplorerError
from tests.dataset.archives import COMPRESSORS, limit_bytes, memory_file

if TYPE_CHECKING:
    from nmf_explorer.dataset.readers.samples.file_samples import FileSamples

AUTO = LoadOptions()
TABLE = [[0, 1, 2, 250], [3, 4, 5, 6], [7, 8, 9, 10]]


def read(text: str | bytes, name: str = "set.csv", **options: object) -> FileSamples:
    """Read a table; its size must be the one that `read_info` returns."""
    content = text.encode() if isinstance(text, str) else text
    file, chosen = memory_file(content, name), LoadOptions(**options)  # type: ignore[arg-type]
    samples = csv_file.read(file, chosen)
    info = csv_file.read_info(file, chosen)
    assert samples.stored.shape == info[:3]
    assert info.is_table
    assert samples.white == 1
    return samples


def rows_of(samples: FileSamples) -> list[list[float]]:
    """Return the samples as rows of numbers."""
    stored = samples.stored
    assert isinstance(stored, np.ndarray)
    table: list[list[float]] = stored.reshape(len(stored), -1).tolist()
    return table


def lines_of(delimiter: str = ",", table: list[list[int]] = TABLE) -> list[str]:
    """Return the lines of a table."""
    return [delimiter.join(map(str, row)) for row in table]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", " ", ", ", "  "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_tables_with_any_usual_delimiter_line_end_and_encoding_are_read(
    delimiter: str, end: str, *, last: bool
) -> None:
    text = end.join(lines_of(delimiter)) + end * last
    for content in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("utf-16"),
        COMPRESSORS[".gz"](text.encode()),
    ):
        samples = read(content)
        assert rows_of(samples) == TABLE
        assert samples.stored.dtype == np.uint8
        assert samples.names == samples.labels == ()


def test_quotes_blank_lines_comments_and_an_empty_last_column_are_ignored() -> None:
    dressed = '# a comment\n\nsep=,\n\n"0",1,2,"250",\n3,4,5,6,\n\n   \n7,8,9,10,\n\n'
    assert rows_of(read(dressed)) == TABLE
    assert rows_of(read("\n".join(f'"{row[0]}" , {row[1]},{row[2]},{row[3]}' for row in TABLE))) == TABLE


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0,5;1,25\n2;3,0\n", [[0.5, 1.25], [2, 3]]),
        ("0,5\t1,25\n2\t3,0\n", [[0.5, 1.25], [2, 3]]),
        ("0.5;1.25\n2;3.0\n", [[0.5, 1.25], [2, 3]]),
        ("5e-1,+1.25\n2.,.5E1\n", [[0.5, 1.25], [2, 5]]),
        ('"0.5","1.25"\n"2","3"\n', [[0.5, 1.25], [2, 3]]),
        ("0,65535\n256,1\n", [[0, 65535], [256, 1]]),
        ("0,65536\n256,1\n", [[0, 65536], [256, 1]]),
    ],
)
def test_numbers_in_any_notation_are_read(text: str, numbers: list[list[float]]) -> None:
    assert rows_of(read(text)) == numbers


def test_values_are_stored_in_the_narrowest_dtype() -> None:
    for highest, dtype in [("255", np.uint8), ("256.0", np.uint16), ("65536", np.float32), ("0.5", np.float32)]:
        assert read(f"0,1\n2,{highest}\n").stored.dtype == dtype


@pytest.mark.parametrize(
    "header",
    [
        ["a", "b", "c", "d"],
        ['"a"', '"b"', "c", ""],
        ["pixel 0", "pixel 1", "pixel 2", "pixel 3"],
        ["1", "2", "3", "sum"],
    ],
)
def test_a_header_is_told_apart_from_numbers(header: list[str]) -> None:
    assert rows_of(read("\n".join([",".join(header), *lines_of()]))) == TABLE


def test_a_header_of_column_numbers_is_recognised() -> None:
    rows = [[5] * 9, [6] * 9]
    for start in (0, 1):
        header = [",".join(map(str, range(start, start + 9)))]
        assert rows_of(read("\n".join(header + lines_of(table=rows)))) == rows
    assert rows_of(read("\n".join(["," + ",".join(map(str, range(9))), "0" + ",5" * 9, "1" + ",6" * 9]))) == rows


@pytest.mark.parametrize("name", ["", "id", "Index", "Unnamed: 0"])
def test_an_index_column_names_the_samples(name: str) -> None:
    indexed = [f"{name},a,b,c,d", *(f"{10 * i},{line}" for i, line in enumerate(lines_of()))]
    samples = read("\n".join(indexed))
    assert rows_of(samples) == TABLE
    assert samples.names == ("0", "10", "20")


def test_row_numbers_and_row_names_name_the_samples() -> None:
    table = [[9, 8, 7]] * 5
    for start in (0, 1):
        counted = read("\n".join(f"{i + start},9,8,7" for i in range(5)))
        assert rows_of(counted) == table
        assert counted.names[0] == str(start)
    named = read("\n".join(f"é{i},9,8,7" for i in range(5)).encode("latin-1"))
    assert named.names == ("é0", "é1", "é2", "é3", "é4")
    assert rows_of(named) == table
    by_r = read("a b c\n" + "\n".join(f"row{i} 9 8 7" for i in range(5)))
    assert by_r.names == ("row0", "row1", "row2", "row3", "row4")
    assert rows_of(by_r) == table


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("name", ["label", "Class", "target", "y", "digit"])
def test_a_label_column_is_recognised_by_its_name(place: int, name: str) -> None:
    lines = [line.split(",") for line in ["a,b,c,d", *lines_of()]]
    for line, label in zip(lines, [name, "3.0", "1", "4"], strict=True):
        line.insert(place, label)
    samples = read("\n".join(map(",".join, lines)))
    assert rows_of(samples) == TABLE
    assert samples.labels == ("3", "1", "4")


def test_coordinates_and_several_columns_named_like_labels_are_values() -> None:
    assert rows_of(read("x,y,z,t\n" + "\n".join(lines_of()))) == TABLE
    assert rows_of(read("class 1,class 2,class 3,t\n" + "\n".join(lines_of()))) == TABLE


def test_repeated_words_are_labels_and_unique_words_are_names() -> None:
    samples = read("one,0,1,2,250,cat\ntwo,3,4,5,6,dog\nthree,7,8,9,10,cat\n")
    assert samples.names == ("one", "two", "three")
    assert samples.labels == ("cat", "dog", "cat")
    assert rows_of(samples) == TABLE


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize("varied", [False, True])
def test_the_column_that_exceeds_a_square_number_is_the_label(*, at_end: bool, varied: bool) -> None:
    inner = np.random.default_rng(0).random((6, 62)).astype(str).tolist()
    pixels = [["0", *row, "0"] for row in inner]
    labels = ["3", "1", "4", "1", "5", "9"] if varied else ["3"] * 6
    lines = [[*row, label] if at_end else [label, *row] for row, label in zip(pixels, labels, strict=True)]
    samples = read("\n".join(map(",".join, lines)))
    if varied or not at_end:
        assert samples.labels == tuple(labels)
        assert samples.stored.shape == (6, 8, 8)


def test_an_index_may_precede_the_label_and_fractions_are_no_labels() -> None:
    row = ",".join(["0.5"] * 65)
    assert read(f"{row}\n{row}").labels == ()
    lines = [f"{i},{i % 3},{','.join(['0.5'] * 64)}" for i in range(20)]
    samples = read("\n".join(lines))
    assert samples.names == tuple(map(str, range(20)))
    assert samples.labels[:4] == ("0", "1", "2", "0")
    digits = read("\n".join(f"{i},{','.join(['0.5'] * 64)}" for i in range(10)))  # one image of each digit
    assert digits.labels == tuple(map(str, range(10)))


def test_the_image_size_and_the_sample_axis_can_be_chosen() -> None:
    rng = np.random.default_rng(0)
    table = rng.integers(0, 2, (100, 104))
    text = "\n".join(",".join(map(str, row)) for row in table.tolist())
    assert read(text).stored.shape == (100, 13, 8)
    assert read(text, table_size=(8, 13)).stored.shape == (100, 8, 13)
    turned = read(text, samples_in="columns")
    assert turned.stored.shape == (104, 10, 10)
    np.testing.assert_array_equal(turned.stored.reshape(104, 100), table.T)
    for options in ({"table_size": (5, 5)}, {"table_size": (5, 5), "samples_in": "columns"}):
        with pytest.raises(ImageReadError, match="make no picture of 5 x 5"):
            read(text, **options)
    assert read("a,b\n0,1\n2,3\n4,5\n", samples_in="columns").names == ("a", "b")
    assert read("0,1\n2,3\n4,5\n", samples_in="columns").names == ()


HEADED = "a,b,c\n0,1,2\n3,4,5\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADED + "6,x,8\n", r"row 4, column 2 \(b\): “x”; a number of 0 or more"),
        (HEADED + "\n\n6,7,\n", r"row 6, column 3 \(c\) is empty"),
        (HEADED + "6,7\n", "row 4 has 2 cells; the others have 3"),
        (HEADED + "6,7,8,9\n", "row 4 has 4 cells; the others have 3"),
        (HEADED + "6,7,-1e-3\n", r"row 4, column 3 \(c\): “-0.001”"),
        (HEADED + "6,nan,8\n", r"row 4, column 2 \(b\): “nan”"),
        (HEADED + "inf,7,8\n", r"row 4, column 1 \(a\): “inf”"),
        (HEADED + "1e39,7,8\n", r"row 4, column 1 \(a\): “1e\+39”"),
        (HEADED + "1e999,7,8\n", r"row 4, column 1 \(a\): “inf”"),
        ("0,1\n2,3\n4,1_0\n", "row 3, column 2: “1_0”"),
        ("0;1\n2;3\n4;1,000,0\n", "row 3, column 2: “1,000,0”"),
        ('0,1\n2,3\n4,"1,5"\n', "row 3, column 2: “1,5”"),
        ('0,1\n2,3\n4,"5\n', "row 3, column 2|“5”"),
        ("0 1\n2 3\n4\n", "row 3 has 1 cells"),
        (HEADED + "6," + "x" * 100 + ",8\n", "“" + "x" * 40 + "”"),
    ],
)
def test_an_invalid_cell_is_reported_by_row_and_column(text: str, reason: str) -> None:
    if reason.endswith("“5”"):  # an unclosed quote ends with its line
        assert rows_of(read(text)) == [[0, 1], [2, 3], [4, 5]]
        return
    with pytest.raises(ImageReadError, match=reason):
        read(text)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "a,b\n", "# nothing\n", "1\n2\n3\n", "a,b\nc,d\n", "file,label\na.png,1\nb.png,0\n"]
)
def test_a_file_that_is_not_a_table_of_numbers_is_refused(text: str) -> None:
    for step in (csv_file.read_info, csv_file.read):
        with pytest.raises(ImageReadError, match="no table of numbers"):
            step(memory_file(text.encode()), AUTO)


def test_rows_in_later_blocks_are_read_and_reported_by_line_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "CHUNK_BYTES", 64)
    table = [[7 * i % 250, 1, 2, i] for i in range(300)]
    text = "\n".join(["a,b,c,d", *lines_of(table=table)])
    assert rows_of(read(text)) == table
    with pytest.raises(ImageReadError, match=r"row 302, column 2 \(b\): “x”"):
        read(text + "\n1,x,3,4\n")
    assert rows_of(read("\n" * 500 + text)) == table


def test_a_table_above_a_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(lines_of() * 20)
    with monkeypatch.context() as patch:
        limit_bytes(patch, text_lines, 100)
        with pytest.raises(ImageReadError, match="too large for a table"):
            read(text)
    with monkeypatch.context() as patch:
        patch.setattr(text_lines, "_MAX_LINE_CHARACTERS", 100)
        with pytest.raises(ImageReadError, match="too large for a table"):
            read(text)
    limit_bytes(monkeypatch, decompress, 100)
    with pytest.raises(ImageReadError, match="too large: 0 MB"):
        read(text)


def test_tables_are_recognised_by_content_and_name() -> None:
    header = b"label," + b",".join(b"pixel%d" % i for i in range(784))
    numbers = b",".join(b"%d.25" % i for i in range(784))
    for head, name in [
        (header, "train.csv"),
        (header, "train.TSV"),
        (COMPRESSORS[".gz"](header), "train.csv.gz"),
        ("ü;ä\n".encode("latin-1"), "x.csv"),
        ("1,2\n3,4".encode("utf-16"), "x.csv"),
        (numbers, "no name"),
        (b"\n# made by hand\n1 2 3\n4 5 6\n", "x.txt"),
        (b"1\t2\n", ""),
    ]:
        assert csv_file.recognises(head[:512], name), name
    for head, name in [
        (b"", "x.csv"),
        (b" \n", "x.csv"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.csv"),
        (b"P2\n2 2\n255\n0 1 2 3\n", "x.txt"),
        (b"A licence of 1 page\n", "LICENSE"),
        (b"12\n13\n", "x.txt"),
        (b"#only\n", "x.txt"),
        (header, "x.txt"),
    ]:
        assert not csv_file.recognises(head[:512], name), name


@settings(deadline=None)
@given(
    table=st.lists(st.lists(st.floats(0, 2.0**20, width=32), min_size=5, max_size=5), min_size=3, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", " "]),
    comma=st.booleans(),
    with_header=st.booleans(),
    quoted=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
)
def test_a_table_is_read_as_it_was_written(
    table: list[list[float]], delimiter: str, encoding: str, *, comma: bool, with_header: bool, quoted: bool
) -> None:
    table = [[0.5, *row, 0.25] for row in table]  # the first and last column cannot be an index or labels
    cells = [[repr(number) for number in row] for row in table]
    if comma and delimiter != ",":
        cells = [[cell.replace(".", ",") for cell in row] for row in cells]
    if with_header:
        cells.insert(0, [f"größe{i}" for i in range(7)])
    if quoted and delimiter != " ":
        cells = [[f'"{cell}"' for cell in row] for row in cells]
    samples = read("\n".join(delimiter.join(row) for row in cells).encode(encoding))
    np.testing.assert_array_equal(rows_of(samples), np.array(table, dtype=np.float32))


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text("0123456789.,;\t \n\"e-+#na'x", max_size=200).map(str.encode)))
def test_any_text_is_read_or_refused_without_other_errors(content: bytes) -> None:
    csv_file.recognises(content, "x.txt")
    for step in (csv_file.read_info, csv_file.read):
        with suppress(NmfExplorerError):
            step(memory_file(content), AUTO)


def test_the_latin_1_error_handler_does_not_change_encoding_errors() -> None:
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", "nmf-explorer-latin-1")
