"""A background task waits, goes on by one report, and is woken by whatever ends it."""

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
    """A task that counts, and what was heard of it."""

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
        """Wait until so many reports have come."""
        self._qtbot.waitUntil(lambda: len(self.listener.reports()) >= n_reports, timeout=PATIENCE)

    def stands_still(self) -> bool:
        """Whether nothing comes for a while, although it is due."""
        before, counted = list(self.listener.heard), self.counted
        self._qtbot.wait(100)
        return (before, counted) == (self.listener.heard, self.counted)

    def waits_after_its_report(self) -> bool:
        """Whether the newest report has come and no further one follows."""
        return self.stands_still() and self.listener.reports()[-1] == self.counted

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


def test_a_paused_task_waits_and_its_newest_report_has_come(qtbot: QtBot, counter: Counter) -> None:
    counter.task.start()
    counter.wait_for(2)
    counter.task.pause()
    assert current(counter.task.is_paused)
    qtbot.waitUntil(counter.waits_after_its_report, timeout=PATIENCE)  # which comes whether or not it was due
    counter.task.resume()
    assert not counter.task.is_paused
    qtbot.waitUntil(lambda: not counter.stands_still(), timeout=PATIENCE)
    counter.end()
    assert counter.listener.heard[-1] == ("cancelled", counter.counted)


def test_a_step_goes_from_one_report_to_the_next(counter: Counter) -> None:
    counter.task.step()  # before it has begun
    counter.task.start()
    for number in (1, 2, 3):
        counter.wait_for(number)
        assert counter.stands_still()
        assert counter.listener.reports() == list(range(1, number + 1))
        assert counter.task.is_paused
        counter.task.step()
    counter.task.resume()
    counter.wait_for(6)


def test_a_running_task_stops_after_the_next_report_when_a_step_is_asked_for(qtbot: QtBot, counter: Counter) -> None:
    counter.task.start()
    counter.wait_for(1)
    counter.task.step()
    qtbot.waitUntil(counter.waits_after_its_report, timeout=PATIENCE)


def test_cancelling_wakes_a_paused_task(counter: Counter) -> None:
    counter.task.step()
    counter.task.start()
    counter.wait_for(1)
    counter.end()
    assert counter.listener.heard[-1] == ("cancelled", 1)
    counter.task.pause()
    assert not counter.task.is_paused  # it is over


def test_abandoning_wakes_a_paused_task(counter: Counter) -> None:
    counter.task.step()
    counter.task.start()
    counter.wait_for(1)
    counter.task.abandon()
    counter.task.wait()
    assert counter.task.isFinished()
    assert counter.listener.heard == [("progressed", 1)]


def test_all_threads_of_paused_work_wait_and_wake(qtbot: QtBot) -> None:
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
