"""Small files that state or decompress to a huge size are refused with little memory."""

from __future__ import annotations

import gzip
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.files import archive, decompress
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.arrays import idx_file, matlab_file, matlab_variables, npy_file
from nmf_explorer.dataset.readers.tables import csv_file, text_lines
from nmf_explorer.errors import ImageReadError
from tests.dataset.archives import limit_bytes, memory_file, never, zip_bytes
from tests.dataset.traced_memory import traced_memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.files.found_file import FoundFile

MAX_MEMORY = 40 * 2**20
NPY_HEADER = b"{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }"


def npy_header(rows: int, columns: int) -> bytes:
    """Return a .npy file that consists of its header only."""
    text = NPY_HEADER % (rows, columns)
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def mat_of_zeros(n_bytes: int) -> bytes:
    """Return a MATLAB file with a compressed variable of zeros."""
    body = struct.pack("<IIII", 6, 8, 9, 0) + struct.pack("<IIii", 5, 8, 1000, n_bytes // 1000)
    body += struct.pack("<I4s", (1 << 16) | 1, b"x") + struct.pack("<II", 2, n_bytes)
    packed = zlib.compress(struct.pack("<II", 14, len(body) + n_bytes) + body + bytes(n_bytes))
    return bytes(124) + b"\x00\x01IM" + struct.pack("<II", 15, len(packed)) + packed


def read_all(file: FoundFile) -> None:
    """Read every member of an archive."""
    listing = archive.expand(file, never)
    for skipped in listing.skipped:
        raise ImageReadError(str(skipped.reason))
    for member in listing.files:
        with member.open() as stream:
            stream.read()


READERS: dict[str, Callable[[FoundFile], object]] = {
    "array": lambda file: npy_file.read(file, LoadOptions()),
    "array header": lambda file: npy_file.read_info(file, LoadOptions()),
    "idx": lambda file: idx_file.read(file, LoadOptions()),
    "idx header": lambda file: idx_file.read_info(file, LoadOptions()),
    "matlab": lambda file: matlab_file.read(file, LoadOptions()),
    "table": lambda file: csv_file.read(file, LoadOptions()),
    "table header": lambda file: csv_file.read_info(file, LoadOptions()),
    "archive": read_all,
}


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        ("array", npy_header(10**6, 10**6)),
        ("array", npy_header(10**4, 10**4)),
        ("array", gzip.compress(npy_header(10**4, 10**4) + bytes(9999))),
        ("array header", npy_header(10**4, 10**4)),
        ("array header", gzip.compress(npy_header(10**6, 10**6))),
        ("array", zip_bytes({"x.npy": npy_header(10**4, 10**4)})),
        ("array", zip_bytes({"x.npy": npy_header(10**4, 10**4) + bytes(70 * 2**20)})),
        ("idx", b"\0\0\x08\x03" + struct.pack(">III", 10**5, 100, 100)),
        ("idx header", b"\0\0\x08\x03" + struct.pack(">III", 10**9, 10**9, 10**9)),
        ("archive", zip_bytes({"x.png": bytes(70 * 2**20)})),
        (
            "archive",
            zip_bytes({f"{i}.png": bytes(2**20) for i in range(3)}).replace(struct.pack("<I", 2**20), b"\0\0\0\x70"),
        ),
    ],
)
def test_a_file_is_refused_with_little_memory(reader: str, content: bytes) -> None:
    file = memory_file(content)
    with traced_memory() as memory, pytest.raises(ImageReadError):
        READERS[reader](file)
    assert 0 < memory.peak < MAX_MEMORY


def test_a_table_or_variable_is_refused_at_its_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 2**20
    for module in (decompress, matlab_variables, text_lines):
        limit_bytes(monkeypatch, module, limit)
    monkeypatch.setattr(text_lines, "_MAX_LINE_CHARACTERS", limit)
    one_line, lines = gzip.compress(b"0," * 3 * 2**20), gzip.compress(b"cat,0,1\n" * 2**18)
    for reader, content in [
        ("table", one_line),
        ("table header", one_line),
        ("table", lines),
        ("table header", lines),
        ("table", b"".join(b"cat %d,0,1\n" % i for i in range(2**14))),
        ("matlab", mat_of_zeros(5 * 2**20)),
    ]:
        with traced_memory() as memory, pytest.raises(ImageReadError, match="too large"):
            READERS[reader](memory_file(content))
        assert 0 < memory.peak < MAX_MEMORY


def test_a_compressed_variable_within_the_limits_is_read() -> None:
    read = matlab_file.read(memory_file(mat_of_zeros(4000)), LoadOptions(samples_in="rows"))
    assert read.stored.shape == (1000, 2, 2)
    assert not np.asarray(read.stored).any()
