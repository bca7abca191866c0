"""Read PNG images with several channels of 16 bits; Pillow keeps the upper 8 bits of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL.PngImagePlugin import PngImageFile

from nmf_explorer.dataset.readers.images.deep_image import DeepImage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

_GREY_AND_ALPHA = "LA;16B"
# Pillow's layout of a tile, and the one with which the same bytes give the lower 8 bits.
_LOWER_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}
_MAX = 65535


def is_16_bit_png(image: Image.Image) -> bool:
    """Return whether an opened image, not yet decoded, is a PNG with several channels of 16 bits."""
    return image.format == "PNG" and (_layout(image) in _LOWER_BYTES or _layout(image) == _GREY_AND_ALPHA)


def read_16_bit_png(image: Image.Image) -> DeepImage:
    """Decode an opened PNG with several channels of 16 bits, not turned; it must not be decoded yet."""
    layout = _layout(image)
    if layout == _GREY_AND_ALPHA:  # four bytes a pixel, as in an image of 8-bit colours with transparency
        numbers = _decode(image, "RGBA", "RGBA").view(">u2").astype(np.uint16)
        return DeepImage(numbers[..., 0], numbers[..., 1] / _MAX)
    upper, lower = (_decode(image, image.mode, used) for used in (layout, _LOWER_BYTES[layout]))
    numbers = upper.astype(np.uint16) << 8 | lower
    if numbers.shape[-1] == 4:
        return DeepImage(numbers[..., :3], numbers[..., 3] / _MAX)
    transparent = image.info.get("transparency")
    return DeepImage(numbers, None if transparent is None else (numbers != transparent).any(axis=-1).astype(np.float32))


def _layout(image: Image.Image) -> str:
    tiles = getattr(image, "tile", [])
    return str(tiles[0].args) if tiles else ""


def _decode(image: Image.Image, mode: str, layout: str) -> NDArray[Any]:
    """Return the bytes of the pixels, decoded with another mode and layout of the same number of bytes a pixel."""
    assert isinstance(image, PngImageFile)  # noqa: S101 - as its format says
    assert image.fp is not None  # noqa: S101 - it is not decoded yet
    image.fp.seek(0)
    again = PngImageFile(image.fp)
    again._mode = mode  # noqa: SLF001 - the mode decides what the decoder's bytes become
    again.tile = [again.tile[0]._replace(args=layout)]
    return np.array(again)
