"""One file in the format of MNIST (idx), with the labels that lie beside it."""

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

_DTYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
_MAX_DIMENSIONS = 4
_IMAGE_FILE_NAME = re.compile(r"images?([-_. ]?idx)3", re.IGNORECASE)
_LABEL_FILE_NAME = r"labels\g<1>1"


class IdxHeader(NamedTuple):
    """What an idx file says of itself.

    Attributes
    ----------
    dtype : numpy.dtype
        What its numbers are.
    shape : tuple of int
        How many there are in each dimension.
    """

    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]


class LabelledFiles(NamedTuple):
    """Files of pictures and the files of labels that belong to them.

    Attributes
    ----------
    files : list of FoundFile
        All files that are not the labels of another one.
    labels : dict of FoundFile to FoundFile
        The file of labels of some of them.
    """

    files: list[FoundFile]
    labels: dict[FoundFile, FoundFile]


def recognises(head: bytes, name: str) -> bool:
    """Whether a file is in the idx format, packed with gzip or not.

    Parameters
    ----------
    head : bytes
        Its first 512 bytes.
    name : str
        Not used: what a file is, is told by its content.

    Returns
    -------
    bool
        True for one to four dimensions of a known type.
    """
    del name
    start = decompressed_head(head)[:4]
    return start[:2] == b"\0\0" and len(start) == 4 and start[2] in _DTYPES and 1 <= start[3] <= _MAX_DIMENSIONS


def pair_label_files(files: Sequence[FoundFile]) -> LabelledFiles:
    """Find the labels of files such as "train-images-idx3-ubyte.gz" by their names.

    Parameters
    ----------
    files : sequence of FoundFile
        Everything that was found.

    Returns
    -------
    Pairs
        In the order of `files`; labels must lie in the same folder.
    """
    by_path = {str(file.path).casefold(): file for file in files}
    labels: dict[FoundFile, FoundFile] = {}
    for file in files:
        if _IMAGE_FILE_NAME.search(file.path.name):
            wanted = file.path.with_name(_IMAGE_FILE_NAME.sub(_LABEL_FILE_NAME, file.path.name))
            found = [by_path.get(str(wanted).casefold() + suffix) for suffix in ("", ".gz")]
            found.append(by_path.get(str(wanted).casefold().removesuffix(".gz")))
            labels.update((file, other) for other in found if other)
    taken = {id(other) for other in labels.values()}
    return LabelledFiles([file for file in files if id(file) not in taken], labels)


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the header of an idx file, and check that it is as long as it says.

    Parameters
    ----------
    file : FoundFile
        A file of pictures.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    Facts
        Of its samples.

    Raises
    ------
    ImageReadError
        If it holds labels, or something else.
    """
    with open_decompressed(file) as stream:
        header = _read_header(stream)
        facts = stack_info(header.shape, header.dtype, options)
        n_bytes = prod(header.shape) * header.dtype.itemsize
        check_size(n_bytes)
        check_bytes_follow(stream, n_bytes)
        return facts


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the pictures of an idx file; `read_labels` reads their labels.

    Parameters
    ----------
    file : FoundFile
        A file of pictures.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    Samples
        Of its pictures.

    Raises
    ------
    ImageReadError
        If it holds labels, or something else, or numbers that NMF cannot use.
    """
    with open_decompressed(file) as stream:
        header = _read_header(stream)
        stack_info(header.shape, header.dtype, options)  # a shape of no use is refused before it is read
        checked = to_storable(read_array(stream, header.dtype, header.shape))
        return FileSamples(as_stack(checked.stored, options), white=checked.white)


def read_labels(file: FoundFile) -> tuple[str, ...]:
    """Read the labels that belong to the pictures of another file.

    Parameters
    ----------
    file : FoundFile
        A file of labels.

    Returns
    -------
    tuple of str
        One per picture.

    Raises
    ------
    ImageReadError
        If it holds something else.
    """
    with open_decompressed(file) as stream:
        header = _read_header(stream, n_dimensions=1)
        return label_texts(read_array(stream, header.dtype, header.shape))


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
