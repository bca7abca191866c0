"""Decode files in threads, without ever waiting for a decoder that is stuck.

A decoder cannot be interrupted, and a broken file may keep it busy indefinitely. So cancelling returns at once, and a
file that takes too long is abandoned together with its thread.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from queue import Empty, SimpleQueue
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, Generic, TypeVar

from nmf_explorer.errors import Cancelled, ImageReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

SECONDS_PER_FILE = 30.0
_SMALL_FILE_BYTES = 20_000  # decoding smaller files is mostly Python code, which threads slow down
_MAX_THREADS = 4
_EVENT_SECONDS = 0.01  # between two events of a thread, so that events cost little
_POLL_SECONDS = 0.05  # between two checks for cancellation


def thread_count(median_bytes: float) -> int:
    """Return how many threads decode files of a median size in bytes fastest: 1 for small files, at most 4."""
    return 1 if median_bytes < _SMALL_FILE_BYTES else min(_MAX_THREADS, os.cpu_count() or 1)


def run_abandonable(work: Callable[[], T], should_stop: Callable[[], bool], seconds: float = 24 * 3600.0) -> T:
    """Return what `work` returns, called in a thread of its own because it may wait forever, as for a network disk.

    Raises Cancelled at once on request, and ImageReadError after so many seconds; the thread is then abandoned.
    """
    (batch,) = [batch for batch in decode_in_threads(lambda _: work(), [0], 1, should_stop, seconds) if batch]
    result = batch[0][1]
    if isinstance(result, ImageReadError):
        raise result
    return result


def decode_in_threads(
    work: Callable[[int], T],
    indices: Iterable[int],
    n_threads: int,
    should_stop: Callable[[], bool],
    seconds_per_file: float | None = None,
) -> Iterator[list[tuple[int, T | ImageReadError]]]:
    """Call `work` for each index in threads; yield batches of (index, result or ImageReadError), in any order.

    Takes the same arguments as `decode_into`.
    """
    done: list[tuple[int, T | ImageReadError]] = []

    recorded = decode_into(
        work,
        lambda index, result: done.append((index, result)),
        indices,
        n_threads,
        should_stop,
        seconds_per_file=seconds_per_file,
    )
    for _ in recorded:
        batch = done[:]
        del done[: len(batch)]
        yield batch


def decode_into(
    work: Callable[[int], T],
    record: Callable[[int, T | ImageReadError], None],
    indices: Iterable[int],
    n_threads: int,
    should_stop: Callable[[], bool],
    *,
    seconds_per_file: float | None = None,
) -> Iterator[int]:
    """Call `work` for each index in threads, which pass the results to `record`; yield how many more are recorded.

    Calls to `record` never overlap; they run in the decoding threads, since passing small results between threads is
    slow and makes the window stutter. A file that takes longer than `seconds_per_file` gives an ImageReadError.
    Raises Cancelled at once when `should_stop`, called at least 20 times a second, returns True.
    """
    pool = _Pool(work, record, indices, SECONDS_PER_FILE if seconds_per_file is None else seconds_per_file)
    try:
        pool.start_workers(n_threads)
        n_yielded = 0
        while n_yielded < pool.n_files:
            if should_stop():
                raise Cancelled
            pool.wait()
            n_recorded = pool.n_recorded
            yield n_recorded - n_yielded
            n_yielded = n_recorded
    finally:
        pool.shut_down()


class _Pool(Generic[T]):
    """Threads that share one queue of indices."""

    def __init__(
        self,
        work: Callable[[int], T],
        record: Callable[[int, T | ImageReadError], None],
        indices: Iterable[int],
        seconds_per_file: float,
    ) -> None:
        self.work = work
        self.record = record
        self.queue = deque(indices)
        self.n_files = len(self.queue)
        self.n_recorded = 0
        self.events: SimpleQueue[BaseException | None] = SimpleQueue()
        self.record_lock = threading.Lock()
        self._seconds_per_file = seconds_per_file
        self._threads: list[_Worker[T]] = []
        self._checked_at = monotonic()

    def start_workers(self, n_threads: int) -> None:
        for _ in range(min(n_threads, len(self.queue))):
            worker = _Worker(self)
            self._threads.append(worker)
            worker.start()

    def shut_down(self) -> None:
        """Start nothing new; results of files in progress are dropped."""
        self.queue.clear()
        if self.n_recorded == self.n_files:
            for worker in self._threads:
                worker.join()

    def wait(self) -> None:
        """Wait for an event, at most `_POLL_SECONDS`; raise an exception that a thread had."""
        try:
            error = self.events.get(timeout=_POLL_SECONDS)
        except Empty:
            error = None
        if error is not None:
            raise error
        if monotonic() - self._checked_at > _POLL_SECONDS:
            self._checked_at = monotonic()
            for worker in [w for w in self._threads if w.seconds_busy() > self._seconds_per_file]:
                self._abandon(worker)

    def _abandon(self, worker: _Worker[T]) -> None:
        """Give up a thread that is stuck, and the file that it works on."""
        if not self.record_lock.acquire(timeout=_POLL_SECONDS):
            return  # a thread is stuck while recording; this one must not wait for it
        try:
            index = worker.release_index()
            if index is None:
                return
            self.record(
                index, ImageReadError("takes longer than {seconds:g} seconds to read", seconds=self._seconds_per_file)
            )
            self.n_recorded += 1
        finally:
            self.record_lock.release()
        self._threads.remove(worker)
        self.start_workers(1)


class _Worker(threading.Thread, Generic[T]):
    """One decoding thread; a daemon, so that the program can exit while a decoder is stuck."""

    def __init__(self, pool: _Pool[T]) -> None:
        super().__init__(name="decoding", daemon=True)
        self._index: int | None = None
        self._pool = pool
        self._started_at: float | None = perf_counter()

    def seconds_busy(self) -> float:
        """Return the seconds since the thread started on its current file."""
        started_at = self._started_at
        return 0.0 if started_at is None else perf_counter() - started_at

    def release_index(self) -> int | None:
        """Take the current index away from the thread, so that only one side records it."""
        index, self._index = self._index, None
        return index

    def run(self) -> None:
        """Process the queue; send an event now and then."""
        pool, last_event = self._pool, perf_counter()
        try:
            while self._process_next():
                self._started_at = now = perf_counter()
                if now - last_event > _EVENT_SECONDS:
                    pool.events.put(None)
                    last_event = now
                    sleep(0)  # let other Python threads run first, such as the window
        except BaseException as error:  # noqa: BLE001 - a bug, raised again in `wait`
            pool.events.put(error)
        self._started_at = None
        pool.events.put(None)

    def _process_next(self) -> bool:
        """Decode and record one file; return False if none is left, or it was abandoned meanwhile."""
        pool = self._pool
        try:
            index = self._index = pool.queue.popleft()
        except IndexError:
            return False
        result: T | ImageReadError
        try:
            result = pool.work(index)
        except ImageReadError as error:
            result = error
        with pool.record_lock:
            if self.release_index() is None:
                return False
            pool.record(index, result)
            pool.n_recorded += 1
        return True
