"""Replay of the iterations of a fit, and changes during a replay."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np
import pytest

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.fitting import fit_run
from nmf_explorer.session.state import fit_path
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.session.state.fit_settings import FitSettings
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

    from nmf_explorer.session.fitting.replay import Replay
    from nmf_explorer.session.session import Session


@pytest.fixture
def fitted(qtbot: QtBot, session: Session) -> Session:
    """Return a session with LED digits, fitted from a random start."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    session.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, session)
    session.history.clear()
    return session


def error(session: Session) -> float:
    """Return the relative error of the shown model."""
    assert session.model is not None
    return session.model.relative_error


def wait_until_played(qtbot: QtBot, replay: Replay) -> None:
    """Wait until playing has ended."""
    qtbot.waitUntil(lambda: not replay.is_playing, timeout=PATIENCE)


def test_every_iteration_of_a_small_fit_can_be_shown(fitted: Session) -> None:
    replay, end = fitted.replay, fitted.model
    losses = replay.losses()
    assert replay.n_positions == len(losses) > 4
    assert (replay.position, replay.iteration, replay.is_before_end) == (len(losses) - 1, len(losses), False)
    for position in range(replay.n_positions - 1):
        replay.show(position)
        assert (replay.position, replay.iteration) == (position, position + 1)
        assert error(fitted) == pytest.approx(losses[position])
        assert replay.is_before_end
        assert replay.losses() == losses
    replay.show_last()
    assert fitted.model is end
    assert not replay.is_before_end


