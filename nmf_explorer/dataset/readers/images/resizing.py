"""Resize images to the size of the dataset: cropped, padded or stretched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

MAX_PIXELS = 65_536  # per sample, unless a size is requested: 256 x 256, enough to recognise parts
# Pillow's sharpest filter without negative lobes, since the data of NMF must stay non-negative.
_FILTER = Image.Resampling.BILINEAR


def reduce_size(size: tuple[int, int], max_pixels: float) -> tuple[int, int]:
    """Scale a (height, width) down to at most `max_pixels`, keeping about the same aspect; no side is below 1."""
    if size[0] * size[1] <= max_pixels:
        return size
    factor = (max_pixels / (size[0] * size[1])) ** 0.5
    return max(1, int(size[0] * factor)), max(1, int(size[1] * factor))


def size_to_cover(size: tuple[int, int], target_size: tuple[int, int], resize: str) -> tuple[int, int]:
    """Return the (width, height), at most `size`, at which an image has enough pixels to be resized to `target_size`.

    `resize` is one of `LoadOptions.resize`; the aspect ratio is kept.
    """
    ratios = [want / has for want, has in zip(target_size, size, strict=True)]
    factor = min(1.0, min(ratios) if resize == "fit" else max(ratios))
    return (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))


def resize_to_fit(image: Image.Image, target_size: tuple[int, int], resize: str, background: str) -> Image.Image:
    """Resize an image of mode L, RGB or F to `target_size` (width, height), averaging pixels where it shrinks.

    `resize` is one of `LoadOptions.resize` ("leave out" crops). Values stay in their range. An image of that size is
    returned unchanged.
    """
    if image.size == target_size:
        return image
    if resize == "stretch":
        return image.resize(target_size, _FILTER)
    if resize == "fit":
        return _pad_to_size(image, target_size, background)
    (width, height), (to_width, to_height) = image.size, target_size
    factor = max(to_width / width, to_height / height)
    box_width, box_height = to_width / factor, to_height / factor
    left, top = (width - box_width) / 2, (height - box_height) / 2
    box = (max(0.0, left), max(0.0, top), min(width, left + box_width), min(height, top + box_height))
    return image.resize(target_size, _FILTER, box=box)


def _pad_to_size(image: Image.Image, target_size: tuple[int, int], background: str) -> Image.Image:
    """Resize the whole image as large as possible, and fill the rest with the background."""
    factor = min(target_size[0] / image.width, target_size[1] / image.height)
    inner = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    colour: Any = background
    if image.mode == "F":  # white: 1 or the largest value; the stub includes several channels
        colour = max(1.0, float(image.getextrema()[1])) if background == "white" else 0.0  # type: ignore[arg-type]
    canvas = Image.new(image.mode, target_size, colour)
    canvas.paste(image.resize(inner, _FILTER), ((target_size[0] - inner[0]) // 2, (target_size[1] - inner[1]) // 2))
    return canvas


def resize_array(pixels: NDArray[Any], target_size: tuple[int, int], resize: str, background: str) -> NDArray[Any]:
    """Resize (height, width) or (height, width, 3) pixels to `target_size` (width, height), as `resize_to_fit` does.

    The dtype (uint8, uint16, float32 or float64) is kept. Pixels of that size are returned unchanged.
    """
    if pixels.shape[1::-1] == target_size:
        return pixels
    if pixels.dtype == np.uint8:
        return np.asarray(resize_to_fit(Image.fromarray(pixels), target_size, resize, background))
    if pixels.ndim == 3:
        channels = [resize_array(pixels[..., c], target_size, resize, background) for c in range(pixels.shape[2])]
        return np.stack(channels, axis=-1)
    is_integral = pixels.dtype.kind == "u"
    scale = np.float32(np.iinfo(pixels.dtype).max) if is_integral else np.float32(1)
    scaled = Image.fromarray(np.ascontiguousarray(pixels, dtype=np.float32) / scale)
    resized = np.asarray(resize_to_fit(scaled, target_size, resize, background)) * scale
    return np.rint(resized).astype(pixels.dtype) if is_integral else resized.astype(pixels.dtype)
