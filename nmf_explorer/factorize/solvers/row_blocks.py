"""The samples as a solver sees them: blocks of rows with fixed borders, worked on by all processor cores.

Borders and the order of sums depend on the data alone, never on the number of threads, so a fit is the same on every
machine. Between blocks it is asked whether to stop: so a cancel is answered at once however large the data.
"""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.solvers.sweeps import dense, squared_norm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nmf_explorer.dataset.dataset import Dataset, Floats, Rows

_BLOCK_NUMBERS = 2_000_000  # per block: 8 MB of float32; smaller ones cost more calls, larger ones leave the cache
_SPLIT_NUMBERS = 500_000  # data from here on are worth splitting, so that two cores have something to do
_FEWEST_ROWS = 256  # per block; with fewer, Python's own work between the matrix products would tell
_PIECE_NUMBERS = 200_000  # per piece of a factor: what the fast memory of a core holds; with fewer, threads cost more
_NICENESS = 10  # of 19
_SAFE_MAXIMUM = (1e-6, 1e6)  # the largest number in the data; outside, float32 products might not fit
Result = TypeVar("Result")
Sum = TypeVar("Sum")


class RowBlocks:
    """The samples in blocks of rows, divided by `unit`, which is 1 unless the numbers are very large or very small.

    Parameters
    ----------
    dataset : Dataset
        The samples.
    should_stop : callable
        Asked before every block.
    n_threads : int or None, default None
        How many blocks are worked on at a time; None takes one for each processor core.
    """

    def __init__(self, dataset: Dataset, should_stop: Callable[[], bool], n_threads: int | None = None) -> None:
        self.dataset = dataset
        self.should_stop = should_stop
        brightest = dataset.brightest
        self.unit = 1.0 if _SAFE_MAXIMUM[0] < brightest < _SAFE_MAXIMUM[1] else brightest
        self.slices = row_slices(dataset)
        self._n_threads = min(n_threads or _n_cores(), len(self.slices))
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Hire the threads."""
        if self._n_threads > 1:
            self._threads = thread_pool(self._n_threads)
        return self

    def __exit__(self, *_: object) -> None:
        """Let the threads go."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    @cached_property
    def squared_norm(self) -> float:
        """``||X||**2``."""
        return self.sum(lambda X, _: squared_norm(X))

    @cached_property
    def mean(self) -> float:
        """Mean of all numbers."""
        stored = self.dataset.stored
        return float(stored.sum(dtype=np.float64)) / self.dataset.white / self.unit / np.prod(stored.shape)

    def sum(self, work: Callable[[Rows, slice], Sum]) -> Sum:
        """Do something with every block, and add up what comes out, in the order of the blocks.

        Parameters
        ----------
        work : callable
            Takes the block's samples, (m, n_features) float32, and where they lie among all; may run in a thread.

        Returns
        -------
        object
            The sum.

        Raises
        ------
        Cancelled
            If `should_stop` says so.
        """

        def work_on(rows: slice) -> Sum:
            if self.should_stop():
                raise Cancelled
            return work(self.block(rows), rows)

        return reduce(add, self._map_in_order(work_on, self.slices))

    def block(self, rows: slice) -> Rows:
        """The samples of one block.

        Parameters
        ----------
        rows : slice
            One of `borders`.

        Returns
        -------
        ndarray or CSR array of shape (m, n_features), float32
            Divided by `unit`.
        """
        if isinstance(self.dataset.stored, np.ndarray):
            return self._read(rows)
        return self._sparse_blocks[rows.start]

    def _read(self, rows: slice) -> Rows:
        if self.dataset.n_stored_numbers < _SPLIT_NUMBERS:
            return self._converted_samples[rows]
        return self._convert(rows)

    def _convert(self, rows: slice) -> Rows:
        X = self.dataset.rows(rows.start, rows.stop)
        return X if self.unit == 1 else X / np.float32(self.unit)

    @cached_property
    def _converted_samples(self) -> Rows:
        """All samples, where they take next to no memory as float32: reading them takes as long as a product."""
        return self._convert(slice(0, self.dataset.n_samples))

    def as_fortran(self, parts: Floats) -> Floats:
        """Parts in the order in which products with all blocks want them; otherwise each block would copy them.

        Parameters
        ----------
        parts : ndarray of shape (n, n_features), float32
            Any.

        Returns
        -------
        ndarray of shape (n, n_features), float32
            The same, in Fortran order for sparse samples.
        """
        return parts if isinstance(self.dataset.stored, np.ndarray) else np.asfortranarray(parts)

    def dense(self, rows: slice) -> Floats:
        """Any samples as an ordinary array.

        Parameters
        ----------
        rows : slice
            Which ones; not many.

        Returns
        -------
        ndarray of shape (m, n_features), float32
            Divided by `unit`.
        """
        return dense(self._read(rows))

    @cached_property
    def _sparse_blocks(self) -> dict[int, Rows]:
        """Blocks of sparse samples are cut out once: that takes about as long as a product with them."""
        return {rows.start: self._read(rows) for rows in self.slices}

    def map_column_blocks(self, work: Callable[[slice], Result], shape: tuple[int, ...]) -> list[Result]:
        """Do something with every piece of a factor's columns, which do not know of one another.

        Parameters
        ----------
        work : callable
            Takes the columns; may run in a thread.
        shape : (int, int)
            Number of rows and columns of the factor.

        Returns
        -------
        list
            What comes out, in the order of the pieces.
        """
        n_rows, n_columns = shape
        widest = max(1, _PIECE_NUMBERS // n_rows)
        width = -(-n_columns // -(-n_columns // widest))  # as wide as one another
        pieces = [slice(a, min(a + width, n_columns)) for a in range(0, n_columns, width)]
        return list(self._map_in_order(work, pieces))

    def _map_in_order(self, work: Callable[[slice], Result], pieces: Iterable[slice]) -> Iterator[Result]:
        """Results in the order of the pieces; a few are under way at a time, so that they do not pile up."""
        if self._threads is None:
            yield from map(work, pieces)
            return
        waiting = iter(pieces)
        running = [self._threads.submit(work, piece) for piece in islice(waiting, self._n_threads + 1)]
        while running:
            yield running.pop(0).result()
            running += [self._threads.submit(work, piece) for piece in islice(waiting, 1)]


def row_slices(dataset: Dataset) -> list[slice]:
    """Where one block ends and the next begins.

    Parameters
    ----------
    dataset : Dataset
        The samples.

    Returns
    -------
    list of slice
        Blocks of equal size, in order; for sparse samples their stored numbers count.
    """
    n_numbers = dataset.n_stored_numbers
    n_blocks = -(-n_numbers // _BLOCK_NUMBERS)
    if n_numbers >= _SPLIT_NUMBERS:
        n_blocks = max(2 * -(-n_blocks // 2), 4)
    max_blocks = max(1, dataset.n_samples // _FEWEST_ROWS)
    rows = -(-dataset.n_samples // max(1, min(n_blocks, max_blocks)))
    return [slice(a, min(a + rows, dataset.n_samples)) for a in range(0, dataset.n_samples, rows)]


def thread_pool(n_threads: int | None) -> ThreadPoolExecutor:
    """Threads for numeric work, which let a window's thread go first.

    Parameters
    ----------
    n_threads : int or None
        How many; None takes one for each processor core.

    Returns
    -------
    ThreadPoolExecutor
        To be shut down by whoever asked for it.
    """
    return ThreadPoolExecutor(n_threads or _n_cores(), "numbers", initializer=_lower_thread_priority)


def _n_cores() -> int:
    return os.cpu_count() or 1


def _lower_thread_priority() -> None:
    """Let a window's thread go first; as one of more threads than cores it would often wait for its turn."""
    if sys.platform == "linux":  # elsewhere a thread cannot be told by its number
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
