"""Read a .npy or .npz file as a stack of samples; pickled objects are refused because they could run code."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from nmf_explorer.dataset.files.decompress import (
    check_bytes_follow,
    check_size,
    decompressed_head,
    is_compressed,
    open_decompressed,
    read_array,
    read_exactly,
)
from nmf_explorer.dataset.files.private_memory import copy_of_file
from nmf_explorer.dataset.readers.arrays import npz_file
from nmf_explorer.dataset.readers.arrays.npy_header import MAGIC, NpyHeader, read_header
from nmf_explorer.dataset.readers.arrays.sample_axis import (
    axis_advice,
    axis_choices,
    blocks_of,
    choose_axes,
    stored_blocks,
)
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples, ReadChoices
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, check_shape, stack_info
from nmf_explorer.dataset.readers.samples.number_checks import to_storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_COPY_MIN_BYTES = 64 * 1024**2  # smaller ones are checked by no more than their length


def recognises(head: bytes, name: str) -> bool:
    """Return whether the first 512 bytes are those of a .npy (perhaps gzipped) or .npz file; `name` is not used."""
    del name
    return decompressed_head(head).startswith(MAGIC) or npz_file.starts_with_array(head)


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the header of an array file, and check that the file is as long as it states.

    Raises `ImageReadError` if the array is not real or has a shape that makes no images.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read_info(file, options)
        header = read_header(stream)
        number_type = header.number_type
        if not _is_plain(file):
            check_size(header.n_bytes)
        start = stream.tell()
        chosen = choose_axes(header.shape, options, lambda: _blocks(stream, start, header))
        info = stack_info(header.shape, number_type, chosen and chosen.axes, options)
        check_bytes_follow(stream, start + header.n_bytes - stream.tell())
        return info


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of an array file; a large one goes to an unnamed file of the program's own.

    Raises `ImageReadError` unless all values are real, finite and non-negative.
    """
    with open_decompressed(file) as stream:
        if npz_file.starts_with_array(_first_bytes(stream)):
            return npz_file.read(file, options)
        header = read_header(stream)
        check_shape(header.shape)  # refuses an unusable shape before the values are read
        number_type = header.number_type
        array = _read_stored_array(file, stream, header)
        chosen = choose_axes(header.shape, options, lambda: blocks_of(array, is_fortran=header.is_fortran))
        axes = chosen and chosen.axes
        stack_info(header.shape, number_type, axes, options)
        checked = to_storable(array, narrow=array.ndim == 2)
        stack = as_stack(checked.stored, axes, options)
        choices, advice = ReadChoices(axis_choices(header.shape, chosen)), axis_advice(header.shape, chosen)
        return FileSamples(stack, white=checked.white, choices=choices, advice=advice)


def _blocks(stream: BinaryIO, start: int, header: NpyHeader) -> Iterator[NDArray[Any]]:
    """Yield pieces of an array in a file."""
    shape = header.shape[::-1] if header.is_fortran else header.shape
    row_bytes = prod(shape[2:]) * header.dtype.itemsize

    def read_rows(plane: int, first: int, n_rows: int) -> NDArray[Any]:
        stream.seek(start + (plane * shape[1] + first) * row_bytes)
        return np.frombuffer(read_exactly(stream, n_rows * row_bytes), header.dtype).reshape(n_rows, *shape[2:])

    for block in stored_blocks(read_rows, shape, header.dtype.itemsize):
        yield block.T if header.is_fortran else block


def _first_bytes(stream: BinaryIO) -> bytes:
    head = stream.read(512)
    stream.seek(0)
    return head


def _is_plain(file: FoundFile) -> bool:
    return file.opener is None and not is_compressed(file)


def _read_stored_array(file: FoundFile, stream: BinaryIO, header: NpyHeader) -> NDArray[Any]:
    shape = header.shape[::-1] if header.is_fortran else header.shape
    if header.n_bytes >= _COPY_MIN_BYTES and _is_plain(file):
        array: NDArray[Any] = copy_of_file(stream, header.n_bytes).view(header.dtype).reshape(shape)
    else:
        array = read_array(stream, header.dtype, shape)
    return array.T if header.is_fortran else array
