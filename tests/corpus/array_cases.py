"""Files of numerical arrays: NumPy, MATLAB, IDX, and sparse ones."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from scipy import sparse
from scipy.io import savemat

from tests.corpus.case import Case, random_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

_DEPTHS = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "?")
_ORDERS: tuple[Literal["<", ">"], ...] = ("<", ">")
_VERSIONS: tuple[Literal["5", "4"], ...] = ("5", "4")
_KINDS: tuple[Literal["csr", "csc", "coo"], ...] = ("csr", "csc", "coo")


def array_cases() -> Iterator[Case]:
    """Return all cases of arrays."""
    yield from _npy_cases()
    yield from _npz_cases()
    yield from _matlab_cases()
    yield from _idx_cases()
    yield from _sparse_cases()
    yield from _refused_cases()


def _npy(array: NDArray[Any], version: tuple[int, int] | None = None) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version, allow_pickle=False)
    return buffer.getvalue()


def _stack(name: str, depth: str, shape: tuple[int, ...] = (12, 6, 6)) -> NDArray[Any]:
    dtype = np.dtype(depth)
    highest = {"b": 1, "f": 255}.get(dtype.kind, 100 if dtype.itemsize == 1 and dtype.kind == "i" else 255)
    if dtype.kind in "ui" and dtype.itemsize > 1:
        highest = min(int(np.iinfo(dtype).max), 60_000)
    return random_values(name, shape, highest).astype(dtype)


def _case(name: str, file: str, content: bytes, numbers: NDArray[Any] | None, **fields: Any) -> Case:
    rows = None if numbers is None else numbers.reshape(len(numbers), -1)
    return Case(name=name, files={file: content}, numbers=rows, is_scaled=True, **fields)


def _npy_cases() -> Iterator[Case]:
    for depth, order, is_fortran in product(_DEPTHS, _ORDERS, (False, True)):
        name = f"npy {np.dtype(depth)} {order} {'Fortran' if is_fortran else 'C'}"
        stack = _stack(name, depth)
        written = stack.astype(stack.dtype.newbyteorder(order))
        yield _case(name, "a.npy", _npy(np.asfortranarray(written) if is_fortran else written), stack)
    for version in ((1, 0), (2, 0), (3, 0)):
        name = f"npy version {version[0]}"
        yield _case(name, "a.npy", _npy(_stack(name, "u1"), version), _stack(name, "u1"))
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    for suffix, pack in packers.items():
        name = f"npy packed, {suffix}"
        yield _case(name, f"a.npy.{suffix}", pack(_npy(_stack(name, "u1"))), _stack(name, "u1"))
    for shape in ((12, 36), (12, 6, 6, 1), (12, 1, 6, 6)):
        name = f"npy shape {shape}"
        yield _case(name, "a.npy", _npy(_stack(name, "u1", shape)), _stack(name, "u1", shape))
    name = "npy colour"
    yield _case(
        name,
        "a.npy",
        _npy(_stack(name, "u1", (12, 6, 6, 3))),
        _stack(name, "u1", (12, 6, 6, 3)),
        options={"colour": True},
    )


def _npz_cases() -> Iterator[Case]:
    for depth, is_packed in product(("u1", "u2", "f4", "f8"), (False, True)):
        name = f"npz {depth} {'packed' if is_packed else 'plain'}"
        stack, labels = _stack(name, depth), np.arange(12) % 3
        buffer = io.BytesIO()
        if is_packed:
            np.savez_compressed(buffer, images=stack, labels=labels)
        else:
            np.savez(buffer, images=stack, labels=labels)
        yield _case(name, "a.npz", buffer.getvalue(), stack, labels=tuple(map(str, labels)))


def _matlab_cases() -> Iterator[Case]:
    for depth, is_packed, version in product(("u1", "u2", "f4", "f8"), (False, True), _VERSIONS):
        if version == "4" and (is_packed or depth == "f4"):
            continue  # version 4 knows neither
        name = f"matlab {version} {depth} {'packed' if is_packed else 'plain'}"
        table = _stack(name, depth, (12, 36))
        buffer = io.BytesIO()
        savemat(cast("str", buffer), {"X": table}, format=version, do_compression=is_packed)  # any file will do
        refusal = "not a MATLAB file of version 5 to 7; save it in MATLAB" if version == "4" else ""
        yield _case(name, "a.mat", buffer.getvalue(), None if refusal else table, reason=refusal)


def _idx_cases() -> Iterator[Case]:
    codes = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    for (depth, code), is_packed in product(codes.items(), (False, True)):
        name = f"idx {depth} {'packed' if is_packed else 'plain'}"
        stack = _stack(name, depth)
        content = struct.pack(">HBBIII", 0, code, 3, *stack.shape) + stack.astype(f">{depth}").tobytes()
        file = "train-images-idx3-ubyte" + (".gz" if is_packed else "")
        yield _case(name, file, gzip.compress(content) if is_packed else content, stack)


def _sparse_cases() -> Iterator[Case]:
    for kind, depth in product(_KINDS, ("u1", "i4", "f4", "f8")):
        name = f"sparse {kind} {depth}"
        table = _stack(name, depth, (12, 36))
        table[random_values(f"{name} zeros", table.shape, 3) > 0] = 0
        buffer = io.BytesIO()
        sparse.save_npz(buffer, sparse.coo_array(table).asformat(kind))
        refusal = "" if kind == "csr" else f"a sparse array in the format “{kind}”; save it as CSR"
        yield _case(name, "a.npz", buffer.getvalue(), None if refusal else table, reason=refusal)


def _refused_cases() -> Iterator[Case]:
    stack = _stack("refused", "f8")
    for word, value in {"NaN": np.nan, "infinity": np.inf, "a negative number": -1.0}.items():
        spoilt = stack.copy()
        spoilt[3, 2, 1] = value
        yield _case(f"npy with {word}", "a.npy", _npy(spoilt), None, reason="negative|finite")
    yield _case("npy with numbers above float32", "a.npy", _npy(stack * 1e302), None, reason="large|float32|above")
    yield _case("npy of complex numbers", "a.npy", _npy(stack.astype(complex)), None, reason="complex|real")
    yield _case("npy of text", "a.npy", _npy(stack.astype("U8")), None, reason="text|numbers|real")
    yield _case("npy of one number", "a.npy", _npy(np.array(3.0)), None, reason="Usable|dimension|one number|shape")
    yield _case("npy cut off", "a.npy", _npy(stack)[:-100], None, reason="cut|short|damaged|end")
