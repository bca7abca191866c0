"""Read the variables of a MATLAB file of version 5 to 7, and check every stated length against the file.

An own reader, since SciPy's allocates what a damaged file states, and crashed on some in compiled code, where Python
cannot catch it. Format: MathWorks, "MAT-File Format" (Level 5 MAT-files).
"""

from __future__ import annotations

import zlib
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import MAX_BYTES, check_size
from nmf_explorer.dataset.files.limited_growth import check_growth, growth_limit
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_HEADER_BYTES = 128
_BYTE_ORDER_OFFSET = 126
_BYTE_ORDERS = {b"IM": "<", b"MI": ">"}
# Codes of the data types of elements, then of the classes and flags of arrays.
_NUMBER_TYPES = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8"}
_TEXT_ENCODINGS = {16: "utf-8", 17: "utf-16", 18: "utf-32", 2: "latin-1", 4: "utf-16"}
_MATRIX, _COMPRESSED = 14, 15
_CELL, _STRUCT, _CHAR, _FIRST_NUMBER, _LAST_NUMBER = 1, 2, 4, 6, 15
_CLASSES = {8: "i1", 9: "u1", 10: "i2", 11: "u2", 12: "i4", 13: "u4", 14: "i8", 15: "u8", 6: "f8", 7: "f4"}
_COMPLEX, _LOGICAL = 0x08, 0x02
_TAG_BYTES, _SMALL_DATA_BYTES = 8, 4
_MAX_DEPTH = 2  # a variable and its members
_MAX_CELLS = 100_000
_DAMAGED = "damaged: what it says of itself does not fit its length; copy or download it again"


class Variable(NamedTuple):
    """A variable, or a member of a struct or cell array."""

    name: str  # members are named "data.X" or "data{1}"
    array: NDArray[Any] | None = None  # None if it has no values or complex ones
    number_type: np.dtype[Any] = np.dtype(bool)  # MATLAB class: often double for integers stored in bytes
    text: str | None = None  # a single line of text
    members: tuple[Variable, ...] = ()


class _Element(NamedTuple):
    """One data element of the file: its type and content."""

    kind: int
    content: memoryview


def read_variables(content: bytes) -> list[Variable]:
    """Read all variables in file order; arrays are views of `content` where it is not compressed.

    Raises `ImageReadError` for other formats, damaged files, and files too large when decompressed.
    """
    order = _BYTE_ORDERS.get(content[_BYTE_ORDER_OFFSET:_HEADER_BYTES])
    if order is None:
        raise ImageReadError("not a MATLAB file of version 5 to 7; save it in MATLAB with “-v7”")
    budget = min(MAX_BYTES, growth_limit(len(content)))
    n_unpacked = 0
    read: list[Variable] = []
    for element in _elements(memoryview(content)[_HEADER_BYTES:], order):
        matrix = element
        if element.kind == _COMPRESSED:
            unpacked = zlib.decompressobj().decompress(element.content, budget - n_unpacked + 1)
            n_unpacked += len(unpacked)
            if n_unpacked > budget:
                del unpacked  # or the error would keep it
                check_size(n_unpacked)
                check_growth(n_unpacked, len(content))
            matrix = next(_elements(memoryview(unpacked), order), element)
        if matrix.kind == _MATRIX:
            read.append(_MatrixReader(order, depth=1).read(matrix.content, ""))
    return read


