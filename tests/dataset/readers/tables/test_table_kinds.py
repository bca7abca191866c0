"""Tables as programs and people write them: what is pixel, name and label is found, and nothing is wrong in silence."""

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


# a comma too many


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", ["none", "short", "long"])
def test_an_empty_last_column_is_no_column(opened: Opener, delimiter: str, header: str) -> None:
    values = grid(12, 16)
    titles = delimiter.join(f"p{i}" for i in range(16)) + delimiter * (header == "long")
    text = text_of([[*row, ""] for row in values.tolist()], delimiter, "" if header == "none" else titles)
    dataset = opened(text)
    check(dataset, values)
    assert dataset.sample_shape == (4, 4)


def test_r_leaves_the_column_of_row_names_out_of_the_header(opened: Opener) -> None:
    values = grid(6, 9)
    rows = [[f'"row {i}"', *row] for i, row in enumerate(values.tolist())]
    header = " ".join(f'"V{i}"' for i in range(9))
    dataset = opened(text_of(rows, " ", header))
    check(dataset, values)
    assert dataset.sample_names == tuple(f"row {i}" for i in range(6))


def test_the_row_names_that_r_writes_to_csv_are_names(opened: Opener) -> None:
    values = grid(6, 9)
    rows = [[f'"{i + 1}"', *row] for i, row in enumerate(values.tolist())]
    dataset = opened(text_of(rows, ",", '"",' + ",".join(f'"V{i}"' for i in range(9))))
    check(dataset, values)
    assert dataset.sample_names == tuple(str(i + 1) for i in range(6))


# labels and identifiers


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize("is_sorted", [False, True])
@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("form", ["{}", "{}.0000"])
def test_labels_of_images_are_found_at_either_end(
    opened: Opener, form: str, *, at_end: bool, is_sorted: bool, header: bool
) -> None:
    values, labels = grid(60, 64), grid(60, 1, 9, seed=1).ravel()
    labels = np.sort(labels) if is_sorted else labels
    cells = [form.format(label) for label in labels]
    rows = [[*row, c] if at_end else [c, *row] for row, c in zip(values.tolist(), cells, strict=True)]
    pixels = ",".join(f"pixel{i}" for i in range(64))
    title = (f"{pixels},label" if at_end else f"label,{pixels}") if header else ""
    dataset = opened(text_of(rows, header=title))
    check(dataset, values, labels)
    assert dataset.sample_shape == (8, 8)


def test_labels_are_found_where_the_classes_come_one_after_the_other_in_a_long_table(opened: Opener) -> None:
    labels = np.repeat(np.arange(10), 400)
    values = grid(4000, 49)
    values[:, :7] = 0  # the edge of the images is black
    check(opened(text_of(np.column_stack([labels, values]))), values, labels)
    check(opened(text_of(np.column_stack([values, labels]))), values, labels)


@pytest.mark.parametrize("at_end", [False, True])
def test_labels_are_told_from_pixels_of_few_values(opened: Opener, *, at_end: bool) -> None:
    values, labels = grid(80, 36, 1), grid(80, 1, 9, seed=1).ravel()
    dataset = opened(text_of(np.column_stack([values, labels] if at_end else [labels, values])))
    check(dataset, values, labels)
    assert f"Column {37 if at_end else 1} of the table looks like classes" in notes(dataset)


def test_a_guessed_label_can_be_made_a_pixel(opened: Opener) -> None:
    table = np.column_stack([grid(60, 64), grid(60, 1, 9).ravel()])
    dataset = opened(text_of(table))
    advice = next(advice for advice in dataset.report.advice if advice.action == "Take it as a pixel")
    check(opened(text_of(table), **advice.changes), table)


def test_identifiers_and_classes_beside_counted_pixels_are_no_pixels(opened: Opener) -> None:
    values, labels = grid(40, 64), grid(40, 1, 4, seed=1).ravel()
    ids = np.random.default_rng(2).permutation(np.arange(10_000, 10_040))
    ages = np.random.default_rng(3).integers(20, 90, 40)
    header = "image_id,label,age," + ",".join(f"pixel{i}" for i in range(64))
    dataset = opened(text_of(np.column_stack([ids, labels, ages, values]), header=header))
    check(dataset, values, labels)
    assert dataset.sample_names == tuple(map(str, ids))
    assert dataset.sample_shape == (8, 8)
    assert "64 of numbers; names: “image_id”; labels: “label”; left out: “age”" in notes(dataset)


