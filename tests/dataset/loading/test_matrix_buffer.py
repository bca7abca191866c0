"""The matrix of a set: one scale, no gaps, and never larger than memory and disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files import private_memory
from nmf_explorer.dataset.loading import matrix_buffer
from nmf_explorer.dataset.loading.matrix_buffer import (
    allocate_matrix,
    compact_rows,
    needs_finer_dtype,
    to_finer_dtype,
    write_row,
)
from nmf_explorer.errors import SourceError
from tests.dataset.images import noise


@pytest.fixture
def in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Map even the smallest matrix to a file."""
    monkeypatch.setattr(private_memory, "MAX_BYTES_IN_MEMORY", 10)


@pytest.mark.usefixtures("in_a_file")
def test_a_large_matrix_lies_in_a_file_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    matrix = allocate_matrix((3, 5), np.uint16)
    assert not matrix.any()
    matrix[:] = 7
    assert matrix.sum() == 7 * 15
    assert list(tmp_path.iterdir()) == []


def test_a_matrix_is_in_memory_up_to_a_number_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_memory, "MAX_BYTES_IN_MEMORY", 120)
    mapped: list[int] = []

    def map_new_file(n_bytes: int) -> bytearray:
        mapped.append(n_bytes)
        return bytearray(n_bytes)

    monkeypatch.setattr(private_memory, "_map_new_file", map_new_file)
    allocate_matrix((5, 6), np.float32)
    assert mapped == []
    allocate_matrix((11, 11), np.uint8)
    allocate_matrix((5, 7), np.float32)
    assert mapped == [121, 140]


@pytest.mark.usefixtures("in_a_file")
def test_a_system_that_reserves_no_space_gives_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "posix_fallocate")
    assert allocate_matrix((3, 5), np.float32).shape == (3, 5)


@pytest.mark.usefixtures("in_a_file")
def test_a_full_disk_is_reported_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(Path.cwd())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100))
    with pytest.raises(SourceError, match=r"neither memory nor disk has as much\. Choose a smaller size"):
        allocate_matrix((30, 5), np.uint8)


def test_insufficient_memory_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(np, "zeros", none_left)
    with pytest.raises(SourceError, match="need 0 MB"):
        allocate_matrix((3, 5), np.uint8)


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(1, 100))
@settings(deadline=None, max_examples=60)
def test_gaps_are_closed_in_order(filled: list[bool], at_once: int) -> None:
    matrix = noise(len(filled), 3)
    expected = matrix[np.array(filled)].copy()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(matrix_buffer, "_BLOCK_BYTES", at_once)
        closed = compact_rows(matrix, np.array(filled))
    np.testing.assert_array_equal(closed, expected)
    assert closed.base is matrix


@pytest.mark.parametrize(
    ("value", "into", "expected"),
    [
        (np.uint8(51), np.uint8, 51),
        (np.uint8(255), np.uint16, 65535),
        (np.uint8(51), np.float32, 0.2),
        (np.uint16(13107), np.float32, 0.2),
        (np.float32(0.2), np.float32, 0.2),
        (np.float64(7.5), np.float32, 7.5),
    ],
)
def test_white_is_white_on_every_scale(value: np.generic, into: type[np.generic], expected: float) -> None:
    row = np.zeros(4, into)
    write_row(row, np.full((2, 2), value))
    np.testing.assert_allclose(row, expected, rtol=1e-6)


def test_a_matrix_is_made_finer_on_its_scale() -> None:
    matrix = noise(9, 4)
    np.testing.assert_array_equal(to_finer_dtype(matrix, np.uint16), matrix.astype(np.uint16) * 257)
    np.testing.assert_allclose(to_finer_dtype(matrix, np.float32), matrix / 255, rtol=1e-6)


def test_finer_dtypes_are_those_that_lose_precision() -> None:
    kinds = [np.dtype(kind) for kind in (np.uint8, np.uint16, np.float32)]
    table = [[needs_finer_dtype(kind, than) for than in kinds] for kind in kinds]
    assert table == [[False, False, False], [True, False, False], [True, True, False]]
