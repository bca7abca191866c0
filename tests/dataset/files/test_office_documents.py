"""Documents of office programs are refused in words that help, alone, in a folder and in an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from tests.dataset.archives import zip_bytes
from tests.dataset.images import write_grey_images

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PADDING = b"<x/>" * 50_000
WORKBOOKS = {
    "openpyxl.xlsx": zip_bytes(
        {"docProps/app.xml": PADDING, "xl/worksheets/sheet1.xml": b"<s/>", "xl/workbook.xml": b""}
    ),
    "table.xlsb": zip_bytes({"[Content_Types].xml": b"<t/>", "xl/workbook.bin": b"1", "xl/media/image1.png": b"2"}),
    "table.ods": zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<c/>"}, 0),
    "old.xls": OLE + bytes(100_000) + "Workbook".encode("utf-16-le") + bytes(1000),
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


OFFICE = "application/vnd.oasis.opendocument."
DOCUMENTS = {
    "a.docx": (zip_bytes({"[Content_Types].xml": PADDING, "word/document.xml": b"1"}), "a text document"),
    "a.odt": (zip_bytes({"mimetype": f"{OFFICE}text".encode()}, 0), "a text document"),
    "a.epub": (zip_bytes({"mimetype": b"application/epub+zip"}, 0), "a text document"),
    "a.pages": (zip_bytes({"Index/Document.iwa": b"1"}), "a text document"),
    "a.doc": (OLE + bytes(1000) + "WordDocument".encode("utf-16-le"), "a text document"),
    "a.pptx": (zip_bytes({"_rels/.rels": PADDING, "ppt/presentation.xml": b"1"}), "a presentation; save its slides"),
    "a.odp": (zip_bytes({"mimetype": f"{OFFICE}presentation".encode()}, 0), "a presentation"),
    "a.key": (zip_bytes({"Index/Document.iwa": b"1", "Index/Slide.iwa": b"1"}), "a presentation"),
    "a.ppt": (OLE + bytes(1000) + "PowerPoint Document".encode("utf-16-le"), "a presentation"),
    "a.odg": (zip_bytes({"mimetype": f"{OFFICE}graphics".encode()}, 0), "a drawing"),
    "a.kra": (zip_bytes({"mimetype": b"application/x-krita"}, 0), "a drawing"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_how_to_open_its_pictures(tmp_path: Path, name: str) -> None:
    content, reason = DOCUMENTS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=f"{name}: {reason}"):
        nx.load(tmp_path / name)
    write_grey_images(tmp_path, "a.png", "b.png")
    (skipped,) = nx.load(tmp_path).skipped
    assert str(skipped.reason).startswith(reason)


def test_a_document_beside_pictures_in_an_archive_does_not_hide_them(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    members = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    document, reason = DOCUMENTS["a.docx"]
    (tmp_path / "all.zip").write_bytes(zip_bytes({**members, "a.docx": document, "word/document.txt": b"1"}, 0))
    dataset = nx.load(tmp_path / "all.zip")
    assert dataset.n_samples == 2
    assert any(str(one.reason).startswith(reason) for one in dataset.skipped)


def test_other_zip_files_are_opened(tmp_path: Path) -> None:
    write_grey_images(tmp_path, "a.png", "b.png")
    images = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    (tmp_path / "all.zip").write_bytes(zip_bytes(images))
    assert nx.load(tmp_path / "all.zip").n_samples == 2
