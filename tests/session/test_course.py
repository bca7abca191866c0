"""Going back through the iterations of a fit: a look and no change, until something is changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session import fit_run
from nmf_explorer.session.fit_choice import FitChoice
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.course import Course
    from nmf_explorer.session.session import Session


@pytest.fixture
def fitted(qtbot: QtBot, session: Session) -> Session:
    """Give a session with LED digits, fitted from a random start."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    session.set_fit_choice(FitChoice(start="random"))
    fit_and_wait(qtbot, session)
    session.history.clear()
    return session


def error(session: Session) -> float:
    """How large the error of the model that is shown is."""
    assert session.model is not None
    return session.model.relative_error


def wait_until_played(qtbot: QtBot, course: Course) -> None:
    """Wait until nothing is played any more."""
    qtbot.waitUntil(lambda: not course.is_playing, timeout=PATIENCE)


def test_every_iteration_of_a_small_fit_can_be_looked_at(fitted: Session) -> None:
    course, end = fitted.course, fitted.model
    losses = course.losses()
    assert course.n_places == len(losses) > 4
    assert (course.place, course.iteration, course.is_looking_back) == (len(losses) - 1, len(losses), False)
    for place in range(course.n_places - 1):
        course.show(place)
        assert (course.place, course.iteration) == (place, place + 1)
        assert error(fitted) == pytest.approx(losses[place])
        assert course.is_looking_back
        assert course.losses() == losses
    course.to_end()
    assert fitted.model is end
    assert not course.is_looking_back


