"""The lines of a text file, a block at a time, whatever it was written with.

UTF-8 and UTF-16 are told by their mark at the beginning; without one it is UTF-8, and bytes that are none are taken as
Latin-1, which older programs write.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.files.decompress import CHUNK_BYTES, MAX_BYTES
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MAX_LINE_CHARACTERS = 32 * 1024**2
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL_CHARACTERS = dict.fromkeys(
    [*range(9), 11, *range(14, 32), 127]
)  # but tab, line feed, form feed, carriage return
_LATIN_1_ERRORS = "nmf-explorer-latin-1"


def _decode_as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_LATIN_1_ERRORS, _decode_as_latin_1)


class LineBlock(NamedTuple):
    """Some lines of a file.

    Attributes
    ----------
    first : int
        The number of the first of them, from 1.
    lines : list of str
        Without their ends; empty ones too.
    """

    first: int
    lines: list[str]


def decode_head(head: bytes) -> str | None:
    """The beginning of a text file.

    Parameters
    ----------
    head : bytes
        Its first bytes.

    Returns
    -------
    str or None
        None if it is no text.
    """
    text = _make_decoder(head).decode(head, final=False)
    return None if text.translate(_CONTROL_CHARACTERS) != text else text


def line_blocks(stream: BinaryIO) -> Iterator[LineBlock]:
    """Read a text file in blocks of about a megabyte.

    Parameters
    ----------
    stream : BinaryIO
        At its beginning.

    Yields
    ------
    Block
        Whole lines.

    Raises
    ------
    ImageReadError
        If the file is too large, or a line in it.
    """
    piece = stream.read(CHUNK_BYTES)
    decoder = _make_decoder(piece)
    first, rest, n_bytes = 1, "", 0
    while piece:
        n_bytes += len(piece)
        rest += decoder.decode(piece)
        if n_bytes > MAX_BYTES or len(rest) > _MAX_LINE_CHARACTERS:
            raise ImageReadError("too large for a table: the file, or a line in it")
        whole, end, rest = rest.rpartition("\n")
        if end:
            lines = whole.split("\n")
            yield LineBlock(first, lines)
            first += len(lines)
        piece = stream.read(CHUNK_BYTES)
    rest += decoder.decode(b"", final=True)
    yield LineBlock(first, rest.split("\n"))


def _make_decoder(head: bytes) -> io.IncrementalNewlineDecoder:
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
    errors = "replace" if encoding == "utf-16" else _LATIN_1_ERRORS
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)
