"""Convert decoded images of any Pillow mode to grey or RGB pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.dataset.readers.images.deep_image import DeepImage, deep_pixels
from nmf_explorer.dataset.readers.images.resizing import resize_to_fit

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_GRID = (16, 16)  # pixels to look at
_VIVID = 25  # mean difference, of 255, between the largest and the smallest of red, green and blue
_GREY_MODES = frozenset({"1", "L", "LA", "La", "F"})


def is_deep(mode: str) -> bool:
    """Return whether pixels of a Pillow mode have more than 8 bits."""
    return mode == "F" or mode.startswith("I")


def has_colour(image: Image.Image) -> bool:
    """Return whether pixels of an open image may have a colour; False for a palette of greys."""
    if image.mode != "P":
        return image.mode not in _GREY_MODES and not is_deep(image.mode)
    mode, data = image.palette.mode if image.palette else "L", image.getpalette("RGB") or []
    return mode != "L" and not data[0::3] == data[1::3] == data[2::3]


def has_vivid_colours(image: Image.Image) -> bool:
    """Return whether the colours of a decoded image are seen, by a grid of its pixels: not grey, and no tinted scan."""
    grid = np.asarray(image.resize(_GRID, Image.Resampling.NEAREST).convert("RGB"), dtype=np.int16)
    return float(np.ptp(grid, axis=2).mean()) > _VIVID


def scale_transparent_grey(image: Image.Image) -> None:
    """Bring the transparent value of a PNG of 2 or 4 bits to 8 bits, as Pillow does with its pixels."""
    tiles = getattr(image, "tile", [])
    n_bits = {"L;2": 2, "L;4": 4}.get(str(tiles[0].args)) if image.format == "PNG" and tiles else None
    transparent = image.info.get("transparency")
    if n_bits and isinstance(transparent, int):
        image.info["transparency"] = transparent * 255 // (2**n_bits - 1)


def to_pixels(image: Image.Image, target: TargetFormat) -> NDArray[Any]:
    """Return the pixels of a decoded upright image in the target format: uint8, uint16 (16 bits) or float32 (floats).

    Raises `ImageReadError` for values that are negative, not finite, or above 65535 in integer images.
    """
    options = target.options
    size = (target.width, target.height)
    if is_deep(image.mode):
        return deep_pixels(_to_deep_grey(image), target)
    converted = _to_8_bit(image, "RGB" if options.colour else "L", options.background)
    pixels = np.asarray(resize_to_fit(converted, size, options.resize, options.background))
    return pixels.swapaxes(0, 1) if options.transpose else pixels


def _to_8_bit(image: Image.Image, mode: str, background: str) -> Image.Image:
    """Convert an image to mode L or RGB, with transparent pixels blended onto the background."""
    if image.mode == "LAB":
        image = image.getchannel(0) if mode == "L" else _lab_to_rgb(image)  # the first channel is the lightness
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, background), image)
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")
    return image if image.mode == mode else image.convert(mode)


def _lab_to_rgb(image: Image.Image) -> Image.Image:
    """Convert from CIE L*a*b* to sRGB by colour profiles; Pillow has no other way."""
    from PIL import ImageCms

    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert converted is not None  # noqa: S101 - a new image is returned unless it is made in place
    return converted


def _to_deep_grey(image: Image.Image) -> DeepImage:
    """Return pixels of more than 8 bits; one grey value of a PNG may be transparent."""
    values = np.asarray(image)
    if image.mode == "I":  # an image of 16 bits; those of 32 bits are read by tifffile
        values = values.astype(np.uint16)
    transparent = image.info.get("transparency")
    is_transparent = isinstance(transparent, int)
    return DeepImage(values, (values != transparent).astype(np.float32) if is_transparent else None)
