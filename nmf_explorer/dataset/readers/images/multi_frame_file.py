"""Read all frames of one file, such as an animation or the pages of a TIFF, as samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.decompress import MAX_BYTES as MOST_BYTES
from nmf_explorer.dataset.readers.images import image_file, tiff_file
from nmf_explorer.dataset.readers.images.deep_image import deep_pixels
from nmf_explorer.dataset.readers.images.resizing import MAX_PIXELS, reduce_size
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PIL import Image

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Count the frames of a file; the size is that of the first frame.

    Raises `ImageReadError` if it is not an image, or damaged.
    """
    with file.open() as stream:
        if tiff_file.needs_tifffile(stream):
            return tiff_file.open_tiff(stream, options.max_pixels).info
        with image_file.open_image(stream, options.max_pixels) as image:
            info = image_file.image_info(image)
            # MPO photographs of phones may hold a hidden second image; its frames count only if the user chooses so.
            has_frames = image.format != "MPO" or options.frames == "all"
            n_frames = len(image_file.frame_indices(image)) if has_frames else 1
            return info._replace(n_samples=n_frames, n_frames=n_frames)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read all frames of a file, resized to the size of the first, or to at most `MAX_PIXELS` if no size is requested.

    Raises `ImageReadError` if a frame is damaged, or the frames need more than `MOST_BYTES`.
    """
    info = read_info(file, options)
    size = (info.height, info.width)
    height, width = (
        size if options.size else reduce_size(size, MAX_PIXELS)
    )  # thousands of frames would not fit into memory
    target = TargetFormat(height, width, None, options.replace({"transpose": False}))
    if info.n_samples * target.n_features > MOST_BYTES:
        raise ImageReadError("too large: {n} frames", n=info.n_samples)
    with file.open() as stream:
        if tiff_file.needs_tifffile(stream):
            pages = tiff_file.open_tiff(stream, options.max_pixels)
            return FileSamples(_stack([deep_pixels(frame, target) for frame in pages.frames]), size=size)
        with image_file.open_image(stream, options.max_pixels) as image:
            return FileSamples(_stack(list(_decoded_frames(image, target))), size=size)


def _decoded_frames(image: Image.Image, target: TargetFormat) -> Iterator[NDArray[Any]]:
    for index in image_file.frame_indices(image):
        image.seek(index)
        image_file.check_pixel_count(image.size, target.options.max_pixels)
        yield image_file.decode(image, target)[0]


def _stack(frames: list[NDArray[Any]]) -> NDArray[Any]:
    """Return frames as one array; frames of several dtypes become float32, whole numbers as shares of their white."""
    if len({frame.dtype for frame in frames}) == 1:
        return np.stack(frames)
    whites = [np.iinfo(frame.dtype).max if frame.dtype.kind == "u" else 1 for frame in frames]
    return np.stack([frame.astype(np.float32) / white for frame, white in zip(frames, whites, strict=True)])