def test_replay_is_not_an_undo_step(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.equation.set_weight(0, 0.3)
    present, n_steps = fitted.shown, fitted.history.n_steps
    fitted.replay.show(1)
    assert not fitted.equation.has_moved_weights
    assert fitted.parts.name_of(0) == "top"
    fitted.replay.show(2)
    fitted.replay.show_last()
    assert fitted.shown is present
    assert fitted.history.n_steps == n_steps


def test_undo_of_a_change_during_replay_returns_to_the_present(fitted: Session) -> None:
    present = fitted.shown
    fitted.replay.show(1)
    past = fitted.model
    fitted.equation.set_weight(2, 0.4)
    assert fitted.history.n_steps == 1
    assert fitted.replay.position == 1
    fitted.replay.show(3)
    fitted.replay.show(1)
    assert fitted.model is past
    assert fitted.equation.has_moved_weights
    fitted.replay.show(0)
    fitted.history.undo()
    assert fitted.shown is present
    assert not fitted.replay.is_before_end


def test_the_curve_of_another_loss_shows_no_relative_errors(qtbot: QtBot, fitted: Session) -> None:
    assert fitted.replay.losses_are_errors
    fitted.set_fit_settings(FitSettings(start="random", loss="kullback-leibler"))
    fit_and_wait(qtbot, fitted)
    assert not fitted.replay.losses_are_errors


def test_show_iteration_shows_the_nearest_position(fitted: Session) -> None:
    fitted.replay.show_iteration(3)
    assert fitted.replay.iteration == 3
    fitted.replay.show_iteration(1000)
    assert not fitted.replay.is_before_end
    for outside in (-1, 1000):
        fitted.replay.show(outside)
        assert not fitted.replay.is_before_end


def test_a_fit_is_played_from_its_first_iteration_to_its_last(qtbot: QtBot, fitted: Session) -> None:
    replay, seen = fitted.replay, []
    fitted.model_changed.connect(lambda: seen.append(replay.position))
    replay.play()
    assert replay.is_playing
    assert fitted.is_model_changing
    wait_until_played(qtbot, replay)
    assert seen == list(range(replay.n_positions))
    assert not replay.is_before_end


def test_stop_stays_at_the_shown_iteration_and_cancel_shows_the_last(fitted: Session) -> None:
    replay = fitted.replay
    replay.play()
    replay.stop()
    assert (replay.is_playing, replay.position) == (False, 0)
    replay.play()
    fitted.cancel()
    assert not replay.is_playing
    assert not replay.is_before_end


def test_undo_and_changes_stop_playing(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.replay.play()
    fitted.history.undo()
    assert not fitted.replay.is_playing
    assert fitted.parts.name_of(0) == ""
    fitted.replay.play()
    fitted.parts.rename(1, "middle")
    assert not fitted.replay.is_playing
    assert fitted.replay.position == 0


def test_undo_and_redo_restore_the_iterations_of_each_fit(qtbot: QtBot, fitted: Session) -> None:
    n_positions, losses = fitted.replay.n_positions, fitted.replay.losses()
    fitted.set_n_components(4)
    fitted.set_fit_settings(FitSettings(start="random", random_state=3))
    fit_and_wait(qtbot, fitted)
    n_after, losses_after = fitted.replay.n_positions, fitted.replay.losses()
    assert losses_after != losses
    fitted.history.undo()
    assert (fitted.replay.n_positions, fitted.replay.position, fitted.replay.losses()) == (
        n_positions,
        n_positions - 1,
        losses,
    )
    fitted.replay.show(1)
    assert error(fitted) == pytest.approx(losses[1])
    fitted.history.redo()
    assert (fitted.replay.n_positions, fitted.replay.position) == (n_after, n_after - 1)
    assert fitted.replay.losses() == losses_after
    assert not fitted.replay.is_before_end


def test_a_path_is_freed_with_the_last_snapshot_of_its_fit(qtbot: QtBot, fitted: Session) -> None:
    assert fitted.shown.position
    former = ref(fitted.shown.position.path)
    fit_and_wait(qtbot, fitted)
    assert former()
    fitted.history.clear()
    fitted.fit_controller.last = None

    def is_freed() -> bool:
        gc.collect()
        return former() is None

    qtbot.waitUntil(is_freed, timeout=PATIENCE)


def test_a_model_whose_path_was_dropped_keeps_its_losses(
    qtbot: QtBot, fitted: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = fitted.replay.losses()
    monkeypatch.setattr(fit_path, "MAX_TOTAL_STEPS", 3)
    fit_and_wait(qtbot, fitted)
    assert fitted.replay.n_positions > 3  # the newest path is kept whole
    fitted.history.undo()
    assert (fitted.replay.n_positions, fitted.replay.position, fitted.replay.is_before_end) == (0, None, False)
    assert fitted.replay.losses() == losses
    fitted.replay.play()
    fitted.replay.show_iteration(2)
    fitted.replay.show_last()
    assert not fitted.replay.is_playing
    assert error(fitted) == losses[-1]


def test_parts_keep_their_order_in_all_iterations(qtbot: QtBot, fitted: Session) -> None:
    fitted.next_fit.start_with_next_seed()
    wait_until_idle(qtbot, fitted)
    model, replay = fitted.model, fitted.replay
    assert model is not None
    replay.show(replay.n_positions - 2)  # nearly converged
    nearly = fitted.model
    assert nearly is not None
    alike = (nearly.components * model.components).sum(axis=1) / (
        np.linalg.norm(nearly.components, axis=1) * np.linalg.norm(model.components, axis=1)
    )
    assert alike.min() > 0.9


def test_a_better_restart_is_the_last_position(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "handwritten_digits")
    replay, end = session.replay, session.model
    assert end is not None
    assert replay.n_without_gain > 0
    assert replay.iteration + replay.n_without_gain == end.n_iterations
    replay.show(replay.n_positions - 2)
    assert session.model is not None
    alike = (session.model.components * end.components).sum(axis=1)
    assert np.all(alike > 0)
    replay.show(0)
    assert error(session) > end.relative_error


def test_there_is_no_replay_during_a_running_fit(qtbot: QtBot, fitted: Session, busy_fit: object) -> None:
    assert busy_fit
    fitted.replay.show(1)
    present = fitted.present
    fitted.start_fit()
    assert fitted.replay.n_positions == 0
    qtbot.waitUntil(lambda: fitted.progress is not None, timeout=PATIENCE)
    shown = fitted.model
    fitted.replay.show(0)
    assert (fitted.model, fitted.replay.n_positions, fitted.replay.is_before_end) == (shown, 0, False)
    with qtbot.waitSignal(fitted.notice_posted, timeout=PATIENCE):
        fitted.cancel()
    assert fitted.replay.n_positions == 3
    fitted.history.undo()
    assert fitted.shown is present


def wait_for_iteration(qtbot: QtBot, session: Session, iteration: int) -> None:
    """Wait until the running fit has reported an iteration."""

    def is_reached() -> bool:
        return isinstance(session.progress, FitProgress) and session.progress.model.n_iterations >= iteration

    qtbot.waitUntil(is_reached, timeout=PATIENCE)


@pytest.fixture
def paused(qtbot: QtBot, fitted: Session, busy_fit: object) -> Session:
    """Return a session whose second fit is paused after its third iteration."""
    assert busy_fit
    fitted.start_fit()
    run = fitted.fit_controller.last
    assert run
    qtbot.waitUntil(lambda: len(run.recording.steps) == BUSY_ITERATIONS, timeout=PATIENCE)
    fitted.pause()
    wait_for_iteration(qtbot, fitted, BUSY_ITERATIONS)
    return fitted


def test_a_paused_fit_can_be_replayed_and_resumes_from_its_newest_iteration(qtbot: QtBot, paused: Session) -> None:
    replay, newest = paused.replay, paused.model
    assert (replay.n_positions, replay.position, replay.is_before_end) == (3, 2, False)
    replay.show(0)
    assert (replay.iteration, replay.is_before_end, len(replay.losses())) == (1, True, 3)
    replay.show_last()
    assert paused.model is newest
    replay.show_iteration(2)
    assert replay.iteration == 2
    paused.resume()
    assert (paused.model, paused.is_replaying, replay.n_positions) == (newest, False, 0)
    paused.pause()
    replay.show(0)
    paused.cancel()
    wait_until_idle(qtbot, paused)
    assert (paused.model, replay.position, replay.n_positions, replay.is_before_end) == (newest, 2, 3, False)


def test_a_paused_fit_is_played_to_its_newest_iteration(qtbot: QtBot, paused: Session) -> None:
    replay, newest = paused.replay, paused.model
    replay.play()
    assert (replay.is_playing, replay.position, paused.is_model_changing) == (True, 0, True)
    paused.cancel()  # stops playing; the fit stays paused
    assert (replay.is_playing, paused.is_fit_paused, paused.model) == (False, True, newest)
    replay.play()
    wait_until_played(qtbot, replay)
    assert paused.model is newest
    replay.play()
    paused.resume()
    assert (replay.is_playing, paused.model) == (False, newest)


def test_replay_stays_at_its_iteration_when_the_last_report_arrives(qtbot: QtBot, fitted: Session) -> None:
    replay = fitted.replay
    fitted.set_fit_settings(FitSettings(start="random", random_state=5))
    for iteration in (1, 2, 3):
        fitted.step_fit()
        wait_for_iteration(qtbot, fitted, iteration)
    assert replay.n_positions == 3
    fitted.step_fit()
    replay.show(0)
    earlier = fitted.model
    wait_for_iteration(qtbot, fitted, 4)
    assert (fitted.model, replay.n_positions, replay.position) == (earlier, 4, 0)
    fitted.step_fit()
    assert replay.iteration == 4
    wait_for_iteration(qtbot, fitted, 5)
    assert (replay.iteration, replay.n_positions) == (5, 5)


def test_changes_to_a_replayed_iteration_end_with_resume_except_the_drawing(qtbot: QtBot, paused: Session) -> None:
    paused.replay.show(0)
    paused.parts.rename(0, "early")
    paused.drawing.open(is_open=True)
    paused.drawing.start_from_sample()
    drawing = paused.drawing.image
    paused.resume()
    assert paused.parts.name_of(0) == ""
    assert paused.drawing.image is drawing
    paused.pause()
    paused.parts.rename(0, "late")
    paused.cancel()
    wait_until_idle(qtbot, paused)
    assert paused.parts.name_of(0) == "late"
    assert paused.drawing.image is drawing
    assert not paused.history.can_redo
    paused.history.undo()
    assert paused.drawing.image is None


def test_fit_from_shown_does_not_replace_a_paused_fit(qtbot: QtBot, paused: Session) -> None:
    notices = Notices(paused)
    paused.replay.show(1)
    paused.next_fit.start_from_shown()
    assert paused.is_fit_paused
    assert "Resume or cancel it first" in notices.text()
    paused.cancel()
    wait_until_idle(qtbot, paused)
    paused.replay.show(1)
    paused.next_fit.start_from_shown()
    assert paused.fit_controller.last
    assert paused.fit_controller.last.plan.start is paused.model


def test_a_watched_fit_that_was_too_quick_is_played(qtbot: QtBot, fitted: Session) -> None:
    fitted.start_fit(is_watched=True)
    wait_until_idle(qtbot, fitted)
    assert fitted.replay.is_playing
    wait_until_played(qtbot, fitted.replay)
    assert not fitted.replay.is_before_end


@pytest.mark.parametrize("why_not", ["invisible", "already-shown", "not-watched"])
def test_other_fits_are_not_played(
    qtbot: QtBot, fitted: Session, monkeypatch: pytest.MonkeyPatch, why_not: str
) -> None:
    if why_not == "invisible":
        fitted.set_fit_settings(FitSettings())  # the start from pixels already has the exact parts
    elif why_not == "already-shown":
        monkeypatch.setattr(fit_run, "_ENOUGH_MODELS", 0)
    fitted.start_fit(is_watched=why_not != "not-watched")
    wait_until_idle(qtbot, fitted)
    assert not fitted.replay.is_playing


def test_a_new_dataset_has_no_iterations(qtbot: QtBot, fitted: Session, tmp_path: Path) -> None:
    fitted.replay.play()
    open_and_wait(qtbot, fitted, image_folder(tmp_path / "mine"))
    replay = fitted.replay
    assert (replay.n_positions, replay.losses(), replay.iteration, replay.n_without_gain) == (0, [], 0, 0)
    assert not replay.is_playing
