"""MATLAB files written by SciPy: the largest variable, its labels, and the layouts of images in it."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import savemat

from nmf_explorer.dataset.files import decompress, limited_growth
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.arrays import matlab_file, matlab_variables
from nmf_explorer.errors import ImageReadError, NmfExplorerError
from tests.dataset.archives import COMPRESSORS, memory_file
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise

if TYPE_CHECKING:
    from nmf_explorer.dataset.readers.samples.file_samples import FileSamples


def mat(*, packed: bool = False, **contents: Any) -> bytes:
    """Return the bytes of a MATLAB file."""
    buffer = io.BytesIO()
    # The stub of savemat omits file objects.
    savemat(cast("Any", buffer), contents, do_compression=packed)
    return buffer.getvalue()


def read(content: bytes, **options: object) -> FileSamples:
    """Read a file; its size must be the one in its header."""
    file, chosen = memory_file(content, "set.mat"), LoadOptions(**options)  # type: ignore[arg-type]
    info = matlab_file.read_info(file, chosen)
    samples = matlab_file.read(file, chosen)
    assert isinstance(samples.stored, np.ndarray)
    assert samples.stored.shape[:3] == info[:3]
    return samples


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8", "?"])
def test_arrays_of_every_dtype_are_read(dtype: str, *, packed: bool) -> None:
    stack = (noise(5, 6, 7) // 2 > 60).astype(dtype) * (1 if dtype == "?" else np.array(101, dtype=dtype))
    samples = read(mat(x=stack, packed=packed))
    np.testing.assert_array_equal(samples.stored, np.moveaxis(stack, -1, 0))
    assert samples.white == (None if dtype in ("u1", "u2") else 1)
    assert samples.labels == ()


def test_integers_of_class_double_are_not_scaled() -> None:
    table = np.array([[0.0, 1, 2, 255]] * 3)
    samples = read(mat(x=table))
    assert samples.stored.dtype == np.uint8
    assert samples.white == 1


def test_big_endian_and_compressed_files_are_read() -> None:
    payload = np.arange(6, dtype=">f8").tobytes()
    flags = struct.pack(">IIII", 6, 8, 6, 0)
    shape = struct.pack(">IIii", 5, 8, 2, 3)
    body = flags + shape + struct.pack(">I4s", (1 << 16) | 1, b"x\0\0\0") + struct.pack(">II", 9, 48) + payload
    content = bytes(124) + b"\x01\x00MI" + struct.pack(">II", 14, len(body)) + body
    for packer in COMPRESSORS.values():
        samples = read(packer(content), samples_in="rows")
        np.testing.assert_array_equal(dense(samples.stored).reshape(2, 3), np.arange(6).reshape(2, 3, order="F"))


@pytest.mark.parametrize(
    ("shape", "options", "stack"),
    [
        ((64, 10), {}, (10, 8, 8)),
        ((10, 64), {}, (10, 8, 8)),
        ((256, 64), {}, (64, 16, 16)),
        ((64, 256), {}, (64, 16, 16)),
        ((560, 37), {}, (37, 28, 20)),
        ((37, 560), {}, (37, 28, 20)),
        ((10, 64), {"samples_in": "columns"}, (64, 5, 2)),
        ((64, 10), {"samples_in": "rows"}, (64, 5, 2)),
        ((64, 10), {"table_size": (2, 5)}, (64, 2, 5)),
        ((10, 64), {"table_size": (2, 5)}, (64, 2, 5)),
        ((4, 5, 9), {}, (9, 4, 5)),
        ((9, 5, 5), {}, (9, 5, 5)),
        ((5, 5, 9), {}, (9, 5, 5)),
        ((4, 5, 9), {"samples_axis": 0}, (4, 5, 9)),
        ((9, 5, 5), {"samples_axis": 2}, (5, 9, 5)),
        ((8, 9, 3), {}, (1, 8, 9, 3)),
        ((8, 9, 3), {"samples_axis": 2}, (3, 8, 9)),
        ((64, 10), {"samples_axis": 0}, (64, 5, 2)),
        ((64, 10), {"samples_axis": 1}, (10, 8, 8)),
        ((4, 5, 3, 6), {}, (6, 4, 5, 3)),
        ((4, 5, 1, 6), {}, (6, 4, 5)),
        ((6, 4, 5, 3), {}, (6, 4, 5, 3)),
        ((6, 3, 4, 5), {}, (6, 4, 5, 3)),
    ],
)
def test_the_layout_of_images_is_guessed(
    shape: tuple[int, ...], options: dict[str, Any], stack: tuple[int, ...]
) -> None:
    array = noise(*shape)
    stored = read(mat(x=array), **options).stored
    assert stored.shape == stack
    assert stored.sum() == array.sum()


def test_columns_become_images() -> None:
    faces = noise(64, 10)
    np.testing.assert_array_equal(read(mat(faces=faces)).stored, faces.T.reshape(10, 8, 8))


def test_labels_decide_the_sample_axis() -> None:
    classes = np.arange(1.0, 65)
    names = tuple(str(n) for n in range(1, 65))
    for labels in (classes, classes[:, np.newaxis]):
        samples = read(mat(fea=noise(64, 256).astype(float), gnd=labels))
        assert samples.stored.shape == (64, 16, 16)
        assert samples.labels == names
        assert samples.choices.arrays == ()
    assert read(mat(fea=noise(256, 64), y=classes)).labels == names
    assert read(mat(X=noise(64, 7, 7), y=classes)).labels == names
    assert read(mat(X=noise(7, 8, 64), y=classes)).labels == names
    texts = np.array(["cat", "dog", "ape"], dtype=object)
    assert read(mat(X=noise(3, 16), labels=texts)).labels == ("cat", "dog", "ape")
    assert read(mat(X=noise(3, 16), labels=noise(3, 3))).labels == ()
    assert read(mat(X=noise(3, 16), labels=np.array(["cat"], dtype=object))).labels == ()
    assert read(mat(X=noise(3, 16), labels=classes[:16]), samples_in="rows").labels == ()
    assert read(mat(X=noise(3, 16), what=classes[:3])).labels == ()


def test_members_of_structs_and_cells_are_read() -> None:
    x = noise(7, 16)
    samples = read(mat(data={"X": x, "y": np.arange(7), "deeper": {"X": noise(90, 90)}, "name": "text"}))
    np.testing.assert_array_equal(samples.stored, x.reshape(7, 4, 4))
    assert samples.labels == ("0", "1", "2", "3", "4", "5", "6")
    cells = np.empty(5, dtype=object)
    for i in range(5):
        cells[i] = noise(6, 7, seed=i)
    np.testing.assert_array_equal(read(mat(cells=cells)).stored, np.stack(list(cells)))
    cells[3] = noise(3, 16)
    samples = read(mat(cells=cells))
    assert samples.stored.shape == (3, 4, 4)
    assert samples.advice[0].message.startswith("Of several arrays “cells{4}” was taken. The others: “cells{")
    structs = np.array([(noise(9, 9),), (noise(9, 9),)], dtype=[("X", object)])
    np.testing.assert_array_equal(read(mat(many=structs, x=noise(4, 9))).stored.shape, (4, 3, 3))


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        ({}, "holds no array"),
        ({"x": np.arange(5)}, "holds no array"),
        ({"x": np.zeros((0, 5))}, "holds no array"),
        ({"x": "text", "table": np.array(["ab", "cd"])}, "holds no array"),
        ({"x": noise(4, 4) + 1j}, "holds no array"),
        ({"x": np.empty((0, 0), dtype=object)}, "holds no array"),
        ({"x": {}}, "holds no array"),
        ({"x": noise(2, 2, 2, 2)}, "expected"),
        ({"x": noise(2, 2, 2, 2, 2)}, "expected"),
        ({"x": -np.ones((2, 2))}, "negative"),
        ({"x": np.full((2, 2), np.nan)}, "not finite"),
    ],
)
def test_unusable_variables_are_refused_with_the_reason(contents: dict[str, Any], reason: str) -> None:
    with pytest.raises(ImageReadError, match=reason):
        matlab_file.read(memory_file(mat(**contents)), LoadOptions())


def test_other_versions_are_refused_with_advice() -> None:
    for head in (b"\x89HDF\r\n\x1a\n", b"MATLAB 7.3 MAT-file, Platform", b"MATLAB 5.0", b"\0\0\0\0\x01"):
        assert matlab_file.recognises(head, "x.mat")
        with pytest.raises(ImageReadError, match="save it in MATLAB with “-v7”"):
            matlab_file.read_info(memory_file(head), LoadOptions())
    assert matlab_file.recognises(COMPRESSORS[".gz"](mat(x=noise(2, 2)))[:512], "x")
    assert not matlab_file.recognises(b"\x89PNG", "x.png")


def test_too_large_a_file_is_refused_before_it_is_decompressed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = mat(x=np.zeros((100, 100)), y=np.zeros((100, 100)), packed=True)
    monkeypatch.setattr(matlab_variables, "MAX_BYTES", 15_000)
    monkeypatch.setattr(decompress, "MAX_BYTES", 15_000)
    with pytest.raises(ImageReadError, match="too large"):
        read(content)
    monkeypatch.setattr(matlab_variables, "_MAX_CELLS", 1)
    with pytest.raises(ImageReadError, match="more than 1 cells"):
        read(mat(x=np.array(["a", "b"], dtype=object)))


def _element(kind: int, content: bytes) -> bytes:
    return struct.pack("<II", kind, len(content)) + content + bytes(0 if kind == 15 else -len(content) % 8)


def _file(*elements: bytes) -> bytes:
    return b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + b"".join(elements)


FLAGS, SHAPE, NAME = (
    _element(6, struct.pack("<II", 6, 0)),
    _element(5, struct.pack("<ii", 2, 2)),
    _element(1, b"x"),
)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        FLAGS,
        FLAGS + SHAPE,
        FLAGS + SHAPE + NAME,
        FLAGS + SHAPE + NAME + _element(9, bytes(24)),
        FLAGS + SHAPE + NAME + _element(9, bytes(31)),
        FLAGS + SHAPE + NAME + _element(10, bytes(32)),
        FLAGS + SHAPE + NAME + struct.pack("<II", 9, 2**31) + bytes(32),
        FLAGS + SHAPE + NAME + struct.pack("<II", (9 << 16) | 1, 0) + bytes(32),
        FLAGS + _element(5, struct.pack("<ii", -2, -2)) + NAME + _element(9, bytes(32)),
        FLAGS + _element(5, b"") + NAME + _element(9, bytes(32)),
        _element(6, b"") + SHAPE + NAME + _element(9, bytes(32)),
        _element(6, struct.pack("<II", 2, 0)) + _element(5, struct.pack("<ii", 1, 1)) + NAME + _element(9, b""),
    ],
)
def test_a_variable_that_contradicts_its_header_is_refused(inside: bytes) -> None:
    with pytest.raises(ImageReadError, match="damaged"):
        read(_file(_element(14, inside)))


def test_other_data_elements_are_ignored() -> None:
    good = _element(14, FLAGS + SHAPE + NAME + _element(9, np.arange(4.0).tobytes()))
    empty_struct = _element(6, struct.pack("<II", 2, 0)) + _element(5, struct.pack("<ii", 1, 1)) + NAME
    no_text = _element(14, _element(6, struct.pack("<II", 4, 0)) + SHAPE + NAME)
    odd_text = _element(14, _element(6, struct.pack("<II", 4, 0)) + _element(5, struct.pack("<ii", 1, 2)) + NAME)
    for other in (
        _element(1, b"not a variable"),
        _element(15, zlib.compress(b"")),
        _element(15, zlib.compress(_element(1, b"no"))),
        _element(14, empty_struct + _element(5, b"") + _element(1, b"")),
        _element(
            14, empty_struct + _element(5, struct.pack("<i", 8)) + _element(1, b"a".ljust(8)) + _element(1, b"no")
        ),
        _element(14, _element(6, struct.pack("<II", 1, 0)) + SHAPE + NAME + _element(14, b"") + _element(9, b"")),
        no_text,
        odd_text,
        b"\0" * 7,
    ):
        assert read(_file(good, other)).stored.size == 4
        if len(other) > 7:
            assert read(_file(other, good)).stored.size == 4


@settings(deadline=None)
@given(
    packed=st.booleans(),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    kept=st.floats(0, 2),
)
def test_damaged_files_are_read_or_refused(flips: list[tuple[float, int]], kept: float, *, packed: bool) -> None:
    damaged = bytearray(
        mat(data={"X": noise(7, 16), "y": np.arange(7)}, c=np.array(["a", "b"], dtype=object), packed=packed)
    )
    for where, value in flips:
        damaged[int(where * len(damaged))] = value
    file = memory_file(bytes(damaged[: int(kept * len(damaged))]), "x.mat")
    for step in (matlab_file.read_info, matlab_file.read):
        with suppress(NmfExplorerError):
            step(file, LoadOptions())


def test_a_variable_that_grows_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_growth, "_HARMLESS_BYTES", 1000)
    monkeypatch.setattr(limited_growth, "_MAX_RATIO", 3)
    with pytest.raises(ImageReadError, match="decompression bomb"):
        read(mat(packed=True, X=np.zeros((50, 400), np.uint8)))
