"""Read a .npy or .npz file as a stack of samples; pickled objects are refused because they could run code."""

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

_MEMORY_MAP_MIN_BYTES = 64 * 1024**2  # smaller arrays are read, so that their files may change afterwards


def recognises(head: bytes, name: str) -> bool:
    """Return whether the first 512 bytes are those of a .npy (perhaps gzipped) or .npz file; `name` is not used."""
    del name
    return decompressed_head(head).startswith(MAGIC) or npz_file.starts_with_array(head)


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the header of an array file, and check that the file is as long as it states.

    Raises `ImageReadError` if the array is not real or has a shape that `as_stack` refuses.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read_info(file, options)
        header = read_header(stream)
        info = stack_info(header.shape, header.number_type, options)
        if not _can_memory_map(file, header):
            check_size(header.n_bytes)
        check_bytes_follow(stream, header.n_bytes)
        return info


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of an array file; a large uncompressed array is memory mapped.

    Raises `ImageReadError` unless all values are real, finite and non-negative.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read(file, options)
        header = read_header(stream)
        stack_info(header.shape, header.number_type, options)  # refuses an unusable shape before the values are read
        array = _read_stored_array(file, stream, header)
        checked = to_storable(array, narrow=array.ndim == 2)
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
        # The stub of memmap has no overload for a dtype known at run time only.
        return np.memmap(file.path, header.dtype, "r", stream.tell(), header.shape, order)  # type: ignore[call-overload,no-any-return]
    array = read_array(stream, header.dtype, header.shape[::-1] if header.is_fortran else header.shape)
    return array.T if header.is_fortran else array