@pytest.mark.parametrize("title", ["pixel{}", "p_{}_1", "V{}", "Pixel {}", "f{}.mean", "{}"])
def test_columns_that_are_not_called_like_the_many_are_left_out(opened: Opener, title: str) -> None:
    values = np.random.default_rng(0).random((30, 20)).round(4)
    moisture = np.random.default_rng(1).random(30).round(3)
    header = "moisture," + ",".join(title.format(i + 3) for i in range(20))
    dataset = opened(text_of(np.column_stack([moisture, values]), header=header))
    check(dataset, values)
    assert "left out: “moisture”" in notes(dataset)


def test_identifiers_and_labels_without_titles_are_found(opened: Opener) -> None:
    values, labels = grid(40, 64), grid(40, 1, 9, seed=1).ravel()
    ids = np.random.default_rng(2).permutation(np.arange(10_000, 10_040))
    dataset = opened(text_of(np.column_stack([ids, labels, values])))
    check(dataset, values, labels)
    assert dataset.sample_names == tuple(map(str, ids))


def test_one_column_for_each_class_becomes_labels(opened: Opener) -> None:
    values = np.random.default_rng(0).integers(0, 2, (60, 256))
    labels = np.arange(60) % 10
    lines = [
        " ".join([*(f"{v}.0000" for v in row), *map(str, np.eye(10, dtype=int)[label].tolist())]) + " "
        for row, label in zip(values.tolist(), labels.tolist(), strict=True)
    ]
    dataset = opened("\n".join(lines), "semeion.data")
    check(dataset, values, labels)
    assert dataset.sample_shape == (16, 16)


def test_a_row_with_two_classes_is_refused(opened: Opener) -> None:
    values, codes = grid(5000, 25), np.eye(4, dtype=int)[np.arange(5000) % 4]
    codes[4321] = [1, 0, 0, 1]
    with pytest.raises(SourceError, match="row 4322: of the columns 26 to 29"):
        opened(text_of(np.column_stack([values, codes])))


def test_negative_pixels_are_refused_with_what_to_do(opened: Opener) -> None:
    values = np.random.default_rng(0).uniform(-1, 1, (50, 256)).round(3)
    labels = grid(50, 1, 9).ravel()
    lines = "\n".join(
        f"{label}.0000 " + " ".join(map(str, row)) + " " for label, row in zip(labels, values.tolist(), strict=True)
    )
    with pytest.raises(SourceError, match=r"row 1, column \d+: “-0.*Shift the numbers"):
        opened(lines, "zip.train")
    shifted = opened(text_of(np.column_stack([labels, (values + 1).round(3)]), " "), "zip.train")
    check(shifted, (values + 1).round(3), labels)


def test_labels_beside_measurements_are_found_without_titles(opened: Opener) -> None:
    values = np.random.default_rng(0).random((30, 13)).round(3)
    labels = np.arange(30) % 3 + 1
    check(opened(text_of([[label, *row] for label, row in zip(labels, values.tolist(), strict=True)])), values, labels)


def test_counts_are_no_labels(opened: Opener) -> None:
    values = grid(40, 7, 4)
    check(opened(text_of(values)), values)


# pixels in one cell


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("quote", ["", '"'])
def test_pixels_that_share_one_cell_are_read(opened: Opener, quote: str, *, header: bool) -> None:
    values, labels = grid(20, 16), np.arange(20) % 5
    usage = ["Training" if i % 4 else "PublicTest" for i in range(20)]
    rows = [
        [label, quote + " ".join(map(str, row)) + quote, use]
        for label, row, use in zip(labels, values.tolist(), usage, strict=True)
    ]
    dataset = opened(text_of(rows, header="emotion,pixels,Usage" if header else ""))
    check(dataset, values, labels)
    assert dataset.sample_shape == (4, 4)
    assert dataset.report.table is not None
    assert [column.role for column in dataset.report.table.columns] == ["label", "feature", "ignore"]


def test_few_rows_of_pixels_that_share_one_cell_keep_their_labels(opened: Opener) -> None:
    values = grid(8, 9)
    rows = [[i % 7, " ".join(map(str, row))] for i, row in enumerate(values.tolist())]
    check(opened(text_of(rows, header="emotion,pixels")), values, [i % 7 for i in range(8)])


