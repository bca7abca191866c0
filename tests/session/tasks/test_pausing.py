"""Pausing, stepping and cancelling a background task."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from nmf_explorer.errors import Cancelled
from nmf_explorer.session.tasks.background_task import BackgroundTask, Report, ShouldStop
from tests.current import current
from tests.session.fixtures import PATIENCE
from tests.session.tasks.test_background_task import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Counter:
    """A task that counts, and its listener."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.counted = 0
        self.task = BackgroundTask(self._count)
        self.listener = Listener(self.task)

    def _count(self, report: Report, should_stop: ShouldStop) -> None:
        while not should_stop():
            self.counted += 1
            report(partial(int, self.counted))
        raise Cancelled

    def wait_for(self, n_reports: int) -> None:
        """Wait for a number of reports."""
        self._qtbot.waitUntil(lambda: len(self.listener.reports()) >= n_reports, timeout=PATIENCE)

    def is_waiting(self) -> bool:
        """Return whether no report arrives for 100 ms, although one is due."""
        before, counted = list(self.listener.signals), self.counted
        self._qtbot.wait(100)
        return (before, counted) == (self.listener.signals, self.counted)

    def is_waiting_after_report(self) -> bool:
        """Return whether the newest report has arrived and no further one follows."""
        return self.is_waiting() and self.listener.reports()[-1] == self.counted

    def end(self) -> None:
        """Cancel it, and wait for the end."""
        with self._qtbot.waitSignals([self.task.cancelled, self.task.finished], timeout=PATIENCE):
            self.task.cancel()


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    counter = Counter(qtbot)
    yield counter
    counter.task.abandon()
    counter.task.wait()


def test_a_paused_task_sends_its_newest_report_and_waits(qtbot: QtBot, counter: Counter) -> None:
    counter.task.start()
    counter.wait_for(2)
    counter.task.pause()
    assert current(counter.task.is_paused)
    qtbot.waitUntil(counter.is_waiting_after_report, timeout=PATIENCE)  # the report is sent whether or not it is due
    counter.task.resume()
    assert not counter.task.is_paused
    qtbot.waitUntil(lambda: not counter.is_waiting(), timeout=PATIENCE)
    counter.end()
    assert counter.listener.signals[-1] == ("cancelled", counter.counted)


def test_step_runs_to_the_next_report(counter: Counter) -> None:
    counter.task.step()  # before it starts
    counter.task.start()
    for number in (1, 2, 3):
        counter.wait_for(number)
        assert counter.is_waiting()
        assert counter.listener.reports() == list(range(1, number + 1))
        assert counter.task.is_paused
        counter.task.step()
    counter.task.resume()
    counter.wait_for(6)


def test_step_pauses_a_running_task_after_its_next_report(qtbot: QtBot, counter: Counter) -> None:
    counter.task.start()
    counter.wait_for(1)
    counter.task.step()
    qtbot.waitUntil(counter.is_waiting_after_report, timeout=PATIENCE)


def test_cancelling_wakes_a_paused_task(counter: Counter) -> None:
    counter.task.step()
    counter.task.start()
    counter.wait_for(1)
    counter.end()
    assert counter.listener.signals[-1] == ("cancelled", 1)
    counter.task.pause()
    assert not counter.task.is_paused  # it has ended


def test_abandoning_wakes_a_paused_task(counter: Counter) -> None:
    counter.task.step()
    counter.task.start()
    counter.wait_for(1)
    counter.task.abandon()
    counter.task.wait()
    assert counter.task.isFinished()
    assert counter.listener.signals == [("progressed", 1)]


def test_all_threads_of_paused_work_wait(qtbot: QtBot) -> None:
    def work(report: Report, should_stop: ShouldStop) -> None:
        report(lambda: "begun")
        with ThreadPoolExecutor(4) as pool:
            while not all(list(pool.map(lambda _: should_stop(), range(4)))):
                pass
        raise Cancelled

    task = BackgroundTask(work)
    listener = Listener(task)
    task.pause()
    task.start()
    qtbot.waitUntil(lambda: listener.reports() == ["begun"], timeout=PATIENCE)
    with qtbot.waitSignals([task.cancelled, task.finished], timeout=PATIENCE):
        task.cancel()
    assert listener.outcomes() == [("cancelled", "begun")]
