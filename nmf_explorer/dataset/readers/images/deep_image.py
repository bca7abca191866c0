"""DeepImage: an image whose numbers Pillow has no mode for, and its conversion to the target format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.readers.images.resizing import resize_array
from nmf_explorer.dataset.readers.samples.number_checks import check_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

_LUMINANCE = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, like Pillow's conversion to grey


class DeepImage(NamedTuple):
    """The numbers of an image: (height, width) or (height, width, 3) of any real dtype, upright."""

    values: NDArray[Any]
    alpha: NDArray[Any] | None = None  # (height, width), 0 transparent to 1 opaque


def deep_pixels(image: DeepImage, target: TargetFormat) -> NDArray[Any]:
    """Return the pixels of an image in the target format: uint8 or uint16 where all numbers fit, else float32.

    Raises `ImageReadError` for values that are negative, or not finite in float32.
    """
    options = target.options
    values = _narrow(image.values)
    white = np.iinfo(values.dtype).max if values.dtype.kind == "u" else max(1.0, float(values.max()))
    if image.alpha is not None:
        alpha = image.alpha[..., np.newaxis] if values.ndim == 3 else image.alpha
        ground = white if options.background == "white" else 0
        values = _as_dtype(values * alpha + ground * (1 - alpha), values.dtype)
    if values.ndim == 3 and not options.colour:
        values = _as_dtype(values @ _LUMINANCE, values.dtype)
    pixels = resize_array(values, (target.width, target.height), options.resize, options.background)
    if options.colour and pixels.ndim == 2:
        pixels = np.repeat(pixels[..., np.newaxis], 3, axis=-1)
    return pixels.swapaxes(0, 1) if options.transpose else pixels


def _narrow(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers of 8 bits as uint8, of 16 bits as uint16, and all others as float32."""
    check_values(values)
    if values.dtype.kind == "f" or values.dtype.itemsize > 2:
        return values.astype(np.float32)
    return values.astype(np.uint8 if values.dtype.itemsize == 1 else np.uint16)


def _as_dtype(values: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    return (np.rint(values) if dtype.kind == "u" else values).astype(dtype)
