"""Outcomes of a background task, and the limits of its reports."""

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
    """Records the signals of a task and the threads in which they arrive."""

    def __init__(self, task: BackgroundTask) -> None:
        self.signals: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()
        task.progressed.connect(lambda report: self._record("progressed", report))
        task.succeeded.connect(lambda result: self._record("succeeded", result))
        task.cancelled.connect(lambda last: self._record("cancelled", last))
        task.failed.connect(lambda error: self._record("failed", error))

    def _record(self, kind: str, payload: object) -> None:
        self.signals.append((kind, payload))
        self.threads.add(QThread.currentThread())

    def outcomes(self) -> list[tuple[str, object]]:
        """Return the signals about the end of the task."""
        return [(kind, payload) for kind, payload in self.signals if kind in OUTCOMES]

    def reports(self) -> list[object]:
        """Return the reports that arrived."""
        return [payload for kind, payload in self.signals if kind == "progressed"]


class Clock:
    """A clock that a test moves; `used` is the CPU time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.used = 0.0

    def monotonic(self) -> float:
        """Return the time in seconds."""
        return self.now

    def thread_time(self) -> float:
        """Return the CPU time in seconds."""
        return self.used


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Replace the clock of the task."""
    clock = Clock()
    monkeypatch.setattr(background_task, "time", clock)
    return clock


def succeeding(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "half")
    return "done"


def cancelled_after_a_report(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "first")
    report(lambda: "last")  # too soon after the first to be sent; `cancelled` carries it
    raise Cancelled


def cancelled_at_once(_report: Report, _should_stop: ShouldStop) -> str:
    raise Cancelled


def failing_as_expected(_report: Report, _should_stop: ShouldStop) -> str:
    raise SourceError("There is nothing in “{name}”.", name="box")


def failing_unexpectedly(report: Report, _should_stop: ShouldStop) -> str:
    report(lambda: "half")
    raise ZeroDivisionError


def reporting(clock: Clock, step: float, seconds: float) -> Work:
    """Return work that reports after each step of the clock, for some seconds."""

    def work(report: Report, _should_stop: ShouldStop) -> None:
        end = clock.now + seconds
        while clock.now < end:
            clock.now += step
            report(lambda: "report")

    return work


def reports_to(work: Work, listen: Callable[[object], None]) -> list[object]:
    """Run work with a listener for its reports, and return them."""
    task = BackgroundTask(work)
    listener = Listener(task)
    task.progressed.connect(listen)
    task.run()
    return listener.reports()


def run_here(task: BackgroundTask) -> None:
    """Run the work in this thread, where coverage measures it."""
    task.run()


def run_in_thread(task: BackgroundTask) -> None:
    """Run the work in its own thread, and deliver its signals."""
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
    assert listener.signals[-1] == (kind, payload)  # no signal after the end


@both_ways
@pytest.mark.parametrize(
    ("work", "kind"), [(failing_as_expected, SourceError), (failing_unexpectedly, ZeroDivisionError)]
)
def test_a_failure_is_emitted_with_its_traceback(
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
def test_an_abandoned_task_emits_nothing(run: Callable[[BackgroundTask], None]) -> None:
    for work in (succeeding, cancelled_after_a_report, failing_unexpectedly):
        task = BackgroundTask(work)
        listener = Listener(task)
        task.abandon()
        run(task)
        assert listener.signals == []


def test_a_task_abandoned_after_its_end_emits_nothing() -> None:
    task = BackgroundTask(succeeding)
    listener = Listener(task)
    task.start()
    assert task.wait(PATIENCE)
    task.abandon()  # its outcome is queued, but has not arrived
    QCoreApplication.processEvents()
    assert listener.signals == []


@pytest.mark.parametrize("stop", [BackgroundTask.cancel, BackgroundTask.abandon])
def test_should_stop_returns_true_after_cancel_or_abandon(stop: Callable[[BackgroundTask], None]) -> None:
    answers = []

    def work(_report: Report, should_stop: ShouldStop) -> None:
        answers.append(should_stop())
        stop(task)
        answers.append(should_stop())

    task = BackgroundTask(work)
    task.run()
    assert answers == [False, True]


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


def test_work_runs_in_its_own_thread_and_signals_arrive_here(qtbot: QtBot) -> None:
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
    assert [kind for kind, _ in listener.signals] == ["progressed", "succeeded"]


def test_only_the_newest_report_arrives(clock: Clock) -> None:
    def work(report: Report, _should_stop: ShouldStop) -> None:
        for i in range(1000):
            clock.now += 1
            report(partial(int, i))

    task = BackgroundTask(work)
    listener = Listener(task)
    run_in_thread(task)
    assert listener.reports() == [999]


@pytest.mark.parametrize(("step", "n_reports"), [(0.001, 5000), (0.02, 300), (0.5, 20)])
def test_at_most_thirty_reports_are_sent_in_a_second(clock: Clock, step: float, n_reports: int) -> None:
    made: list[int] = []

    def make_report(i: int) -> int:
        made.append(i)
        return i

    def work(report: Report, _should_stop: ShouldStop) -> None:
        for i in range(n_reports):
            clock.now += step
            report(partial(make_report, i))

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    seconds = step * n_reports
    most = min(n_reports, 30 * seconds)
    assert most / 2 <= len(listener.reports()) <= most + 1
    assert listener.reports() == sorted(set(listener.reports()))  # type: ignore[type-var]
    assert listener.reports()[0] == 0
    assert made == listener.reports()  # only reports that are sent are made


def test_slowly_made_reports_are_sent_less_often(clock: Clock) -> None:
    def make_report() -> None:
        clock.now += 0.3

    def work(report: Report, _should_stop: ShouldStop) -> None:
        while clock.now < 1060:
            clock.now += 0.01
            report(make_report)

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    assert 19 <= len(listener.reports()) <= 21


def test_listeners_use_at_most_half_of_the_time(clock: Clock) -> None:
    def listen(_report: object) -> None:
        clock.now += 0.5

    assert 18 <= len(reports_to(reporting(clock, 0.01, 20), listen)) <= 21


@pytest.mark.parametrize(("n_cores", "n_reports"), [(2, 40), (8, 100)])
def test_showing_reports_of_slow_work_takes_a_small_share_of_all_cores(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, n_cores: int, n_reports: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: n_cores)

    def show(_report: object) -> None:
        clock.used += 0.02

    assert len(reports_to(reporting(clock, 0.1, 10), show)) == pytest.approx(n_reports, abs=8)


def test_showing_reports_of_fast_work_may_take_more(clock: Clock) -> None:
    def show(_report: object) -> None:
        clock.used += 0.1

    assert len(reports_to(reporting(clock, 0.05, 10), show)) >= 190  # all of 200, with room for rounding


def test_slow_work_reports_at_least_once_a_second(clock: Clock) -> None:
    def show(_report: object) -> None:
        clock.used += 100

    assert len(reports_to(reporting(clock, 0.1, 10), show)) >= 9


def test_an_error_while_making_a_report_is_a_failure() -> None:
    def work(report: Report, _should_stop: ShouldStop) -> None:
        report(lambda: "good")
        report(lambda: 1 // 0)
        raise Cancelled

    task = BackgroundTask(work)
    listener = Listener(task)
    task.run()
    [(outcome, error)] = listener.outcomes()
    assert (outcome, type(error)) == ("failed", ZeroDivisionError)
