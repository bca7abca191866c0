"""Read TIFF files whose numbers Pillow does not know or would change; tifffile reads them.

Pillow reads 1 to 8 bits. It has no float64, float16, uint32 or deep colour, reads some big-endian files in the wrong
byte order, and does not invert deep images in which 0 is white. Files that name further planes behind their only
directory, as ImageJ and tifffile write them, are stacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from nmf_explorer.dataset.readers.images.deep_image import DeepImage
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray
    from tifffile import TiffFile, TiffPage

_MAGICS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEADER_BYTES = 16
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _DESCRIPTION, _OFFSETS, _CHANNELS, _LENGTHS = (
    256, 257, 258, 259, 262, 270, 273, 277, 279,
)  # fmt: skip
_SUB_DIRECTORIES, _EXTRA_CHANNELS, _SAMPLE_FORMAT = 330, 338, 339
_UNCOMPRESSED, _UNSIGNED = 1, 1
_REDUCED, _MASK = 1, 4  # bits of NewSubfileType
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB = 0, 1, 2
_N_COLOURS = {0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3, 8: 3}  # by photometric interpretation, of kinds that Pillow reads
_STACK_DESCRIPTIONS = ("ImageJ=", '{"shape":')
_MIN_PLANE_BYTES = 512  # what follows a smaller image may be a comment
_MAX_DIRECTORY_BYTES = 700  # of one that stands behind its image


class TiffPages(NamedTuple):
    """The images of a TIFF file: (n_frames, height, width[, n_channels]) frames are read one by one."""

    info: FileInfo
    frames: Iterator[DeepImage]


def needs_tifffile(stream: BinaryIO) -> bool:
    """Return whether tifffile must read a file, judged by its first directory; the stream is set to its start.

    Raises `ImageReadError` if there are further planes behind the only image, which no directory describes.
    """
    tags = _first_directory(stream)
    try:
        return tags is not None and _is_for_tifffile(stream, tags)
    except ImageReadError:
        raise
    except Exception:  # noqa: BLE001 - tags of any kind in a damaged file: Pillow's message says more
        return False


def _is_for_tifffile(stream: BinaryIO, tags: ImageFileDirectory_v2) -> bool:
    bits, sample_format = tags.get(_BITS, (1,)), tags.get(_SAMPLE_FORMAT, (_UNSIGNED,))
    n_colours = _N_COLOURS.get(tags.get(_PHOTOMETRIC, _BLACK_IS_ZERO))
    n_channels = tags.get(_CHANNELS, 1) - len(tags.get(_EXTRA_CHANNELS, ()))
    is_plain = max(bits) <= 8 and set(sample_format) == {_UNSIGNED} and n_channels == n_colours
    if str(tags.get(_DESCRIPTION, "")).startswith(_STACK_DESCRIPTIONS):
        return True
    if is_plain:
        _refuse_planes_behind(stream, tags)
    return not is_plain


def open_tiff(stream: BinaryIO, max_pixels: int) -> TiffPages:
    """Read the directories of a file; frames are decoded as they are taken.

    Raises `ImageReadError` for kinds of images that cannot be read, and for more than `max_pixels` pixels.
    """
    from tifffile import TiffFile

    try:
        file = TiffFile(stream)
        all_pages = [page.aspage() for page in file.pages]
        pages = [page for page in all_pages if not page.subfiletype & (_REDUCED | _MASK)] or all_pages[:1]
        first = pages[0]
        _refuse_unknown(first, max_pixels)
        stack = _stack_shape(file, first)
        if stack is None and len(file.pages) == 1 and first.compression == _UNCOMPRESSED:
            _refuse_planes_behind(stream, _first_directory(stream) or ImageFileDirectory_v2())
        n_frames = stack or len(pages)
        depth = {"uint8": "8-bit", "int8": "8-bit", "uint16": "16-bit", "int16": "16-bit"}.get(
            str(first.dtype), "float"
        )
        info = FileInfo(n_frames, first.imagelength, first.imagewidth, depth, first.photometric == _RGB,
                        bool(first.extrasamples), n_frames)  # fmt: skip
    except ImageReadError:
        raise
    except Exception as error:  # a damaged file may raise anything
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error
    return TiffPages(info, _frames(file, pages, is_stack=stack is not None))


def _first_directory(stream: BinaryIO) -> ImageFileDirectory_v2 | None:
    """Return the tags of the first directory of a TIFF file, or None for other files."""
    stream.seek(0)
    header = stream.read(_HEADER_BYTES)
    stream.seek(0)
    if not header.startswith(_MAGICS):
        return None
    try:
        tags = ImageFileDirectory_v2(header if header[2:3] == b"+" or header[3:4] == b"+" else header[:8])
        stream.seek(tags.next)
        tags.load(stream)
    except Exception:  # noqa: BLE001 - damaged in any way: Pillow's message says how
        return None
    finally:
        stream.seek(0)
    return tags


def _refuse_planes_behind(stream: BinaryIO, tags: ImageFileDirectory_v2) -> None:
    """Raise `ImageReadError` if whole planes follow the only image of an uncompressed file."""
    if tags.get(_COMPRESSION, _UNCOMPRESSED) != _UNCOMPRESSED or _SUB_DIRECTORIES in tags or _OFFSETS not in tags:
        return
    if tags.next:
        return
    n_bytes = sum(tags.get(_LENGTHS, ()))
    end = max(offset + length for offset, length in zip(tags[_OFFSETS], tags.get(_LENGTHS, ()), strict=False))
    behind = stream.seek(0, 2) - end - _MAX_DIRECTORY_BYTES
    stream.seek(0)
    if n_bytes >= _MIN_PLANE_BYTES and behind >= n_bytes:
        raise ImageReadError(
            "a stack: {n} planes lie behind its only image, and nothing describes them; save it with a page for each",
            n=(behind + _MAX_DIRECTORY_BYTES) // n_bytes,
        )


def _refuse_unknown(page: TiffPage, max_pixels: int) -> None:
    """Raise `ImageReadError` for a kind of image that has no grey or colour, or no pixels."""
    if not page.imagelength * page.imagewidth:
        raise ImageReadError(
            "damaged: its size is {width} x {height} pixels", width=page.imagewidth, height=page.imagelength
        )
    if page.imagelength * page.imagewidth > max_pixels:
        raise ImageReadError(
            "too large: {width} x {height} pixels, more than {limit:.3g} million",
            width=page.imagewidth,
            height=page.imagelength,
            limit=max_pixels / 1e6,
        )
    n_colours = 3 if page.photometric == _RGB else 1
    n_channels = page.samplesperpixel
    if page.photometric not in (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB) or page.dtype is None:
        raise ImageReadError("a TIFF image of a kind that is not read; save it as grey or RGB with 8 or 16 bits")
    if n_channels - n_colours not in (0, 1):
        raise ImageReadError("a TIFF image with {n} channels; save it as grey or RGB", n=n_channels)
    if page.dtype.kind == "c":
        raise ImageReadError("a TIFF image of complex numbers; save their size as 32-bit floats")


def _stack_shape(file: TiffFile, first: TiffPage) -> int | None:
    """Return the number of planes behind the first directory as the description states it, or None."""
    if not (file.is_imagej or file.is_shaped) or len(file.pages) > 1:
        return None
    shape = file.series[0].shape
    n_planes = int(np.prod(shape)) // int(np.prod(first.shape))
    return n_planes if n_planes > 1 else None


def _frames(file: TiffFile, pages: list[TiffPage], *, is_stack: bool) -> Iterator[DeepImage]:
    """Decode the images of a file one by one; raises `ImageReadError` for one that cannot be decoded."""
    try:
        if is_stack:
            planes = file.series[0].asarray().reshape(-1, *pages[0].shape)
            yield from (_deep_image(plane, pages[0]) for plane in planes)
        else:
            yield from (_deep_image(_numbers(page), page) for page in pages)
    except ImageReadError:
        raise
    except Exception as error:
        raise ImageReadError("damaged or not readable: {why}", why=str(error) or type(error).__name__) from error


def _numbers(page: TiffPage) -> NDArray[Any]:
    """Return the numbers of a page; Pillow unpacks what tifffile cannot, where it keeps them: grey of 16 bits."""
    try:
        return page.asarray()
    except ValueError as error:
        if "imagecodecs" not in str(error):
            raise
        if page.samplesperpixel == 1 and page.dtype == np.uint16:
            with Image.open(cast("BinaryIO", page.parent.filehandle), formats=["TIFF"]) as image:
                image.seek(page.index)
                return np.array(image)
        name = getattr(page.compression, "name", str(page.compression))
        raise ImageReadError(
            "a TIFF image with {bits} bits, packed by {name}; save it unpacked or packed by ZIP (deflate)",
            bits=page.bitspersample,
            name=name,
        ) from error


def _deep_image(values: NDArray[Any], page: TiffPage) -> DeepImage:
    """Return an image with its channels last, white above black, and its transparency apart."""
    if page.samplesperpixel > 1 and page.axes.startswith("S"):
        values = np.moveaxis(values, 0, -1)
    if page.photometric == _WHITE_IS_ZERO and values.dtype.kind == "u":
        values = np.iinfo(values.dtype).max - values
    n_colours = 3 if page.photometric == _RGB else 1
    if page.samplesperpixel == n_colours:
        return DeepImage(values)
    highest = np.iinfo(values.dtype).max if values.dtype.kind in "ui" else 1.0
    colours = values[..., :3] if n_colours == 3 else values[..., 0]
    return DeepImage(colours, np.clip(values[..., n_colours] / highest, 0, 1))