def test_looking_back_is_no_change(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.equation.set_weight(0, 0.3)
    there, n_steps = fitted.explored, fitted.history.n_steps
    fitted.course.show(1)
    assert not fitted.equation.is_moved
    assert fitted.parts.name_of(0) == "top"
    fitted.course.show(2)
    fitted.course.to_end()
    assert fitted.explored is there
    assert fitted.history.n_steps == n_steps


def test_what_is_changed_while_looking_back_is_undone_to_where_one_came_from(fitted: Session) -> None:
    there = fitted.explored
    fitted.course.show(1)
    past = fitted.model
    fitted.equation.set_weight(2, 0.4)
    assert fitted.history.n_steps == 1
    assert fitted.course.place == 1
    fitted.course.show(3)
    fitted.course.show(1)
    assert fitted.model is past
    assert fitted.equation.is_moved
    fitted.course.show(0)
    fitted.history.undo()
    assert fitted.explored is there
    assert not fitted.course.is_looking_back


def test_the_curve_of_another_loss_is_not_that_of_the_error(qtbot: QtBot, fitted: Session) -> None:
    assert fitted.course.is_about_errors
    fitted.set_fit_choice(FitChoice(start="random", loss="kullback-leibler"))
    fit_and_wait(qtbot, fitted)
    assert not fitted.course.is_about_errors


def test_the_nearest_place_is_shown(fitted: Session) -> None:
    fitted.course.show_iteration(3)
    assert fitted.course.iteration == 3
    fitted.course.show_iteration(1000)
    assert not fitted.course.is_looking_back
    for outside in (-1, 1000):
        fitted.course.show(outside)
        assert not fitted.course.is_looking_back


def test_a_fit_is_played_from_its_first_iteration_to_its_last(qtbot: QtBot, fitted: Session) -> None:
    course, seen = fitted.course, []
    fitted.model_changed.connect(lambda: seen.append(course.place))
    course.replay()
    assert course.is_playing
    assert fitted.is_fitting_on
    wait_until_played(qtbot, course)
    assert seen == list(range(course.n_places))
    assert not course.is_looking_back


def test_playing_stops_where_it_is_or_ends_at_once(fitted: Session) -> None:
    course = fitted.course
    course.replay()
    course.stop()
    assert (course.is_playing, course.place) == (False, 0)
    course.replay()
    fitted.cancel()
    assert not course.is_playing
    assert not course.is_looking_back


def test_undo_and_changes_end_the_playing(fitted: Session) -> None:
    fitted.parts.rename(0, "top")
    fitted.course.replay()
    fitted.history.undo()
    assert not fitted.course.is_playing
    assert fitted.parts.name_of(0) == ""
    fitted.course.replay()
    fitted.parts.rename(1, "middle")
    assert not fitted.course.is_playing
    assert fitted.course.place == 0


def test_another_model_has_no_places_until_it_is_back(qtbot: QtBot, fitted: Session) -> None:
    n_places, losses = fitted.course.n_places, fitted.course.losses()
    fit_and_wait(qtbot, fitted)
    fitted.history.undo()
    assert (fitted.course.n_places, fitted.course.place) == (0, None)
    assert fitted.course.losses() == losses
    fitted.course.replay()
    fitted.course.show_iteration(2)
    assert not fitted.course.is_playing
    fitted.history.redo()
    assert fitted.course.n_places == n_places


def test_the_same_parts_stand_at_the_same_places_all_along(qtbot: QtBot, fitted: Session) -> None:
    fitted.refit.from_another_seed()
    wait_until_idle(qtbot, fitted)
    model, course = fitted.model, fitted.course
    assert model is not None
    course.show(course.n_places - 2)  # nearly done: the parts are there
    nearly = fitted.model
    assert nearly is not None
    alike = (nearly.components * model.components).sum(axis=1) / (
        np.linalg.norm(nearly.components, axis=1) * np.linalg.norm(model.components, axis=1)
    )
    assert alike.min() > 0.9


def test_where_another_start_came_lower_it_is_the_last_place(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "handwritten_digits")
    course, end = session.course, session.model
    assert end is not None
    assert course.n_more > 0
    assert course.iteration + course.n_more == end.n_iterations
    course.show(course.n_places - 2)
    assert session.model is not None
    alike = (session.model.components * end.components).sum(axis=1)
    assert np.all(alike > 0)
    course.show(0)
    assert error(session) > end.relative_error


def test_nothing_is_looked_back_at_while_a_fit_goes_on(qtbot: QtBot, fitted: Session, busy_fit: object) -> None:
    assert busy_fit
    fitted.course.show(1)
    there = fitted.course.left
    fitted.start_fit()
    assert fitted.course.n_places == 0
    qtbot.waitUntil(lambda: fitted.progress is not None, timeout=PATIENCE)
    fitted.course.show(2)
    assert fitted.course.place is None
    with qtbot.waitSignal(fitted.notice_posted, timeout=PATIENCE):
        fitted.cancel()
    assert fitted.course.n_places == 3
    fitted.history.undo()
    assert fitted.explored is there


def test_a_fit_that_was_too_quick_to_be_watched_is_played(qtbot: QtBot, fitted: Session) -> None:
    fitted.start_fit(is_watched=True)
    wait_until_idle(qtbot, fitted)
    assert fitted.course.is_playing
    wait_until_played(qtbot, fitted.course)
    assert not fitted.course.is_looking_back


@pytest.mark.parametrize("why_not", ["nothing to see", "seen already", "not asked for"])
def test_other_fits_are_not_played(
    qtbot: QtBot, fitted: Session, monkeypatch: pytest.MonkeyPatch, why_not: str
) -> None:
    if why_not == "nothing to see":
        fitted.set_fit_choice(FitChoice())  # the pixels alone give the parts, exactly
    elif why_not == "seen already":
        monkeypatch.setattr(fit_run, "_SEEN", 0)
    fitted.start_fit(is_watched=why_not != "not asked for")
    wait_until_idle(qtbot, fitted)
    assert not fitted.course.is_playing


def test_another_set_has_no_course(qtbot: QtBot, fitted: Session, tmp_path: Path) -> None:
    fitted.course.replay()
    open_and_wait(qtbot, fitted, image_folder(tmp_path / "mine"))
    course = fitted.course
    assert (course.n_places, course.losses(), course.iteration, course.n_more) == (0, [], 0, 0)
    assert not course.is_playing
