"""The IDX format of MNIST, with label files beside the image files."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.readers.arrays import idx_file
from nmf_explorer.errors import ImageReadError, NmfExplorerError
from tests.dataset.archives import COMPRESSORS, memory_file
from tests.dataset.images import noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

AUTO = LoadOptions()
CODES = {"u1": 8, "i1": 9, ">i2": 11, ">i4": 12, ">f4": 13, ">f8": 14}


def idx(array: NDArray[np.generic], dtype: str = "u1") -> bytes:
    """Return the bytes of an IDX file."""
    return struct.pack(f">HBB{array.ndim}I", 0, CODES[dtype], array.ndim, *array.shape) + array.astype(dtype).tobytes()


@pytest.mark.parametrize("dtype", CODES)
@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_images_of_every_dtype_are_read(dtype: str, suffix: str) -> None:
    images = noise(3, 5, 4) // 2
    content = COMPRESSORS[suffix](idx(images, dtype))
    assert idx_file.recognises(content[:512], "") == (suffix in ("", ".gz"))
    info = idx_file.read_info(memory_file(content), AUTO)
    assert info[:3] == (3, 5, 4)
    samples = idx_file.read(memory_file(content), AUTO)
    np.testing.assert_array_equal(samples.stored, images)
    assert samples.white == (None if dtype == "u1" else 1)


def test_tables_and_colour_images_are_told_apart_by_their_dimensions() -> None:
    assert idx_file.read(memory_file(idx(noise(3, 12))), AUTO).stored.shape == (3, 4, 3)
    assert idx_file.read(memory_file(idx(noise(3, 5, 4, 3))), AUTO).stored.shape == (3, 5, 4, 3)


def test_a_label_file_is_read_as_labels_and_refused_as_images() -> None:
    labels = memory_file(idx(np.array([5, 0, 4])))
    assert idx_file.read_labels(labels) == ("5", "0", "4")
    for step in (idx_file.read_info, idx_file.read):
        with pytest.raises(ImageReadError, match="open the file of pictures"):
            step(labels, AUTO)
    with pytest.raises(ImageReadError, match="holds no labels"):
        idx_file.read_labels(memory_file(idx(noise(2, 2, 2))))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\0\0\x08\x03", "ends too early"),
        (idx(noise(3, 5, 4))[:-1], "ends too early"),
        (b"\0\0\x07\x03", "does not begin as one"),
        (b"\0\0\x08\x05", "does not begin as one"),
        (b"\0\0\x08\x00", "does not begin as one"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "more than any file holds"),
        (b"\0\0\x08\x03" + struct.pack(">III", 2**16, 2**10, 2**10), "too large"),
        (idx(np.zeros((0, 4, 4))), "expected"),
        (idx(np.full((2, 2, 2), -1), "i1"), "negative"),
    ],
)
def test_damaged_and_unusable_files_are_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ImageReadError, match=reason):
        idx_file.read(memory_file(content), AUTO)
    if "negative" not in reason:
        with pytest.raises(ImageReadError, match=reason):
            idx_file.read_info(memory_file(content), AUTO)


def test_other_files_are_not_recognised() -> None:
    for head in (b"", b"\0\0\x08", b"\0\0\x01\0", b"\0\0\0 ftypavif", b"\x89PNG", b"\x1f\x8bx"):
        assert not idx_file.recognises(head, "train-images-idx3-ubyte")


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
        ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
        ("t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte"),
        ("t10k-images.idx3-ubyte", "T10K-labels.idx1-ubyte.gz"),
    ],
)
def test_label_files_are_found_beside_their_image_files(images: str, labels: str) -> None:
    files = [FoundFile(Path("a") / name, name) for name in (labels, images, "other.png")]
    pairs = idx_file.pair_label_files(files)
    assert [file.name for file in pairs.files] == [images, "other.png"]
    assert pairs.labels == {files[1]: files[0]}
    apart = idx_file.pair_label_files([files[1], FoundFile(Path("b") / labels, labels)])
    assert len(apart.files) == 2
    assert apart.labels == {}


@settings(deadline=None)
@given(
    flips=st.lists(st.tuples(st.integers(0, 75), st.integers(0, 255)), max_size=4),
    kept=st.integers(0, 76),
    is_packed=st.booleans(),
)
def test_damaged_files_are_read_or_refused_without_other_errors(
    flips: list[tuple[int, int]], kept: int, *, is_packed: bool
) -> None:
    damaged = bytearray(COMPRESSORS[".gz"](idx(noise(3, 5, 4))) if is_packed else idx(noise(3, 5, 4)))
    for where, value in flips:
        damaged[where] = value
    file = memory_file(bytes(damaged[:kept]))
    for step in (idx_file.read_info, idx_file.read):
        with suppress(NmfExplorerError):
            step(file, AUTO)
    with suppress(NmfExplorerError):
        idx_file.read_labels(file)
