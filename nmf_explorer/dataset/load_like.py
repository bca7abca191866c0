"""Read one image in the format of a dataset, so that the dataset's components can explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.loading.matrix_buffer import default_white
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset


def load_like(dataset: Dataset, source: Path | FoundFile) -> NDArray[np.float32]:
    """Read an image with the size, colours and options of a dataset: float32 of shape `sample_shape`, 0 or more.

    White becomes the brightest value of the dataset. If the dataset leaves out other sizes, this image is cropped.
    Raises an ImageReadError that names the file if it cannot be read.
    """
    height, width = dataset.sample_shape[:2]
    options = dataset.report.options
    changes = {
        "colour": len(dataset.sample_shape) == 3,
        "resize": "crop" if options.resize == "leave out" else options.resize,
    }
    size = (width, height) if options.transpose else (height, width)
    target = TargetFormat(*size, None, options.replace(changes))
    file = source if isinstance(source, FoundFile) else FoundFile(source, source.name)
    try:
        with file.open() as stream:
            numbers = image_file.read(stream, target).pixels
    except ImageReadError as error:
        raise ImageReadError("“{name}” cannot be explained: {why}.", name=file.name, why=error.message) from error
    white = max(default_white(numbers.dtype), float(numbers.max(initial=0)) if numbers.dtype.kind == "f" else 0.0)
    shares = numbers.astype(np.float32).reshape(dataset.sample_shape) / np.float32(white)
    image: NDArray[np.float32] = (1 - shares if options.invert else shares) * np.float32(dataset.brightest)
    return image
