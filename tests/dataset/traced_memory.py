"""Measure the memory that Python allocates in a block of code."""

from __future__ import annotations

import threading
import tracemalloc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDING_SECONDS = 5.0  # given to threads of earlier tests


class TracedMemory:
    """The largest number of bytes that were allocated at a time; known at the end of the block."""

    peak = 0


@contextmanager
def traced_memory() -> Iterator[TracedMemory]:
    """Trace the allocations of a block, after the threads of earlier tests have ended.

    CPython up to 3.12.8 crashes if a thread ends while tracing starts or stops (issue 128679 of CPython).
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_ENDING_SECONDS)
    memory = TracedMemory()
    tracemalloc.start()
    try:
        yield memory
        memory.peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
