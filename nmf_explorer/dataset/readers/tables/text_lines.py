"""The lines of a text file, a block at a time, whatever it was written with.

UTF-8 and UTF-16 are told by their mark at the beginning; without one it is UTF-8, and bytes that are none are taken as
Latin-1, which older programs write.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.files.decompress import CHUNK, MAX_BYTES
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_LONGEST_LINE = 32 * 1024**2
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])  # but tab, line feed, form feed, carriage return
_AS_LATIN_1 = "nmf-explorer-latin-1"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_AS_LATIN_1, _as_latin_1)


class Block(NamedTuple):
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


def text_of(head: bytes) -> str | None:
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
    text = _decoder(head).decode(head, final=False)
    return None if text.translate(_CONTROLS) != text else text


def line_blocks(stream: BinaryIO) -> Iterator[Block]:
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
    piece = stream.read(CHUNK)
    decoder = _decoder(piece)
    first, rest, n_bytes = 1, "", 0
    while piece:
        n_bytes += len(piece)
        rest += decoder.decode(piece)
        if n_bytes > MAX_BYTES or len(rest) > _LONGEST_LINE:
            raise ImageReadError("too large for a table: the file, or a line in it")
        whole, end, rest = rest.rpartition("\n")
        if end:
            lines = whole.split("\n")
            yield Block(first, lines)
            first += len(lines)
        piece = stream.read(CHUNK)
    rest += decoder.decode(b"", final=True)
    yield Block(first, rest.split("\n"))


def _decoder(head: bytes) -> io.IncrementalNewlineDecoder:
    encoding = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), "utf-8")
    errors = "replace" if encoding == "utf-16" else _AS_LATIN_1
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)
