"""Spreadsheets are refused in words that help, alone, in a folder and in an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from tests.dataset.archives import zip_bytes
from tests.dataset.images import write_grey_images

if TYPE_CHECKING:
    from pathlib import Path

PADDING = b"<x/>" * 50_000
WORKBOOKS = {
    "openpyxl.xlsx": zip_bytes(
        {"docProps/app.xml": PADDING, "xl/worksheets/sheet1.xml": b"<s/>", "xl/workbook.xml": b""}
    ),
    "table.xlsb": zip_bytes({"[Content_Types].xml": b"<t/>", "xl/workbook.bin": b"1", "xl/media/image1.png": b"2"}),
    "table.ods": zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<c/>"}, 0),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000) + "Workbook".encode("utf-16-le") + bytes(1000),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_spreadsheet_says_how_to_open_its_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(WORKBOOKS[name])
    with pytest.raises(SourceError, match="a spreadsheet; save its table as CSV"):
        nx.load(tmp_path / name)
    write_grey_images(tmp_path, "a.png", "b.png")
    (skipped,) = nx.load(tmp_path).skipped
    assert "save its table as CSV" in skipped.reason
    images = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    (tmp_path / "all.zip").write_bytes(zip_bytes({name: WORKBOOKS[name], **images}))
    (skipped,) = nx.load(tmp_path / "all.zip").skipped
    assert "save its table as CSV" in skipped.reason


def test_other_zip_files_are_opened(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    images = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    (tmp_path / "all.zip").write_bytes(zip_bytes(images))
    assert nx.load(tmp_path / "all.zip").n_samples == 2
