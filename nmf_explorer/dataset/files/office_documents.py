"""Recognise documents of office programs, to say how their tables and images can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from typing import BinaryIO

WORKBOOK = Message("a spreadsheet; save its table as CSV, and open that file")
TEXT = Message("a text document; save its pictures as PNG, or its table as CSV, and open those")
SLIDES = Message("a presentation; save its slides as PNG, and open the folder that holds them")
DRAWING = Message("a drawing of several layers or objects; save it as PNG, and open that")
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office 97 to 2003
_WORKBOOK_SIGNS = (b"xl/workbook", b"opendocument.spreadsheet", b"Index/CalculationEngine")
_ZIP_SIGNS = {
    b"word/document": TEXT,
    b"opendocument.text": TEXT,
    b"application/epub": TEXT,
    b"ppt/presentation": SLIDES,
    b"opendocument.presentation": SLIDES,
    b"Index/Slide": SLIDES,
    b"opendocument.graphics": DRAWING,
    b"image/openraster": DRAWING,
    b"application/x-krita": DRAWING,
    b"Index/Document.iwa": TEXT,
}
_OLE_SIGNS = {
    "Workbook".encode("utf-16-le"): WORKBOOK,
    "WordDocument".encode("utf-16-le"): TEXT,
    "PowerPoint Document".encode("utf-16-le"): SLIDES,
}
# A zip file of other things may hold such a document; in a document, one of these is the first member.
_FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"ppt/", b"mimetype", b"Index/")
_FIRST_NAME = 30  # where a zip file has the name of its first member, in bytes
_SEARCHED_BYTES = 1 << 16  # at the beginning and at the end, where a zip file lists its members


def office_document(stream: BinaryIO) -> Message | None:
    """Return what to do with an office document, None for other files; the stream's position is then undefined."""
    stream.seek(0)
    content = stream.read(_SEARCHED_BYTES)
    signs = _signs(content)
    if not signs:
        return None
    stream.seek(max(0, stream.seek(0, 2) - _SEARCHED_BYTES))
    content += stream.read(_SEARCHED_BYTES)
    return next((message for sign, message in signs.items() if sign in content), None)


def _signs(head: bytes) -> dict[bytes, Message]:
    """Return which bytes stand for which kind, in a file with these first bytes."""
    if head.startswith(_OLE_MAGIC):
        return _OLE_SIGNS
    if not head.startswith(_ZIP_MAGIC):
        return {}
    workbooks = dict.fromkeys(_WORKBOOK_SIGNS, WORKBOOK)
    return workbooks | _ZIP_SIGNS if head.startswith(_FIRST_MEMBERS, _FIRST_NAME) else workbooks
