"""Small image files for the tests of the dataset."""

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
    """Return random uint8 pixels; no two rows or columns are equal."""
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def write_image(path: Path, pixels: NDArray[np.generic], **options: object) -> Path:
    """Write pixels as an image file, as PNG by default; the name does not decide the format."""
    Image.fromarray(pixels).save(path, **{"format": "PNG", **options})  # type: ignore[arg-type]
    return path


def write_grey_images(folder: Path, *names: str, height: int = 6, width: int = 5) -> list[NDArray[np.uint8]]:
    """Write one small grey PNG per name, all different; return their pixels."""
    images = [noise(height, width, seed=number) for number in range(len(names))]
    for name, pixels in zip(names, images, strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_image(path, pixels)
    return images


def write_png_header(path: Path, height: int, width: int) -> Path:
    """Write a PNG file whose header states a size but that has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header) - 4) + header + struct.pack(">I", zlib.crc32(header))
    data = b"IDAT" + zlib.compress(b"")
    chunk += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    return path
