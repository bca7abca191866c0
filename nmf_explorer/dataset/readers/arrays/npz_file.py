"""Read a .npz file: images, or the largest usable array, are the samples, one of the same length their labels.

A sparse array written by SciPy stays sparse.
"""

from __future__ import annotations

import io
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.zip_members import ZipMember, list_zip_members, read_member
from nmf_explorer.dataset.readers.arrays.array_choice import array_advice, named_array, ranked_names
from nmf_explorer.dataset.readers.arrays.csr_parts import CSR_NAMES, build_csr, check_csr_shape
from nmf_explorer.dataset.readers.arrays.npy_header import NpyHeader, read_header
from nmf_explorer.dataset.readers.arrays.sample_axis import (
    ChosenAxes,
    axis_advice,
    axis_choices,
    blocks_of,
    choose_axes,
)
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples, ReadChoices
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, check_shape, stack_info
from nmf_explorer.dataset.readers.samples.labels import is_label_name, label_texts
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import image_size, table_info
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MAX_ARRAYS = 1000
_HEADER_BYTES = 1 << 17  # first bytes of a member, more than any accepted header
_COMPARED_BYTES = 4 * 1024**2  # of an array, to find the axis that counts the samples
_NPY_SUFFIX = ".npy"


class _NpzArray(NamedTuple):
    """One array of the file."""

    name: str
    member: ZipMember
    header: NpyHeader


def starts_with_array(head: bytes) -> bool:
    """Return whether the first 512 bytes are those of a zip file whose first member is a .npy array."""
    name_length = int.from_bytes(head[26:28], "little")
    return head.startswith(b"PK\x03\x04") and head[30 : 30 + name_length].endswith(_NPY_SUFFIX.encode())


