"""A picture of another size is brought to the size of the set: filled and cut, shown whole, or distorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

# The sharpest of Pillow's filters without negative lobes: the data of NMF must stay non-negative.
_FILTER = Image.Resampling.BILINEAR
_COLOUR_DIMENSIONS = 3


def size_to_cover(size: tuple[int, int], wanted: tuple[int, int], how: str) -> tuple[int, int]:
    """Size at which a picture has enough pixels to be brought to another size.

    Parameters
    ----------
    size : (int, int)
        Width and height that it has.
    wanted : (int, int)
        Width and height that it is to have.
    how : {"crop", "fit", "stretch", "leave out"}
        As in `LoadOptions.resize`.

    Returns
    -------
    (int, int)
        Width and height, with the aspect of the picture; never larger than `size`.
    """
    ratios = [want / has for want, has in zip(wanted, size, strict=True)]
    factor = min(1.0, min(ratios) if how == "fit" else max(ratios))
    return (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))


def resize_to_fit(picture: Image.Image, wanted: tuple[int, int], how: str, background: str) -> Image.Image:
    """Bring a picture to a size, averaging where it becomes smaller; never leaves the range of its values.

    Parameters
    ----------
    picture : Image
        Of mode L, RGB or F.
    wanted : (int, int)
        Width and height in pixels.
    how : {"crop", "fit", "stretch", "leave out"}
        As in `LoadOptions.resize`; "leave out" is up to the caller, and crops here.
    background : {"white", "black"}
        What lies around pictures that are shown whole.

    Returns
    -------
    Image
        Of the same mode; `picture` itself if it has that size.
    """
    if picture.size == wanted:
        return picture
    if how == "stretch":
        return picture.resize(wanted, _FILTER)
    if how == "fit":
        return _pad_to_size(picture, wanted, background)
    (width, height), (to_width, to_height) = picture.size, wanted
    factor = max(to_width / width, to_height / height)
    across, down = to_width / factor, to_height / factor
    left, top = (width - across) / 2, (height - down) / 2
    box = (max(0.0, left), max(0.0, top), min(width, left + across), min(height, top + down))
    return picture.resize(wanted, _FILTER, box=box)


def _pad_to_size(picture: Image.Image, wanted: tuple[int, int], background: str) -> Image.Image:
    """Show the whole picture as large as it can be."""
    factor = min(wanted[0] / picture.width, wanted[1] / picture.height)
    inner = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    colour: Any = background
    if picture.mode == "F":  # white is 1, or as bright as the brightest pixel; the stub allows for several channels
        colour = max(1.0, float(picture.getextrema()[1])) if background == "white" else 0.0  # type: ignore[arg-type]
    paper = Image.new(picture.mode, wanted, colour)
    paper.paste(picture.resize(inner, _FILTER), ((wanted[0] - inner[0]) // 2, (wanted[1] - inner[1]) // 2))
    return paper


def resize_array(pixels: NDArray[Any], wanted: tuple[int, int], how: str, background: str) -> NDArray[Any]:
    """Bring the numbers of one picture to a size, as `resize_to_fit` does.

    Parameters
    ----------
    pixels : ndarray of shape (h, w) or (h, w, 3)
        uint8, uint16, float32 or float64.
    wanted : (int, int)
        Width and height in pixels.
    how : {"crop", "fit", "stretch", "leave out"}
        As in `LoadOptions.resize`.
    background : {"white", "black"}
        What lies around pictures that are shown whole.

    Returns
    -------
    ndarray of shape (height, width) or (height, width, 3)
        Of the same dtype; `pixels` itself if it has that size.
    """
    if pixels.shape[1::-1] == wanted:
        return pixels
    if pixels.dtype == np.uint8:
        return np.asarray(resize_to_fit(Image.fromarray(pixels), wanted, how, background))
    if pixels.ndim == _COLOUR_DIMENSIONS:
        channels = [resize_array(pixels[..., c], wanted, how, background) for c in range(pixels.shape[2])]
        return np.stack(channels, axis=-1)
    is_whole = pixels.dtype.kind == "u"
    scale = np.float32(np.iinfo(pixels.dtype).max) if is_whole else np.float32(1)
    share = Image.fromarray(np.ascontiguousarray(pixels, dtype=np.float32) / scale)
    small = np.asarray(resize_to_fit(share, wanted, how, background)) * scale
    return np.rint(small).astype(pixels.dtype) if is_whole else small.astype(pixels.dtype)
