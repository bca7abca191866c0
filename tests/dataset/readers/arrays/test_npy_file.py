""".npy and .npz files become stacks of samples; their headers are checked, and no code in them is run."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from nmf_explorer.dataset.files import decompress, found_file, private_memory
from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.arrays import npy_file
from nmf_explorer.errors import ImageReadError, NmfExplorerError
from tests.dataset.archives import COMPRESSORS, limit_bytes, memory_file, zip_bytes
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray

    from nmf_explorer.dataset.readers.samples.file_samples import FileSamples

AUTO = LoadOptions()


def npy(array: NDArray[np.generic]) -> bytes:
    """Return the bytes of a .npy file."""
    written = io.BytesIO()
    np.save(written, array)
    return written.getvalue()


def npz(**arrays: NDArray[np.generic]) -> bytes:
    """Return the bytes of a .npz file."""
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]
    return written.getvalue()


def read(content: bytes, **options: object) -> FileSamples:
    """Read a file; its size must be the one in its header."""
    file, chosen = memory_file(content), LoadOptions(**options)  # type: ignore[arg-type]
    info = npy_file.read_info(file, chosen)
    samples = npy_file.read(file, chosen)
    if isinstance(samples.stored, np.ndarray):
        assert samples.stored.shape[:3] == info[:3]
        assert info.is_colour == (samples.stored.ndim == 4)
    return samples


def test_an_array_file_is_recognised_by_its_content() -> None:
    for content in (npy(noise(2, 3)), npz(x=noise(2, 3)), COMPRESSORS[".gz"](npy(noise(2, 3)))):
        assert npy_file.recognises(content[:512], "image.png")
    for content in (b"", b"PK\x03\x04", zip_bytes({"a.png": b"x"}), b"\x89PNG", COMPRESSORS[".gz"](b"hello")):
        assert not npy_file.recognises(content[:512], "array.npy")


@pytest.mark.parametrize(
    ("shape", "stack"),
    [
        ((7, 12), (7, 4, 3)),
        ((7, 3, 4), (7, 3, 4)),
        ((7, 3, 4, 3), (7, 3, 4, 3)),
        ((7, 3, 4, 1), (7, 3, 4)),
        ((7, 3, 4, 5), (7, 4, 5, 3)),
        ((7, 1, 4, 5), (7, 4, 5)),
        ((8, 9, 3), (1, 8, 9, 3)),
        ((7, 9, 3), (7, 9, 3)),
    ],
)
def test_the_number_of_dimensions_tells_images_from_tables(shape: tuple[int, ...], stack: tuple[int, ...]) -> None:
    array = noise(*shape)
    for written in (array, np.asfortranarray(array)):
        for content in (npy(written), npz(x=written)):
            samples = read(content)
            assert samples.stored.shape == stack
            assert samples.stored.sum() == array.sum()
    info = npy_file.read_info(memory_file(npy(array)), AUTO)
    assert info.is_table == (len(shape) == 2)


def test_values_are_stored_in_the_narrowest_dtype() -> None:
    cases: list[tuple[DTypeLike, DTypeLike, int | None]] = [
        (np.uint8, np.uint8, None),
        (np.uint16, np.uint16, None),
        (">u2", np.uint16, None),
        (bool, np.uint8, 1),
        (np.int64, np.uint8, 1),
        (">i4", np.uint8, 1),
        (np.float16, np.float32, 1),
        (">f8", np.float32, 1),
    ]
    for dtype, stored_dtype, white in cases:
        values = np.array([[[0, 1], [1, 0]]], dtype=dtype)
        samples = read(npy(values))
        assert samples.stored.dtype == stored_dtype
        assert samples.white == white
        np.testing.assert_array_equal(samples.stored, values)


@pytest.mark.parametrize(
    ("highest", "dtype"), [(255, np.uint8), (256, np.uint16), (65_536, np.float32), (0.5, np.float32)]
)
def test_integral_float_tables_are_stored_as_integers(highest: float, dtype: type) -> None:
    table = np.array([[0.0, highest], [1, 2]])
    samples = read(npy(table))
    assert samples.stored.dtype == dtype
    assert samples.white == 1
    np.testing.assert_array_equal(dense(samples.stored).reshape(2, 2), table)


def test_columns_become_images_of_the_chosen_size() -> None:
    table = noise(12, 5)
    samples = read(npy(table), samples_in="columns", table_size=(2, 6))
    np.testing.assert_array_equal(samples.stored, table.T.reshape(5, 2, 6))
    with pytest.raises(ImageReadError, match="12 numbers, which make no picture of 6 x 3 pixels"):
        read(npy(table), samples_in="columns", table_size=(3, 6))


@pytest.mark.parametrize("is_large", [False, True])
def test_a_large_array_is_copied_beyond_the_limit_of_packed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    monkeypatch.setattr(npy_file, "_COPY_MIN_BYTES", 216)
    monkeypatch.setattr(found_file, "_READ_WHOLE_MAX_BYTES", 0)
    monkeypatch.setattr(private_memory, "MAX_BYTES_IN_MEMORY", 0 if is_large else 10**6)
    limit_bytes(monkeypatch, decompress, 10)
    for array in (noise(3, 8, 9), np.asfortranarray(noise(3, 8, 9)), noise(6, 8, 9).astype(">u2")):
        path = tmp_path / "array.npy"
        path.write_bytes(npy(array))
        file = FoundFile(path, path.name)
        assert npy_file.read_info(file, AUTO)[:3] == array.shape
        stored = npy_file.read(file, AUTO).stored
        path.write_bytes(b"")
        np.testing.assert_array_equal(stored, array)
    path.write_bytes(npy(noise(3, 8, 9))[:-1])
    for step in (npy_file.read_info, npy_file.read):
        with pytest.raises(ImageReadError, match="ends too early"):
            step(file, AUTO)
    path.write_bytes(COMPRESSORS[".gz"](npy(noise(3, 8, 9))))
    with pytest.raises(ImageReadError, match="too large"):
        npy_file.read_info(FoundFile(path, path.name), AUTO)


def test_a_file_that_is_written_while_it_is_copied_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "array.npy"
    path.write_bytes(npy(noise(3, 8, 9)))
    monkeypatch.setattr(npy_file, "_COPY_MIN_BYTES", 0)
    monkeypatch.setattr(found_file, "_READ_WHOLE_MAX_BYTES", 0)

    def write_and_allocate(n_bytes: int) -> NDArray[np.uint8]:
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
        return np.zeros(n_bytes, np.uint8)

    monkeypatch.setattr(private_memory, "allocate_bytes", write_and_allocate)
    with pytest.raises(ImageReadError, match="written while it was read"):
        npy_file.read(FoundFile(path, path.name), AUTO)


@pytest.mark.parametrize("shape", [(5,), (), (2, 2, 2, 2), (2, 2, 2, 2, 3), (0, 4), (4, 0, 3)])
def test_an_unusable_shape_is_refused_and_named(shape: tuple[int, ...]) -> None:
    for content in (npy(np.zeros(shape)), npz(x=np.zeros(shape))):
        with pytest.raises(ImageReadError, match="expected") as caught:
            read(content)
        assert " x ".join(map(str, shape)) in str(caught.value)


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        (np.zeros((2, 2), dtype=complex), "c16"),
        (np.array([["a", "b"]]), "texts"),
        (np.zeros((2, 2), dtype=[("x", float)]), "an array of records, which cannot be read"),
        (np.zeros((2, 2), dtype="M8"), "M8"),
        (np.zeros((2, 2), dtype="f16"), "f16"),
        (np.array([[None]]), "objects"),
    ],
)
def test_an_unusable_dtype_is_refused_and_named(array: NDArray[np.generic], reason: str) -> None:
    for content in (npy(array), npz(x=array)):
        with pytest.raises(ImageReadError, match=reason):
            read(content)
        with pytest.raises(ImageReadError, match=reason):
            npy_file.read(memory_file(content), AUTO)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"\x93NUMPY\x09\x00\x10\x00", "does not begin as one"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff", "header is too long"),
        (b"\x93NUMPY\x01\x00\x0a\x00{'descr': ", "header cannot be read"),
        (b"\x93NUMPY\x01\x00\x0a\x00{'desc", "ends too early"),
        (b"\x93NUMPY\x01", "ends too early"),
    ],
)
def test_a_malformed_header_is_refused(header: bytes, reason: str) -> None:
    with pytest.raises(ImageReadError, match=reason):
        read(header)


def _npy_stating(shape: str) -> bytes:
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(50)


def test_the_size_in_a_header_is_checked_before_reading() -> None:
    assert read(_npy_stating("(5L, 10L)")).stored.shape == (5, 5, 2)  # as Python 2 wrote them
    for shape in ("(5, 11)", "(1000, 1000)"):
        with pytest.raises(ImageReadError, match="ends too early"):
            read(_npy_stating(shape))
        with pytest.raises(ImageReadError, match="shorter than its header says"):
            npy_file.read(memory_file(zip_bytes({"x.npy": _npy_stating(shape)})), AUTO)
    for shape in ("(1000000, 1000000)", f"({10**18}, {10**18})", f"({10**30}, 2)", "(" + "1, " * 99 + ")"):
        for step in (npy_file.read_info, npy_file.read):
            with pytest.raises(ImageReadError):
                step(memory_file(_npy_stating(shape)), AUTO)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (-1e-9, r"negative values \(lowest -1e-09\)"),
        (np.nan, "not finite"),
        (np.inf, "not finite"),
        (-np.inf, "not finite"),
        (1e300, r"larger than 3\.4e\+38, the largest"),
    ],
)
def test_negative_and_not_finite_values_are_refused(value: float, reason: str) -> None:
    with pytest.raises(ImageReadError, match=reason):
        read(npy(np.array([[1.0, 2.0], [value, 0.0]])))


def test_the_largest_array_holds_the_samples_and_one_of_its_length_the_labels() -> None:
    x, classes = noise(6, 4, 4), np.array([3, 1, 4, 1, 5, 9])
    samples = read(npz(x_test=noise(2, 4, 4), x_train=x, y_test=classes[:2], y_train=classes))
    np.testing.assert_array_equal(samples.stored, x)
    assert samples.labels == ("3", "1", "4", "1", "5", "9")
    assert samples.advice[0].message == "Of several arrays “x_train” was taken. The others: “x_test”."
    assert samples.choices.arrays == ("x_train", "x_test")
    for labels in (classes[:, np.newaxis], np.array(list("314159")), np.array([b"3", b"1", b"4", b"1", b"5", b"9"])):
        samples = read(npz(images=x, what=labels))
        assert samples.labels == ("3", "1", "4", "1", "5", "9")
        assert samples.choices.arrays == ()
    assert read(npz(images=x, labels=classes.astype(float))).labels == ("3", "1", "4", "1", "5", "9")
    assert read(npz(images=x, time=np.arange(6) / 7)).labels == ()
    assert read(npz(images=x, one=classes, other=classes)).labels == ()
    assert read(npz(images=x, odd=np.array([None]))).labels == ()


def test_an_npz_file_without_samples_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImageReadError, match="holds no array"):
        npy_file.read(memory_file(b"x.png".join(zip_bytes({"x.npy": b""}).rsplit(b"x.npy", 1))), AUTO)
    monkeypatch.setattr("nmf_explorer.dataset.readers.arrays.npz_file._MAX_ARRAYS", 1)
    with pytest.raises(ImageReadError, match="has 2 arrays, more than 1"):
        read(npz(x=noise(2, 2), y=noise(2, 2)))


def test_a_decompression_bomb_is_refused_before_it_is_decompressed() -> None:
    with pytest.raises(ImageReadError, match="decompression bomb"):
        read(npz(x=np.zeros((100, 1_000_000), dtype=np.uint8)))


def sparse_parts() -> dict[str, NDArray[np.generic]]:
    """Return the arrays that SciPy saves for a sparse array."""
    rows = sparse.csr_array(np.array([[0, 2.5, 0, 0], [1, 0, 0, 3], [0, 0, 0, 0]]))
    written = io.BytesIO()
    sparse.save_npz(written, rows)
    return dict(np.load(io.BytesIO(written.getvalue())))


def test_a_sparse_array_stays_sparse() -> None:
    parts = sparse_parts()
    dense = np.array([[0, 2.5, 0, 0], [1, 0, 0, 3], [0, 0, 0, 0]])
    samples = read(npz(**parts))
    assert samples.stored.format == "csr"  # type: ignore[union-attr]
    assert samples.stored.dtype == np.float32
    assert samples.white == 1
    np.testing.assert_array_equal(samples.stored.toarray(), dense)  # type: ignore[union-attr]
    assert npy_file.read_info(memory_file(npz(**parts)), AUTO)[:3] == (3, 2, 2)
    del parts["format"]
    samples = read(npz(**parts), samples_in="columns")
    np.testing.assert_array_equal(samples.stored.toarray(), dense.T)  # type: ignore[union-attr]
    nothing = {"data": np.zeros(0), "indices": np.zeros(0, int), "indptr": np.zeros(4, int), "shape": np.array([3, 4])}
    assert read(npz(**nothing)).stored.sum() == 0


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("format", np.array("coo"), "in the format “coo”"),
        ("format", np.array([], "U3"), "in the format “”|itemsize|damaged"),
        ("shape", np.array([3, 4, 5]), "without a usable shape"),
        ("shape", np.array([3.0, 4.0]), "without a usable shape"),
        ("shape", np.array([3, 2**40]), "without a usable shape"),
        ("shape", np.array([4, 4]), "contradict"),
        ("shape", np.array([3, 3]), "contradict"),
        ("data", np.array([1.0]), "contradict"),
        ("data", np.array([[1.0, 2, 3]]), "contradict"),
        ("data", np.array([1.0, -2, 3]), "negative"),
        ("data", np.array([1.0, np.nan, 3]), "not finite"),
        ("indices", np.array([1, 0, -1]), "contradict"),
        ("indices", np.array([1.0, 0, 3]), "contradict"),
        ("indptr", np.array([0, 2, 1, 3]), "contradict"),
        ("indptr", np.array([1, 1, 3, 3]), "contradict"),
        ("indptr", np.array([0, 1, 3, 2]), "contradict"),
    ],
)
def test_a_contradictory_sparse_array_is_refused(name: str, value: NDArray[np.generic], reason: str) -> None:
    with pytest.raises(ImageReadError, match=reason):
        read(npz(**{**sparse_parts(), name: value}))


VALID_FILES = [
    npy(noise(5, 4, 4)),
    npz(x=noise(5, 4, 4), y=np.arange(5)),
    npz(**sparse_parts()),
    npy(np.ones((3, 9))),
]


@settings(deadline=None)
@given(
    content=st.sampled_from([*VALID_FILES, COMPRESSORS[".gz"](VALID_FILES[0])]),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    kept=st.floats(0, 2),
)
def test_damaged_arrays_are_read_or_refused_without_other_errors(
    content: bytes, flips: list[tuple[float, int]], kept: float
) -> None:
    damaged = bytearray(content)
    for where, value in flips:
        damaged[int(where * len(damaged))] = value
    file = memory_file(bytes(damaged[: int(kept * len(damaged))]))
    with suppress(NmfExplorerError):
        npy_file.read_info(file, AUTO)
    with suppress(NmfExplorerError):
        assert npy_file.read(file, AUTO).stored.size <= 10**6
