"""One picture file becomes the numbers of one sample, or an ImageReadError with the reason.

Pillow decodes; the care is here. What a file is, is decided by its content and never by its name.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from nmf_explorer.dataset.readers.images.pixel_conversion import has_colour, is_deep, to_pixels
from nmf_explorer.dataset.readers.images.resizing import size_to_cover
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.dataset.readers.samples.unreadable_reason import unreadable_reason
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

# The readers are imported here, each by itself: Pillow would import all it has when it meets an unknown file.
FORMATS = tuple(
    reader.format
    for reader in (
        PngImagePlugin.PngImageFile,
        JpegImagePlugin.JpegImageFile,  # also of MPO, several JPEGs in one file
        GifImagePlugin.GifImageFile,
        BmpImagePlugin.BmpImageFile,
        TiffImagePlugin.TiffImageFile,
        WebPImagePlugin.WebPImageFile,
        PpmImagePlugin.PpmImageFile,
        AvifImagePlugin.AvifImageFile,
        Jpeg2KImagePlugin.Jpeg2KImageFile,
    )
)
_MULTI_FRAME_FORMATS = frozenset({"GIF", "TIFF"})  # formats that must be searched to tell whether there are more frames
_ORIENTATION_KEYS = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif"})
_ORIENTATION_TAG = 0x0112
_TRANSPOSE_METHODS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_AXES_SWAPPED = range(5, 9)  # orientations that swap width and height

# Pillow warns about files that are odd but readable; set once, since warning filters are not safe across threads.
warnings.filterwarnings("ignore", module=r"PIL\.")
# The limit is our own, and holds before anything is decoded; Pillow's could not be raised by the user.
Image.MAX_IMAGE_PIXELS = None


class DecodedImage(NamedTuple):
    """One picture that was read.

    Attributes
    ----------
    numbers : ndarray of shape `Plan.sample_shape`
        uint8, uint16 or float32.
    facts : Facts
        What it is in its file. `n_frames` is 2 where there are more frames, however many.
    """

    pixels: NDArray[Any]
    info: FileInfo


@cache
def supported_formats() -> tuple[str, ...]:
    """Tell which formats are read.

    Returns
    -------
    tuple of str
        As Pillow calls them; with HEIF where pillow-heif is installed.
    """
    if find_spec("pillow_heif") is None:
        return FORMATS
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return (*FORMATS, "HEIF")


def read_info(stream: BinaryIO, options: LoadOptions) -> FileInfo:
    """Read the header of a picture, not its pixels.

    Parameters
    ----------
    stream : BinaryIO
        A file of any kind.
    options : LoadOptions
        For the limit of pixels.

    Returns
    -------
    Facts
        Its size as it will be shown.

    Raises
    ------
    ImageReadError
        If it is no picture of a known kind, or too large.
    """
    with open_image(stream, options.max_pixels) as picture:
        return image_info(picture)


def read(stream: BinaryIO, plan: TargetFormat) -> DecodedImage:
    """Read a picture as one sample.

    Parameters
    ----------
    stream : BinaryIO
        A file of any kind.
    plan : Plan
        What it is to become.

    Returns
    -------
    Picture
        Its first frame.

    Raises
    ------
    ImageReadError
        If it cannot be decoded, or has negative or not finite values.
    """
    with open_image(stream, plan.options.max_pixels) as picture:
        facts = None
        if isinstance(picture, JpegImagePlugin.JpegImageFile) and picture.mode in ("L", "RGB"):
            facts = image_info(picture)
            _request_smaller_jpeg(picture, plan)
        numbers, size = decode(picture, plan)
        facts = facts or image_info(picture)._replace(width=size[0], height=size[1])
        return DecodedImage(numbers, facts._replace(n_frames=2) if has_more_frames(picture) else facts)


@contextmanager
def open_image(stream: BinaryIO, max_pixels: int) -> Iterator[Image.Image]:
    """Open a picture of a known kind; whatever goes wrong inside becomes an ImageReadError.

    Parameters
    ----------
    stream : BinaryIO
        A file of any kind.
    max_pixels : int
        Larger pictures are refused before they are decoded.

    Yields
    ------
    Image
        Not yet decoded.

    Raises
    ------
    ImageReadError
        If it is no picture of a known kind, too large or damaged.
    """
    try:
        with Image.open(stream, formats=supported_formats()) as picture:
            check_pixel_count(picture.size, max_pixels)
            yield picture
    except ImageReadError:
        raise
    except UnidentifiedImageError as error:
        stream.seek(0)
        raise ImageReadError.of(unreadable_reason(stream.read(512), supported_formats())) from error
    except Exception as error:  # decoders of broken files raise anything, from SyntaxError to struct.error
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error


def image_info(picture: Image.Image) -> FileInfo:
    """What a header tells.

    Parameters
    ----------
    picture : Image
        Opened. A PNG's orientation may come after its pixels, and is known when it has been decoded.

    Returns
    -------
    Facts
        Of one frame.
    """
    width, height = upright_size(picture.size, orientation(picture))
    depth = "8-bit" if not is_deep(picture.mode) else "float" if picture.mode == "F" else "16-bit"
    return FileInfo(1, height, width, depth, has_colour(picture), picture.has_transparency_data)


def check_pixel_count(size: tuple[int, int], max_pixels: int) -> None:
    """Refuse pictures whose pixels would fill the memory, before they are decoded.

    Parameters
    ----------
    size : (int, int)
        Width and height.
    max_pixels : int
        The limit.

    Raises
    ------
    ImageReadError
        If it is too large.
    """
    if size[0] * size[1] > max_pixels:
        raise ImageReadError(
            "too large: {width} x {height} pixels, more than {limit:.3g} million",
            width=size[0],
            height=size[1],
            limit=max_pixels / 1e6,
        )


def decode(picture: Image.Image, plan: TargetFormat) -> tuple[NDArray[Any], tuple[int, int]]:
    """Decode the frame at which a picture stands.

    Parameters
    ----------
    picture : Image
        Opened.
    plan : Plan
        What it is to become.

    Returns
    -------
    numbers : ndarray of shape `plan.sample_shape`
        uint8, uint16 or float32.
    size : (int, int)
        Width and height that it had, upright.
    """
    picture.load()
    turn = _TRANSPOSE_METHODS.get(orientation(picture))
    upright = picture.transpose(turn) if turn is not None else picture
    return to_pixels(upright, plan), upright.size


def orientation(picture: Image.Image) -> int:
    """Tell how a picture lies in its file.

    Parameters
    ----------
    picture : Image
        Opened; TIFFs are turned by Pillow as they are decoded, and count as upright.

    Returns
    -------
    int
        1 to 8 as in EXIF; 1 stands upright.
    """
    if _ORIENTATION_KEYS.isdisjoint(picture.info) or picture.format == "TIFF":
        return 1
    try:
        told = picture.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - damaged remarks of a camera do not make a damaged picture
        return 1
    return told if isinstance(told, int) else 1


def upright_size(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Width and height after a turn.

    Parameters
    ----------
    size : (int, int)
        Width and height in the file.
    turn : int
        As `orientation` tells.

    Returns
    -------
    (int, int)
        Width and height upright.
    """
    return (size[1], size[0]) if turn in _AXES_SWAPPED else size


def has_more_frames(picture: Image.Image) -> bool:
    """Whether there are frames behind the first.

    Parameters
    ----------
    picture : Image
        Decoded.

    Returns
    -------
    bool
        Told without counting them.
    """
    if picture.format not in _MULTI_FRAME_FORMATS:
        return bool(getattr(picture, "is_animated", False))
    try:
        picture.seek(1)
    except EOFError:
        return False
    return True


def _request_smaller_jpeg(picture: Image.Image, plan: TargetFormat) -> None:
    """Decode large photographs at a fraction of their size, and only their brightness where that is enough."""
    size = upright_size(picture.size, turn := orientation(picture))
    enough = size_to_cover(size, (plan.width, plan.height), plan.options.resize)
    picture.draft("RGB" if plan.options.colour else "L", upright_size(enough, turn))