def _elements(view: memoryview, order: str) -> Iterator[_Element]:
    """Yield the data elements that follow one another in a buffer."""
    offset = 0
    while len(view) - offset >= _TAG_BYTES:
        first, n_bytes = np.frombuffer(view[offset : offset + _TAG_BYTES], f"{order}u4").tolist()
        if first >> 16:  # a small data element has its length and content in the tag
            kind, n_bytes, start, length = first & 0xFFFF, first >> 16, offset + _SMALL_DATA_BYTES, _TAG_BYTES
        else:
            kind, start = first, offset + _TAG_BYTES
            length = _TAG_BYTES + (n_bytes if kind == _COMPRESSED else -(-n_bytes // _TAG_BYTES) * _TAG_BYTES)
        if start + n_bytes > len(view) or (first >> 16 and n_bytes > _SMALL_DATA_BYTES):
            raise ImageReadError(_DAMAGED)
        yield _Element(kind, view[start : start + n_bytes])
        offset += length


class _MatrixReader:
    """Reads one variable, and its members down to `_MAX_DEPTH`."""

    def __init__(self, order: str, depth: int) -> None:
        self._order = order
        self._depth = depth

    def read(self, view: memoryview, name: str) -> Variable:
        """Read a variable; `name` is used if it has no name of its own."""
        elements = _elements(view, self._order)
        flags = self._numbers(next(elements, None))
        shape = tuple(self._numbers(next(elements, None)).tolist())
        own_name = bytes(self._numbers(next(elements, None)).astype(np.uint8)).decode("latin-1")
        if len(flags) == 0 or min(shape, default=-1) < 0:
            raise ImageReadError(_DAMAGED)
        name = own_name or name
        kind, properties = int(flags[0]) & 0xFF, int(flags[0]) >> 8
        if kind == _CHAR:
            return Variable(name, text=_read_text(next(elements, None), shape))
        if _FIRST_NUMBER <= kind <= _LAST_NUMBER and not properties & _COMPLEX:
            number_type = np.dtype(bool if properties & _LOGICAL else _CLASSES[kind])
            return Variable(name, self._array(next(elements, None), shape), number_type)
        if self._depth < _MAX_DEPTH and kind in (_CELL, _STRUCT):
            members = self._cells(elements, name) if kind == _CELL else self._fields(elements, name, shape)
            return Variable(name, members=tuple(members))
        return Variable(name)

    def _numbers(self, element: _Element | None) -> NDArray[Any]:
        if element is None or element.kind not in _NUMBER_TYPES:
            raise ImageReadError(_DAMAGED)
        dtype = np.dtype(self._order + _NUMBER_TYPES[element.kind])
        if len(element.content) % dtype.itemsize:
            raise ImageReadError(_DAMAGED)
        return np.frombuffer(element.content, dtype)

    def _array(self, element: _Element | None, shape: tuple[int, ...]) -> NDArray[Any]:
        numbers = self._numbers(element)
        if prod(shape) != len(numbers):
            raise ImageReadError(_DAMAGED)
        return numbers.reshape(shape, order="F")

    def _cells(self, elements: Iterator[_Element], name: str) -> Iterator[Variable]:
        member_reader = _MatrixReader(self._order, self._depth + 1)
        for number, element in enumerate(elements, start=1):
            if number > _MAX_CELLS:
                raise ImageReadError("has a cell array of more than {limit} cells", limit=_MAX_CELLS)
            if element.kind == _MATRIX and len(element.content):
                yield member_reader.read(element.content, f"{name}{{{number}}}")

    def _fields(self, elements: Iterator[_Element], name: str, shape: tuple[int, ...]) -> Iterator[Variable]:
        """Yield the fields of a struct; arrays of structs are ignored."""
        lengths = self._numbers(next(elements, None))
        names = bytes(self._numbers(next(elements, None)).astype(np.uint8))
        length = int(lengths[0]) if len(lengths) else 0
        if prod(shape) != 1 or length < 1:
            return
        member_reader = _MatrixReader(self._order, self._depth + 1)
        starts = range(0, len(names), length)
        for start, element in zip(starts, elements, strict=False):
            field = names[start : start + length].split(b"\0")[0].decode("latin-1")
            if element.kind == _MATRIX and len(element.content):
                yield member_reader.read(element.content, f"{name}.{field}")


def _read_text(element: _Element | None, shape: tuple[int, ...]) -> str | None:
    """Return a single line of text; None for character tables."""
    if element is None or shape[0] > 1:
        return None
    return bytes(element.content).decode(_TEXT_ENCODINGS.get(element.kind, "latin-1"), "replace")
