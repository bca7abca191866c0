"""The recorded steps of a fit: their number is limited, and early ones are dense."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest

from nmf_explorer.session.state.fit_recording import MAX_BYTES, MAX_STEPS, FitRecording
from tests.current import current


def step(iteration: int, error: float | None = None, *, converged: bool = False) -> Any:
    """Return an object with the attributes of a step that are recorded."""
    return SimpleNamespace(
        iteration=iteration, relative_error=1 / iteration if error is None else error, converged=converged
    )


def iterations(recording: FitRecording) -> list[int]:
    """Return the iterations of the recorded steps."""
    return [kept.iteration for kept in recording.steps]


def test_steps_with_an_equal_error_are_not_recorded() -> None:
    recording = FitRecording(1)
    for iteration, error in ((1, 0.5), (2, 0.3), (3, 0.3), (4, 0.3), (5, 0.2), (6, 0.2)):
        recording.add(step(iteration, error))
    assert iterations(recording) == [1, 2, 5]


@pytest.mark.parametrize(
    ("n_bytes", "most"), [(1, MAX_STEPS), (MAX_BYTES // 20, 20), (MAX_BYTES * 3, 2)], ids=["small", "large", "huge"]
)
def test_memory_is_limited_and_early_steps_are_dense(n_bytes: int, most: int) -> None:
    recording = FitRecording(n_bytes)
    for iteration in range(1, 2001):
        recording.add(step(iteration))
        assert len(recording.steps) <= most
    kept = iterations(recording)
    assert (kept[0], kept[-1]) == (1, 2000)
    assert len(kept) == most
    if most > 2:
        gaps = [after - before for before, after in itertools.pairwise(kept)]
        third = len(gaps) // 3
        assert max(gaps[:third]) * 3 < max(gaps[-third:])


def test_few_steps_are_all_kept() -> None:
    recording = FitRecording(1)
    for iteration in range(1, MAX_STEPS + 1):
        recording.add(step(iteration))
    assert iterations(recording) == list(range(1, MAX_STEPS + 1))


def test_the_time_until_the_first_start_converged_is_recorded() -> None:
    recording = FitRecording(1)
    recording.start_clock()
    recording.add(step(1))
    assert current(recording.seconds) is None
    recording.add(step(2, converged=True))
    seconds = recording.seconds
    assert seconds is not None
    assert 0 <= seconds < 1
    recording.add(step(3, converged=True))
    assert recording.seconds == seconds
