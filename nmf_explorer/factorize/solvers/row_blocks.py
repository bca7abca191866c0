"""Blocks of rows: the samples are read in blocks with fixed borders, several at a time.

Borders and the order of sums depend on the data alone, never on the number of threads, so a fit gives the same numbers
with any number of threads. `should_stop` is called before each block, so cancelling is quick for data of any size.
"""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.solvers.sweeps import dense, squared_norm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset, Floats, Rows

_BLOCK_NUMBERS = 2_000_000  # per block: 8 MB of float32; smaller blocks cost more calls, larger ones exceed the cache
_SPLIT_NUMBERS = 500_000  # larger data are split into several blocks, so that two cores share the work
_MIN_ROWS = 256  # per block; with fewer, the Python code between the matrix products takes too long
_PIECE_NUMBERS = 200_000  # per piece of a factor: what the cache of a core holds; with fewer, threads cost more
_NICENESS = 10  # 0 normal to 19 lowest priority
_USUAL_LARGEST = (1 / 16, 16.0)  # largest number of data that stay as they are
_LARGEST_POWER = 63  # of 4: the unit is a float32
Result = TypeVar("Result")
Sum = TypeVar("Sum")


class RowBlocks:
    """Samples in blocks of rows, divided by `unit`: 1, or the power of 4 that brings the largest number near 1.

    So whatever follows may take the largest number for about 1. A power of 4 has an exact square root, by which each
    factor is multiplied at the end, and no digit is lost.

    Use it as a context manager to run blocks in threads. `should_stop` is called before each block, by any thread;
    `n_threads` is the number of blocks computed at a time, by default one for each processor core.
    """

    def __init__(self, dataset: Dataset, should_stop: Callable[[], bool], n_threads: int | None = None) -> None:
        self.dataset = dataset
        self.should_stop = should_stop
        self.unit = unit_of(dataset.brightest)
        self.slices = row_slices(dataset)
        self._n_threads = min(n_threads or _n_cores(), len(self.slices))
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start the threads."""
        if self._n_threads > 1:
            self._threads = thread_pool(self._n_threads)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the threads."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    @cached_property
    def squared_norm(self) -> float:
        """``||X||**2``, after the division by `unit`."""
        return self.sum(lambda X, _: squared_norm(X))

    @property
    def brightest(self) -> float:
        """The largest number, after the division by `unit`."""
        return self.dataset.brightest / self.unit

    @cached_property
    def mean(self) -> float:
        """Mean of all numbers, after the division by `unit`."""
        stored = self.dataset.stored
        return float(stored.sum(dtype=np.float64)) / self.dataset.white / self.unit / np.prod(stored.shape)

    def sum(self, work: Callable[[Rows, slice], Sum]) -> Sum:
        """Call `work` with each block and its rows; return the sum of the results, added in the order of the blocks.

        A block is (m, n_features) float32. `work` may run in a thread. Raises Cancelled if `should_stop` returns True.
        """

        def work_on(rows: slice) -> Sum:
            if self.should_stop():
                raise Cancelled
            return work(self.block(rows), rows)

        return reduce(add, self._map_in_order(work_on, self.slices))

    def block(self, rows: slice) -> Rows:
        """Return the samples of one of `slices`, (m, n_features) float32, divided by `unit`."""
        if isinstance(self.dataset.stored, np.ndarray):
            return self._read(rows)
        return self._sparse_blocks[rows.start]

    def _read(self, rows: slice) -> Rows:
        if self.dataset.n_stored_numbers < _SPLIT_NUMBERS:
            return self._converted_samples[rows]
        return self._convert(rows)

    def _convert(self, rows: slice) -> Rows:
        if self.unit == 1:
            return self.dataset.rows(rows.start, rows.stop)
        block, divisor = self.dataset.stored[rows], self.dataset.white * self.unit
        if isinstance(block, np.ndarray):
            return _divided(block, divisor)
        return type(block)((_divided(block.data, divisor), block.indices, block.indptr), shape=block.shape)

    @cached_property
    def _converted_samples(self) -> Rows:
        """All samples as float32, where they take little memory: converting them takes as long as a product."""
        return self._convert(slice(0, self.dataset.n_samples))

    def as_fortran(self, parts: Floats) -> Floats:
        """Return parts (n, n_features) as products with the blocks need them: for sparse samples in Fortran order."""
        return parts if isinstance(self.dataset.stored, np.ndarray) else np.asfortranarray(parts)

    def dense(self, rows: slice) -> Floats:
        """Return a few samples as a dense array (m, n_features) float32, divided by `unit`."""
        return dense(self._read(rows))

    @cached_property
    def _sparse_blocks(self) -> dict[int, Rows]:
        """Blocks of sparse samples by first row; cut once, since cutting takes about as long as a product."""
        return {rows.start: self._read(rows) for rows in self.slices}

    def map_column_blocks(self, work: Callable[[slice], Result], shape: tuple[int, ...]) -> list[Result]:
        """Call `work`, maybe in threads, with blocks of a factor's columns; return the results in order."""
        n_rows, n_columns = shape
        widest = max(1, _PIECE_NUMBERS // n_rows)
        width = -(-n_columns // -(-n_columns // widest))  # pieces of nearly equal width
        pieces = [slice(a, min(a + width, n_columns)) for a in range(0, n_columns, width)]
        return list(self._map_in_order(work, pieces))

    def _map_in_order(self, work: Callable[[slice], Result], pieces: Iterable[slice]) -> Iterator[Result]:
        """Yield results in the order of the pieces; submit only a few pieces ahead, so that results do not pile up."""
        if self._threads is None:
            yield from map(work, pieces)
            return
        waiting = iter(pieces)
        running = [self._threads.submit(work, piece) for piece in islice(waiting, self._n_threads + 1)]
        while running:
            yield running.pop(0).result()
            running += [self._threads.submit(work, piece) for piece in islice(waiting, 1)]


def unit_of(largest: float, usual: tuple[float, float] = _USUAL_LARGEST) -> float:
    """Return 1 if the largest number is within `usual`, else the power of 4 that brings it above 1/4, at most to 1."""
    if usual[0] <= largest <= usual[1]:
        return 1.0
    mantissa, exponent = np.frexp(largest)  # largest = mantissa * 2**exponent, mantissa from 1/2 to below 1, or 0
    power = -(-(int(exponent) - int(2 * mantissa <= 1)) // 2)
    return float(4.0 ** min(power, _LARGEST_POWER))


def _divided(numbers: NDArray[Any], divisor: float) -> NDArray[np.float32]:
    """Return numbers divided in their own precision, as float32: some would be too small for it before."""
    if numbers.dtype == np.float64:
        quotients = np.empty(numbers.shape, np.float32)
        np.divide(numbers, divisor, out=quotients, casting="same_kind")
    else:
        quotients = np.divide(numbers, np.float32(divisor), dtype=np.float32, casting="same_kind")
    return quotients


def row_slices(dataset: Dataset) -> list[slice]:
    """Return the rows of each block, in order; all blocks but the last are of equal size. Sparse zeros do not count."""
    n_numbers = dataset.n_stored_numbers
    n_blocks = -(-n_numbers // _BLOCK_NUMBERS)
    if n_numbers >= _SPLIT_NUMBERS:
        n_blocks = max(2 * -(-n_blocks // 2), 4)
    max_blocks = max(1, dataset.n_samples // _MIN_ROWS)
    rows = -(-dataset.n_samples // max(1, min(n_blocks, max_blocks)))
    return [slice(a, min(a + rows, dataset.n_samples)) for a in range(0, dataset.n_samples, rows)]


def thread_pool(n_threads: int | None) -> ThreadPoolExecutor:
    """Return threads of low priority for numeric work, by default one for each core; the caller shuts them down."""
    return ThreadPoolExecutor(n_threads or _n_cores(), "numbers", initializer=_lower_thread_priority)


def _n_cores() -> int:
    return os.cpu_count() or 1


def _lower_thread_priority() -> None:
    """Lower the priority of the present thread, so that the window's thread is not delayed when all cores are busy."""
    if sys.platform == "linux":  # elsewhere the call needs a process, not a thread
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
