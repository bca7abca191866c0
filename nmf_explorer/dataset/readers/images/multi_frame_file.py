"""Read all frames of one file, such as an animation or the pages of a TIFF, as samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import ImageSequence

from nmf_explorer.dataset.files.decompress import MAX_BYTES as MOST_BYTES
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Count the frames of a file; the size is that of the first frame.

    Raises `ImageReadError` if it is not an image, or damaged.
    """
    with file.open() as stream, image_file.open_image(stream, options.max_pixels) as image:
        info = image_file.image_info(image)
        # MPO photographs of phones may hold a hidden second image; its frames count only if the user chooses so.
        has_frames = image.format != "MPO" or options.frames == "all"
        n_frames = int(getattr(image, "n_frames", 1)) if has_frames else 1
        return info._replace(n_samples=n_frames, n_frames=n_frames)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read all frames of a file, resized to the size of the first.

    Raises `ImageReadError` if a frame is damaged, or the frames need more than `MOST_BYTES`.
    """
    info = read_info(file, options)
    target = TargetFormat(info.height, info.width, None, options.replace({"transpose": False}))
    if info.n_samples * target.n_features > MOST_BYTES:
        raise ImageReadError("too large: {n} frames", n=info.n_samples)
    frames = []
    with file.open() as stream, image_file.open_image(stream, options.max_pixels) as image:
        for frame in ImageSequence.Iterator(image):
            image_file.check_pixel_count(frame.size, options.max_pixels)
            frames.append(image_file.decode(frame, target)[0])
    return FileSamples(np.stack(frames))
