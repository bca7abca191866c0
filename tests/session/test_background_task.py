"""A background task ends once, in words that fit, and never floods those who listen."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QThread

from nmf_explorer.errors import Cancelled, SourceError
from nmf_explorer.session import background_task
from nmf_explorer.session.background_task import BackgroundTask, Report, ShouldStop
from tests.session.fixtures import PATIENCE, wait_for_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.background_task import Work

OUTCOMES = ("succeeded", "cancelled", "failed")


class Listener:
    """Writes down all that a task says, and in which thread it was heard."""

    def __init__(self, task: BackgroundTask) -> None:
        self.heard: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()
        task.progressed.connect(lambda news: self._hear("progressed", news))
        task.succeeded.connect(lambda result: self._hear("succeeded", result))
        task.cancelled.connect(lambda last: self._hear("cancelled", last))
        task.failed.connect(lambda error: self._hear("failed", error))

    def _hear(self, kind: str, payload: object) -> None:
        self.heard.append((kind, payload))
        self.threads.add(QThread.currentThread())

    def outcomes(self) -> list[tuple[str, object]]:
        """Give how the task ended, as often as it said so."""
        return [(kind, payload) for kind, payload in self.heard if kind in OUTCOMES]

    def reports(self) -> list[object]:
        """Give the reports that arrived."""
        return [payload for kind, payload in self.heard if kind == "progressed"]


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Read it."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Replace the clock that the task reads."""
    clock = Clock()
    monkeypatch.setattr(background_task, "time", clock)
    return clock


def succeeding(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "half")
    return "done"


def cancelled_after_a_report(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "first")
    report(lambda: "last")  # too soon after the first to be sent, but it is what counts at the end
    raise Cancelled


def cancelled_at_once(_report: Report, _should_stop: ShouldStop) -> str:
    raise Cancelled


def failing_as_expected(_report: Report, _should_stop: ShouldStop) -> str:
    raise SourceError("There is nothing in “{name}”.", name="box")


def failing_unexpectedly(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "half")
    raise ZeroDivisionError


def run_here(task: BackgroundTask) -> None:
    """Run the work in this thread, where coverage sees it."""
    task.run()


def run_in_thread(task: BackgroundTask) -> None:
    """Run the work in its own thread, and let what it said arrive."""
    task.start()
    assert task.wait(PATIENCE)
    QCoreApplication.processEvents()


both_ways = pytest.mark.parametrize("run", [run_here, run_in_thread])


@pytest.fixture(autouse=True)
def application(qapp: QCoreApplication) -> Iterator[QCoreApplication]:
    """Signals between threads need an application."""
    return qapp


@both_ways
@pytest.mark.parametrize(
    ("work", "kind", "payload"),
    [
        (succeeding, "succeeded", "done"),
        (cancelled_after_a_report, "cancelled", "last"),
        (cancelled_at_once, "cancelled", None),
    ],
)
def test_a_task_ends_once(run: Callable[[BackgroundTask], None], work: Work, kind: str, payload: object) -> None:
    task = BackgroundTask(work)
    listener = Listener(task)
    run(task)
    assert listener.outcomes() == [(kind, payload)]
    assert listener.heard[-1] == (kind, payload)  # nothing comes after the end


@both_ways
@pytest.mark.parametrize(
    ("work", "kind"), [(failing_as_expected, SourceError), (failing_unexpectedly, ZeroDivisionError)]
)
def test_a_failure_is_handed_over_with_its_traceback(
    run: Callable[[BackgroundTask], None], work: Work, kind: type[Exception]
) -> None:
    task = BackgroundTask(work)
    listener = Listener(task)
    run(task)
    [(outcome, error)] = listener.outcomes()
    assert outcome == "failed"
    assert isinstance(error, kind)
    assert error.__traceback__ is not None


@both_ways
def test_an_abandoned_task_says_nothing(run: Callable[[BackgroundTask], None]) -> None:
    for work in (succeeding, cancelled_after_a_report, failing_unexpectedly):
        task = BackgroundTask(work)
        listener = Listener(task)
        task.abandon()
        run(task)
        assert listener.heard == []


def test_a_task_abandoned_after_its_end_says_nothing_either() -> None:
    task = BackgroundTask(succeeding)
    listener = Listener(task)
    task.start()
    assert task.wait(PATIENCE)
    task.abandon()  # its outcome is underway, but has not been heard
    QCoreApplication.processEvents()
    assert listener.heard == []


