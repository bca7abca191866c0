"""All frames of one file, a film or a stack of pages, as samples of their own."""

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
    """Count the frames of a file.

    Parameters
    ----------
    file : FoundFile
        Of several frames.
    options : LoadOptions
        For the limit of pixels.

    Returns
    -------
    Facts
        Of the size of the first frame.

    Raises
    ------
    ImageReadError
        If it is no picture, or damaged.
    """
    with file.open() as stream, image_file.open_image(stream, options.max_pixels) as picture:
        facts = image_file.image_info(picture)
        # A phone's photograph may carry a second picture that nobody sees; it is no film unless somebody says so.
        is_film = picture.format != "MPO" or options.frames == "all"
        n_frames = int(getattr(picture, "n_frames", 1)) if is_film else 1
        return facts._replace(n_samples=n_frames, n_frames=n_frames)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read all frames of a file.

    Parameters
    ----------
    file : FoundFile
        Of several frames.
    options : LoadOptions
        How frames become samples; each is brought to the size of the first.

    Returns
    -------
    Samples
        One per frame.

    Raises
    ------
    ImageReadError
        If a frame is damaged, or there are too many of them.
    """
    facts = read_info(file, options)
    plan = TargetFormat(facts.height, facts.width, None, options.replace({"transpose": False}))
    if facts.n_samples * plan.n_features > MOST_BYTES:
        raise ImageReadError("too large: {n} frames", n=facts.n_samples)
    frames = []
    with file.open() as stream, image_file.open_image(stream, options.max_pixels) as picture:
        for frame in ImageSequence.Iterator(picture):
            image_file.check_pixel_count(frame.size, options.max_pixels)
            frames.append(image_file.decode(frame, plan)[0])
    return FileSamples(np.stack(frames))
