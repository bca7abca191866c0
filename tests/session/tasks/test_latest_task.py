"""Work of which only the newest result counts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from nmf_explorer.errors import SourceError
from nmf_explorer.session.tasks.latest_task import LatestTask
from tests.session.fixtures import PATIENCE, wait_for_stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.session.tasks.background_task import Report, ShouldStop


@pytest.fixture
def task(qtbot: QtBot) -> Iterator[LatestTask]:
    """Return an idle task."""
    assert isinstance(qtbot, QtBot)
    task = LatestTask()
    yield task
    task.close()


def endless(_report: Report, should_stop: ShouldStop) -> object:
    """Run until stopped."""
    wait_for_stop(should_stop)
    raise AssertionError


def test_only_the_newest_result_is_emitted(qtbot: QtBot, task: LatestTask) -> None:
    task.start(endless)
    with qtbot.waitSignal(task.succeeded, timeout=PATIENCE) as emitted:
        task.start(lambda _report, _should_stop: "new")
    assert emitted.args == ["new"]
    assert not task.is_busy
    qtbot.waitUntil(lambda: not task._running.tasks, timeout=PATIENCE)


def test_an_expected_error_is_emitted(qtbot: QtBot, task: LatestTask) -> None:
    def work(_report: Report, _should_stop: ShouldStop) -> object:
        raise SourceError("There is no “{name}”.", name="x")

    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as emitted:
        task.start(work)
    assert emitted.args == ["There is no “x”."]


def test_an_unexpected_error_goes_to_the_excepthook(
    qtbot: QtBot, task: LatestTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    task.start(lambda _report, _should_stop: 1 // 0)
    qtbot.waitUntil(lambda: bool(caught), timeout=PATIENCE)
    assert isinstance(caught[0], ZeroDivisionError)
    assert not task.is_busy


def test_closing_leaves_no_thread(task: LatestTask) -> None:
    task.start(endless)
    assert task.is_busy
    (thread,) = task._running.tasks
    task.close()
    assert thread.isFinished()
