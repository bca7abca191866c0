"""The bytes of one found file: unpacked where it is packed, and never more of them than a limit.

All readers of tables, arrays and archives open files here, so that whatever goes wrong has a reason for the screen.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import numpy as np

from nmf_explorer.errors import ImageReadError, NmfExplorerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import DTypeLike, NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile

MAX_BYTES = 2 * 1024**3  # of one file, unpacked
CHUNK_BYTES = 1 << 20
_GZIP_MAGIC, _BZIP2_MAGIC, _XZ_MAGIC = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
COMPRESSED_MAGICS = (_GZIP_MAGIC, _BZIP2_MAGIC, _XZ_MAGIC)
_GZIP_WBITS = 31  # zlib's number for "with a gzip header, window of any size"


def decompressed_head(head: bytes) -> bytes:
    """Look through gzip at the first bytes of a file.

    Parameters
    ----------
    head : bytes
        The first bytes of a file.

    Returns
    -------
    bytes
        The first bytes of what is in it, few or none where it is damaged; `head` itself if it is not gzip.
    """
    if not head.startswith(_GZIP_MAGIC):
        return head
    try:
        return zlib.decompressobj(_GZIP_WBITS).decompress(head, len(head))
    except zlib.error:
        return b""


def is_compressed(file: FoundFile) -> bool:
    """Whether a file is packed with gzip, bzip2 or xz.

    Parameters
    ----------
    file : FoundFile
        What to look at.

    Returns
    -------
    bool
        Told by its first bytes.

    Raises
    ------
    OSError
        If it cannot be opened.
    """
    with file.open() as stream:
        return stream.read(len(_XZ_MAGIC)).startswith(COMPRESSED_MAGICS)


@contextmanager
def open_decompressed(file: FoundFile) -> Iterator[BinaryIO]:
    """Open a file, unpacked; whatever goes wrong with it inside becomes an `ImageReadError`.

    Parameters
    ----------
    file : FoundFile
        What to open.

    Yields
    ------
    BinaryIO
        To be read with `read_exactly` or `read_at_most`, or in chunks.

    Raises
    ------
    ImageReadError
        With the reason, if it cannot be opened or read or holds something unexpected.
    """
    try:
        with file.open() as stream:
            head = stream.read(len(_XZ_MAGIC))
            stream.seek(0)
            if head.startswith(COMPRESSED_MAGICS):
                with _decompressor(stream, head) as unpacked:
                    yield cast("BinaryIO", unpacked)
            else:
                yield stream
    except NmfExplorerError:
        raise
    except Exception as error:  # unpackers and parsers of broken files raise anything, from EOFError to OverflowError
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise ImageReadError("damaged or not readable: {why}", why=why) from error


def _decompressor(stream: BinaryIO, head: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    if head.startswith(_GZIP_MAGIC):
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if head.startswith(_BZIP2_MAGIC) else lzma.LZMAFile(stream)


def read_at_most(stream: BinaryIO, limit: int) -> bytes:
    """Read all that is left, if it is not too much.

    Parameters
    ----------
    stream : BinaryIO
        An open file.
    limit : int
        How many bytes are taken.

    Returns
    -------
    bytes
        All of them.

    Raises
    ------
    ImageReadError
        If there are more than `limit`.
    """
    pieces: list[bytes] = []
    left = limit
    while piece := stream.read(min(CHUNK_BYTES, left + 1)):
        left -= len(piece)
        if left < 0:
            raise ImageReadError("too large: more than {limit} MB", limit=limit // 2**20)
        pieces.append(piece)
    return b"".join(pieces)


def read_exactly(stream: BinaryIO, n_bytes: int) -> bytearray:
    """Read so many bytes.

    Parameters
    ----------
    stream : BinaryIO
        An open file.
    n_bytes : int
        How many.

    Returns
    -------
    bytearray
        Of that length.

    Raises
    ------
    ImageReadError
        If the file ends before.
    """
    read = bytearray()
    while len(read) < n_bytes:
        piece = stream.read(min(CHUNK_BYTES, n_bytes - len(read)))
        if not piece:
            raise ImageReadError("the file ends too early; copy or download it again")
        read += piece
    return read


def read_array(stream: BinaryIO, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[np.generic]:
    """Read an array whose shape a header has told.

    Parameters
    ----------
    stream : BinaryIO
        An open file, at the first number.
    dtype : dtype
        What the numbers are in the file.
    shape : tuple of int
        How many there are; rows come one after the other.

    Returns
    -------
    ndarray of that shape and dtype
        As they are in the file.

    Raises
    ------
    ImageReadError
        If that would be more than `MAX_BYTES`, or the file ends before.
    """
    dtype = np.dtype(dtype)
    n_numbers = 1
    for length in shape:
        n_numbers *= length  # whole numbers of any size: a product of hostile lengths must not wrap around
    check_size(n_numbers * dtype.itemsize)
    read = read_exactly(stream, n_numbers * dtype.itemsize)
    return np.frombuffer(read, dtype=dtype).reshape(shape)


def check_bytes_follow(stream: BinaryIO, n_bytes: int) -> None:
    """Check what a header promises, without keeping it.

    Parameters
    ----------
    stream : BinaryIO
        An open file; it is left anywhere.
    n_bytes : int
        How much must follow, 1 or more.

    Raises
    ------
    ImageReadError
        If the file ends before.
    """
    stream.seek(stream.tell() + n_bytes - 1)
    if not stream.read(1):
        raise ImageReadError("the file ends too early; copy or download it again")


def check_size(n_bytes: int) -> None:
    """Refuse what would fill the memory, before it is read.

    Parameters
    ----------
    n_bytes : int
        How much it would be.

    Raises
    ------
    ImageReadError
        If it is more than `MAX_BYTES`.
    """
    if n_bytes > MAX_BYTES:
        raise ImageReadError(
            "too large: {size} MB, more than the {limit} MB that one file may have in memory",
            size=n_bytes // 2**20,
            limit=MAX_BYTES // 2**20,
        )
