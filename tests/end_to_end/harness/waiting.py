"""Waiting for a condition instead of for a time: the one place of these tests that sleeps between two looks."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.03


def wait_until(
    condition: Callable[[], T | None],
    what: str,
    timeout: float = 10,
    *,
    give_up: Callable[[], str] = str,
    evidence: Callable[[], str] = str,
) -> T:
    """Return the first true answer of `condition`; fail telling `what` was awaited.

    `give_up` answers a reason as soon as waiting on is pointless, `evidence` what to add to the failure.
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


def pace(seconds: float) -> None:
    """Let time pass between two moves of the hand: people's speed, never a wait for an effect."""
    time.sleep(seconds)
