"""One .npy or .npz file becomes a stack of samples. No pickled objects: those could run code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.decompress import (
    check_bytes_follow,
    check_size,
    decompressed_head,
    is_compressed,
    open_decompressed,
    read_array,
)
from nmf_explorer.dataset.readers.arrays import npz_file
from nmf_explorer.dataset.readers.arrays.npy_header import MAGIC, NpyHeader, read_header
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, stack_info
from nmf_explorer.dataset.readers.samples.number_checks import to_storable

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MEMORY_MAP_MIN_BYTES = 64 * 1024**2  # bytes; smaller arrays are read, so that their files are free to be changed


def recognises(head: bytes, name: str) -> bool:
    """Whether a file says of itself that it is an array or several.

    Parameters
    ----------
    head : bytes
        Its first 512 bytes.
    name : str
        Not used: what a file is, is told by its content.

    Returns
    -------
    bool
        True for the .npy format, packed or not, and for zip files that begin with one.
    """
    del name
    return decompressed_head(head).startswith(MAGIC) or npz_file.starts_with_array(head)


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the header of an array file, and check that it is as long as it says.

    Parameters
    ----------
    file : FoundFile
        A .npy or .npz file with numbers of a shape that `as_stack` knows.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    Facts
        Of its samples.

    Raises
    ------
    ImageReadError
        If it holds something else.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read_info(file, options)
        header = read_header(stream)
        facts = stack_info(header.shape, header.number_type, options)
        if not _can_memory_map(file, header):
            check_size(header.n_bytes)
        check_bytes_follow(stream, header.n_bytes)
        return facts


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of an array file.

    Parameters
    ----------
    file : FoundFile
        As for `read_info`.
    options : LoadOptions
        How a table is to be read.

    Returns
    -------
    Samples
        A memory map where a large array can be used as it lies in the file.

    Raises
    ------
    ImageReadError
        If it holds something else than real, non-negative, finite numbers.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read(file, options)
        header = read_header(stream)
        stack_info(header.shape, header.number_type, options)  # a shape of no use is refused before it is read
        array = _read_stored_array(file, stream, header)
        checked = to_storable(array, narrow=array.ndim == len(("rows", "columns")))
        return FileSamples(as_stack(checked.stored, options), white=checked.white)


def _first_bytes(stream: BinaryIO) -> bytes:
    head = stream.read(512)
    stream.seek(0)
    return head


def _can_memory_map(file: FoundFile, header: NpyHeader) -> bool:
    return file.opener is None and header.n_bytes >= _MEMORY_MAP_MIN_BYTES and not is_compressed(file)


def _read_stored_array(file: FoundFile, stream: BinaryIO, header: NpyHeader) -> NDArray[Any]:
    if _can_memory_map(file, header):
        order = "F" if header.is_fortran else "C"
        # The stub of memmap knows no dtype of which only a header tells.
        return np.memmap(file.path, header.dtype, "r", stream.tell(), header.shape, order)  # type: ignore[call-overload,no-any-return]
    array = read_array(stream, header.dtype, header.shape[::-1] if header.is_fortran else header.shape)
    return array.T if header.is_fortran else array
