"""Weights are moved, parts named and hidden, pictures drawn; all of it can be undone and done again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.errors import Cancelled, DataError, Message
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.state import history
from nmf_explorer.session.state.snapshot import DRAWING
from tests.current import current
from tests.session.fixtures import fit_and_wait, image_folder, open_and_wait, wait_for_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.fixture
def stripes(qtbot: QtBot, session: Session) -> Session:
    """Give a session with the stripes open and fitted."""
    open_and_wait(qtbot, session, sample_images() / "stripes")
    return session


def error_of(session: Session) -> float:
    """Give the error of the picture that is looked at."""
    explanation = session.equation.explanation()
    assert explanation is not None
    return explanation.relative_error


def weights_of(session: Session) -> list[float]:
    """Give the weights as they are, largest term first."""
    weights = session.equation.weights
    assert weights is not None
    return [float(weights[part]) for part in session.equation.terms()]


def test_moving_a_weight_away_and_back(stripes: Session) -> None:
    assert weights_of(stripes) == pytest.approx([0.98, 0.95, 0.91], abs=0.01)
    first = stripes.equation.terms()[0]
    stripes.equation.set_weight(first, 0.0)
    assert error_of(stripes) == pytest.approx(0.597, abs=0.005)
    assert stripes.equation.has_moved_weights
    assert stripes.equation.terms()[0] == first
    stripes.equation.reset_weight(first)
    assert error_of(stripes) < 0.01


def test_a_drag_is_one_step_and_the_next_drag_another(stripes: Session) -> None:
    part = stripes.equation.terms()[0]
    for _ in range(2):
        for weight in np.linspace(0.9, 0.1, 50):
            stripes.equation.set_weight(part, float(weight))
        stripes.history.end_merge()
    assert stripes.history.n_steps == 2
    assert stripes.history.undo_message == f"Weight of part {part + 1}"
    stripes.history.undo()
    assert weights_of(stripes)[0] == pytest.approx(0.1)
    stripes.history.undo()
    assert weights_of(stripes)[0] == pytest.approx(0.98, abs=0.01)
    assert not stripes.equation.has_moved_weights
    assert not stripes.history.can_undo
    stripes.history.undo()  # nothing left: nothing happens
    stripes.history.redo()
    assert weights_of(stripes)[0] == pytest.approx(0.1)


def test_weights_stay_with_their_sample(stripes: Session) -> None:
    part = stripes.equation.terms()[0]
    stripes.equation.set_weight(part, 0.5)
    stripes.select_sample(1)
    assert not stripes.equation.has_moved_weights
    stripes.select_sample(0)
    assert weights_of(stripes)[0] == 0.5
    stripes.equation.reset_weights()
    assert not stripes.equation.has_moved_weights
    assert stripes.history.undo_message == "Fitted weights"
    n_steps = stripes.history.n_steps
    stripes.equation.reset_weights()
    stripes.equation.set_weight(part, weights_of(stripes)[0])
    assert stripes.history.n_steps == n_steps


def test_best_weights_bring_the_error_down(stripes: Session) -> None:
    for part in stripes.equation.terms():
        stripes.equation.set_weight(part, 0.1)
    best = stripes.equation.best_weights()
    assert best is not None
    stripes.equation.set_weights(best, Message("Best weights"))
    assert error_of(stripes) < 0.01
    stripes.history.undo()
    assert weights_of(stripes) == pytest.approx([0.1, 0.1, 0.1])


def test_terms_are_added_up_one_by_one(stripes: Session) -> None:
    errors = []
    for n_terms in (0, 1, 2, 3, None):
        stripes.equation.show_partial_sum(n_terms)
        errors.append(error_of(stripes))
    assert errors[0] == 1
    assert errors == sorted(errors, reverse=True)
    assert errors[3] == errors[4]
    stripes.equation.show_partial_sum(1)
    stripes.select_sample(2)
    assert stripes.equation.n_added is None


def test_the_sum_goes_on_without_a_hidden_part(stripes: Session) -> None:
    part = stripes.equation.terms()[0]
    stripes.parts.hide(part, hidden=True)
    assert stripes.parts.hidden == {part}
    assert part not in stripes.equation.terms()
    assert error_of(stripes) == pytest.approx(0.597, abs=0.005)
    stripes.history.undo()
    assert error_of(stripes) < 0.01
    stripes.parts.hide(part, hidden=True)
    stripes.parts.hide(part, hidden=False)
    assert stripes.history.undo_message == f"Show part {part + 1}"
    stripes.parts.hide(part, hidden=True)
    stripes.parts.show_all()
    stripes.parts.show_all()
    assert not stripes.parts.hidden


def test_parts_are_named(qtbot: QtBot, stripes: Session) -> None:
    with qtbot.waitSignal(stripes.parts.changed):
        stripes.parts.rename(1, "  upper \n stripe ")
    assert stripes.parts.name_of(1) == "upper stripe"
    assert stripes.history.undo_message == "Name of part 2"
    stripes.parts.rename(1, "upper stripe")
    stripes.parts.rename(1, "")
    assert stripes.parts.name_of(1) == ""
    stripes.history.undo()
    assert stripes.parts.name_of(1) == "upper stripe"


def test_a_part_is_chosen_and_another_set_beside_it(stripes: Session) -> None:
    stripes.parts.compare(2)
    assert (stripes.parts.selected, stripes.parts.compared) == (2, None)
    stripes.parts.compare(1)
    assert (stripes.parts.selected, stripes.parts.compared) == (2, 1)
    stripes.parts.select(1)
    assert (stripes.parts.selected, stripes.parts.compared) == (1, None)
    stripes.parts.select(None)
    assert (stripes.parts.selected, stripes.parts.compared) == (None, None)


def test_another_fit_takes_choice_names_and_weights_away_and_undo_brings_them_back(
    qtbot: QtBot, stripes: Session
) -> None:
    model = stripes.model
    stripes.parts.select(2)
    stripes.parts.rename(2, "last")
    stripes.equation.set_weight(0, 0.3)
    stripes.set_n_components(2)
    fit_and_wait(qtbot, stripes)
    assert stripes.model is not None
    assert stripes.model.n_components == 2
    assert stripes.parts.selected is None
    assert stripes.parts.name_of(2) == ""
    assert not current(stripes.equation.has_moved_weights)
    assert stripes.history.undo_message == "Fit of 2 parts"
    stripes.history.undo()
    assert stripes.model is model
    assert stripes.n_components == 3
    assert stripes.parts.name_of(2) == "last"
    assert current(stripes.equation.has_moved_weights)
    stripes.history.redo()
    assert stripes.n_components == 2


def test_nothing_is_undone_while_a_fit_goes_on(qtbot: QtBot, stripes: Session, busy_fit: object) -> None:
    assert busy_fit
    stripes.parts.rename(0, "first")
    stripes.start_fit()
    qtbot.waitUntil(lambda: stripes.progress is not None)
    assert not stripes.history.can_undo
    stripes.equation.set_weight(0, 0.5)
    assert not current(stripes.equation.has_moved_weights)
    stripes.pause()
    stripes.equation.set_weight(0, 0.5)
    assert stripes.equation.has_moved_weights
    stripes.resume()
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.history.undo_message == "Fit of 3 parts"
    stripes.history.undo()
    assert stripes.parts.name_of(0) == "first"


def test_a_drawing_is_explained_at_once(stripes: Session) -> None:
    equation = stripes.equation
    stripes.drawing.open(is_open=True)
    assert equation.subject == DRAWING
    assert equation.image is not None
    assert not equation.image.any()
    assert weights_of(stripes) == [0, 0, 0]
    dataset = stripes.dataset
    assert dataset is not None
    stripes.drawing.set_image(dataset.sample_image(3).copy(), Message("Draw"), merge=1)
    stripes.drawing.set_image(dataset.sample_image(0).copy(), Message("Draw"), merge=1)
    assert error_of(stripes) < 0.01
    assert weights_of(stripes) == pytest.approx([0.98, 0.95, 0.91], abs=0.01)
    equation.set_weight(equation.terms()[0], 0.2)
    stripes.drawing.set_image(dataset.sample_image(2).copy(), Message("Draw"), merge=1)
    assert not equation.has_moved_weights
    stripes.history.undo()
    stripes.history.undo()
    assert weights_of(stripes)[0] == pytest.approx(0.98, abs=0.01)
    stripes.history.undo()
    assert equation.image is not None
    assert not equation.image.any()
    stripes.select_sample(0)
    assert equation.subject == 0
    stripes.drawing.open(is_open=True)
    stripes.drawing.open(is_open=False)
    assert equation.subject == 0


def test_without_a_set_or_a_model_there_is_no_equation(qtbot: QtBot, session: Session) -> None:
    equation = session.equation
    session.drawing.open(is_open=True)
    equation.set_weight(0, 1.0)
    equation.reset_weight(0)
    assert equation.image is None
    assert equation.terms() == []
    assert equation.explanation() is None
    assert equation.best_weights() is None
    assert session.history.undo_message is None
    assert session.history.redo_message is None
    open_and_wait(qtbot, session, sample_images() / "stripes")
    session.parts.rename(0, "x")
    session.close_set()
    assert not session.history.can_undo


def test_old_models_are_forgotten_before_they_fill_the_memory(
    qtbot: QtBot, stripes: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit_and_wait(qtbot, stripes)
    assert stripes.history.n_steps == 1
    monkeypatch.setattr(history, "_MAX_BYTES", 3000)
    fit_and_wait(qtbot, stripes)
    assert stripes.history.n_steps == 1
    stripes.parts.rename(0, "a")
    assert stripes.history.undo_message == "Name of part 1"


def test_the_ways_of_a_drag_are_forgotten(stripes: Session) -> None:
    """A step of undo needs its two ends alone; a long line leaves no picture behind for each move of the mouse."""
    stripes.drawing.open(is_open=True)
    stripes.drawing.begin_stroke()
    seen = []
    for column in range(4):
        stripes.drawing.extend_stroke((2.5, column + 0.5), (2.5, column + 1.5))
        seen.append(ref(stripes.shown.drawing))
    assert [picture() is None for picture in seen] == [True, True, True, False]
    assert stripes.history.n_steps == 1


def test_a_first_fit_after_a_drawing_is_not_lost_by_undo(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.drawing.open(is_open=True)
    session.drawing.extend_stroke((1, 1), (2, 2))
    drawn = session.drawing.image
    fit_and_wait(qtbot, session)
    model = session.model
    session.history.undo()
    assert session.model is None
    assert session.drawing.image is drawn
    session.history.undo()
    session.history.redo()
    session.history.redo()
    assert session.model is model


def test_what_is_done_during_a_fit_that_comes_to_nothing_can_be_undone(
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


def test_what_is_done_while_another_set_is_loaded_can_be_undone(
    qtbot: QtBot, stripes: Session, busy_load: object, tmp_path: Path
) -> None:
    assert busy_load
    stripes.open([tmp_path])
    stripes.parts.rename(0, "first")
    assert not stripes.history.can_undo
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.history.undo_message == "Name of part 1"
    stripes.history.undo()
    assert stripes.parts.name_of(0) == ""


def test_what_a_fit_found_that_another_set_ended_can_be_undone(
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


def test_what_is_done_during_a_fit_that_fails_can_be_undone(
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


def test_a_model_that_comes_while_weights_are_on_their_way_is_seen_with_its_own(stripes: Session) -> None:
    assert stripes.dataset
    assert stripes.equation.weights is not None
    stripes.equation.preview(stripes.equation.weights * np.float32(0.5))
    stripes.equation.show_partial_sum(1)
    errors: list[float] = []
    stripes.model_changed.connect(lambda: errors.append(error_of(stripes)))
    other = nmf_explorer.fit(stripes.dataset, 5)
    stripes.show(stripes.shown.with_model(other))
    assert errors == [error_of(stripes)]
