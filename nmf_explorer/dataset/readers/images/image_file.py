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

from nmf_explorer.dataset.files.office_documents import office_document
from nmf_explorer.dataset.readers.images import tiff_file
from nmf_explorer.dataset.readers.images.deep_image import DeepImage, deep_pixels
from nmf_explorer.dataset.readers.images.pixel_conversion import (
    has_colour,
    has_vivid_colours,
    is_deep,
    scale_transparent_grey,
    to_pixels,
)
from nmf_explorer.dataset.readers.images.png_16_bit import is_16_bit_png, read_16_bit_png
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
_START_OF_SCAN = b"\xff\xda"
_MAX_PASSES = 200  # usual are 10
_SUBFILE_TAG = 254
_NO_IMAGE_OF_ITS_OWN = 1 | 4  # bits of NewSubfileType: a reduced copy, a mask
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
    if tiff_file.needs_tifffile(stream):
        return tiff_file.open_tiff(stream, options.max_pixels).info._replace(n_samples=1, n_frames=1)
    with open_image(stream, options.max_pixels) as image:
        return image_info(image)


def read(stream: BinaryIO, target: TargetFormat, *, checks_jpeg: bool = False) -> DecodedImage:
    """Read the first frame of an image in the target format; `checks_jpeg`: see whether a grey one has colours.

    Raises `ImageReadError` if it cannot be decoded, or has negative or not finite values.
    """
    if tiff_file.needs_tifffile(stream):
        pages = tiff_file.open_tiff(stream, target.options.max_pixels)
        read_info = pages.info._replace(n_samples=1, n_frames=min(2, pages.info.n_frames))
        return DecodedImage(deep_pixels(next(pages.frames), target), read_info)
    with open_image(stream, target.options.max_pixels) as image:
        info = None
        if isinstance(image, JpegImagePlugin.JpegImageFile) and image.mode in ("L", "RGB"):
            info = image_info(image)
            _request_smaller_jpeg(image, target)
        numbers, size = decode(image, target)
        info = info or image_info(image)._replace(width=size[0], height=size[1])
        if info.is_colour and info.depth == "8-bit":
            info = info._replace(is_vivid=_is_vivid(image, stream, checks_jpeg=checks_jpeg))
        return DecodedImage(numbers, info._replace(n_frames=2) if has_more_frames(image) else info)


def _is_vivid(image: Image.Image, stream: BinaryIO, *, checks_jpeg: bool) -> bool:
    """Return whether colours are seen; those of a JPEG that was decoded as grey are decoded only on request."""
    if image.mode != "L":
        return has_vivid_colours(image)
    if not checks_jpeg:
        return False
    stream.seek(0)
    with Image.open(stream, formats=["JPEG"]) as coloured:
        coloured.draft("RGB", (1, 1))
        return has_vivid_colours(coloured)


@contextmanager
def open_image(stream: BinaryIO, max_pixels: int) -> Iterator[Image.Image]:
    """Open an image, not yet decoded, and turn every error inside the context into an `ImageReadError` with its reason.

    Raises it also for unknown formats and for more than `max_pixels` pixels.
    """
    try:
        with Image.open(stream, formats=supported_formats()) as image:
            check_pixel_count(image.size, max_pixels)
            _check_passes(image, stream)
            image.seek(frame_indices(image, 1)[0])
            yield image
    except ImageReadError:
        raise
    except UnidentifiedImageError as error:
        if document := office_document(stream):
            raise ImageReadError.of(document) from error
        stream.seek(0)
        raise ImageReadError.of(unreadable_reason(stream.read(512), supported_formats())) from error
    except Exception as error:  # decoders of damaged files raise anything
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error


def _check_passes(image: Image.Image, stream: BinaryIO) -> None:
    """Raise `ImageReadError` if a progressive JPEG would be decoded for minutes, pass by pass."""
    if not image.info.get("progressive"):
        return
    position = stream.tell()
    stream.seek(0)
    n_passes = stream.read().count(_START_OF_SCAN)
    stream.seek(position)
    if n_passes > _MAX_PASSES:
        raise ImageReadError("a JPEG image of {n} passes, which takes too long to decode; save it anew", n=n_passes)


def image_info(image: Image.Image) -> FileInfo:
    """Return the size, depth and colour of one frame of an open image.

    The orientation of a PNG may follow its pixels; it is known only after decoding.
    """
    width, height = upright_size(image.size, orientation(image))
    has_more_bits = is_deep(image.mode) or is_16_bit_png(image)
    depth = "8-bit" if not has_more_bits else "float" if image.mode == "F" else "16-bit"
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
    if is_16_bit_png(image):
        deep = read_16_bit_png(image)
        image.load()  # its orientation may follow its pixels
        values, alpha = (_upright_array(numbers, orientation(image)) for numbers in deep)
        assert values is not None  # noqa: S101 - only the transparency may be missing
        return deep_pixels(DeepImage(values, alpha), target), values.shape[1::-1]
    scale_transparent_grey(image)
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


def _upright_array(numbers: NDArray[Any] | None, exif_orientation: int) -> NDArray[Any] | None:
    """Return an array of pixels (height, width, ...) after applying an EXIF orientation."""
    if numbers is None or exif_orientation not in _TRANSPOSE_METHODS:
        return numbers
    turned = numbers.swapaxes(0, 1) if exif_orientation in _AXES_SWAPPED else numbers
    flip_rows, flip_columns = exif_orientation in (3, 4, 7, 8), exif_orientation in (2, 3, 6, 7)
    return turned[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def frame_indices(image: Image.Image, n_wanted: int | None = None) -> list[int]:
    """Return the indices of the frames that are images of their own, the first `n_wanted` or all of them.

    Left out are reduced copies and masks in a TIFF, and the still of an animated PNG. Seeks in the file.
    """
    indices: list[int] = []
    index = int(bool(image.info.get("default_image")) and getattr(image, "n_frames", 1) > 1)
    while n_wanted is None or len(indices) < n_wanted:
        try:
            is_own_image = _seek(image, index)
        except EOFError:
            break
        if is_own_image:
            indices.append(index)
        index += 1
    return indices or [0]


def _seek(image: Image.Image, index: int) -> bool:
    """Go to a frame, which may be a mask of an unknown kind; return whether it is an image of its own."""
    try:
        image.seek(index)
    except SyntaxError:
        if not _is_beside_an_image(image):
            raise
    return not _is_beside_an_image(image)


def _is_beside_an_image(image: Image.Image) -> bool:
    return bool(getattr(image, "tag_v2", {}).get(_SUBFILE_TAG, 0) & _NO_IMAGE_OF_ITS_OWN)


def has_more_frames(image: Image.Image) -> bool:
    """Return whether a decoded image has a second frame, without counting the frames."""
    if image.format not in _MULTI_FRAME_FORMATS:
        return bool(getattr(image, "is_animated", False))
    return len(frame_indices(image, 2)) > 1


def _request_smaller_jpeg(image: Image.Image, target: TargetFormat) -> None:
    """Let the JPEG decoder reduce a large photograph, and skip its colour if grey is enough."""
    size = upright_size(image.size, exif_orientation := orientation(image))
    enough = size_to_cover(size, (target.width, target.height), target.options.resize)
    image.draft("RGB" if target.options.colour else "L", upright_size(enough, exif_orientation))
