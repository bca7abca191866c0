"""The header of a .npy array, read by hand: numpy would evaluate it, warn of old ones and fail in many ways."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nmf_explorer.dataset.files.decompress import read_exactly
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from typing import BinaryIO

MAGIC = b"\x93NUMPY"
_MAX_HEADER_BYTES = 1 << 16  # those of arrays with many named fields are longer, and no pictures
_DESCR = re.compile(r"['\"]descr['\"]\s*:\s*['\"]([<>=|]?)([a-zA-Z])(\d*)['\"]")
_FORTRAN_ORDER = re.compile(r"['\"]fortran_order['\"]\s*:\s*(True|False)\b")
_SHAPE = re.compile(r"['\"]shape['\"]\s*:\s*\(([\dL,\s]*)\)")
_ITEM_SIZES = {"b": (1,), "u": (1, 2, 4, 8), "i": (1, 2, 4, 8), "f": (2, 4, 8)}
_TEXT_KINDS = "US"


class NpyHeader(NamedTuple):
    """What a .npy file says of its array.

    Attributes
    ----------
    dtype : numpy.dtype
        Of real numbers or of texts.
    shape : tuple of int
        Its shape.
    is_fortran : bool
        Whether columns come one after the other.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    is_fortran: bool

    @property
    def n_bytes(self) -> int:
        """How long the numbers are that follow."""
        return prod(self.shape) * self.dtype.itemsize

    @property
    def number_type(self) -> np.dtype[Any]:
        """What the numbers are; texts are none, and refused."""
        if self.dtype.kind in _TEXT_KINDS:
            raise ImageReadError("an array of texts; expected real numbers")
        return self.dtype


def read_header(stream: BinaryIO) -> NpyHeader:
    """Read the header of a .npy array; the stream is left at the first number.

    Parameters
    ----------
    stream : BinaryIO
        At the beginning of the array.

    Returns
    -------
    NpyHeader
        What it says.

    Raises
    ------
    ImageReadError
        If it is none, or the array holds neither real numbers nor texts.
    """
    start = read_exactly(stream, len(MAGIC) + 2)
    if not start.startswith(MAGIC) or start[-2] not in (1, 2, 3):
        raise ImageReadError("not a usable array: it does not begin as one")
    length = int.from_bytes(read_exactly(stream, 2 if start[-2] == 1 else 4), "little")
    if length > _MAX_HEADER_BYTES:
        raise ImageReadError("not a usable array: its header is too long")
    text = read_exactly(stream, length).decode("latin-1")
    kind, order, shape = _DESCR.search(text), _FORTRAN_ORDER.search(text), _SHAPE.search(text)
    if not kind or not order or not shape:
        raise ImageReadError("not a usable array: its header cannot be read")
    lengths = tuple(int(number) for number in re.findall(r"\d{1,19}", shape[1]))
    return NpyHeader(_dtype(*kind.groups()), lengths, order[1] == "True")


def _dtype(order: str, kind: str, width: str) -> np.dtype[Any]:
    if kind == "O":
        raise ImageReadError("an array of objects; those could run code, and are not read")
    is_known = kind in _TEXT_KINDS or (width.isdigit() and int(width) in _ITEM_SIZES.get(kind, ()))
    if not is_known or len(width) > len("65536"):
        raise ImageReadError("an array of “{kind}”; expected real numbers", kind=kind + width)
    return np.dtype(order + kind + width)
