"""Read the lines of a text file in blocks, in any usual encoding.

UTF-8 and UTF-16 are recognised by their byte order mark, UTF-16 without one by the zeros in it. Other text is UTF-8;
bytes that are invalid in it are decoded as Latin-1.
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
# All but tab, line feed, form feed and carriage return.
_CONTROL_CHARACTERS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_HEAD_BYTES = 512  # that decide the encoding
_MIN_ZEROS = 0.9  # share of upper bytes that are 0 in a table in UTF-16: nearly all characters are ASCII
_LATIN_1_ERRORS = "nmf-explorer-latin-1"


def _decode_as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_LATIN_1_ERRORS, _decode_as_latin_1)


class LineBlock(NamedTuple):
    """Consecutive lines of a file."""

    first: int  # line number, from 1
    lines: list[str]  # without line ends; blank lines too


def decode_head(head: bytes) -> str | None:
    """Return the first bytes of a file as text, or None if they are not text."""
    text = _make_decoder(head).decode(head, final=False)
    return None if text.translate(_CONTROL_CHARACTERS) != text else text


def line_blocks(stream: BinaryIO) -> Iterator[LineBlock]:
    """Read a text file in blocks of whole lines, of about a megabyte each.

    Raises `ImageReadError` if the file or a line is too large.
    """
    chunk = stream.read(CHUNK_BYTES)
    decoder = _make_decoder(chunk)
    first, rest, n_bytes = 1, "", 0
    while chunk:
        n_bytes += len(chunk)
        rest += decoder.decode(chunk)
        if n_bytes > MAX_BYTES or len(rest) > _MAX_LINE_CHARACTERS:
            raise ImageReadError("too large for a table: the file, or a line in it")
        complete, end, rest = rest.rpartition("\n")
        if end:
            lines = complete.split("\n")
            yield LineBlock(first, lines)
            first += len(lines)
        chunk = stream.read(CHUNK_BYTES)
    rest += decoder.decode(b"", final=True)
    yield LineBlock(first, rest.split("\n"))


def _make_decoder(head: bytes) -> io.IncrementalNewlineDecoder:
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if head.startswith(mark)), None)
    encoding = encoding or _unmarked_encoding(head[:_HEAD_BYTES])
    errors = "replace" if encoding.startswith("utf-16") else _LATIN_1_ERRORS
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)


def _unmarked_encoding(head: bytes) -> str:
    """Return the encoding of text without a byte order mark."""
    for encoding, upper, lower in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if upper and not lower.count(0) and upper.count(0) >= _MIN_ZEROS * len(upper):
            return encoding
    return "utf-8"
