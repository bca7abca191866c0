"""The members of a tar file: those of a plain one stay where they lie, those of a compressed one are kept in memory."""

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
    """A file in a tar file.

    Attributes
    ----------
    name : str
        Its name inside.
    n_bytes : int
        Its size.
    opener : callable
        Opens it; may raise `ImageReadError`.
    reason : Message or None
        Why it cannot be opened, if so.
    """

    name: str
    n_bytes: int
    opener: Callable[[], BinaryIO]
    reason: Message | None


def is_tar(head: bytes) -> bool:
    """Whether a file is a tar file.

    Parameters
    ----------
    head : bytes
        Its first 512 bytes.

    Returns
    -------
    bool
        True for the formats in use since 1988.
    """
    return head[_MAGIC_OFFSET:].startswith(_MAGIC)


def iterate_tar_members(file: FoundFile, should_stop: Callable[[], bool]) -> Iterator[TarMember]:
    """Go through a tar file, which may be compressed.

    Parameters
    ----------
    file : FoundFile
        A tar file.
    should_stop : callable
        Asked from time to time.

    Yields
    ------
    TarMember
        Everything that is no folder, in the order of the file.

    Raises
    ------
    ImageReadError
        Where the file is damaged, or there are more members, or more in them, than a limit.
    Cancelled
        If `should_stop` says so.
    """
    with open_decompressed(file) as stream:
        packed = is_compressed(file)
        reader = _CancellableReader(stream, MAX_BYTES if packed else None, should_stop)
        with tarfile.open(fileobj=cast("BinaryIO", reader), mode="r|" if packed else "r:") as tar:
            for _ in range(MAX_MEMBERS):
                info = tar.next()
                if info is None:
                    reader.check_end()
                    return
                tar.members = []  # type: ignore[attr-defined] # the stub hides it; it would keep a KB of each
                if not info.isdir():
                    yield _to_member(file, tar if packed else None, info)
            raise ImageReadError("has more than {limit} members", limit=MAX_MEMBERS)


def _to_member(file: FoundFile, packed: tarfile.TarFile | None, info: tarfile.TarInfo) -> TarMember:
    reason = _reason_to_skip(info)
    opener: Callable[[], BinaryIO] = partial(_read_range, file, info.offset_data, info.size)
    content = packed.extractfile(info) if packed and reason is None else None
    if content is not None:
        opener = partial(io.BytesIO, content.read())
    return TarMember(info.name, info.size, opener, reason)


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
    """A file that can be stopped, and that gives no more in all than a limit, where there is one."""

    def __init__(self, stream: BinaryIO, limit: int | None, should_stop: Callable[[], bool]) -> None:
        self._stream = stream
        self._limit = limit
        self._should_stop = should_stop
        self._n_read = self._n_asked = 0
        self._last = b""
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, n_bytes: int) -> bytes:
        if self._n_read >= self._n_asked:
            self._n_asked = self._n_read + CHUNK_BYTES
            if self._should_stop():
                raise Cancelled
        piece = self._stream.read(min(n_bytes, 16 * CHUNK_BYTES))  # no header is longer; a header may say so
        self._n_read += len(piece)
        self._last = piece or self._last
        if self._limit is not None and self._n_read > self._limit:
            raise ImageReadError("its members are too large together: more than {limit} MB", limit=self._limit // 2**20)
        return piece

    def check_end(self) -> None:
        """A whole tar file ends with blocks of zeros; tarfile takes any other end for one as well."""
        if not self._last.endswith(bytes(tarfile.BLOCKSIZE)):
            raise ImageReadError("the file ends too early; copy or download it again")
