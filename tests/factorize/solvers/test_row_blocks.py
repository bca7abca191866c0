"""Blocks of rows: each sample is in one block, sums do not depend on threads, and should_stop is called before each."""

from __future__ import annotations

import os
import sys
import threading
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.solvers import row_blocks
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks, row_slices
from tests.factorize.data import blocks_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks of one row."""
    for name in ("_BLOCK_NUMBERS", "_SPLIT_NUMBERS", "_MIN_ROWS"):
        monkeypatch.setattr(row_blocks, name, 1)


def _numbers(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).random(shape, dtype=np.float32)


@given(st.integers(1, 5000), st.integers(1, 3), st.integers(1, 4000))
@settings(deadline=None, max_examples=60)
def test_slices_hold_each_row_once_in_order(n_samples: int, n_features: int, numbers: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_blocks, "_BLOCK_NUMBERS", numbers)
        patch.setattr(row_blocks, "_SPLIT_NUMBERS", 3000)
        slices = row_slices(Dataset.from_array(np.ones((n_samples, n_features), dtype=np.float32)))
    assert slices[0].start == 0
    assert slices[-1].stop == n_samples
    assert all(a.stop == b.start and a.start < a.stop for a, b in pairwise(slices))
    sizes = {rows.stop - rows.start for rows in slices[:-1]}
    assert len(sizes) <= 1
    assert len(slices) == 1 or min(sizes) >= min(n_samples, row_blocks._MIN_ROWS)


def test_only_large_data_are_split() -> None:
    small, large = (Dataset.from_array(np.ones((n, 100), dtype=np.float32)) for n in (300, 30_000))
    assert len(row_slices(small)) == 1
    assert len(row_slices(large)) > 1


def test_block_size_of_sparse_samples_counts_stored_numbers() -> None:
    few = csr_array(np.eye(3000, 100, dtype=np.float32))
    assert len(row_slices(Dataset.from_array(few))) == 1


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_results_are_added_in_the_order_of_the_blocks(n_threads: int) -> None:
    with blocks_of(_numbers(20, 3), n_threads) as blocks:
        results = blocks.sum(lambda X, rows: [(rows.start, X.shape)])
    assert results == [(i, (1, 3)) for i in range(20)]


@pytest.mark.usefixtures("small_blocks")
def test_blocks_run_in_parallel_and_threads_end() -> None:
    barrier = threading.Barrier(3, timeout=180)
    before = threading.active_count()
    with blocks_of(_numbers(3, 2), 3) as blocks:
        assert blocks.sum(lambda _X, _rows: [barrier.wait()]) != []
        assert threading.active_count() == before + 3
    assert threading.active_count() == before


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("n_threads", [1, 4])
def test_should_stop_is_called_before_every_block(n_threads: int) -> None:
    answers: list[bool] = []
    seen: list[int] = []

    def should_stop() -> bool:
        answers.append(len(answers) >= 7)
        return answers[-1]

    def work(_X: Any, rows: slice) -> int:
        seen.append(rows.start)
        return 0

    with RowBlocks(Dataset.from_array(_numbers(50, 2)), should_stop, n_threads) as blocks, pytest.raises(Cancelled):
        blocks.sum(work)
    assert len(seen) == 7
    assert len(answers) <= 8 + 2 * n_threads


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("n_threads", [1, 3])
def test_error_in_a_block_is_raised(n_threads: int) -> None:
    with blocks_of(_numbers(9, 2), n_threads) as blocks, pytest.raises(ZeroDivisionError):
        blocks.sum(lambda _X, rows: 1 / (rows.start - 4))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("n_rows", [1, 60, 3 * row_blocks._PIECE_NUMBERS])
@pytest.mark.parametrize("n_columns", [1, 1024, 1025, 3333, 5000])
def test_column_blocks_hold_each_column_once_and_have_nearly_equal_widths(n_rows: int, n_columns: int) -> None:
    counted = np.zeros(n_columns, dtype=int)
    widths: list[int] = []

    def work(columns: slice) -> None:
        counted[columns] += 1
        widths.append(columns.stop - columns.start)

    with blocks_of(_numbers(4, 2), 2) as blocks:
        assert blocks._n_threads == 2
        blocks.map_column_blocks(work, (n_rows, n_columns))
    assert (counted == 1).all()
    assert max(widths) == 1 or n_rows * max(widths) <= row_blocks._PIECE_NUMBERS
    assert max(widths) - min(widths) < len(widths)
    assert len(widths) == 1 or n_rows * n_columns > row_blocks._PIECE_NUMBERS


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("kind", ["float32", "float64", "uint8", "uint8 as images", "uint16", "CSR", "large", "small"])
def test_norm_mean_and_rows_equal_those_of_the_matrix(kind: str) -> None:
    stored: Any = (_numbers(12, 5) * 255).astype(np.uint8)
    white = 255.0 if kind == "uint8 as images" else 1.0
    factor = {"large": 1e9, "small": 1e-9}.get(kind, 1)
    if "uint8" not in kind:
        stored = stored.astype(kind if kind in {"float32", "float64", "uint16"} else np.float64) * factor
    stored = csr_array(stored) if kind == "CSR" else stored.astype(np.float64) if factor != 1 else stored
    dataset = Dataset(stored, (1, 5), tuple("abcdefghijkl"), white=white)
    expected = (stored.toarray() if kind == "CSR" else stored).astype(np.float64) / white
    with blocks_of(dataset) as blocks:
        assert (blocks.unit == 1) == (kind == "uint8 as images")
        assert 1 / 4 < blocks.brightest <= 1
        assert blocks.squared_norm * blocks.unit**2 == pytest.approx((expected**2).sum(), rel=1e-5)
        assert blocks.mean * blocks.unit == pytest.approx(expected.mean(), rel=1e-6)
        rows = blocks.dense(slice(3, 6))
        assert rows.dtype == np.float32
        np.testing.assert_allclose(rows * blocks.unit, expected[3:6], rtol=1e-6)
        for rows_of_block in blocks.slices:
            block = blocks.block(rows_of_block)
            numbers = block if isinstance(block, np.ndarray) else block.toarray()
            np.testing.assert_allclose(numbers * blocks.unit, expected[rows_of_block], rtol=1e-6)


@pytest.mark.parametrize(
    ("largest", "unit"),
    [
        (1.0, 1.0),
        (1 / 16, 1.0),
        (16.0, 1.0),
        (np.nextafter(1 / 16, 0), 4.0**-2),
        (np.nextafter(16, 17), 4.0**3),
        (64.0, 4.0**3),
        (65.0, 4.0**4),
        (255.0, 4.0**4),
        (4.0**-10, 4.0**-10),
        (1.5 * 4.0**-10, 4.0**-9),
        (1e-42, 4.0**-69),
        (3e38, 4.0**63),
        (0.0, 1.0),
    ],
)
def test_unit_is_the_power_of_4_that_brings_the_largest_number_near_1(largest: float, unit: float) -> None:
    assert row_blocks.unit_of(largest) == unit


def test_sparse_blocks_are_cut_once() -> None:
    with blocks_of(csr_array(_numbers(6, 4))) as blocks:
        assert blocks.block(blocks.slices[0]) is blocks.block(blocks.slices[0])


def test_parts_are_in_fortran_order_for_sparse_samples() -> None:
    parts, X = np.ones((3, 5), dtype=np.float32), np.ones((4, 5))
    assert blocks_of(X).as_fortran(parts) is parts
    fortran = blocks_of(csr_array(X)).as_fortran(parts)
    assert fortran.flags.f_contiguous
    np.testing.assert_array_equal(fortran, parts)


def test_one_thread_per_core_and_at_most_one_per_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_blocks, "_MIN_ROWS", 1)
    monkeypatch.setattr(row_blocks, "_BLOCK_NUMBERS", 8)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    dataset = Dataset.from_array(_numbers(20, 4))
    assert RowBlocks(dataset, lambda: False)._n_threads == 3
    assert RowBlocks(dataset, lambda: False, 99)._n_threads == 10
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert RowBlocks(dataset, lambda: False)._n_threads == 1


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_threads_have_low_priority_on_linux(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    priorities: list[tuple[int, ...]] = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "setpriority", lambda *values: priorities.append(values))
    row_blocks._lower_thread_priority()
    expected = [(os.PRIO_PROCESS, threading.get_native_id(), row_blocks._NICENESS)] if platform == "linux" else []
    assert priorities == expected
