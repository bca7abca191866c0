"""One picture that is no sample, made like the samples of a set, so that its parts can explain it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.loading.matrix_buffer import usual_white
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset


def load_like(dataset: Dataset, source: Path | FoundFile) -> NDArray[np.float32]:
    """Read one picture as if it belonged to a set.

    Parameters
    ----------
    dataset : Dataset
        The set whose size, colours and other choices it takes; pictures of another size are cut at the edges where the
        set leaves them out.
    source : Path or FoundFile
        The picture.

    Returns
    -------
    ndarray of shape `sample_shape`, float32
        0 or more; white is as bright as the brightest number of the set.

    Raises
    ------
    ImageReadError
        If it cannot be read; it names the file.
    """
    height, width = dataset.sample_shape[:2]
    options = dataset.report.options
    changes = {
        "colour": len(dataset.sample_shape) == 3,
        "resize": "crop" if options.resize == "leave out" else options.resize,
    }
    size = (width, height) if options.transpose else (height, width)
    plan = TargetFormat(*size, None, options.but(changes))
    file = source if isinstance(source, FoundFile) else FoundFile(source, source.name)
    try:
        with file.open() as stream:
            numbers = image_file.read(stream, plan).pixels
    except ImageReadError as error:
        raise ImageReadError("“{name}” cannot be explained: {why}.", name=file.name, why=error.message) from error
    white = max(usual_white(numbers.dtype), float(numbers.max(initial=0)) if numbers.dtype.kind == "f" else 0.0)
    shares = numbers.astype(np.float32).reshape(dataset.sample_shape) / np.float32(white)
    picture: NDArray[np.float32] = (1 - shares if options.invert else shares) * np.float32(dataset.brightest)
    return picture
