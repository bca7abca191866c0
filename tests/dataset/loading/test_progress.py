"""Progress of loading: each change is reported once, and previews are made at most four times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.loading import progress
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.dataset.loading.progress import ProgressReporter
from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the test decide what time it is, in seconds; it starts at 100."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, seconds)


def test_each_change_is_reported_once() -> None:
    reports: list[LoadProgress] = []
    reporter = ProgressReporter(reports.append)
    for done in (0, 1, 1, 2, 2, 2):
        reporter.report(done, 2)
    assert reports == [LoadProgress(0, 2), LoadProgress(1, 2), LoadProgress(2, 2)]


def test_a_preview_is_made_a_quarter_of_a_second_after_the_start_and_after_the_one_before(
    set_clock: Callable[[float], None],
) -> None:
    reports: list[LoadProgress] = []
    previews: list[Dataset] = []

    def make_preview() -> Dataset:
        previews.append(Dataset.from_array(np.ones((2, 3))))
        return previews[-1]

    reporter = ProgressReporter(reports.append)
    n_made = []
    for done, seconds in enumerate([100.0, 100.24, 100.25, 100.26, 100.49, 100.5, 100.6, 100.75], start=1):
        set_clock(seconds)
        reporter.report(done, 9, make_preview)
        n_made.append(len(previews))
    assert n_made == [0, 0, 1, 1, 1, 2, 2, 3]
    shown = [None, None, *(previews[i] for i in (0, 0, 0, 1, 1, 2))]
    assert [report.first for report in reports] == shown
    reporter.report(9, 9)  # the end has no preview of its own, and keeps the last one
    assert reports[-1] == LoadProgress(9, 9, previews[2])


def test_without_a_listener_no_preview_is_made(set_clock: Callable[[float], None]) -> None:
    reporter = ProgressReporter()
    set_clock(200.0)
    reporter.report(1, 2, lambda: pytest.fail("a preview was made"))


def test_cancelling_raises_only_on_request() -> None:
    ProgressReporter().raise_if_cancelled()
    answers = iter([False, True])
    reporter = ProgressReporter(should_stop=lambda: next(answers))
    reporter.raise_if_cancelled()
    with pytest.raises(Cancelled):
        reporter.raise_if_cancelled()