def read_info(file: FoundFile, options: LoadOptions) -> FileInfo:
    """Read the headers of the arrays; raise `ImageReadError` if none can hold samples."""
    entries = _list_arrays(file)
    if _is_sparse(entries):
        return table_info(_read_csr_shape(file, entries), options)
    selected, _ = _select_samples(entries, options)
    chosen = _choose_axes(file, entries, selected, options)
    return stack_info(selected.header.shape, selected.header.number_type, chosen and chosen.axes, options)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples and their labels; a sparse array becomes (n_samples, n_features) CSR rows.

    Raises `ImageReadError` if no array can hold samples, or values are negative or not finite.
    """
    entries = _list_arrays(file)
    if _is_sparse(entries):
        return _read_csr(file, entries, options)
    selected, usable = _select_samples(entries, options)
    chosen = _choose_axes(file, entries, selected, options)
    array = _load_array(file, selected)
    checked = to_storable(array, narrow=array.ndim == 2)
    stack = as_stack(checked.stored, chosen and chosen.axes, options)
    labels = _find_labels(entries, len(stack))
    names = [selected.name, *(name for name in usable if name not in (selected.name, labels and labels.name))]
    advice = (*array_advice(names if options.array is None else ()), *axis_advice(array.shape, chosen))
    choices = ReadChoices(axis_choices(array.shape, chosen), tuple(names) if len(names) > 1 else ())
    texts = label_texts(_load_array(file, labels)) if labels else ()
    return FileSamples(stack, (), texts, checked.white, choices=choices, advice=advice)


def _choose_axes(
    file: FoundFile, entries: dict[str, _NpzArray], selected: _NpzArray, options: LoadOptions
) -> ChosenAxes | None:
    shape = selected.header.shape
    lengths = [e.header.shape[0] for e in entries.values() if is_label_name(e.name) and len(e.header.shape) == 1]
    n_labels = next((n for n in lengths if n > 1 and n in shape), 0)
    return choose_axes(shape, options, lambda: _blocks(file, selected), n_labels=n_labels)


def _blocks(file: FoundFile, entry: _NpzArray) -> Iterator[NDArray[Any]]:
    """Yield pieces of the first planes of an array, or of all of it if they are of one value."""
    header = entry.header
    shape = header.shape[::-1] if header.is_fortran else header.shape
    plane = prod(shape[1:])
    n_planes = min(shape[0], max(2, _COMPARED_BYTES // (plane * header.dtype.itemsize)))
    first = _read_values(file, entry, n_planes * plane)
    if n_planes < shape[0] and first.min() == first.max():
        n_planes, first = shape[0], _read_values(file, entry, prod(shape))
    for block in blocks_of(first.reshape(n_planes, *shape[1:])):
        yield block.T if header.is_fortran else block


def _list_arrays(file: FoundFile) -> dict[str, _NpzArray]:
    """Return the arrays of numbers or strings by name; other members are ignored."""
    members = [member for member in list_zip_members(file) if member.name.endswith(_NPY_SUFFIX)]
    if len(members) > _MAX_ARRAYS:
        raise ImageReadError("has {n} arrays, more than {limit}", n=len(members), limit=_MAX_ARRAYS)
    entries: dict[str, _NpzArray] = {}
    problem: ImageReadError | None = None
    for member in members:
        name = member.name.removesuffix(_NPY_SUFFIX)
        try:
            header = read_header(io.BytesIO(read_member(file, member, limit=_HEADER_BYTES)))
        except ImageReadError as error:  # skip arrays of objects beside the numeric arrays
            problem = error
        else:
            entries[name] = _NpzArray(name, member, header)
    if problem and not entries:
        raise problem
    return entries


def _select_samples(entries: dict[str, _NpzArray], options: LoadOptions) -> tuple[_NpzArray, list[str]]:
    """Return the likeliest array whose shape and dtype can hold samples, or the chosen one, and the names of all."""
    problem = ImageReadError("holds no array of real numbers")
    usable: dict[str, _NpzArray] = {}
    named = named_array(entries, options)
    for name in ranked_names({name: entry.header.shape for name, entry in entries.items()}):
        header = entries[name].header
        try:
            check_shape(header.shape)
            if len(header.shape) == 2:
                stack_info(header.shape, header.number_type, None, options)
            _ = header.number_type
        except ImageReadError as error:
            problem = error if name in named else problem
        else:
            usable[name] = entries[name]
    fitting = [name for name in usable if name in named]
    if not fitting:
        raise problem
    return usable[fitting[0]], list(usable)


def _find_labels(entries: dict[str, _NpzArray], n_samples: int) -> _NpzArray | None:
    """Return the array of class labels: named like labels, or the only integer or string array of length n_samples."""
    same_length = [e for e in entries.values() if e.header.shape in ((n_samples,), (n_samples, 1))]
    named = [e for e in same_length if is_label_name(e.name)]
    classes = [e for e in same_length if e.header.dtype.kind in "buiUS"]
    return named[0] if named else classes[0] if len(classes) == 1 else None


def _load_array(file: FoundFile, entry: _NpzArray) -> NDArray[Any]:
    values = _read_values(file, entry, prod(entry.header.shape))
    return values.reshape(entry.header.shape, order="F" if entry.header.is_fortran else "C")


def _read_values(file: FoundFile, entry: _NpzArray, n_values: int) -> NDArray[Any]:
    """Read the first values of an array, of shape (n_values,); all of them are verified."""
    n_bytes = n_values * entry.header.dtype.itemsize
    is_part = n_bytes < entry.header.n_bytes
    content = read_member(file, entry.member, limit=_HEADER_BYTES + n_bytes if is_part else None)
    stream = io.BytesIO(content)
    header = read_header(stream)
    if header != entry.header or len(content) - stream.tell() < n_bytes:
        raise ImageReadError("the array “{name}” is shorter than its header says", name=entry.name)
    values: NDArray[Any] = np.frombuffer(content, header.dtype, n_values, stream.tell())
    return values


def _is_sparse(entries: dict[str, _NpzArray]) -> bool:
    """Return whether SciPy wrote the arrays, in any format of sparse arrays."""
    return entries.keys() >= CSR_NAMES or entries.keys() >= {"format", "shape", "data"}


def _read_csr_shape(file: FoundFile, entries: dict[str, _NpzArray]) -> tuple[int, int]:
    kind = _load_array(file, entries["format"]).ravel() if "format" in entries else np.array(["csr"])
    return check_csr_shape(_load_array(file, entries["shape"]), label_texts(kind)[0] if len(kind) else "")


def _read_csr(file: FoundFile, entries: dict[str, _NpzArray], options: LoadOptions) -> FileSamples:
    shape = _read_csr_shape(file, entries)
    parts = [_load_array(file, entries[name]) for name in ("data", "indices", "indptr")]
    rows = build_csr(parts, shape)
    if options.samples_in == "columns":
        rows = rows.T.tocsr()
    image_size(rows.shape[1], options)
    return FileSamples(rows, white=UNSCALED)
