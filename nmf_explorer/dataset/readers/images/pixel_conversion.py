"""A decoded picture of any kind, from one bit to floats, from palettes to inks, becomes grey or red, green and blue."""

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
    """Whether pixels have more than 8 bits.

    Parameters
    ----------
    mode : str
        Pillow's name of what pixels are.

    Returns
    -------
    bool
        True for 16 and 32 bits and for floats.
    """
    return mode == "F" or mode.startswith("I")


def has_colour(picture: Image.Image) -> bool:
    """Whether pixels may have a colour.

    Parameters
    ----------
    picture : Image
        Opened; it need not be decoded.

    Returns
    -------
    bool
        False for a palette of greys too.
    """
    if picture.mode != "P":
        return picture.mode not in _GREY_MODES and not is_deep(picture.mode)
    mode, data = picture.palette.mode if picture.palette else "L", picture.getpalette("RGB") or []
    return mode != "L" and not data[0::3] == data[1::3] == data[2::3]


def to_pixels(picture: Image.Image, plan: TargetFormat) -> NDArray[Any]:
    """Numbers of a decoded picture that stands upright, at the size of the set.

    Parameters
    ----------
    picture : Image
        Decoded.
    plan : Plan
        What it is to become.

    Returns
    -------
    ndarray of shape `plan.sample_shape`
        uint8, uint16 for pictures of 16 bits, or float32 for floats.

    Raises
    ------
    ImageReadError
        If it has values that NMF cannot use.
    """
    options = plan.options
    wanted = (plan.width, plan.height)
    if is_deep(picture.mode):
        deep = resize_array(_to_deep_grey(picture), wanted, options.resize, options.background)
        numbers = np.repeat(deep[..., np.newaxis], 3, axis=-1) if options.colour else deep
    else:
        plain = _to_8_bit(picture, "RGB" if options.colour else "L", options.background)
        numbers = np.asarray(resize_to_fit(plain, wanted, options.resize, options.background))
    return numbers.swapaxes(0, 1) if options.transpose else numbers


def _to_8_bit(picture: Image.Image, mode: str, background: str) -> Image.Image:
    """Grey or RGB, with the transparent parts laid over the background."""
    if picture.mode == "LAB":  # Pillow has no plain way from LAB to RGB; its first channel is the brightness
        picture = picture.getchannel(0)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, background), picture)
    if picture.mode not in ("1", "L", "RGB"):
        picture = picture.convert("RGB")
    return picture if picture.mode == mode else picture.convert(mode)


def _to_deep_grey(picture: Image.Image) -> NDArray[Any]:
    """Pixels of more than 8 bits: whole numbers as uint16, float numbers as they are."""
    values = np.asarray(picture)
    highest = check_values(values)
    if picture.mode == "F":
        return values.astype(np.float32)
    if highest > _UINT16_MAX:
        raise ImageReadError("has whole numbers above {limit}; save it with 16 bits or fewer", limit=_UINT16_MAX)
    return values.astype(np.uint16)