@pytest.mark.parametrize("stop", [BackgroundTask.cancel, BackgroundTask.abandon])
def test_the_work_learns_that_it_should_stop(stop: Callable[[BackgroundTask], None]) -> None:
    asked = []

    def work(_report: Report, should_stop: ShouldStop) -> None:
        asked.append(should_stop())
        stop(task)
        asked.append(should_stop())

    task = BackgroundTask(work)
    task.run()
    assert asked == [False, True]


def test_cancelling_stops_work_in_its_thread(qtbot: QtBot) -> None:
    def work(report: Report, should_stop: ShouldStop) -> None:
        report(lambda: "begun")
        wait_for_stop(should_stop)

    task = BackgroundTask(work)
    listener = Listener(task)
    with qtbot.waitSignal(task.progressed, timeout=PATIENCE):
        task.start()
    with qtbot.waitSignal(task.finished, timeout=PATIENCE), qtbot.waitSignal(task.cancelled, timeout=PATIENCE):
        task.cancel()
    assert listener.outcomes() == [("cancelled", "begun")]


def test_the_work_runs_elsewhere_and_is_heard_here(qtbot: QtBot) -> None:
    worked_in = []

    def work(report: Report, _should_stop: ShouldStop) -> None:
        worked_in.append(threading.get_ident())
        report(lambda: "half")

    task = BackgroundTask(work)
    listener = Listener(task)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE), qtbot.waitSignal(task.succeeded, timeout=PATIENCE):
        task.start()
    assert worked_in != [threading.get_ident()]
    assert listener.threads == {QCoreApplication.instance().thread()}
    assert [kind for kind, _ in listener.heard] == ["progressed", "succeeded"]


def test_the_newest_report_wins_while_nobody_listens(clock: Clock) -> None:
    def work(report: Report, _should_stop: ShouldStop) -> None:
        for i in range(1000):
            clock.now += 1
            report(partial(int, i))

    task = BackgroundTask(work)
    listener = Listener(task)
    run_in_thread(task)
    assert listener.reports() == [999]


@pytest.mark.parametrize(("step", "n_reports"), [(0.001, 5000), (0.02, 300), (0.5, 20)])
def test_at_most_thirty_reports_come_in_a_second(clock: Clock, step: float, n_reports: int) -> None:
    made: list[int] = []

    def make_news(i: int) -> int:
        made.append(i)
        return i

    def work(report: Report, _should_stop: ShouldStop) -> None:
        for i in range(n_reports):
            clock.now += step
            report(partial(make_news, i))

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    seconds = step * n_reports
    most = min(n_reports, 30 * seconds)
    assert most / 2 <= len(listener.reports()) <= most + 1
    assert listener.reports() == sorted(set(listener.reports()))  # type: ignore[type-var]
    assert listener.reports()[0] == 0
    assert made == listener.reports()  # nothing is made that is not sent


def test_news_that_take_long_to_make_are_made_less_often(clock: Clock) -> None:
    def make_news() -> None:
        clock.now += 0.3

    def work(report: Report, _should_stop: ShouldStop) -> None:
        while clock.now < 1060:
            clock.now += 0.01
            report(make_news)

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    assert 19 <= len(listener.reports()) <= 21


def test_news_that_cannot_be_made_are_a_failure() -> None:
    def work(report: Report, _should_stop: ShouldStop) -> None:
        report(lambda: "good")
        report(lambda: 1 // 0)
        raise Cancelled

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    [(outcome, error)] = listener.outcomes()
    assert (outcome, type(error)) == ("failed", ZeroDivisionError)


# pausing


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
    assert counter.task.is_paused
    qtbot.waitUntil(counter.stands_still, timeout=PATIENCE)
    assert counter.listener.reports()[-1] == counter.counted  # whether or not it was due
    counter.task.resume()
    assert not counter.task.is_paused
    assert not counter.stands_still()
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
    qtbot.waitUntil(counter.stands_still, timeout=PATIENCE)
    assert counter.listener.reports()[-1] == counter.counted


def test_cancelling_wakes_a_paused_task(counter: Counter) -> None:
    counter.task.step()
    counter.task.start()
    counter.wait_for(1)
    began = time.monotonic()
    counter.end()
    assert time.monotonic() - began < 0.1
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
