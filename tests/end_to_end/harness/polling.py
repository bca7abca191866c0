"""Poll a condition until it holds; the only module of these tests that sleeps."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.03
PATIENCE_SECONDS = 180.0  # long, because only a failure takes so long, and other programs may keep the processor


def wait_until(
    condition: Callable[[], T | None],
    what: str,
    timeout: float = PATIENCE_SECONDS,
    *,
    give_up: Callable[[], str] = str,
    evidence: Callable[[], str] = str,
) -> T:
    """Return the first true result of `condition`; fail with `what` was awaited after `timeout` seconds.

    `give_up` returns a reason as soon as the condition cannot come true any more, `evidence` text for the failure.
    """
    end = time.monotonic() + timeout
    while True:
        answer = condition()
        if answer:
            return answer
        reason = give_up() or (f"not within {timeout:g} s" if time.monotonic() > end else "")
        if reason:
            raise AssertionError(f"Waited in vain until {what}: {reason}.\n{evidence()}".rstrip())
        time.sleep(POLL_SECONDS)


def human_pause(seconds: float) -> None:
    """Pause as a person does between two inputs; never to wait for an effect."""
    time.sleep(seconds)
