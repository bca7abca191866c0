"""List the members of a tar file; those of a compressed tar file are kept in memory."""

from __future__ import annotations

import io
import tarfile
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from nmf_explorer.dataset.files.decompress import CHUNK_BYTES, MAX_BYTES, is_compressed, open_decompressed, read_exactly
from nmf_explorer.dataset.files.zip_members import MAX_MEMBERS
from nmf_explorer.errors import Cancelled, ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmf_explorer.dataset.files.found_file import FoundFile

_MAGIC, _MAGIC_OFFSET = b"ustar", 257


class TarMember(NamedTuple):
    """One file in a tar file."""

    name: str  # with surrogates for bytes above 127
    n_bytes: int
    opener: Callable[[], BinaryIO]  # may raise ImageReadError
    reason: Message | None  # why it cannot be opened


def is_tar(head: bytes) -> bool:
    """Return whether the first 512 bytes are those of a POSIX (1988) or GNU tar file."""
    return head[_MAGIC_OFFSET:].startswith(_MAGIC)


def iterate_tar_members(file: FoundFile, should_stop: Callable[[], bool]) -> Iterator[TarMember]:
    """Yield every member that is not a folder, in file order; the tar file may be compressed.

    Raises `ImageReadError` at damage, or when the number of members or their size exceeds a limit, and `Cancelled`.
    """
    with open_decompressed(file) as stream:
        is_compressed_tar = is_compressed(file)
        reader = _CancellableReader(stream, MAX_BYTES if is_compressed_tar else None, should_stop)
        with tarfile.open(fileobj=cast("BinaryIO", reader), mode="r|" if is_compressed_tar else "r:") as tar:
            for _ in range(MAX_MEMBERS):
                info = tar.next()
                if info is None:
                    reader.check_end()
                    return
                tar.members = []  # type: ignore[attr-defined] # the stub lacks it; it would keep 1 KB of each member
                if not info.isdir():
                    yield _to_member(file, tar if is_compressed_tar else None, info)
            raise ImageReadError("has more than {limit} members", limit=MAX_MEMBERS)


def _to_member(file: FoundFile, compressed_tar: tarfile.TarFile | None, info: tarfile.TarInfo) -> TarMember:
    reason = _reason_to_skip(info)
    opener: Callable[[], BinaryIO] = partial(_read_range, file, info.offset_data, info.size)
    content = compressed_tar.extractfile(info) if compressed_tar and reason is None else None
    if content is not None:
        opener = partial(io.BytesIO, content.read())
    name = info.name.encode("utf-8", "surrogateescape").decode("ascii", "surrogateescape")
    return TarMember(name, info.size, opener, reason)


def _reason_to_skip(info: tarfile.TarInfo) -> Message | None:
    if info.issym() or info.islnk():
        return Message("a link; links are not followed")
    if not info.isreg() or info.issparse():
        return Message("not a regular file")
    if info.size < 0:
        return Message("the archive is damaged; copy or download it again")
    if info.size > MAX_BYTES:
        return Message("too large: {size} MB when unpacked", size=info.size // 2**20)
    return None


def _read_range(file: FoundFile, offset: int, n_bytes: int) -> BinaryIO:
    with open_decompressed(file) as stream:
        stream.seek(offset)
        return io.BytesIO(read_exactly(stream, n_bytes))


class _CancellableReader:
    """A stream that checks for cancellation, and limits the total bytes read if `limit` is given."""

    def __init__(self, stream: BinaryIO, limit: int | None, should_stop: Callable[[], bool]) -> None:
        self._stream = stream
        self._limit = limit
        self._should_stop = should_stop
        self._n_read = self._next_check = 0
        self._last = b""
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, n_bytes: int) -> bytes:
        if self._n_read >= self._next_check:
            self._next_check = self._n_read + CHUNK_BYTES
            if self._should_stop():
                raise Cancelled
        chunk = self._stream.read(min(n_bytes, 16 * CHUNK_BYTES))  # no tar header is longer, though it may claim so
        self._n_read += len(chunk)
        self._last = chunk or self._last
        if self._limit is not None and self._n_read > self._limit:
            raise ImageReadError("its members are too large together: more than {limit} MB", limit=self._limit // 2**20)
        return chunk

    def check_end(self) -> None:
        """Raise `ImageReadError` unless the file ends with a block of zeros; tarfile accepts any other end as well."""
        if not self._last.endswith(bytes(tarfile.BLOCKSIZE)):
            raise ImageReadError("the file ends too early; copy or download it again")
