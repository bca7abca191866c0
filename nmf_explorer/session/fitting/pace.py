"""The pace of a fit that the user watches: slow enough to see single iterations."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from nmf_explorer.session.tasks.background_task import ShouldStop

_FIRST_INTERVAL = 1 / 8  # seconds between the first iterations
_N_SLOW = 16  # iterations at that interval; then each takes a smaller share, so that 300 iterations take 8 seconds
_POLL_SECONDS = 0.02  # between two questions whether to stop


class Pace:
    """Waits after each iteration, in the worker."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def wait(self, iteration: int, should_stop: ShouldStop) -> float:
        """Wait until the next iteration may be computed; return the seconds of waiting, or raise `Cancelled`."""
        began = time.monotonic()
        due = self._last + interval(iteration)
        while (left := due - time.monotonic()) > 0:
            if should_stop():
                raise Cancelled
            time.sleep(min(left, _POLL_SECONDS))
        self._last = time.monotonic()
        return self._last - began


def interval(iteration: int) -> float:
    """Return the seconds that an iteration (from 1) takes at least."""
    return _FIRST_INTERVAL * min(1.0, _N_SLOW / iteration)
