"""Recognise spreadsheets of Excel, LibreOffice and Numbers, whose tables are read when they are saved as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from typing import BinaryIO

WORKBOOK = Message("a spreadsheet; save its table as CSV, and open that file")
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97 to 2003
_ZIP_SIGNS = (b"xl/workbook", b"opendocument.spreadsheet", b"Index/CalculationEngine")
_OLE_SIGN = "Workbook".encode("utf-16-le")
_SEARCHED_BYTES = 1 << 16  # at the beginning and at the end, where a zip file lists its members


def is_workbook(stream: BinaryIO) -> bool:
    """Return whether a file is a spreadsheet; the position of the stream is undefined afterwards."""
    stream.seek(0)
    content = stream.read(_SEARCHED_BYTES)
    signs = _ZIP_SIGNS if content.startswith(_ZIP_MAGIC) else (_OLE_SIGN,) if content.startswith(_OLE_MAGIC) else ()
    if not signs:
        return False
    stream.seek(max(0, stream.seek(0, 2) - _SEARCHED_BYTES))
    content += stream.read(_SEARCHED_BYTES)
    return any(sign in content for sign in signs)
