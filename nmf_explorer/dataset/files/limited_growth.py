"""Unpack no more than the packed bytes can honestly hold: a file of 2 KB may claim to hold 2 GB."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from nmf_explorer.errors import ImageReadError

_HARMLESS_BYTES = 64 * 1024**2  # when unpacked, whatever the ratio
_MAX_RATIO = 200  # deflate reaches 1000 for zeros, bzip2 and xz more, and 2 to 20 for images
_SKIPPED_AT_ONCE = 1 << 20


def growth_limit(n_packed: int) -> int:
    """Return how many bytes so many packed bytes may become."""
    return max(_HARMLESS_BYTES, _MAX_RATIO * n_packed)


def check_growth(n_unpacked: int, n_packed: int) -> None:
    """Raise `ImageReadError` if packed bytes become more than they may."""
    if n_unpacked > (limit := growth_limit(n_packed)):
        raise ImageReadError(
            "would grow beyond {limit} MB from {size} KB when unpacked; it is refused as a decompression bomb. "
            "Unpack it first if it is none",
            limit=limit // 2**20,
            size=-(-n_packed // 2**10),
        )


def limited(unpacked: BinaryIO, n_packed: int) -> BinaryIO:
    """Return a stream of unpacked bytes that raises `ImageReadError` where it grows beyond measure."""
    return cast("BinaryIO", io.BufferedReader(_LimitedStream(unpacked, n_packed), _SKIPPED_AT_ONCE))


class _LimitedStream(io.RawIOBase):
    def __init__(self, unpacked: BinaryIO, n_packed: int) -> None:
        self._unpacked = unpacked
        self._n_packed = n_packed
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # what BufferedReader passes
        chunk = self._unpacked.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        check_growth(self._position, self._n_packed)
        return len(chunk)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            while self.read(_SKIPPED_AT_ONCE):
                pass
        if whence != io.SEEK_SET:
            offset += self._position
        check_growth(offset, self._n_packed)
        self._position = self._unpacked.seek(offset)
        return self._position
