"""Going back through the iterations of a fit: a look and no change, until something is changed there."""

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
    """Give a session with LED digits, fitted from a random start."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    session.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, session)
    session.history.clear()
    return session


def error(session: Session) -> float:
    """How large the error of the model that is shown is."""
    assert session.model is not None
    return session.model.relative_error


def wait_until_played(qtbot: QtBot, course: Replay) -> None:
    """Wait until nothing is played any more."""
    qtbot.waitUntil(lambda: not course.is_playing, timeout=PATIENCE)


def test_every_iteration_of_a_small_fit_can_be_looked_at(fitted: Session) -> None:
    course, end = fitted.replay, fitted.model
    losses = course.losses()
    assert course.n_positions == len(losses) > 4
    assert (course.position, course.iteration, course.is_before_end) == (len(losses) - 1, len(losses), False)
    for place in range(course.n_positions - 1):
        course.show(place)
        assert (course.position, course.iteration) == (place, place + 1)
        assert error(fitted) == pytest.approx(losses[place])
        assert course.is_before_end
        assert course.losses() == losses
    course.show_last()
    assert fitted.model is end
    assert not course.is_before_end


def test_looking_back_is_no_change(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.equation.set_weight(0, 0.3)
    there, n_steps = fitted.shown, fitted.history.n_steps
    fitted.replay.show(1)
    assert not fitted.equation.has_moved_weights
    assert fitted.parts.name_of(0) == "top"
    fitted.replay.show(2)
    fitted.replay.show_last()
    assert fitted.shown is there
    assert fitted.history.n_steps == n_steps


def test_what_is_changed_while_looking_back_is_undone_to_where_one_came_from(fitted: Session) -> None:
    there = fitted.shown
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
    assert fitted.shown is there
    assert not fitted.replay.is_before_end


def test_the_curve_of_another_loss_is_not_that_of_the_error(qtbot: QtBot, fitted: Session) -> None:
    assert fitted.replay.losses_are_errors
    fitted.set_fit_settings(FitSettings(start="random", loss="kullback-leibler"))
    fit_and_wait(qtbot, fitted)
    assert not fitted.replay.losses_are_errors


def test_the_nearest_place_is_shown(fitted: Session) -> None:
    fitted.replay.show_iteration(3)
    assert fitted.replay.iteration == 3
    fitted.replay.show_iteration(1000)
    assert not fitted.replay.is_before_end
    for outside in (-1, 1000):
        fitted.replay.show(outside)
        assert not fitted.replay.is_before_end


def test_a_fit_is_played_from_its_first_iteration_to_its_last(qtbot: QtBot, fitted: Session) -> None:
    course, seen = fitted.replay, []
    fitted.model_changed.connect(lambda: seen.append(course.position))
    course.play()
    assert course.is_playing
    assert fitted.is_model_changing
    wait_until_played(qtbot, course)
    assert seen == list(range(course.n_positions))
    assert not course.is_before_end


def test_playing_stops_where_it_is_or_ends_at_once(fitted: Session) -> None:
    course = fitted.replay
    course.play()
    course.stop()
    assert (course.is_playing, course.position) == (False, 0)
    course.play()
    fitted.cancel()
    assert not course.is_playing
    assert not course.is_before_end


def test_undo_and_changes_end_the_playing(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.replay.play()
    fitted.history.undo()
    assert not fitted.replay.is_playing
    assert fitted.parts.name_of(0) == ""
    fitted.replay.play()
    fitted.parts.rename(1, "middle")
    assert not fitted.replay.is_playing
    assert fitted.replay.position == 0


def test_undo_and_redo_bring_each_fit_with_its_course(qtbot: QtBot, fitted: Session) -> None:
    n_places, losses = fitted.replay.n_positions, fitted.replay.losses()
    fitted.set_n_components(4)
    fitted.set_fit_settings(FitSettings(start="random", random_state=3))
    fit_and_wait(qtbot, fitted)
    n_after, losses_after = fitted.replay.n_positions, fitted.replay.losses()
    assert losses_after != losses
    fitted.history.undo()
    assert (fitted.replay.n_positions, fitted.replay.position, fitted.replay.losses()) == (
        n_places,
        n_places - 1,
        losses,
    )
    fitted.replay.show(1)
    assert error(fitted) == pytest.approx(losses[1])
    fitted.history.redo()
    assert (fitted.replay.n_positions, fitted.replay.position) == (n_after, n_after - 1)
    assert fitted.replay.losses() == losses_after
    assert not fitted.replay.is_before_end


def test_a_course_goes_with_the_last_that_holds_its_model(qtbot: QtBot, fitted: Session) -> None:
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


def test_a_model_whose_course_was_let_go_has_its_curve(
    qtbot: QtBot, fitted: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses = fitted.replay.losses()
    monkeypatch.setattr(fit_path, "MAX_TOTAL_STEPS", 3)
    fit_and_wait(qtbot, fitted)
    assert fitted.replay.n_positions > 3  # the newest is as it was recorded
    fitted.history.undo()
    assert (fitted.replay.n_positions, fitted.replay.position, fitted.replay.is_before_end) == (0, None, False)
    assert fitted.replay.losses() == losses
    fitted.replay.play()
    fitted.replay.show_iteration(2)
    fitted.replay.show_last()
    assert not fitted.replay.is_playing
    assert error(fitted) == losses[-1]


def test_the_same_parts_stand_at_the_same_places_all_along(qtbot: QtBot, fitted: Session) -> None:
    fitted.next_fit.start_with_next_seed()
    wait_until_idle(qtbot, fitted)
    model, course = fitted.model, fitted.replay
    assert model is not None
    course.show(course.n_positions - 2)  # nearly done: the parts are there
    nearly = fitted.model
    assert nearly is not None
    alike = (nearly.components * model.components).sum(axis=1) / (
        np.linalg.norm(nearly.components, axis=1) * np.linalg.norm(model.components, axis=1)
    )
    assert alike.min() > 0.9


def test_where_another_start_came_lower_it_is_the_last_place(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "handwritten_digits")
    course, end = session.replay, session.model
    assert end is not None
    assert course.n_without_gain > 0
    assert course.iteration + course.n_without_gain == end.n_iterations
    course.show(course.n_positions - 2)
    assert session.model is not None
    alike = (session.model.components * end.components).sum(axis=1)
    assert np.all(alike > 0)
    course.show(0)
    assert error(session) > end.relative_error


def test_nothing_is_looked_back_at_while_a_fit_goes_on(qtbot: QtBot, fitted: Session, busy_fit: object) -> None:
    assert busy_fit
    fitted.replay.show(1)
    there = fitted.present
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
    assert fitted.shown is there


def wait_for_iteration(qtbot: QtBot, session: Session, iteration: int) -> None:
    """Wait until a fit that goes on has come so far."""

    def has_come() -> bool:
        return isinstance(session.progress, FitProgress) and session.progress.model.n_iterations >= iteration

    qtbot.waitUntil(has_come, timeout=PATIENCE)


@pytest.fixture
def paused(qtbot: QtBot, fitted: Session, busy_fit: object) -> Session:
    """Give a session whose second fit waits after its third iteration."""
    assert busy_fit
    fitted.start_fit()
    run = fitted.fit_controller.last
    assert run
    qtbot.waitUntil(lambda: len(run.recording.steps) == BUSY_ITERATIONS, timeout=PATIENCE)
    fitted.pause()
    wait_for_iteration(qtbot, fitted, BUSY_ITERATIONS)
    return fitted


def test_a_fit_that_waits_can_be_looked_back_at_and_goes_on_from_its_newest_state(
    qtbot: QtBot, paused: Session
) -> None:
    course, newest = paused.replay, paused.model
    assert (course.n_positions, course.position, course.is_before_end) == (3, 2, False)
    course.show(0)
    assert (course.iteration, course.is_before_end, len(course.losses())) == (1, True, 3)
    course.show_last()
    assert paused.model is newest
    course.show_iteration(2)
    assert course.iteration == 2
    paused.resume()
    assert (paused.model, paused.is_replaying, course.n_positions) == (newest, False, 0)
    paused.pause()
    course.show(0)
    paused.cancel()
    wait_until_idle(qtbot, paused)
    assert (paused.model, course.position, course.n_positions, course.is_before_end) == (newest, 2, 3, False)


def test_a_fit_that_waits_is_played_as_far_as_it_came(qtbot: QtBot, paused: Session) -> None:
    course, newest = paused.replay, paused.model
    course.play()
    assert (course.is_playing, course.position, paused.is_model_changing) == (True, 0, True)
    paused.cancel()  # the playing, which is what moves
    assert (course.is_playing, paused.is_fit_paused, paused.model) == (False, True, newest)
    course.play()
    wait_until_played(qtbot, course)
    assert paused.model is newest
    course.play()
    paused.resume()
    assert (course.is_playing, paused.model) == (False, newest)


def test_who_looks_back_stays_there_when_the_last_iteration_before_the_pause_comes(
    qtbot: QtBot, fitted: Session
) -> None:
    course = fitted.replay
    fitted.set_fit_settings(FitSettings(start="random", random_state=5))
    for iteration in (1, 2, 3):
        fitted.step_fit()
        wait_for_iteration(qtbot, fitted, iteration)
    assert course.n_positions == 3
    fitted.step_fit()
    course.show(0)
    looked_at = fitted.model
    wait_for_iteration(qtbot, fitted, 4)
    assert (fitted.model, course.n_positions, course.position) == (looked_at, 4, 0)
    fitted.step_fit()
    assert course.iteration == 4
    wait_for_iteration(qtbot, fitted, 5)
    assert (course.iteration, course.n_positions) == (5, 5)


def test_what_is_done_while_a_fit_waits_is_kept_where_it_has_a_place(qtbot: QtBot, paused: Session) -> None:
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


def test_a_fit_that_waits_is_not_thrown_away_for_another(qtbot: QtBot, paused: Session) -> None:
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


def test_a_fit_that_was_too_quick_to_be_watched_is_played(qtbot: QtBot, fitted: Session) -> None:
    fitted.start_fit(is_watched=True)
    wait_until_idle(qtbot, fitted)
    assert fitted.replay.is_playing
    wait_until_played(qtbot, fitted.replay)
    assert not fitted.replay.is_before_end


@pytest.mark.parametrize("why_not", ["nothing to see", "seen already", "not asked for"])
def test_other_fits_are_not_played(
    qtbot: QtBot, fitted: Session, monkeypatch: pytest.MonkeyPatch, why_not: str
) -> None:
    if why_not == "nothing to see":
        fitted.set_fit_settings(FitSettings())  # the pixels alone give the parts, exactly
    elif why_not == "seen already":
        monkeypatch.setattr(fit_run, "_ENOUGH_MODELS", 0)
    fitted.start_fit(is_watched=why_not != "not asked for")
    wait_until_idle(qtbot, fitted)
    assert not fitted.replay.is_playing


def test_another_set_has_no_course(qtbot: QtBot, fitted: Session, tmp_path: Path) -> None:
    fitted.replay.play()
    open_and_wait(qtbot, fitted, image_folder(tmp_path / "mine"))
    course = fitted.replay
    assert (course.n_positions, course.losses(), course.iteration, course.n_without_gain) == (0, [], 0, 0)
    assert not course.is_playing
