"""Tables that are rarely seen, and rows that do not fit the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.readers.tables import text_lines
from nmf_explorer.errors import SourceError
from tests.dataset.array_kinds import dense

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset

VALUES = np.random.default_rng(0).integers(0, 256, (14, 16))
TITLES = [f"pixel{i}" for i in range(16)]


def _load(folder: Path, rows: list[list[object]] | str, delimiter: str = ",", **options: object) -> Dataset:
    path = folder / "a.csv"
    text = rows if isinstance(rows, str) else "".join(delimiter.join(map(str, row)) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return load(path, **options)  # type: ignore[arg-type]


def _rows() -> list[list[object]]:
    return [list(row) for row in VALUES.tolist()]


def test_large_numbers_without_marks_make_commas_decimal(tmp_path: Path) -> None:
    dataset = _load(tmp_path, [["2,365", "1,234"], ["1234", "3,752"], ["1,125", "2,250"]], ";")
    np.testing.assert_allclose(dense(dataset.stored)[:2], [[2.365, 1.234], [1234, 3.752]])


def test_several_columns_named_like_labels_are_a_one_hot_code_or_the_first_with_classes(tmp_path: Path) -> None:
    hot = [[*row, i % 2, 1 - i % 2] for i, row in enumerate(_rows())]
    dataset = _load(tmp_path, [[*TITLES, "label_cat", "label_dog"], *hot])
    assert dataset.n_features == 16
    assert len(set(dataset.labels)) == 2
    both = [[*row, i % 3, i % 2] for i, row in enumerate(_rows())]
    dataset = _load(tmp_path, [[*TITLES, "label", "class"], *both])
    assert dataset.labels == tuple(str(i % 3) for i in range(14))
    assert dataset.n_features == 16


def test_what_may_be_labels_is_said_and_can_be_chosen(tmp_path: Path) -> None:
    values = np.random.default_rng(1).random((40, 9)).round(3)
    rows: list[list[object]] = [[*row, i % 3] for i, row in enumerate(values.tolist())]
    titles: list[object] = ["red", "green", "blue", "warm", "cold", "long", "short", "old", "new", "rank"]
    dataset = _load(tmp_path, [titles, *rows])
    assert dataset.n_features == 10
    advice = next(a for a in dataset.report.advice if "may be labels" in str(a.message))
    again = load(tmp_path / "a.csv", **advice.changes)
    assert (again.n_features, again.labels[:4]) == (9, ("0", "1", "2", "0"))


def test_minus_one_and_one_are_classes(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*row, 1 if i % 2 else -1] for i, row in enumerate(_rows())]
    dataset = _load(tmp_path, rows)
    assert dataset.n_features == 16
    assert set(dataset.labels) == {"1", "-1"}


def test_rising_numbers_beside_pixels_are_no_axis(tmp_path: Path) -> None:
    rows: list[list[object]] = [[5 * i, *row] for i, row in enumerate(_rows())]
    dataset = _load(tmp_path, [["value", *TITLES], *rows])
    assert dataset.n_samples == 14


def test_a_short_row_after_many_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "CHUNK_BYTES", 2000)
    rows = [row for _ in range(60) for row in _rows()]
    for index in range(len(rows) - 30, len(rows)):
        rows[index] = rows[index][:-1]
    with pytest.raises(SourceError, match="row 811 has 15 cells; the others have 16"):
        _load(tmp_path, rows)


def test_a_block_of_short_rows_is_named_by_its_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, short = ",".join(["12"] * 15 + ["34"]) + "\n", ",".join(["56"] * 15) + "\n"
    monkeypatch.setattr(text_lines, "CHUNK_BYTES", 40 * len(whole))  # the rows of a block are all alike
    with pytest.raises(SourceError, match="row 81 has 15 cells; the others have 16"):
        _load(tmp_path, whole * 80 + short * 40)


def test_a_quoted_cell_that_is_not_a_number_is_named(tmp_path: Path) -> None:
    rows = _rows()
    rows[5][3] = '"nan"'
    with pytest.raises(SourceError, match="row 6, column 4: “nan”"):
        _load(tmp_path, rows)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3,1 2 3 4 5 6 7 8 9,Training,more", "row 6 has 4 cells; the others have 3"),
        ("3,1 2 3 4 x 6 7 8 9,Training", "row 6, column 2 .*“x”"),
        ("3,1 2 3 4 5 6 7 8,Training", "row 6 has 8 numbers in column 2"),
        ("3,1 2 3 4 nan 6 7 8 9,Training", "row 6, column 2 .*nan"),
    ],
)
def test_a_row_whose_list_does_not_fit_is_named(row: str, reason: str, tmp_path: Path) -> None:
    lines = [f"{i % 3},{' '.join(map(str, VALUES[i, :9]))},Training" for i in range(14)]
    lines[4] = row
    with pytest.raises(SourceError, match=reason):
        _load(tmp_path, "\n".join(["emotion,pixels,Usage", *lines]) + "\n")


def test_a_header_may_lack_the_titles_of_empty_columns(tmp_path: Path) -> None:
    text = "".join(",".join(map(str, row)) + ",,\n" for row in VALUES.tolist())
    dataset = _load(tmp_path, ",".join(TITLES) + "\n" + text)
    np.testing.assert_array_equal(dense(dataset.stored), VALUES)
