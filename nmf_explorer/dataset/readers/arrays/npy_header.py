"""Read the header of a .npy array with checks for hostile files."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import read_exactly
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from typing import BinaryIO

# numpy's own read_array_header_1_0 and _2_0 (measured with 2.4) allocate the header length that a file states, up to
# 4 GB; need 0.4 s for a hostile header of 10 kB (here: 0.01 s), of which a .npz file may have 1000; warn about files of
# Python 2, which no thread-safe filter silences; and accept negative lengths.
MAGIC = b"\x93NUMPY"
_MAX_HEADER_BYTES = 1 << 16  # only structured arrays have longer ones
_DESCR = re.compile(r"['\"]descr['\"]\s*:\s*['\"]([<>=|]?)([a-zA-Z])(\d*)['\"]")
_RECORDS = re.compile(r"['\"]descr['\"]\s*:\s*\[")
_FORTRAN_ORDER = re.compile(r"['\"]fortran_order['\"]\s*:\s*(True|False)\b")
_SHAPE = re.compile(r"['\"]shape['\"]\s*:\s*\(([\dL,\s]*)\)")
_ITEM_SIZES = {"b": (1,), "u": (1, 2, 4, 8), "i": (1, 2, 4, 8), "f": (2, 4, 8)}
_TEXT_KINDS = "US"


class NpyHeader(NamedTuple):
    """Dtype (real numbers or strings), shape and memory order that a .npy header states."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    is_fortran: bool

    @property
    def n_bytes(self) -> int:
        """Size of the array in bytes."""
        return prod(self.shape) * self.dtype.itemsize

    @property
    def number_type(self) -> np.dtype[Any]:
        """Dtype of the numbers; raises `ImageReadError` for strings."""
        if self.dtype.kind in _TEXT_KINDS:
            raise ImageReadError("an array of texts; expected real numbers")
        return self.dtype


def read_header(stream: BinaryIO) -> NpyHeader:
    """Read a .npy header; the stream is left at the first value.

    Raises `ImageReadError` if the header is malformed, or the array holds neither real numbers nor strings.
    """
    start = read_exactly(stream, len(MAGIC) + 2)
    if not start.startswith(MAGIC) or start[-2] not in (1, 2, 3):
        raise ImageReadError("not a usable array: it does not begin as one")
    length = int.from_bytes(read_exactly(stream, 2 if start[-2] == 1 else 4), "little")
    if length > _MAX_HEADER_BYTES:
        raise ImageReadError("not a usable array: its header is too long")
    text = read_exactly(stream, length).decode("latin-1")
    kind, order, shape_match = _DESCR.search(text), _FORTRAN_ORDER.search(text), _SHAPE.search(text)
    if _RECORDS.search(text):
        raise ImageReadError("an array of records, which cannot be read; save one of its fields by itself")
    if not kind or not order or not shape_match:
        raise ImageReadError("not a usable array: its header cannot be read")
    shape = tuple(int(number) for number in re.findall(r"\d{1,19}", shape_match[1]))
    return NpyHeader(_dtype(*kind.groups()), shape, order[1] == "True")


def _dtype(order: str, kind: str, width: str) -> np.dtype[Any]:
    if kind == "O":
        raise ImageReadError("an array of objects; those could run code, and are not read")
    is_known = kind in _TEXT_KINDS or (width.isdigit() and int(width) in _ITEM_SIZES.get(kind, ()))
    if not is_known or len(width) > len("65536"):
        raise ImageReadError("an array of “{kind}”; expected real numbers", kind=kind + width)
    return np.dtype(order + kind + width)
