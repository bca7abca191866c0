"""Read a .npz file: the largest usable array holds the samples, one of the same length their labels.

A sparse array written by SciPy stays sparse.
"""

from __future__ import annotations

import io
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.zip_members import ZipMember, list_zip_members, read_member
from nmf_explorer.dataset.readers.arrays.csr_parts import CSR_NAMES, build_csr, check_csr_shape
from nmf_explorer.dataset.readers.arrays.npy_header import NpyHeader, read_header
from nmf_explorer.dataset.readers.samples.file_samples import FileSamples
from nmf_explorer.dataset.readers.samples.image_stack import as_stack, stack_info
from nmf_explorer.dataset.readers.samples.labels import is_label_name, label_texts
from nmf_explorer.dataset.readers.samples.number_checks import UNSCALED, to_storable
from nmf_explorer.dataset.readers.samples.shape_guess import image_size, table_info
from nmf_explorer.errors import ImageReadError, Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo

_MAX_ARRAYS = 1000
_HEADER_BYTES = 1 << 17  # first bytes of a member, more than any accepted header
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
    if entries.keys() >= CSR_NAMES:
        return table_info(_read_csr_shape(file, entries), options)
    samples = _select_samples(entries, options)
    return stack_info(samples.header.shape, samples.header.number_type, options)


def read(file: FoundFile, options: LoadOptions) -> FileSamples:
    """Read the samples and their labels; a sparse array becomes (n_samples, n_features) CSR rows.

    Raises `ImageReadError` if no array can hold samples, or values are negative or not finite.
    """
    entries = _list_arrays(file)
    if entries.keys() >= CSR_NAMES:
        return _read_csr(file, entries, options)
    selected = _select_samples(entries, options)
    array = _load_array(file, selected)
    checked = to_storable(array, narrow=array.ndim == 2)
    stack = as_stack(checked.stored, options)
    labels = _find_labels(entries, len(stack))
    others = [name for name in entries if name != selected.name and (labels is None or name != labels.name)]
    notes = () if not others else (Message("Of several arrays “{name}” was taken, the largest.", name=selected.name),)
    return FileSamples(stack, (), label_texts(_load_array(file, labels)) if labels else (), checked.white, notes)


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


def _select_samples(entries: dict[str, _NpzArray], options: LoadOptions) -> _NpzArray:
    """Return the largest array whose shape and dtype can hold samples."""
    problem = ImageReadError("holds no array of real numbers")
    for entry in sorted(entries.values(), key=lambda e: -prod(e.header.shape)):
        try:
            stack_info(entry.header.shape, entry.header.number_type, options)
        except ImageReadError as error:
            problem = error
        else:
            return entry
    raise problem


def _find_labels(entries: dict[str, _NpzArray], n_samples: int) -> _NpzArray | None:
    """Return the array of class labels: named like labels, or the only integer or string array of length n_samples."""
    same_length = [e for e in entries.values() if e.header.shape in ((n_samples,), (n_samples, 1))]
    named = [e for e in same_length if is_label_name(e.name)]
    classes = [e for e in same_length if e.header.dtype.kind in "buiUS"]
    return named[0] if named else classes[0] if len(classes) == 1 else None


def _load_array(file: FoundFile, entry: _NpzArray) -> NDArray[Any]:
    content = read_member(file, entry.member)
    stream = io.BytesIO(content)
    header = read_header(stream)
    if len(content) - stream.tell() < header.n_bytes:
        raise ImageReadError("the array “{name}” is shorter than its header says", name=entry.name)
    array: NDArray[Any] = np.frombuffer(content, header.dtype, prod(header.shape), stream.tell())
    return array.reshape(header.shape, order="F" if header.is_fortran else "C")


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
