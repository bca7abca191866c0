"""A background task ends once, in words that fit, and never floods those who listen."""

from __future__ import annotations

import os
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QThread

from nmf_explorer.errors import Cancelled, SourceError
from nmf_explorer.session.tasks import background_task
from nmf_explorer.session.tasks.background_task import BackgroundTask, Report, ShouldStop
from tests.session.fixtures import PATIENCE, wait_for_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.tasks.background_task import Work

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
    """A clock that goes on when it is told to; so does the one of the processor."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.used = 0.0

    def monotonic(self) -> float:
        """Read it."""
        return self.now

    def thread_time(self) -> float:
        """Read how long the processor was used."""
        return self.used


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


def telling(clock: Clock, step: float, seconds: float) -> Work:
    """Work that tells how far it is after each step, for so many seconds."""

    def work(report: Report, _should_stop: ShouldStop) -> None:
        end = clock.now + seconds
        while clock.now < end:
            clock.now += step
            report(lambda: "news")

    return work


def heard_while(work: Work, listen: Callable[[object], None]) -> list[object]:
    """Give the reports that arrive while somebody does this for each."""
    task = BackgroundTask(work)
    listener = Listener(task)
    task.progressed.connect(listen)
    task.run()
    return listener.reports()


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
def application(qapp: QCoreApplication) -> QCoreApplication:
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
    assert listener.threads == {QThread.currentThread()}
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


def test_who_listens_keeps_half_of_the_time(clock: Clock) -> None:
    def listen(_news: object) -> None:
        clock.now += 0.5

    assert 18 <= len(heard_while(telling(clock, 0.01, 20), listen)) <= 21


@pytest.mark.parametrize(("n_cores", "n_reports"), [(2, 40), (8, 100)])
def test_showing_the_news_of_slow_work_takes_a_small_share_of_all_cores(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, n_cores: int, n_reports: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: n_cores)

    def show(_news: object) -> None:
        clock.used += 0.02

    assert len(heard_while(telling(clock, 0.1, 10), show)) == pytest.approx(n_reports, abs=8)


def test_showing_the_news_of_fast_work_may_take_more(clock: Clock) -> None:
    def show(_news: object) -> None:
        clock.used += 0.1

    assert len(heard_while(telling(clock, 0.05, 10), show)) >= 190  # all of 200, with room for rounding


def test_the_news_of_slow_work_come_again_within_a_second(clock: Clock) -> None:
    def show(_news: object) -> None:
        clock.used += 100

    assert len(heard_while(telling(clock, 0.1, 10), show)) >= 9


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
