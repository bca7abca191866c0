"""Read a file in the IDX format of MNIST, and the labels in the file beside it."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import (
    check_bytes_follow,
    check_size,
    decompressed_head,
    open_decompressed,
    read_array,
    read_exactly,
)
from nmf_explorer.dataset.readers.arrays.sample_axis import choose_axes
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, stack_info
from nmf_explorer.dataset.readers.samples.labels import label_texts
from nmf_explorer.dataset.readers.samples.number_checks import to_storable
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
    from nmf_explorer.dataset.readers.samples.image_stack import StackAxes

# Data type codes of the IDX format (LeCun, Cortes and Burges, the MNIST database).
_DTYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
_MAX_DIMENSIONS = 4
_IMAGE_FILE_NAME = re.compile(r"images?([-_. ]?idx)3", re.IGNORECASE)
_LABEL_FILE_NAME = r"labels\g<1>1"


class IdxHeader(NamedTuple):
    """Dtype and shape that an IDX file states."""

    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]


class LabelledFiles(NamedTuple):
    """Files that may hold images, and the label file of those that have one."""

    files: list[FoundFile]
    labels: dict[FoundFile, FoundFile]


def recognises(head: bytes, name: str) -> bool:
    """Return whether the first 512 bytes are those of an IDX file, gzipped or not, of 1 to 4 dimensions.

    `name` is not used.
    """
    del name
    start = decompressed_head(head)[:4]
    return start[:2] == b"\0\0" and len(start) == 4 and start[2] in _DTYPES and 1 <= start[3] <= _MAX_DIMENSIONS


def pair_label_files(files: Sequence[FoundFile]) -> LabelledFiles:
    """Find the label files of files named like "train-images-idx3-ubyte.gz", in the same folder."""
    by_path = {str(file.path).casefold(): file for file in files}
    labels: dict[FoundFile, FoundFile] = {}
    for file in files:
        if _IMAGE_FILE_NAME.search(file.path.name):
            label_path = file.path.with_name(_IMAGE_FILE_NAME.sub(_LABEL_FILE_NAME, file.path.name))
            found = [by_path.get(str(label_path).casefold() + suffix) for suffix in ("", ".gz")]
            found.append(by_path.get(str(label_path).casefold().removesuffix(".gz")))
            labels.update((file, other) for other in found if other)
    label_ids = {id(other) for other in labels.values()}
    return LabelledFiles([file for file in files if id(file) not in label_ids], labels)


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the header of an IDX file of images, and check that the file is as long as it states.

    Raises `ImageReadError` for label files and other files.
    """
    with open_decompressed(file) as stream:
        header = _read_header(stream)
        info = stack_info(header.shape, header.dtype, _axes(header, options), options)
        n_bytes = prod(header.shape) * header.dtype.itemsize
        check_size(n_bytes)
        check_bytes_follow(stream, n_bytes)
        return info


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the images of an IDX file; `read_labels` reads their labels.

    Raises `ImageReadError` for label files, damaged files, and values that are negative or not finite.
    """
    with open_decompressed(file) as stream:
        header = _read_header(stream)
        axes = _axes(header, options)
        stack_info(header.shape, header.dtype, axes, options)  # refuses an unusable shape before the values are read
        checked = to_storable(read_array(stream, header.dtype, header.shape))
        return FileSamples(as_stack(checked.stored, axes, options), white=checked.white)


def read_labels(file: FoundFile) -> tuple[str, ...]:
    """Read one label per image from an IDX file of labels; raise `ImageReadError` for other files."""
    with open_decompressed(file) as stream:
        header = _read_header(stream, n_dimensions=1)
        return label_texts(read_array(stream, header.dtype, header.shape))


def _axes(header: IdxHeader, options: LoadOptions) -> StackAxes | None:
    """Return the axes of the images: the format counts them along the first, unless another one is chosen."""
    axis = 0 if isinstance(options.samples_axis, str) else options.samples_axis
    chosen = choose_axes(header.shape, options.replace({"samples_axis": axis}), blocks=lambda: iter(()))
    return chosen and chosen.axes


def _read_header(stream: BinaryIO, n_dimensions: int | None = None) -> IdxHeader:
    start = bytes(read_exactly(stream, 4))
    if not recognises(start, ""):
        raise ImageReadError("not an idx file: it does not begin as one")
    lengths = np.frombuffer(read_exactly(stream, 4 * start[3]), ">u4").tolist()
    if (len(lengths) == 1) != (n_dimensions == 1):
        raise ImageReadError(
            "holds labels and no pictures; open the file of pictures that belongs to it"
            if n_dimensions is None
            else "holds no labels"
        )
    return IdxHeader(np.dtype(_DTYPES[start[2]]), tuple(lengths))
