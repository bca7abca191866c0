"""Convert decoded images of any Pillow mode to grey or RGB pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.dataset.readers.images.resizing import resize_array, resize_to_fit
from nmf_explorer.dataset.readers.samples.number_checks import check_values
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_GREY_MODES = frozenset({"1", "L", "LA", "La", "F"})
_UINT16_MAX = 65535


def is_deep(mode: str) -> bool:
    """Return whether pixels of a Pillow mode have more than 8 bits."""
    return mode == "F" or mode.startswith("I")


def has_colour(image: Image.Image) -> bool:
    """Return whether pixels of an open image may have a colour; False for a palette of greys."""
    if image.mode != "P":
        return image.mode not in _GREY_MODES and not is_deep(image.mode)
    mode, data = image.palette.mode if image.palette else "L", image.getpalette("RGB") or []
    return mode != "L" and not data[0::3] == data[1::3] == data[2::3]


def to_pixels(image: Image.Image, target: TargetFormat) -> NDArray[Any]:
    """Return the pixels of a decoded upright image in the target format: uint8, uint16 (16 bits) or float32 (floats).

    Raises `ImageReadError` for values that are negative, not finite, or above 65535 in integer images.
    """
    options = target.options
    size = (target.width, target.height)
    if is_deep(image.mode):
        deep = resize_array(_to_deep_grey(image), size, options.resize, options.background)
        pixels = np.repeat(deep[..., np.newaxis], 3, axis=-1) if options.colour else deep
    else:
        converted = _to_8_bit(image, "RGB" if options.colour else "L", options.background)
        pixels = np.asarray(resize_to_fit(converted, size, options.resize, options.background))
    return pixels.swapaxes(0, 1) if options.transpose else pixels


def _to_8_bit(image: Image.Image, mode: str, background: str) -> Image.Image:
    """Convert an image to mode L or RGB, with transparent pixels blended onto the background."""
    if image.mode == "LAB":  # Pillow cannot convert LAB to RGB; the first channel is the lightness
        image = image.getchannel(0)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, background), image)
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")
    return image if image.mode == mode else image.convert(mode)


def _to_deep_grey(image: Image.Image) -> NDArray[Any]:
    """Return pixels of more than 8 bits: integers as uint16, floats as float32."""
    values = np.asarray(image)
    highest = check_values(values)
    if image.mode == "F":
        return values.astype(np.float32)
    if highest > _UINT16_MAX:
        raise ImageReadError("has whole numbers above {limit}; save it with 16 bits or fewer", limit=_UINT16_MAX)
    return values.astype(np.uint16)
