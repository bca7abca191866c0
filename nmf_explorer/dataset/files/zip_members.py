"""The members of a zip file, each unpacked from its place into memory, and only where its size is what was promised.

Each reading opens the file anew, so that threads share nothing and nothing stays open.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from nmf_explorer.dataset.files.decompress import CHUNK_BYTES, MAX_BYTES, open_decompressed, read_exactly
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.files.found_file import FoundFile

MAX_MEMBERS = 250_000
_MAX_READ_BYTES = 64 * 1024**2  # the list of so many members, with long names
_BOMB_MIN_BYTES = 64 * 1024**2  # below this, how much a member grows does no harm
_MAX_EXPANSION = 200  # deflate makes 1000 of zeros, and 2 to 20 of pictures
_EXPANSION_ALLOWANCE = 1024**3
_ENCRYPTED_FLAG, _UTF8_FLAG = 0x1, 0x800
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_RAW_DEFLATE_WBITS = -15


class ZipMember(NamedTuple):
    """A file in a zip file.

    Attributes
    ----------
    name : str
        Its name inside.
    offset : int
        Where its local header lies.
    packed, unpacked : int
        Its sizes in bytes.
    method : int
        How it is packed.
    is_encrypted : bool
        Whether a password is needed.
    checksum : int
        CRC-32 of its content.
    """

    name: str
    offset: int
    compressed_size: int
    size: int
    method: int
    is_encrypted: bool
    checksum: int


def list_zip_members(file: FoundFile) -> list[ZipMember]:
    """List what is in a zip file; nothing is unpacked.

    Parameters
    ----------
    file : FoundFile
        A zip file.

    Returns
    -------
    list of ZipMember
        Without folders, in the order of the file.

    Raises
    ------
    ImageReadError
        If the file is damaged, has too many members, or would grow beyond measure.
    """
    with open_decompressed(file) as stream:
        size = stream.seek(0, 2)
        with zipfile.ZipFile(cast("BinaryIO", _BoundedReader(stream))) as listed:
            infos = [info for info in listed.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise ImageReadError("has {n} members, more than {limit}", n=len(infos), limit=MAX_MEMBERS)
    if sum(info.file_size for info in infos) > _MAX_EXPANSION * size + _EXPANSION_ALLOWANCE:
        raise ImageReadError("would grow beyond measure when unpacked; it is refused as a decompression bomb")
    return [
        ZipMember(
            _decoded_name(info),
            info.header_offset,
            info.compress_size,
            info.file_size,
            info.compress_type,
            bool(info.flag_bits & _ENCRYPTED_FLAG),
            info.CRC,
        )
        for info in infos
    ]


def reason_to_skip(member: ZipMember) -> Message | None:
    """Why a member cannot be unpacked, judged by what the zip file says of it.

    Parameters
    ----------
    member : ZipMember
        As listed.

    Returns
    -------
    Message or None
        The reason, if there is one.
    """
    if member.is_encrypted:
        return Message("encrypted; unpack the archive with its password first")
    if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Message("packed in a way that cannot be read here (method {method})", method=member.method)
    if member.size > MAX_BYTES:
        return Message("too large: {size} MB when unpacked", size=member.size // 2**20)
    if member.size > max(_BOMB_MIN_BYTES, _MAX_EXPANSION * member.compressed_size):
        return Message("would grow to {size} MB; it is refused as a decompression bomb", size=member.size // 2**20)
    return None


def read_member(file: FoundFile, member: ZipMember, limit: int | None = None) -> bytes | bytearray:
    """Unpack a member into memory.

    Parameters
    ----------
    file : FoundFile
        The zip file.
    member : ZipMember
        As `list_zip_members` lists it.
    limit : int, optional
        Give only so many of its first bytes, unchecked.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    ImageReadError
        If it cannot be unpacked, or is not what the zip file says of it.
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


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 names and do not say so."""
    if info.flag_bits & _UTF8_FLAG or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


class _BoundedReader:
    """A file that refuses to be read in pieces so large that no honest list of members needs them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, n_bytes: int = -1) -> bytes:
        if n_bytes > _MAX_READ_BYTES:
            raise ImageReadError("its list of members is too long")
        return self._stream.read(n_bytes)
