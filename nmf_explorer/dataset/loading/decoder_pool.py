"""Threads that decode files side by side, for someone who can stop waiting at any moment.

A decoder cannot be interrupted, and a broken file may keep it busy for ever. So whoever waits here never waits for a
decoder: asked to stop, it lets go at once; a file that takes too long is given up, and so is the thread that has it.
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
_SMALL_FILE = 20_000  # bytes; decoding smaller ones is mostly Python, which threads make slower
_MOST_THREADS = 4
_HAND_OVER = 0.01  # seconds of work between two deliveries, so that small files cost no more than the decoding
_ANSWER = 0.05  # seconds between two questions whether to stop


def threads_for(median_bytes: float) -> int:
    """How many threads pay for files of some size.

    Parameters
    ----------
    median_bytes : float
        The usual size of a file.

    Returns
    -------
    int
        1 for small files, else as many as there are cores, up to 4.
    """
    return 1 if median_bytes < _SMALL_FILE else min(_MOST_THREADS, os.cpu_count() or 1)


def decode_in_threads(
    work: Callable[[int], T],
    indices: Iterable[int],
    n_threads: int,
    should_stop: Callable[[], bool],
    seconds_per_file: float | None = None,
) -> Iterator[list[tuple[int, T | ImageReadError]]]:
    """Do some work for each of many files in threads.

    Parameters
    ----------
    work : callable
        Given one of `indices`; gives a result, or raises an `ImageReadError`.
    indices : iterable of int
        What to work on; each once.
    n_threads : int
        How many threads.
    should_stop : callable
        Asked at least 20 times a second.
    seconds_per_file : float, optional
        What takes longer is given up with that reason; `SECONDS_PER_FILE` unless told otherwise.

    Yields
    ------
    list of (int, result or ImageReadError)
        What has been done since the last time; every index comes exactly once, in any order.

    Raises
    ------
    Cancelled
        If `should_stop` says so; at once, whatever the threads are doing.
    """
    done: list[tuple[int, T | ImageReadError]] = []

    kept = keep_decoded(
        work,
        lambda index, result: done.append((index, result)),
        indices,
        n_threads,
        should_stop,
        seconds_per_file=seconds_per_file,
    )
    for _ in kept:
        batch = done[:]
        del done[: len(batch)]
        yield batch


def keep_decoded(
    work: Callable[[int], T],
    keep: Callable[[int, T | ImageReadError], None],
    indices: Iterable[int],
    n_threads: int,
    should_stop: Callable[[], bool],
    *,
    seconds_per_file: float | None = None,
) -> Iterator[int]:
    """Do some work for each of many files in threads, which put the results where they belong.

    Small files would take much longer, and a window beside them would stutter, if results went from thread to thread.

    Parameters
    ----------
    work : callable
        Given one of `indices`; gives a result, or raises an `ImageReadError`.
    keep : callable
        Given the index and the result, or the `ImageReadError`; called once for each index, never twice at a time.
    indices : iterable of int
        What to work on; each once.
    n_threads : int
        How many threads.
    should_stop : callable
        Asked at least 20 times a second.
    seconds_per_file : float, optional
        What takes longer is given up with that reason; `SECONDS_PER_FILE` unless told otherwise.

    Yields
    ------
    int
        How many have been kept since the last time, perhaps none.

    Raises
    ------
    Cancelled
        If `should_stop` says so; at once, whatever the threads are doing.
    """
    crew = _Pool(work, keep, indices, SECONDS_PER_FILE if seconds_per_file is None else seconds_per_file)
    try:
        crew.hire(n_threads)
        n_told = 0
        while n_told < crew.n_all:
            if should_stop():
                raise Cancelled
            crew.wait()
            n_kept = crew.n_kept
            yield n_kept - n_told
            n_told = n_kept
    finally:
        crew.dismiss()


class _Pool(Generic[T]):
    """Threads with one list of things to do."""

    def __init__(
        self,
        work: Callable[[int], T],
        keep: Callable[[int, T | ImageReadError], None],
        indices: Iterable[int],
        seconds_per_file: float,
    ) -> None:
        self.work = work
        self.keep = keep
        self.todo = deque(indices)
        self.n_all = len(self.todo)
        self.n_kept = 0
        self.news: SimpleQueue[BaseException | None] = SimpleQueue()
        self.one_at_a_time = threading.Lock()
        self._patience = seconds_per_file
        self._threads: list[_Worker[T]] = []
        self._looked = monotonic()

    def hire(self, n_threads: int) -> None:
        for _ in range(min(n_threads, len(self.todo))):
            worker = _Worker(self)
            self._threads.append(worker)
            worker.start()

    def dismiss(self) -> None:
        """Nobody begins anything new; who is in the middle of a file finishes it for nothing."""
        self.todo.clear()
        if self.n_kept == self.n_all:
            for worker in self._threads:
                worker.join()

    def wait(self) -> None:
        """Wait a moment for something to be done."""
        try:
            fault = self.news.get(timeout=_ANSWER)
        except Empty:
            fault = None
        if fault is not None:
            raise fault
        if monotonic() - self._looked > _ANSWER:
            self._looked = monotonic()
            for worker in [w for w in self._threads if w.seconds_busy() > self._patience]:
                self._give_up(worker)

    def _give_up(self, worker: _Worker[T]) -> None:
        """Part with a thread that is stuck, and with the file that it has."""
        if not self.one_at_a_time.acquire(timeout=_ANSWER):
            return  # somebody is stuck while keeping something; who waits here must not be
        try:
            index = worker.take_away()
            if index is None:
                return
            self.keep(index, ImageReadError("takes longer than {seconds:g} seconds to read", seconds=self._patience))
            self.n_kept += 1
        finally:
            self.one_at_a_time.release()
        self._threads.remove(worker)
        self.hire(1)


class _Worker(threading.Thread, Generic[T]):
    """One thread; a daemon, since the program must be able to end while a decoder is stuck."""

    def __init__(self, crew: _Pool[T]) -> None:
        super().__init__(name="decoding", daemon=True)
        self._index: int | None = None
        self._crew = crew
        self._began: float | None = perf_counter()

    def seconds_busy(self) -> float:
        """Seconds since it began with the file that it has."""
        began = self._began
        return 0.0 if began is None else perf_counter() - began

    def take_away(self) -> int | None:
        """What it has, so that it is no longer its own."""
        index, self._index = self._index, None
        return index

    def run(self) -> None:
        """Take one thing after the other, and tell of it now and then."""
        crew, told = self._crew, perf_counter()
        try:
            while self._next():
                self._began = now = perf_counter()
                if now - told > _HAND_OVER:
                    crew.news.put(None)
                    told = now
                    sleep(0)  # whoever waits for Python, such as a window, comes first
        except BaseException as error:  # noqa: BLE001 - a fault of the program, to be raised where it is seen
            crew.news.put(error)
        self._began = None
        crew.news.put(None)

    def _next(self) -> bool:
        """Do one thing; False if there is none, or it was given up meanwhile."""
        crew = self._crew
        try:
            index = self._index = crew.todo.popleft()
        except IndexError:
            return False
        result: T | ImageReadError
        try:
            result = crew.work(index)
        except ImageReadError as error:
            result = error
        with crew.one_at_a_time:
            if self.take_away() is None:
                return False
            crew.keep(index, result)
            crew.n_kept += 1
        return True
