"""Fits that are started, paused, stepped and cancelled, their notices, and changes during a fit."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QThread

import nmf_explorer
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Cancelled, DataError
from nmf_explorer.factorize.fit_step import FitStep
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.session import Activity, Session
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.tasks import background_task
from tests.current import current
from tests.session.fixtures import (
    BUSY_ITERATIONS,
    PATIENCE,
    Notices,
    fit_and_wait,
    image_folder,
    open_and_wait,
    wait_for_stop,
    wait_until_idle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.factorize.model.nmf_model import NmfModel


@pytest.fixture
def clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of tasks: after the first report none is due."""
    monkeypatch.setattr(background_task, "time", SimpleNamespace(monotonic=lambda: 1000.0, thread_time=lambda: 0.0))


@pytest.fixture
def opened(qtbot: QtBot, session: Session, tmp_path: Path) -> Session:
    """Return a session with a folder open."""
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 30))
    return session


@pytest.fixture
def skipping(qtbot: QtBot, session: Session, tmp_path: Path) -> Session:
    """Return a session with an open folder of which one file was skipped."""
    (image_folder(tmp_path / "mixed") / "notes.txt").write_text("no image")
    open_and_wait(qtbot, session, tmp_path / "mixed")
    return session


def iterations(session: Session) -> int:
    """Return the number of iterations of the shown model."""
    return session.model.n_iterations if session.model else 0


@pytest.mark.usefixtures("busy_fit", "clock_stands_still")
def test_cancelling_shows_the_newest_iteration(qtbot: QtBot, opened: Session) -> None:
    notices = Notices(opened)
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.start_fit()
    assert iterations(opened) == 1
    opened.cancel()
    wait_until_idle(qtbot, opened)
    assert iterations(opened) == BUSY_ITERATIONS
    assert f"Stopped at iteration {BUSY_ITERATIONS}" in notices.text()


@pytest.mark.usefixtures("busy_fit", "clock_stands_still")
def test_pausing_shows_the_newest_iteration(qtbot: QtBot, opened: Session) -> None:
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.start_fit()
    task: Any = opened.worker._task

    def has_unsent_report() -> bool:
        return bool(task._unsent and task._unsent.args[0].iteration == BUSY_ITERATIONS)

    qtbot.waitUntil(has_unsent_report, timeout=PATIENCE)
    with qtbot.waitSignal(opened.activity_changed, timeout=PATIENCE):
        opened.pause()
    assert opened.is_paused
    assert opened.activity is Activity.FITTING
    qtbot.waitUntil(lambda: iterations(opened) == BUSY_ITERATIONS, timeout=PATIENCE)
    opened.resume()
    assert not opened.is_paused


def test_models_are_made_in_the_worker(qtbot: QtBot, opened: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[QThread] = set()
    make = FitStep.model

    def remember(step: FitStep) -> NmfModel:
        threads.add(QThread.currentThread())
        return make(step)

    monkeypatch.setattr(FitStep, "model", remember)
    fit_and_wait(qtbot, opened)
    assert threads
    assert opened.thread() not in threads


def test_step_starts_a_fit_and_runs_one_iteration(qtbot: QtBot, opened: Session) -> None:
    shown: list[int] = []
    opened.progress_changed.connect(lambda progress: shown.append(progress.model.n_iterations))
    for number in (1, 2, 3, 4):
        with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
            opened.step_fit()
        assert opened.is_paused
        assert isinstance(opened.progress, FitProgress)
        assert iterations(opened) == number
    qtbot.wait(50)
    assert shown == [1, 2, 3, 4]
    opened.resume()
    wait_until_idle(qtbot, opened)
    assert not opened.is_paused
    assert opened.progress is None
    assert opened.model is not None
    assert opened.model.converged


def test_repeated_steps_reach_convergence(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "small", 3, size=(2, 2)))
    session.set_fit_settings(FitSettings(start="random"))
    n_steps = 0
    session.step_fit()
    while session.activity is Activity.FITTING:
        n_steps += 1
        with qtbot.waitSignals([session.model_changed], timeout=PATIENCE):
            session.step_fit()
        qtbot.wait(1)
    assert iterations(session) <= n_steps + 1
    assert session.model is not None
    assert session.model.converged


def test_cancelling_while_paused_keeps_the_model(qtbot: QtBot, opened: Session) -> None:
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.step_fit()
    notices = Notices(opened)
    opened.cancel()
    wait_until_idle(qtbot, opened)
    assert iterations(opened) == 1
    assert "Stopped at iteration 1" in notices.text()


def test_a_new_dataset_or_closing_ends_a_paused_fit(qtbot: QtBot, opened: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.step_fit()
    open_and_wait(qtbot, opened, image_folder(tmp_path / "other"))
    assert not opened.is_paused
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.step_fit()
    threads = list(opened.worker.running.tasks)
    opened.close()
    assert all(thread.isFinished() for thread in threads)


@pytest.mark.usefixtures("busy_load")
def test_loading_can_be_paused_but_not_stepped(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.open([tmp_path])
    assert session.progress == LoadProgress(1, 3)
    session.step_fit()
    assert not current(session.is_paused)
    session.pause()
    assert session.is_paused
    session.cancel()
    wait_until_idle(qtbot, session)


def test_pause_and_resume_do_nothing_when_idle(session: Session) -> None:
    session.pause()
    session.resume()
    session.step_fit()
    assert not session.is_paused
    assert session.activity is Activity.IDLE


def test_fit_settings_are_announced_once_and_used(qtbot: QtBot, opened: Session) -> None:
    announced: list[FitSettings] = []
    opened.fit_settings_changed.connect(lambda: announced.append(opened.fit_settings))
    choice = FitSettings("multiplicative", "random", "kullback-leibler", 3)
    opened.set_fit_settings(choice)
    opened.set_fit_settings(choice)
    assert announced == [choice]
    fit_and_wait(qtbot, opened)
    assert opened.model is not None
    options = opened.model.options
    assert (options.solver, options.start, options.loss, options.random_state) == choice


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (FitSettings("hals", "auto", "kullback-leibler"), "'frobenius' only"),
        (FitSettings("scikit-learn", "pixels"), "not 'pixels'"),
        (FitSettings(loss="no such thing"), "loss must be one of"),
    ],
)
def test_incompatible_settings_are_reported(qtbot: QtBot, opened: Session, choice: FitSettings, words: str) -> None:
    notices = Notices(opened)
    opened.set_fit_settings(choice)
    opened.start_fit()
    wait_until_idle(qtbot, opened)
    assert notices.last().level is Level.ERROR
    assert words in notices.text()


