"""Read a MATLAB file: images, or the largest variable, are the samples, one of the same length their labels.

MATLAB stores arrays in column-major order, so images often are columns, and stacks have the image index last. The
likely layout is guessed; the options `samples_in` and `samples_axis` override the guess.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import MAX_BYTES, decompressed_head, open_decompressed, read_at_most
from nmf_explorer.dataset.readers.arrays.array_choice import array_advice, named_array, ranked_names
from nmf_explorer.dataset.readers.arrays.matlab_variables import Variable, read_variables
from nmf_explorer.dataset.readers.arrays.sample_axis import axis_advice, axis_choices, blocks_of, choose_axes
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples, ReadChoices
from nmf_explorer.dataset.readers.samples.image_stack import StackAxes, as_stack, stack_info, with_table_axis
from nmf_explorer.dataset.readers.samples.labels import is_label_name, label_texts
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import image_sizes
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.load_report import Advice
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MAGIC, _HDF5_MAGIC = b"MATLAB", b"\x89HDF\r\n\x1a\n"
_HDF5_VERSION = b"MATLAB 7.3"
_PYTHON_SUFFIXES = (".h5", ".hdf5", ".hdf", ".keras")


class _SelectedVariable(NamedTuple):
    """The variable that holds the samples, how it is read, and the labels."""

    array: NDArray[Any]
    number_type: np.dtype[Any]
    labels: tuple[str, ...]
    axes: StackAxes | None  # None for a table
    options: LoadOptions
    choices: ReadChoices
    advice: tuple[Advice, ...]


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
        selected = _select_variable(_read_content(stream, file.name), options)
        return stack_info(selected.array.shape, selected.number_type, selected.axes, selected.options)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples of a MATLAB file of version 5 to 7, and their labels.

    Raises `ImageReadError` as `read_info` does, and for values that are negative or not finite.
    """
    with open_decompressed(file) as stream:
        selected = _select_variable(_read_content(stream, file.name), options)
        checked = to_storable(selected.array, narrow=selected.array.ndim == 2)
        is_pixel_type = selected.number_type in (np.uint8, np.uint16)
        return FileSamples(
            as_stack(checked.stored, selected.axes, selected.options),
            labels=selected.labels,
            white=checked.white if is_pixel_type else UNSCALED,
            choices=selected.choices,
            advice=selected.advice,
        )


def _read_content(stream: BinaryIO, name: str) -> bytes:
    """Read a file that is no HDF5 file."""
    head = stream.read(len(_HDF5_VERSION))
    if head.startswith(_HDF5_MAGIC) and name.lower().removesuffix(".gz").endswith(_PYTHON_SUFFIXES):
        raise ImageReadError("an HDF5 file, as h5py and Keras write them; save its array with numpy.save as .npy")
    if head.startswith((_HDF5_MAGIC, _HDF5_VERSION)):
        raise ImageReadError("an HDF5 file, as MATLAB 7.3 writes them; save it in MATLAB with “-v7”")
    return head + read_at_most(stream, MAX_BYTES - len(head))


def _select_variable(content: bytes, options: LoadOptions) -> _SelectedVariable:
    found = list(_flattened(read_variables(content)))
    arrays = {v.name: v for v in found if v.array is not None and _is_matrix(v.array)}
    if not arrays:
        raise ImageReadError("holds no array of real numbers")
    named = named_array(arrays, options)
    ranked = ranked_names({name: v.array.shape for name, v in arrays.items() if v.array is not None})
    name = next(name for name in ranked if name in named)
    array, number_type = np.asarray(arrays[name].array), arrays[name].number_type
    labels = _find_labels([variable for variable in found if variable.name != name], array.shape)
    names = (name, *(other for other in ranked if other != name)) if len(ranked) > 1 else ()
    chosen = None
    if array.ndim == 2:
        options = options.replace({"samples_in": _sample_axis(array.shape, len(labels), with_table_axis(options))})
    else:
        usual, n_labels = array.ndim - 1, len(labels)
        chosen = choose_axes(
            array.shape, options, lambda: blocks_of(array, is_fortran=True), usual=usual, n_labels=n_labels
        )
    advice = (*array_advice(names if options.array is None else ()), *axis_advice(array.shape, chosen))
    choices = ReadChoices(axis_choices(array.shape, chosen), names)
    axes = chosen and chosen.axes
    n_samples = stack_info(array.shape, number_type, axes, options).n_samples
    labels = labels if len(labels) == n_samples else ()
    return _SelectedVariable(array, number_type, labels, axes, options, choices, advice)


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
