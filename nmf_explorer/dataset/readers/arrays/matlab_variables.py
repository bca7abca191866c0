"""The variables of a MATLAB file of version 5 to 7, with everything that its bytes claim checked against their number.

SciPy reads such files too. It believes what they claim before it allocates, and fails on damaged ones in compiled code,
where nothing can be caught; what is needed here is little.
"""

from __future__ import annotations

import zlib
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import MAX_BYTES, check_size
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_HEADER_BYTES = 128
_BYTE_ORDER_OFFSET = 126
_BYTE_ORDERS = {b"IM": "<", b"MI": ">"}
_NUMBER_TYPES = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8"}
_TEXT_ENCODINGS = {16: "utf-8", 17: "utf-16", 18: "utf-32", 2: "latin-1", 4: "utf-16"}
_MATRIX, _COMPRESSED = 14, 15
_CELL, _STRUCT, _CHAR, _FIRST_NUMBER, _LAST_NUMBER = 1, 2, 4, 6, 15
_CLASSES = {8: "i1", 9: "u1", 10: "i2", 11: "u2", 12: "i4", 13: "u4", 14: "i8", 15: "u8", 6: "f8", 7: "f4"}
_COMPLEX, _LOGICAL = 0x08, 0x02
_TAG_BYTES, _SMALL_DATA_BYTES = 8, 4
_MAX_DEPTH = 2  # a variable, and what is in it
_MAX_CELLS = 100_000
_DAMAGED = "damaged: what it says of itself does not fit its length; copy or download it again"


class Variable(NamedTuple):
    """A variable, or one in a struct or cell array.

    Attributes
    ----------
    name : str
        Its name; those inside of another one are called such as "data.X" or "data{1}".
    array : ndarray or None
        Its numbers, in as few bytes as they are kept in; None if it holds none, or complex ones.
    number_type : numpy.dtype
        What MATLAB calls the numbers: often double for whole ones that are kept in bytes.
    text : str or None
        What it says, if it is one line of text.
    members : tuple of Variable
        What is in it.
    """

    name: str
    array: NDArray[Any] | None = None
    number_type: np.dtype[Any] = np.dtype(bool)
    text: str | None = None
    members: tuple[Variable, ...] = ()


class _Element(NamedTuple):
    """One piece of the file: its type and its bytes."""

    kind: int
    content: memoryview


def read_variables(content: bytes) -> list[Variable]:
    """Read all variables.

    Parameters
    ----------
    content : bytes
        A whole file; arrays are views of it where they are not packed.

    Returns
    -------
    list of Variable
        In the order of the file.

    Raises
    ------
    ImageReadError
        If it is no such file, is damaged, or would be too large when unpacked.
    """
    order = _BYTE_ORDERS.get(content[_BYTE_ORDER_OFFSET:_HEADER_BYTES])
    if order is None:
        raise ImageReadError("not a MATLAB file of version 5 to 7; save it in MATLAB with “-v7”")
    budget = MAX_BYTES
    read: list[Variable] = []
    for element in _elements(memoryview(content)[_HEADER_BYTES:], order):
        inner = element
        if element.kind == _COMPRESSED:
            unpacked = zlib.decompressobj().decompress(element.content, budget + 1)
            check_size(MAX_BYTES - budget + len(unpacked))
            budget -= len(unpacked)
            inner = next(_elements(memoryview(unpacked), order), element)
        if inner.kind == _MATRIX:
            read.append(_MatrixReader(order, depth=1).read(inner.content, ""))
    return read


def _elements(view: memoryview, order: str) -> Iterator[_Element]:
    """Go through pieces that lie one after the other."""
    at = 0
    while len(view) - at >= _TAG_BYTES:
        first, n_bytes = np.frombuffer(view[at : at + _TAG_BYTES], f"{order}u4").tolist()
        if first >> 16:  # a short piece has its length and content in the tag
            kind, n_bytes, start, length = first & 0xFFFF, first >> 16, at + _SMALL_DATA_BYTES, _TAG_BYTES
        else:
            kind, start = first, at + _TAG_BYTES
            length = _TAG_BYTES + (n_bytes if kind == _COMPRESSED else -(-n_bytes // _TAG_BYTES) * _TAG_BYTES)
        if start + n_bytes > len(view) or (first >> 16 and n_bytes > _SMALL_DATA_BYTES):
            raise ImageReadError(_DAMAGED)
        yield _Element(kind, view[start : start + n_bytes])
        at += length


class _MatrixReader:
    """Reads one variable, and what is in it so far as that is of use."""

    def __init__(self, order: str, depth: int) -> None:
        self._order = order
        self._depth = depth

    def read(self, view: memoryview, name: str) -> Variable:
        """Read a variable; `name` is used where it has none of its own."""
        pieces = _elements(view, self._order)
        flags = self._numbers(next(pieces, None))
        shape = tuple(self._numbers(next(pieces, None)).tolist())
        own_name = bytes(self._numbers(next(pieces, None)).astype(np.uint8)).decode("latin-1")
        if len(flags) == 0 or min(shape, default=-1) < 0:
            raise ImageReadError(_DAMAGED)
        name = own_name or name
        kind, properties = int(flags[0]) & 0xFF, int(flags[0]) >> 8
        if kind == _CHAR:
            return Variable(name, text=_read_text(next(pieces, None), shape))
        if _FIRST_NUMBER <= kind <= _LAST_NUMBER and not properties & _COMPLEX:
            number_type = np.dtype(bool if properties & _LOGICAL else _CLASSES[kind])
            return Variable(name, self._array(next(pieces, None), shape), number_type)
        if self._depth < _MAX_DEPTH and kind in (_CELL, _STRUCT):
            members = self._cells(pieces, name) if kind == _CELL else self._fields(pieces, name, shape)
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

    def _cells(self, pieces: Iterator[_Element], name: str) -> Iterator[Variable]:
        inner = _MatrixReader(self._order, self._depth + 1)
        for number, piece in enumerate(pieces, start=1):
            if number > _MAX_CELLS:
                raise ImageReadError("has a cell array of more than {limit} cells", limit=_MAX_CELLS)
            if piece.kind == _MATRIX and len(piece.content):
                yield inner.read(piece.content, f"{name}{{{number}}}")

    def _fields(self, pieces: Iterator[_Element], name: str, shape: tuple[int, ...]) -> Iterator[Variable]:
        """Fields of a struct; those of arrays of structs are not looked at."""
        lengths = self._numbers(next(pieces, None))
        names = bytes(self._numbers(next(pieces, None)).astype(np.uint8))
        length = int(lengths[0]) if len(lengths) else 0
        if prod(shape) != 1 or length < 1:
            return
        inner = _MatrixReader(self._order, self._depth + 1)
        starts = range(0, len(names), length)
        for start, piece in zip(starts, pieces, strict=False):
            field = names[start : start + length].split(b"\0")[0].decode("latin-1")
            if piece.kind == _MATRIX and len(piece.content):
                yield inner.read(piece.content, f"{name}.{field}")


def _read_text(element: _Element | None, shape: tuple[int, ...]) -> str | None:
    """A line of text; tables of letters are none."""
    if element is None or shape[0] > 1:
        return None
    return bytes(element.content).decode(_TEXT_ENCODINGS.get(element.kind, "latin-1"), "replace")
