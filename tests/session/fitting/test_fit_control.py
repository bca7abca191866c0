"""A fit is chosen, paused, taken step by step and resumed; nothing that was told about the set gets lost meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QThread

from nmf_explorer.dataset.loading.load_progress import LoadProgress
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
    wait_until_idle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.factorize.model.nmf_model import NmfModel


@pytest.fixture
def clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first report none is due any more."""
    monkeypatch.setattr(background_task, "time", SimpleNamespace(monotonic=lambda: 1000.0, thread_time=lambda: 0.0))


@pytest.fixture
def opened(qtbot: QtBot, session: Session, tmp_path: Path) -> Session:
    """Give a session with a folder open."""
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 30))
    return session


@pytest.fixture
def skipping(qtbot: QtBot, session: Session, tmp_path: Path) -> Session:
    """Give a session with a folder open, of which one file was skipped."""
    (image_folder(tmp_path / "mixed") / "notes.txt").write_text("no image")
    open_and_wait(qtbot, session, tmp_path / "mixed")
    return session


def iterations(session: Session) -> int:
    """How many iterations led to the model that is shown."""
    return session.model.n_iterations if session.model else 0


@pytest.mark.usefixtures("busy_fit", "clock_stands_still")
def test_cancelling_shows_the_newest_state_although_it_was_not_due(qtbot: QtBot, opened: Session) -> None:
    notices = Notices(opened)
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.start_fit()
    assert iterations(opened) == 1
    opened.cancel()
    wait_until_idle(qtbot, opened)
    assert iterations(opened) == BUSY_ITERATIONS
    assert f"Stopped at iteration {BUSY_ITERATIONS}" in notices.text()


@pytest.mark.usefixtures("busy_fit", "clock_stands_still")
def test_pausing_shows_the_newest_state_although_it_was_not_due(qtbot: QtBot, opened: Session) -> None:
    with qtbot.waitSignal(opened.progress_changed, timeout=PATIENCE):
        opened.start_fit()
    task: Any = opened.worker._task

    def has_more_to_tell() -> bool:
        return bool(task._unsent and task._unsent.args[0].iteration == BUSY_ITERATIONS)

    qtbot.waitUntil(has_more_to_tell, timeout=PATIENCE)
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


def test_step_begins_a_fit_and_goes_on_by_one_iteration(qtbot: QtBot, opened: Session) -> None:
    shown: list[int] = []
    opened.progress_changed.connect(lambda news: shown.append(news.model.n_iterations))
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


def test_steps_lead_to_the_end(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
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


def test_another_set_and_closing_end_a_paused_fit(qtbot: QtBot, opened: Session, tmp_path: Path) -> None:
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
def test_loading_can_be_paused_too_and_is_not_stepped(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.open([tmp_path])
    assert session.progress == LoadProgress(1, 3)
    session.step_fit()
    assert not current(session.is_paused)
    session.pause()
    assert session.is_paused
    session.cancel()
    wait_until_idle(qtbot, session)


def test_pausing_nothing_is_nothing(session: Session) -> None:
    session.pause()
    session.resume()
    session.step_fit()
    assert not session.is_paused
    assert session.activity is Activity.IDLE


def test_the_choice_is_told_once_and_used(qtbot: QtBot, opened: Session) -> None:
    told: list[FitSettings] = []
    opened.fit_settings_changed.connect(lambda: told.append(opened.fit_settings))
    choice = FitSettings("multiplicative", "random", "kullback-leibler", 3)
    opened.set_fit_settings(choice)
    opened.set_fit_settings(choice)
    assert told == [choice]
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
def test_what_the_engine_refuses_is_told(qtbot: QtBot, opened: Session, choice: FitSettings, words: str) -> None:
    notices = Notices(opened)
    opened.set_fit_settings(choice)
    opened.start_fit()
    wait_until_idle(qtbot, opened)
    assert notices.last().level is Level.ERROR
    assert words in notices.text()


def test_data_that_a_loss_cannot_bear_are_told(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    model, notices = session.model, Notices(session)
    session.set_fit_settings(FitSettings(loss="itakura-saito"))
    session.start_fit()
    wait_until_idle(qtbot, session)
    assert "has zeros" in notices.text()
    assert session.model is model


def test_a_fit_leaves_the_account_of_skipped_files_alone(qtbot: QtBot, skipping: Session) -> None:
    notices = Notices(skipping)
    fit_and_wait(qtbot, skipping)
    assert notices.posted == []


def test_what_a_fit_has_to_tell_stands_beside_the_account_of_skipped_files(qtbot: QtBot, skipping: Session) -> None:
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


def test_another_set_takes_the_account_of_skipped_files_away(qtbot: QtBot, skipping: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, skipping, image_folder(tmp_path / "whole"))
    notices = Notices(skipping)
    fit_and_wait(qtbot, skipping)
    assert notices.posted == []


def test_the_programs_own_sets_push_nothing_out_of_the_recent_ones(qtbot: QtBot, opened: Session) -> None:
    recent = opened.preferences.recent()
    open_and_wait(qtbot, opened, sample_images() / "stripes")
    assert opened.preferences.recent() == recent != []