def test_data_that_the_loss_does_not_allow_are_reported(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    model, notices = session.model, Notices(session)
    session.set_fit_settings(FitSettings(loss="itakura-saito"))
    session.start_fit()
    wait_until_idle(qtbot, session)
    assert "has zeros" in notices.text()
    assert session.model is model


def test_a_fit_keeps_the_notice_about_skipped_files(qtbot: QtBot, skipping: Session) -> None:
    notices = Notices(skipping)
    fit_and_wait(qtbot, skipping)
    assert notices.posted == []


def test_a_notice_about_a_fit_lists_the_skipped_files_too(qtbot: QtBot, skipping: Session) -> None:
    notices = Notices(skipping)
    with qtbot.waitSignal(skipping.progress_changed, timeout=PATIENCE):
        skipping.step_fit()
    skipping.cancel()
    wait_until_idle(qtbot, skipping)
    assert notices.text() == (
        "Stopped at iteration 1; the parts found so far are kept. 6 images of 4 x 5 loaded; 1 skipped."
    )
    assert [path.name for path, _ in notices.last().skipped] == ["notes.txt"]
    fit_and_wait(qtbot, skipping)
    assert notices.last().level is Level.WARNING
    assert notices.text() == "6 images of 4 x 5 loaded; 1 skipped."


def test_a_new_dataset_removes_the_notice_about_skipped_files(qtbot: QtBot, skipping: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, skipping, image_folder(tmp_path / "whole"))
    notices = Notices(skipping)
    fit_and_wait(qtbot, skipping)
    assert notices.posted == []


def test_sample_sets_are_not_added_to_the_recent_ones(qtbot: QtBot, opened: Session) -> None:
    recent = opened.preferences.recent()
    open_and_wait(qtbot, opened, sample_images() / "stripes")
    assert opened.preferences.recent() == recent != []


def test_changes_during_a_cancelled_fit_are_one_undo_step(
    qtbot: QtBot, stripes: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(*_: object, should_stop: Callable[[], bool], **_options: object) -> Iterator[object]:
        wait_for_stop(should_stop)
        yield None

    monkeypatch.setattr(nmf_explorer, "fit_steps", steps)
    stripes.start_fit()
    stripes.parts.rename(0, "first")
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.history.undo_message == "Changes during a fit"
    stripes.history.undo()
    assert stripes.parts.name_of(0) == ""


def test_undo_restores_the_state_before_a_fit_that_loading_interrupted(
    qtbot: QtBot, stripes: Session, busy_fit: object, busy_load: object, tmp_path: Path
) -> None:
    assert busy_fit
    assert busy_load
    before = stripes.shown
    with qtbot.waitSignal(stripes.model_changed):
        stripes.start_fit()
    stripes.open([tmp_path])
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.model is not before.model
    stripes.history.undo()
    assert stripes.shown is before


def test_a_failed_load_says_that_it_stopped_the_fit(
    qtbot: QtBot, stripes: Session, busy_fit: object, tmp_path: Path
) -> None:
    assert busy_fit
    with qtbot.waitSignal(stripes.model_changed):
        stripes.start_fit()
    stripes.open([tmp_path / "missing"])
    with qtbot.waitSignal(stripes.notice_posted, timeout=PATIENCE):
        pass
    assert stripes.notice is not None
    assert stripes.notice.level is Level.ERROR
    fit = "The fit that ran was stopped for it; the parts found so far are kept."
    assert stripes.notice.messages[1:] == (fit,)
    stripes.open([tmp_path / "missing"])
    with qtbot.waitSignal(stripes.notice_posted, timeout=PATIENCE):
        pass
    assert len(current(stripes.notice).messages) == 1


def test_a_load_that_is_cancelled_says_that_it_stopped_the_fit(
    qtbot: QtBot, stripes: Session, busy_fit: object, busy_load: object, tmp_path: Path
) -> None:
    assert busy_fit
    assert busy_load
    with qtbot.waitSignal(stripes.model_changed):
        stripes.start_fit()
    stripes.open([tmp_path])
    stripes.open([tmp_path])  # another one replaces it
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.notice is not None
    assert stripes.notice.messages[0] == "Loading was stopped."
    assert stripes.notice.messages[1].startswith("The fit that ran was stopped for it; ")


def test_changes_during_a_failed_fit_can_be_undone(
    qtbot: QtBot, stripes: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(*_: object, should_stop: Callable[[], bool], **_options: object) -> Iterator[object]:
        with suppress(Cancelled):
            wait_for_stop(should_stop)
        if should_stop():
            raise DataError("This cannot be fitted.")
        yield None

    monkeypatch.setattr(nmf_explorer, "fit_steps", steps)
    stripes.start_fit()
    stripes.parts.rename(0, "first")
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    stripes.history.undo()
    assert stripes.parts.name_of(0) == ""
