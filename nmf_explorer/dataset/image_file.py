"""One picture file becomes one array, or an ImageReadError with the reason. Pillow decodes; the care is here.

What a file is, is decided by its content and never by its name.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin, UnidentifiedImageError

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Pixels

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
MAX_PIXELS = 64 * 1024 * 1024
_MANY_FRAMES = frozenset({"GIF", "TIFF", "WEBP"})
_TURNED = range(5, 9)  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_TIFF_SIZE = (TiffImagePlugin.IMAGEWIDTH, TiffImagePlugin.IMAGELENGTH)
_SIXTEEN_BIT = 65535

# Pillow warns about files that are odd but readable; set once, since warning filters are not safe across threads.
warnings.filterwarnings("ignore", module=r"PIL\.")


class ImageFacts(NamedTuple):
    """What a file's header tells.

    Attributes
    ----------
    n_images : int
        How many samples the file gives.
    height, width : int
        Their size in pixels, upright.
    """

    n_images: int
    height: int
    width: int


def measure(path: Path) -> ImageFacts:
    """Read the header of a picture, not its pixels.

    Parameters
    ----------
    path : Path
        A regular file.

    Returns
    -------
    ImageFacts
        Its size as it will be shown.

    Raises
    ------
    ImageReadError
        If it is no picture of a known kind, or too large.
    """
    with _opened(path) as picture:
        width, height = picture.size
        if isinstance(picture, TiffImagePlugin.TiffImageFile):  # Pillow 11 and later have turned its size already
            width, height = (picture.tag_v2[tag] for tag in _TIFF_SIZE)
        if _orientation(picture) in _TURNED:
            width, height = height, width
        return ImageFacts(1, height, width)


def read(path: Path, sample_shape: tuple[int, ...]) -> tuple[Pixels, bool]:
    """Read a picture as samples of a given shape.

    Parameters
    ----------
    path : Path
        A regular file.
    sample_shape : tuple of int
        ``(height, width)`` for grey or ``(height, width, 3)`` for colour; other sizes are resized to it.

    Returns
    -------
    pixels : ndarray of shape (1, *sample_shape), uint8 or float32
        8-bit pictures as 0..255; 16-bit ones as float 0..1; float ones as they are.
    cut : bool
        Whether there were further frames, which are left out.

    Raises
    ------
    ImageReadError
        If it cannot be decoded, or has negative or not finite values.
    """
    height, width = sample_shape[:2]
    colour = len(sample_shape) > len((height, width))
    with _opened(path) as picture:
        if picture.format == "JPEG" and picture.mode in ("L", "RGB"):
            # Decode large photographs at a fraction of their size, and only their brightness where that is enough.
            picture.draft("RGB" if colour else "L", (max(height, width),) * 2)
        pixels = _plain(ImageOps.exif_transpose(picture), colour=colour)
        return resized(pixels, height, width)[np.newaxis], _has_more_frames(picture)


def resized(pixels: Pixels, height: int, width: int) -> Pixels:
    """Resize one picture, averaging when it becomes smaller; never leaves the range of its values.

    Parameters
    ----------
    pixels : ndarray of shape (h, w) or (h, w, 3), uint8 or float32
        The picture; float32 only without channels.
    height, width : int
        The new size in pixels.

    Returns
    -------
    ndarray of shape (height, width) or (height, width, 3)
        Of the same dtype; `pixels` itself if it has that size.
    """
    if pixels.shape[:2] == (height, width):
        return pixels
    if pixels.dtype == np.float32 and pixels.ndim > len((height, width)):
        channels = [resized(np.ascontiguousarray(pixels[..., c]), height, width) for c in range(pixels.shape[2])]
        return np.stack(channels, axis=-1)
    # BILINEAR is the sharpest of Pillow's filters without negative lobes: NMF data must stay non-negative.
    picture = Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(picture, dtype=pixels.dtype)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture of a known kind; whatever goes wrong inside becomes an ImageReadError."""
    try:
        # Opened here: given a path, Pillow (13.0 still) maps turned uncompressed TIFFs into memory with swapped sides.
        with path.open("rb") as file, Image.open(file, formats=FORMATS) as picture:
            _check_size(*picture.size)
            yield picture
    except ImageReadError:
        raise
    except UnidentifiedImageError as error:
        raise ImageReadError("not a picture of a known kind ({kinds})", kinds=", ".join(FORMATS)) from error
    except Exception as error:  # decoders of broken files raise anything, from SyntaxError to struct.error
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error


def _check_size(width: int, height: int) -> None:
    """Refuse pictures whose pixels would fill the memory, before they are decoded."""
    if width * height > MAX_PIXELS:
        raise ImageReadError(
            "too large: {width} x {height} pixels, more than {limit} million",
            width=width,
            height=height,
            limit=MAX_PIXELS // 2**20,
        )


def _orientation(picture: Image.Image) -> int:
    """EXIF orientation; a PNG's is asked for only when already known, since looking for it would decode the pixels."""
    if picture.format == "PNG" and "exif" not in picture.info:
        return 1
    orientation = picture.getexif().get(_ORIENTATION, 1)
    return orientation if isinstance(orientation, int) else 1


def _has_more_frames(picture: Image.Image) -> bool:
    if picture.format not in _MANY_FRAMES:
        return bool(getattr(picture, "is_animated", False))
    try:
        picture.seek(1)
    except EOFError:
        return False
    return True


def _plain(picture: Image.Image, *, colour: bool) -> Pixels:
    """Pixels of any kind of picture as grey or RGB."""
    if picture.mode == "F" or picture.mode.startswith("I"):
        grey = _deep_grey(picture)
        return np.repeat(grey[..., np.newaxis], 3, axis=-1) if colour else grey
    if picture.mode == "LAB":  # Pillow has no plain way from LAB to RGB; its first channel is the brightness
        picture = picture.getchannel(0)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    if picture.mode not in ("1", "L"):
        picture = picture.convert("RGB")
    return np.array(picture.convert("RGB" if colour else "L"), dtype=np.uint8)


def _deep_grey(picture: Image.Image) -> NDArray[np.float32]:
    """Pixels of more than 8 bits: whole numbers as a share of 65535, float numbers as they are."""
    values = np.asarray(picture)
    if not np.isfinite(values).all():
        raise ImageReadError("has values that are not finite numbers (NaN or infinity)")
    if values.min() < 0:
        raise ImageReadError("has negative values (lowest {lowest:.3g}); NMF needs 0 and above", lowest=values.min())
    if picture.mode == "F":
        return values.astype(np.float32)
    if values.max() > _SIXTEEN_BIT:
        raise ImageReadError("has whole numbers above {limit}; save it with 16 bits or fewer", limit=_SIXTEEN_BIT)
    return values.astype(np.float32) / np.float32(_SIXTEEN_BIT)
