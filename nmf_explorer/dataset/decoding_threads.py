"""Threads that decode files side by side, for someone who can stop waiting at any moment.

A decoder cannot be interrupted, and a broken file may keep it busy for ever. So whoever waits here never waits for a
decoder: asked to stop, it lets go at once; a file that takes too long is given up, and so is the thread that has it.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from queue import Empty, SimpleQueue
from time import monotonic, perf_counter
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


def in_threads(
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
    crew = _Crew(work, indices, SECONDS_PER_FILE if seconds_per_file is None else seconds_per_file)
    try:
        crew.hire(n_threads)
        while crew.waiting_for:
            if should_stop():
                raise Cancelled
            yield crew.delivered()
    finally:
        crew.dismiss()


class _Crew(Generic[T]):
    """Threads with one list of things to do."""

    def __init__(self, work: Callable[[int], T], indices: Iterable[int], seconds_per_file: float) -> None:
        self.todo = deque(indices)
        self.results: SimpleQueue[list[tuple[int, T | ImageReadError | BaseException]]] = SimpleQueue()
        self.work = work
        self.waiting_for = set(self.todo)
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
        if not self.waiting_for:
            for worker in self._threads:
                worker.join()

    def delivered(self) -> list[tuple[int, T | ImageReadError]]:
        """What was done; waits a moment for it."""
        try:
            batch = self.results.get(timeout=_ANSWER)
        except Empty:
            batch = []
        if monotonic() - self._looked > _ANSWER:
            self._looked = monotonic()
            batch += self._given_up()
        fresh: list[tuple[int, T | ImageReadError]] = []
        for index, result in batch:
            if isinstance(result, BaseException) and not isinstance(result, ImageReadError):
                raise result
            if index in self.waiting_for:  # not what a thread that was given up brings at last
                self.waiting_for.remove(index)
                fresh.append((index, result))
        return fresh

    def _given_up(self) -> list[tuple[int, T | ImageReadError | BaseException]]:
        """Part with threads that are stuck: what they did so far counts, the file they have does not."""
        late = [w for w in self._threads if w.seconds_busy() > self._patience]
        batch: list[tuple[int, T | ImageReadError | BaseException]] = []
        for worker in late:
            self._threads.remove(worker)
            reason = ImageReadError("takes longer than {seconds:g} seconds to read", seconds=self._patience)
            batch += [*worker.done, (worker.index, reason)]
            self.hire(1)
        return batch


class _Worker(threading.Thread, Generic[T]):
    """One thread; a daemon, since the program must be able to end while a decoder is stuck."""

    def __init__(self, crew: _Crew[T]) -> None:
        super().__init__(name="decoding", daemon=True)
        self.index = -1
        self.done: list[tuple[int, T | ImageReadError | BaseException]] = []
        self._crew = crew
        self._began: float | None = None

    def seconds_busy(self) -> float:
        """Seconds since it began with the file that it has."""
        began = self._began
        return 0.0 if began is None else perf_counter() - began

    def run(self) -> None:
        """Take one thing after the other, and deliver now and then."""
        crew, todo = self._crew, self._crew.todo
        handed_over = perf_counter()
        while True:
            try:
                self.index = todo.popleft()
            except IndexError:
                break
            self._began = now = perf_counter()
            if now - handed_over > _HAND_OVER:
                handed_over = now
                self._deliver()
            self.done.append((self.index, self._result(crew.work)))
            self._began = None
        self._deliver()

    def _result(self, work: Callable[[int], T]) -> T | ImageReadError | BaseException:
        try:
            return work(self.index)
        except BaseException as error:  # noqa: BLE001 - a fault of the program, to be raised where it is seen
            return error

    def _deliver(self) -> None:
        done, self.done = self.done, []
        self._crew.results.put(done)
