"""Small pictures for the tests of this folder, made when they are needed."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def noise(*shape: int, seed: int = 0) -> NDArray[np.uint8]:
    """Give 8-bit pixels of which no two rows or columns are alike."""
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def write(path: Path, pixels: NDArray[np.generic], **how: object) -> Path:
    """Write pixels as a picture, PNG unless told otherwise; nothing depends on its name."""
    Image.fromarray(pixels).save(path, **{"format": "PNG", **how})  # type: ignore[arg-type]
    return path


def folder_of(folder: Path, *names: str, height: int = 6, width: int = 5) -> list[NDArray[np.uint8]]:
    """Write different small grey pictures under some names and give their pixels."""
    pictures = [noise(height, width, seed=number) for number in range(len(names))]
    for name, pixels in zip(names, pictures, strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, pixels)
    return pictures


def png_of_size(path: Path, height: int, width: int) -> Path:
    """Write a PNG whose header claims a size; its pixels are missing."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header) - 4) + header + struct.pack(">I", zlib.crc32(header))
    data = b"IDAT" + zlib.compress(b"")
    chunk += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    return path
