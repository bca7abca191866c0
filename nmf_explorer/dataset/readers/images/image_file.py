"""Read one image file as the pixels of one sample, or raise `ImageReadError` with the reason.

Pillow decodes. The content of a file decides its format, never its name.
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

from nmf_explorer.dataset.files.workbooks import WORKBOOK, is_workbook
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

# Listed one by one: Pillow would import all its plugins for the first unknown file.
FORMATS = tuple(
    reader.format
    for reader in (
        PngImagePlugin.PngImageFile,
        JpegImagePlugin.JpegImageFile,  # also reads MPO, several JPEG images in one file
        GifImagePlugin.GifImageFile,
        BmpImagePlugin.BmpImageFile,
        TiffImagePlugin.TiffImageFile,
        WebPImagePlugin.WebPImageFile,
        PpmImagePlugin.PpmImageFile,
        AvifImagePlugin.AvifImageFile,
        Jpeg2KImagePlugin.Jpeg2KImageFile,
    )
)
_MULTI_FRAME_FORMATS = frozenset({"GIF", "TIFF"})  # formats without a frame count in the header
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
_AXES_SWAPPED = range(5, 9)  # orientations that exchange width and height

# Pillow warns about unusual but readable files; filtered once, since changing filters is not thread-safe.
warnings.filterwarnings("ignore", module=r"PIL\.")


class DecodedImage(NamedTuple):
    """The pixels of one image in the target format, and what its file says."""

    pixels: NDArray[Any]  # shape TargetFormat.sample_shape; uint8, uint16 or float32
    info: FileInfo  # n_frames is 2 for any number of further frames


@cache
def supported_formats() -> tuple[str, ...]:
    """Return Pillow's names of the formats that are read, with HEIF if pillow-heif is installed."""
    if find_spec("pillow_heif") is None:
        return FORMATS
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return (*FORMATS, "HEIF")


def read_info(stream: BinaryIO, options: LoadOptions) -> FileInfo:
    """Read the header of an image: its size, upright, depth and colour.

    Raises `ImageReadError` if the format is unknown or the image has more than `options.max_pixels` pixels.
    """
    with open_image(stream, options.max_pixels) as image:
        return image_info(image)


def read(stream: BinaryIO, target: TargetFormat) -> DecodedImage:
    """Read the first frame of an image in the target format.

    Raises `ImageReadError` if it cannot be decoded, or has negative or not finite values.
    """
    with open_image(stream, target.options.max_pixels) as image:
        info = None
        if isinstance(image, JpegImagePlugin.JpegImageFile) and image.mode in ("L", "RGB"):
            info = image_info(image)
            _request_smaller_jpeg(image, target)
        numbers, size = decode(image, target)
        info = info or image_info(image)._replace(width=size[0], height=size[1])
        return DecodedImage(numbers, info._replace(n_frames=2) if has_more_frames(image) else info)


@contextmanager
def open_image(stream: BinaryIO, max_pixels: int) -> Iterator[Image.Image]:
    """Open an image, not yet decoded, and turn every error inside the context into an `ImageReadError` with its reason.

    Raises it also for unknown formats and for more than `max_pixels` pixels.
    """
    try:
        with Image.open(stream, formats=supported_formats()) as image:
            check_pixel_count(image.size, max_pixels)
            yield image
    except ImageReadError:
        raise
    except UnidentifiedImageError as error:
        if is_workbook(stream):
            raise ImageReadError.of(WORKBOOK) from error
        stream.seek(0)
        raise ImageReadError.of(unreadable_reason(stream.read(512), supported_formats())) from error
    except Exception as error:  # decoders of damaged files raise anything
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error


def image_info(image: Image.Image) -> FileInfo:
    """Return the size, depth and colour of one frame of an open image.

    The orientation of a PNG may follow its pixels; it is known only after decoding.
    """
    width, height = upright_size(image.size, orientation(image))
    depth = "8-bit" if not is_deep(image.mode) else "float" if image.mode == "F" else "16-bit"
    return FileInfo(1, height, width, depth, has_colour(image), image.has_transparency_data)


def check_pixel_count(size: tuple[int, int], max_pixels: int) -> None:
    """Raise `ImageReadError` if a (width, height) has more than `max_pixels` pixels."""
    if size[0] * size[1] > max_pixels:
        raise ImageReadError(
            "too large: {width} x {height} pixels, more than {limit:.3g} million",
            width=size[0],
            height=size[1],
            limit=max_pixels / 1e6,
        )


def decode(image: Image.Image, target: TargetFormat) -> tuple[NDArray[Any], tuple[int, int]]:
    """Decode the current frame; return its pixels in the target format and its upright (width, height) in the file."""
    image.load()
    method = _TRANSPOSE_METHODS.get(orientation(image))
    upright = image.transpose(method) if method is not None else image
    return to_pixels(upright, target), upright.size


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation (1 to 8) of an open image; 1 is upright.

    Pillow rotates TIFF images itself when decoding, so they count as upright.
    """
    if _ORIENTATION_KEYS.isdisjoint(image.info) or image.format == "TIFF":
        return 1
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - an image with damaged EXIF data is still readable
        return 1
    return value if isinstance(value, int) else 1


def upright_size(size: tuple[int, int], exif_orientation: int) -> tuple[int, int]:
    """Return a (width, height) after applying an EXIF orientation."""
    return (size[1], size[0]) if exif_orientation in _AXES_SWAPPED else size


def has_more_frames(image: Image.Image) -> bool:
    """Return whether a decoded image has a second frame, without counting the frames."""
    if image.format not in _MULTI_FRAME_FORMATS:
        return bool(getattr(image, "is_animated", False))
    try:
        image.seek(1)
    except EOFError:
        return False
    return True


def _request_smaller_jpeg(image: Image.Image, target: TargetFormat) -> None:
    """Let the JPEG decoder reduce a large photograph, and skip its colour if grey is enough."""
    size = upright_size(image.size, exif_orientation := orientation(image))
    enough = size_to_cover(size, (target.width, target.height), target.options.resize)
    image.draft("RGB" if target.options.colour else "L", upright_size(enough, exif_orientation))
