"""Write PNG and TIFF files byte by byte: kinds that no library writes, and none that is under test."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ByteOrder: TypeAlias = Literal["<", ">"]
_PNG_COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # by the number of channels
_SAMPLE_FORMATS = {"u": 1, "i": 2, "f": 3}
_NO_COMPRESSION, _DEFLATE = 1, 8


def png(pixels: NDArray[Any], bits: int = 8, *, transparent: Sequence[int] = (), palette: bytes = b"") -> bytes:
    """Return a PNG of (height, width) or (height, width, n_channels) whole numbers of 1 to 16 bits."""
    height, width = pixels.shape[:2]
    rows = pixels.reshape(height, -1)
    colour_type = 3 if palette else _PNG_COLOUR_TYPES[rows.shape[1] // width]
    packed = [b"\0" + _pack_row(row, bits) for row in rows]
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0))]
    if palette:
        chunks.append((b"PLTE", palette))
    if transparent:
        chunks.append((b"tRNS", struct.pack(f">{len(transparent)}H", *transparent)))
    chunks += [(b"IDAT", zlib.compress(b"".join(packed))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _pack_row(row: NDArray[Any], bits: int) -> bytes:
    if bits >= 8:
        return row.astype(f">u{bits // 8}").tobytes()
    digits = "".join(format(int(value), f"0{bits}b") for value in row)
    return int(digits.ljust(-(-len(digits) // 8) * 8, "0"), 2).to_bytes(-(-len(digits) // 8), "big")


class Page(NamedTuple):
    """One directory of a TIFF file: (height, width) or (height, width, n_channels) pixels and further tags."""

    pixels: NDArray[Any]
    photometric: int = 1
    is_planar: bool = False  # each channel in planes of its own
    is_compressed: bool = False
    rows_per_strip: int = 0  # 0: one strip
    tags: tuple[tuple[int, int, int], ...] = ()  # (tag, type, value), such as NewSubfileType
    description: str = ""
    planes_behind: tuple[NDArray[Any], ...] = ()  # planes without a directory of their own


def tiff(pages: Sequence[Page], byte_order: ByteOrder = "<") -> bytes:
    """Return a classic TIFF file; `byte_order` is "<" or ">"."""
    parts = [b"II*\0" if byte_order == "<" else b"MM\0*", b""]
    position = 8
    pointers: list[bytes] = []
    body: list[bytes] = []
    for page in pages:
        strips, strip_entries = _strips(page, byte_order, position)
        body += strips
        position += sum(map(len, strips))
        directory, n_before = _directory(page, strip_entries, byte_order, position)
        pointers.append(struct.pack(f"{byte_order}I", position + n_before))
        body.append(directory)
        position += len(directory)
    parts[1] = pointers[0]
    joined = b"".join([*parts, *body])
    for pointer, following in zip(pointers, [*pointers[1:], struct.pack("<I", 0)], strict=True):
        at = struct.unpack(f"{byte_order}I", pointer)[0]
        n_entries = struct.unpack_from(f"{byte_order}H", joined, at)[0]
        end = at + 2 + 12 * n_entries
        joined = joined[:end] + following + joined[end + 4 :]
    return joined


def _strips(page: Page, byte_order: ByteOrder, position: int) -> tuple[list[bytes], tuple[list[int], list[int]]]:
    """Return the content of all strips, padded to even lengths, and their offsets and lengths."""
    pixels = page.pixels if page.pixels.ndim == 3 else page.pixels[..., np.newaxis]
    planes = list(np.moveaxis(pixels, -1, 0)[..., np.newaxis]) if page.is_planar else [pixels]
    step = page.rows_per_strip or len(pixels)
    strips, offsets, lengths = [], [], []
    for plane in planes:
        for start in range(0, len(plane), step):
            block = np.ascontiguousarray(plane[start : start + step])
            content = block.astype(block.dtype.newbyteorder(byte_order)).tobytes()
            content = zlib.compress(content) if page.is_compressed else content
            offsets.append(position)
            lengths.append(len(content))
            strips.append(content + b"\0" * (len(content) % 2))
            position += len(strips[-1])
    strips += [np.ascontiguousarray(p).astype(p.dtype.newbyteorder(byte_order)).tobytes() for p in page.planes_behind]
    return strips, (offsets, lengths)


def _directory(
    page: Page, strips: tuple[list[int], list[int]], byte_order: ByteOrder, position: int
) -> tuple[bytes, int]:
    """Return long values followed by the directory, and the number of bytes before it."""
    height, width = page.pixels.shape[:2]
    n_channels = page.pixels.shape[2] if page.pixels.ndim == 3 else 1
    bits, sample_format = page.pixels.dtype.itemsize * 8, _SAMPLE_FORMATS[page.pixels.dtype.kind]
    entries: list[tuple[int, int, list[int] | bytes]] = [
        (256, 4, [width]),
        (257, 4, [height]),
        (258, 3, [bits] * n_channels),
        (259, 3, [_DEFLATE if page.is_compressed else _NO_COMPRESSION]),
        (262, 3, [page.photometric]),
        (273, 4, strips[0]),
        (277, 3, [n_channels]),
        (278, 4, [page.rows_per_strip or height]),
        (279, 4, strips[1]),
        (284, 3, [2 if page.is_planar else 1]),
        (339, 3, [sample_format] * n_channels),
        *((tag, kind, [value]) for tag, kind, value in page.tags),
    ]
    if page.description:
        entries.append((270, 2, page.description.encode() + b"\0"))
    if n_channels > 3:
        entries.append((338, 3, [2] * (n_channels - 3)))
    before, fields = b"", b""
    for tag, kind, values in sorted(entries):
        data = (
            values if isinstance(values, bytes) else struct.pack(f"{byte_order}{len(values)}{' HI'[kind - 2]}", *values)
        )
        if len(data) > 4:
            field = struct.pack(f"{byte_order}I", position + len(before))
            before += data + b"\0" * (len(data) % 2)
        else:
            field = data.ljust(4, b"\0")
        fields += struct.pack(f"{byte_order}HHI", tag, kind, len(values)) + field
    return before + struct.pack(f"{byte_order}H", len(entries)) + fields + b"\0" * 4, len(before)
