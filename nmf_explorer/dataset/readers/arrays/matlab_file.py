"""Read a MATLAB file: the largest variable holds the samples, one of the same length their labels.

MATLAB stores arrays in column-major order, so images often are columns, and stacks have the image index last. The
likely layout is guessed; the option `samples_in` overrides the guess.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import MAX_BYTES, decompressed_head, open_decompressed, read_at_most
from nmf_explorer.dataset.readers.arrays.matlab_variables import Variable, read_variables
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, is_single_image, stack_info
from nmf_explorer.dataset.readers.samples.labels import is_label_name, label_texts
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import image_sizes
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MAGIC, _HDF5_MAGIC = b"MATLAB", b"\x89HDF\r\n\x1a\n"
_HDF5_VERSION = b"MATLAB 7.3"
_CHANNEL_COUNTS = (1, 3)


class _SelectedVariable(NamedTuple):
    """The variable that holds the samples, with the image index where `options` expects it, and the labels."""

    name: str
    array: NDArray[Any]
    number_type: np.dtype[Any]
    labels: tuple[str, ...]
    options: LoadOptions
    is_one_of_many: bool


def recognises(head: bytes, name: str) -> bool:
    """Return whether a file is a MATLAB file, or an HDF5 file as MATLAB 7.3 writes them.

    Version 4 has no magic bytes, so the name decides. Versions that cannot be read are included, to report the reason.
    """
    return decompressed_head(head).startswith((_MAGIC, _HDF5_MAGIC)) or name.lower().endswith(".mat")


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Find the samples in a MATLAB file of version 5 to 7.

    Raises `ImageReadError` for other versions, damaged files, and files without a usable variable.
    """
    with open_decompressed(file) as stream:
        selected = _select_variable(read_at_most(stream, MAX_BYTES), options)
        return stack_info(selected.array.shape, selected.number_type, selected.options)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of a MATLAB file of version 5 to 7, and their labels.

    Raises `ImageReadError` as `read_info` does, and for values that are negative or not finite.
    """
    with open_decompressed(file) as stream:
        selected = _select_variable(read_at_most(stream, MAX_BYTES), options)
        checked = to_storable(selected.array, narrow=selected.array.ndim == 2)
        notes = (Message("Of several variables “{name}” was taken, the largest.", name=selected.name),)
        is_pixel_type = selected.number_type in (np.uint8, np.uint16)
        return FileSamples(
            as_stack(checked.stored, selected.options),
            labels=selected.labels,
            white=checked.white if is_pixel_type else UNSCALED,
            notes=notes if selected.is_one_of_many else (),
        )


def _select_variable(content: bytes, options: LoadOptions) -> _SelectedVariable:
    if content.startswith((_HDF5_MAGIC, _HDF5_VERSION)):
        raise ImageReadError("an HDF5 file, as MATLAB 7.3 writes them; save it in MATLAB with “-v7”")
    found = list(_flattened(read_variables(content)))
    arrays = [variable for variable in found if variable.array is not None and _is_matrix(variable.array)]
    if not arrays:
        raise ImageReadError("holds no array of real numbers")
    largest = max(arrays, key=_n_values)
    others = [variable for variable in found if variable is not largest]
    array = np.asarray(largest.array)
    labels = _find_labels(others, array.shape)
    if array.ndim == 2:
        chosen = options.replace({"samples_in": _sample_axis(array.shape, len(labels), options)})
    else:
        array, chosen = _move_samples_first(array, len(labels), options), options
    n_samples = stack_info(array.shape, largest.number_type, chosen).n_samples
    labels = labels if len(labels) == n_samples else ()
    return _SelectedVariable(largest.name, array, largest.number_type, labels, chosen, len(arrays) > 1)


def _flattened(found: Sequence[Variable]) -> Iterator[Variable]:
    """Yield the variables and the fields of structs; cells of one shape are stacked along the last axis."""
    for variable in found:
        yield variable
        arrays = [member.array for member in variable.members if member.array is not None]
        shapes = {array.shape for array in arrays}
        if len(arrays) > 1 and len(arrays) == len(variable.members) and len(shapes) == 1 and _is_matrix(arrays[0]):
            yield Variable(variable.name, np.stack(arrays, axis=-1), variable.members[0].number_type)
        else:
            yield from variable.members


def _is_matrix(array: NDArray[Any]) -> bool:
    """Return whether an array is more than a single row or column."""
    return array.ndim >= 2 and array.size > max(array.shape)


def _n_values(variable: Variable) -> int:
    return 0 if variable.array is None else variable.array.size


def _find_labels(others: Sequence[Variable], shape: tuple[int, ...]) -> tuple[str, ...]:
    """Return the class labels: a variable named like labels whose length is a dimension of the samples."""
    for variable in others:
        if not is_label_name(variable.name):
            continue
        texts = tuple(member.text for member in variable.members if member.text is not None)
        if variable.array is not None and not _is_matrix(variable.array):
            texts = label_texts(variable.array)
        if len(texts) > 1 and len(texts) in shape:
            return texts
    return ()


def _sample_axis(shape: tuple[int, ...], n_labels: int, options: LoadOptions) -> str:
    """Return whether the "rows" or "columns" of a table are images."""
    if options.samples_in != "auto":
        return options.samples_in
    if n_labels and shape[0] != shape[1]:
        return "rows" if n_labels == shape[0] else "columns"
    if options.table_size is not None:
        return "rows" if options.table_size[0] * options.table_size[1] == shape[1] else "columns"
    return "columns" if _image_likelihood(shape[0]) > _image_likelihood(shape[1]) else "rows"


def _image_likelihood(n_numbers: int) -> tuple[bool, float, int]:
    """Return a sort key of how likely so many values are one image: squares first, then near squares, then larger."""
    if isqrt(n_numbers) ** 2 == n_numbers:
        return True, 0.0, n_numbers
    height, width = image_sizes(n_numbers)[0]
    return False, -max(height, width) / min(height, width), n_numbers


def _move_samples_first(array: NDArray[Any], n_labels: int, options: LoadOptions) -> NDArray[Any]:
    """Move the axis that counts the images to the front of a stack."""
    shape = array.shape
    if array.ndim == 3:
        is_first = is_single_image(shape) or _samples_are_first(shape, n_labels, options)
        return array if is_first else np.moveaxis(array, -1, 0)
    if array.ndim == 4 and shape[2] in _CHANNEL_COUNTS:
        return np.moveaxis(array, -1, 0)
    return array


def _samples_are_first(shape: tuple[int, ...], n_labels: int, options: LoadOptions) -> bool:
    if options.samples_in != "auto":
        return options.samples_in == "rows"
    if n_labels and shape[0] != shape[2]:
        return n_labels == shape[0]
    return shape[1] == shape[2] != shape[0]