@pytest.mark.parametrize("mark", [";", " ", "|"])
def test_pixels_that_share_one_cell_may_be_parted_otherwise(opened: Opener, mark: str) -> None:
    values = grid(20, 16)
    rows = [[i % 3, mark.join(map(str, row))] for i, row in enumerate(values.tolist())]
    check(opened(text_of(rows, header="label,pixels")), values, [i % 3 for i in range(20)])


def test_a_list_of_lists_is_read(opened: Opener) -> None:
    check(opened("[[1, 2, 3],\n [5, 6, 7],\n [9, 10, 11]]\n"), [[1, 2, 3], [5, 6, 7], [9, 10, 11]])


def test_a_label_that_is_the_same_in_all_rows_is_no_pixel(opened: Opener) -> None:
    values = grid(12, 16)
    check(opened(text_of(np.column_stack([np.full(12, 3), values]))), values)
    check(opened(text_of(np.column_stack([values, np.full(12, 3)]))), values)


def test_a_row_with_fewer_pixels_in_its_cell_is_refused(opened: Opener) -> None:
    with pytest.raises(SourceError, match=r"row 4 has 5 numbers in column 2 \(pixels\); the others have 6"):
        opened("emotion,pixels\n0,1 2 3 4 5 6\n1,1 2 3 4 5 6\n0,1 2 3 4 5\n1,5 6 7 8 5 6\n")


@pytest.mark.parametrize("form", ["[{}]", "[{}],", " [{}]", "({})"])
@pytest.mark.parametrize("delimiter", [", ", ",", " "])
def test_brackets_around_rows_lose_no_number(opened: Opener, form: str, delimiter: str) -> None:
    values = grid(10, 9)
    text = "\n".join(form.format(delimiter.join(map(str, row))) for row in values.tolist())
    check(opened(text), values)
    quoted = "\n".join(f'{i % 2},"[{", ".join(map(str, row))}]"' for i, row in enumerate(values.tolist()))
    check(opened(quoted), values, [i % 2 for i in range(10)])
    bare = "\n".join(f"x{i},[{', '.join(map(str, row))}]" for i, row in enumerate(values.tolist()))
    check(opened(bare), values)


# headers of numbers


@pytest.mark.parametrize("corner", ["sample,", ",", "Probe,", ""])
def test_a_header_of_wavelengths_is_no_sample(opened: Opener, corner: str) -> None:
    values = np.random.default_rng(0).random((8, 100)).round(4)
    header = corner + ",".join(str(400 + 5 * i) for i in range(100))
    rows = [([f"s{i + 1}"] if corner else []) + row for i, row in enumerate(values.tolist())]
    dataset = opened(text_of(rows, header=header))
    check(dataset, values)
    assert "taken as its header: its numbers rise evenly" in notes(dataset)
    assert dataset.report.table is not None
    assert dataset.report.table.has_header


def test_a_falling_header_and_one_far_above_all_are_no_samples(opened: Opener) -> None:
    values = np.random.default_rng(0).random((8, 5)).round(4)
    check(opened(text_of(values, header="4000.5,3999.2,3997.9,3996.6,3995.2")), values)
    check(opened(text_of(values, header="1021,887,4012,660,912")), values)


def test_years_above_smaller_numbers_are_a_header(opened: Opener) -> None:
    values = grid(12, 4, 300)
    check(opened(text_of(values, header="2011,2012,2013,2014")), values)


def test_smooth_rows_that_all_rise_are_samples(opened: Opener) -> None:
    values = np.cumsum(grid(8, 20) + 1, axis=1)
    check(opened(text_of(values)), values)


def test_samples_in_columns_are_guessed_and_can_be_turned(opened: Opener) -> None:
    spectra = np.random.default_rng(0).random((30, 4)).round(4)
    table = np.column_stack([np.arange(30) * 2.5 + 400, spectra])
    dataset = opened(text_of(table, header="wavelength,clay,sand,silt,loam"))
    check(dataset, spectra.T)
    assert dataset.sample_names == ("clay", "sand", "silt", "loam")
    advice = dataset.report.advice[0]
    assert "each column was taken as one sample" in advice.message
    turned = opened(text_of(table, header="wavelength,clay,sand,silt,loam"), **advice.changes)
    check(turned, table)


def test_lines_about_a_table_are_left_out(opened: Opener) -> None:
    values = grid(10, 4)
    text = "Instrument: X\nDate: today\n\n" + text_of(values, header="a,b,c,d")
    dataset = opened(text)
    check(dataset, values)
    assert "Lines before the table that were left out: 2" in notes(dataset)
