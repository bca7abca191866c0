"""List and read the members of a zip file; sizes and checksums are verified.

Each read opens the file anew, so that threads share nothing and nothing stays open.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from nmf_explorer.dataset.files.archive_names import decoded_names
from nmf_explorer.dataset.files.decompress import CHUNK_BYTES, MAX_BYTES, open_decompressed, read_exactly
from nmf_explorer.dataset.files.limited_growth import check_growth, growth_limit
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.files.found_file import FoundFile

MAX_MEMBERS = 250_000
_MAX_READ_BYTES = 64 * 1024**2  # a central directory of MAX_MEMBERS entries with long names
_ENCRYPTED_FLAG, _UTF8_FLAG = 0x1, 0x800
_UNICODE_NAME = 0x7075
_EXTRA_FIELD = struct.Struct("<HH")
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_RAW_DEFLATE_WBITS = -15


class ZipMember(NamedTuple):
    """One file in a zip file, as the central directory describes it."""

    name: str
    offset: int  # of the local header
    compressed_size: int  # bytes
    size: int  # bytes
    method: int  # compression
    is_encrypted: bool
    checksum: int  # CRC-32 of the content


def list_zip_members(file: FoundFile) -> list[ZipMember]:
    """List the members that are not folders, in file order; nothing is decompressed.

    Raises `ImageReadError` if the file is damaged, has too many members, or would become too large.
    """
    with open_decompressed(file) as stream:
        size = stream.seek(0, 2)
        with zipfile.ZipFile(cast("BinaryIO", _BoundedReader(stream))) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise ImageReadError("has {n} members, more than {limit}", n=len(infos), limit=MAX_MEMBERS)
    members = [
        ZipMember(
            name,
            info.header_offset,
            info.compress_size,
            info.file_size,
            info.compress_type,
            bool(info.flag_bits & _ENCRYPTED_FLAG),
            info.CRC,
        )
        for info, name in zip(infos, decoded_names([_name(info) for info in infos]), strict=True)
    ]
    check_growth(sum(member.size for member in members if not reason_to_skip(member)), size)
    return members


def reason_to_skip(member: ZipMember) -> Message | None:
    """Return why a member cannot be read, judged by the central directory, or None."""
    if member.is_encrypted:
        return Message("encrypted; unpack the archive with its password first")
    if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Message("packed in a way that cannot be read here (method {method})", method=member.method)
    if member.size > MAX_BYTES:
        return Message("too large: {size} MB when unpacked", size=member.size // 2**20)
    if member.size > growth_limit(member.compressed_size):
        return Message("would grow to {size} MB; it is refused as a decompression bomb", size=member.size // 2**20)
    return None


def read_member(file: FoundFile, member: ZipMember, limit: int | None = None) -> bytes | bytearray:
    """Decompress a member into memory, or only its first `limit` bytes without verification.

    Raises `ImageReadError` if it cannot be decompressed or differs from its entry in the central directory.
    """
    if reason := reason_to_skip(member):
        raise ImageReadError(reason.template, **reason.values)
    with open_decompressed(file) as stream:
        stream.seek(member.offset)
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(read_exactly(stream, _LOCAL_HEADER.size))
        if magic != _LOCAL_MAGIC:
            raise ImageReadError("the archive is damaged; copy or download it again")
        stream.seek(name_length + extra_length, 1)
        n_packed = member.compressed_size if limit is None else min(member.compressed_size, max(CHUNK_BYTES, limit))
        content: bytes | bytearray = read_exactly(stream, n_packed)
        if member.method == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(_RAW_DEFLATE_WBITS)
            content = unpacker.decompress(content, (member.size if limit is None else limit) + 1)
    if limit is not None:
        return content[:limit]
    if len(content) != member.size or zlib.crc32(content) != member.checksum:
        raise ImageReadError("the archive is damaged; copy or download it again")
    return content


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; bytes in an unknown encoding become surrogates."""
    if info.flag_bits & _UTF8_FLAG or info.filename.isascii():
        return info.filename
    raw = info.orig_filename.encode("cp437")  # as zipfile decodes it
    return _unicode_name(info.extra, raw) or raw.decode("ascii", "surrogateescape")


def _unicode_name(extra: bytes, raw: bytes) -> str:
    """Return the name in the Unicode field of Info-ZIP and 7-Zip, or ""."""
    while len(extra) >= _EXTRA_FIELD.size:
        kind, length = _EXTRA_FIELD.unpack(extra[: _EXTRA_FIELD.size])
        field, extra = extra[_EXTRA_FIELD.size :][:length], extra[_EXTRA_FIELD.size + length :]
        if kind == _UNICODE_NAME and field[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "ignore")
    return ""


class _BoundedReader:
    """A stream that refuses single reads larger than any valid central directory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, n_bytes: int = -1) -> bytes:
        if n_bytes > _MAX_READ_BYTES:
            raise ImageReadError("its list of members is too long")
        return self._stream.read(n_bytes)
