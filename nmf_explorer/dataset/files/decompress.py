"""Open a found file as decompressed bytes, and read no more of them than a limit.

All readers of tables, arrays and archives open files here, so that every failure has a reason that can be shown.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import numpy as np

from nmf_explorer.dataset.files.limited_growth import limited
from nmf_explorer.errors import ImageReadError, NmfExplorerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import DTypeLike, NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile

MAX_BYTES = 2 * 1024**3  # limit of one decompressed file
CHUNK_BYTES = 1 << 20
_GZIP_MAGIC, _BZIP2_MAGIC, _XZ_MAGIC = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
COMPRESSED_MAGICS = (_GZIP_MAGIC, _BZIP2_MAGIC, _XZ_MAGIC)
_GZIP_WBITS = 31  # zlib: expect a gzip header, any window size


def decompressed_head(head: bytes) -> bytes:
    """Return the start of the content of a gzip file, `head` itself for other files, b"" for damaged gzip."""
    if not head.startswith(_GZIP_MAGIC):
        return head
    try:
        return zlib.decompressobj(_GZIP_WBITS).decompress(head, len(head))
    except zlib.error:
        return b""


def is_compressed(file: FoundFile) -> bool:
    """Return whether a file starts as gzip, bzip2 or xz; raises `OSError` if it cannot be opened."""
    with file.open() as stream:
        return stream.read(len(_XZ_MAGIC)).startswith(COMPRESSED_MAGICS)


@contextmanager
def open_decompressed(file: FoundFile) -> Iterator[BinaryIO]:
    """Open a file, decompressed, and turn every error inside the context into an `ImageReadError` with its reason."""
    try:
        with file.open() as stream:
            head = stream.read(len(_XZ_MAGIC))
            n_bytes = stream.seek(0, 2)
            stream.seek(0)
            if head.startswith(COMPRESSED_MAGICS):
                with _decompressor(stream, head) as unpacked, limited(cast("BinaryIO", unpacked), n_bytes) as bounded:
                    yield bounded
            else:
                yield stream
    except NmfExplorerError:
        raise
    except Exception as error:  # decoders of damaged files raise anything, from EOFError to OverflowError
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise ImageReadError("damaged or not readable: {why}", why=why) from error


def _decompressor(stream: BinaryIO, head: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    if head.startswith(_GZIP_MAGIC):
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if head.startswith(_BZIP2_MAGIC) else lzma.LZMAFile(stream)


def read_at_most(stream: BinaryIO, limit: int) -> bytes:
    """Read the rest of a stream; raise `ImageReadError` if it has more than `limit` bytes."""
    chunks: list[bytes] = []
    remaining = limit
    while chunk := stream.read(min(CHUNK_BYTES, remaining + 1)):
        remaining -= len(chunk)
        if remaining < 0:
            raise ImageReadError("too large: more than {limit} MB", limit=limit // 2**20)
        chunks.append(chunk)
    return b"".join(chunks)


def read_exactly(stream: BinaryIO, n_bytes: int) -> bytearray:
    """Read `n_bytes` bytes; raise `ImageReadError` if the file ends earlier."""
    content = bytearray()
    while len(content) < n_bytes:
        chunk = stream.read(min(CHUNK_BYTES, n_bytes - len(content)))
        if not chunk:
            raise ImageReadError("the file ends too early; copy or download it again")
        content += chunk
    return content


def read_array(stream: BinaryIO, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[np.generic]:
    """Read an array of the dtype and shape that a header states, in C order.

    Raises `ImageReadError` if it has more than `MAX_BYTES` bytes or the file ends earlier.
    """
    dtype = np.dtype(dtype)
    n_values = 1
    for length in shape:
        n_values *= length  # Python integers: a product of hostile lengths must not overflow
    check_size(n_values * dtype.itemsize)
    content = read_exactly(stream, n_values * dtype.itemsize)
    return np.frombuffer(content, dtype=dtype).reshape(shape)


def check_bytes_follow(stream: BinaryIO, n_bytes: int) -> None:
    """Check that `n_bytes` (0 or less: none) follow, without keeping them; the stream position is undefined afterwards.

    Raises `ImageReadError` if the file ends earlier.
    """
    if n_bytes <= 0:
        return
    stream.seek(stream.tell() + n_bytes - 1)
    if not stream.read(1):
        raise ImageReadError("the file ends too early; copy or download it again")


def check_size(n_bytes: int) -> None:
    """Raise `ImageReadError` if `n_bytes` is more than `MAX_BYTES`."""
    if n_bytes > MAX_BYTES:
        raise ImageReadError(
            "too large: {size} MB, more than the {limit} MB that one file may have in memory",
            size=n_bytes // 2**20,
            limit=MAX_BYTES // 2**20,
        )
