"""The user's word on what the columns of a table hold comes before what is detected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from tests.dataset.images import write_grey_images

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "id,age,p0,p1,p2,class\na,3,1,2,3,0\nb,4,5,6,7,1\nc,4,5,6,8,1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TEXT)
    return path


def test_chosen_roles_replace_detected_ones(table: Path) -> None:
    dataset = nx.load(table, columns={"age": "ignore", -1: "feature", 4: "label"})
    np.testing.assert_array_equal(dataset.stored, [[1, 2, 0], [5, 6, 1], [5, 6, 1]])
    assert dataset.labels == ("3", "7", "8")
    assert dataset.sample_names == ("a", "b", "c")
    assert dataset.report.table is not None
    assert dataset.report.table.roles == ("name", "ignore", "feature", "feature", "label", "feature")


def test_the_report_shows_titles_roles_and_first_cells(table: Path) -> None:
    dataset = nx.load(table)
    report = dataset.report.table
    assert report is not None
    assert "columns" in dataset.report.relevant_options
    assert [column.title for column in report.columns] == ["id", "age", "p0", "p1", "p2", "class"]
    assert [column.number for column in report.columns] == list(range(6))
    assert report.columns[1].cells == ("3", "4", "4")
    assert tuple(column.role for column in report.columns) == report.roles
    assert (report.n_rows, report.has_header, report.delimiter, report.samples_in) == (3, True, ",", "rows")


@pytest.mark.parametrize("n_columns", [50, 51])
def test_the_report_of_a_wide_table_shows_its_first_and_last_columns(tmp_path: Path, n_columns: int) -> None:
    table = np.random.default_rng(0).random((3, n_columns))
    np.savetxt(tmp_path / "wide.csv", table, delimiter=",")
    report = nx.load(tmp_path / "wide.csv").report.table
    assert report is not None
    assert len(report.roles) == n_columns
    assert [c.number for c in report.columns] == [n for n in range(n_columns) if n < 40 or n >= n_columns - 10]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("Class", "no column “Class”; its columns are id, age, p0, p1, p2, class"),
        (6, "no column 7, counted from 1: it has 6 columns"),
        (-7, "no column -7, counted from 1"),
    ],
)
def test_a_column_that_does_not_exist_is_refused(table: Path, key: int | str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        nx.load(table, columns={key: "label"})


def test_a_title_in_a_table_without_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("0,1\n2,3\n")
    with pytest.raises(SourceError, match="no column “class”: it has no header; give the number"):
        nx.load(tmp_path / "table.csv", columns={"class": "label"})


def test_roles_of_columns_without_a_table_are_refused(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    with pytest.raises(SourceError, match="columns is for tables"):
        nx.load(tmp_path, columns={0: "ignore"})
    assert nx.load(tmp_path).report.table is None
