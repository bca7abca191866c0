"""Terms are added up one by one, and weights move to the best ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QVariantAnimation

from tests.session.fixtures import weights_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.mark.parametrize(("n_terms", "milliseconds"), [(1, 700), (8, 700), (9, 667), (12, 500), (60, 100)])
def test_a_long_sum_is_added_up_in_six_seconds(
    n_terms: int, milliseconds: int, stripes: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripes.equation, "added_terms", lambda: list(range(n_terms)))
    animation = stripes.equation_animation
    animation.add_up(animated=True)
    assert animation.is_adding
    assert stripes.equation.n_added == 0
    assert animation._timer.interval() == milliseconds
    animation.stop()


def test_each_tick_adds_a_term_and_the_last_one_ends(qtbot: QtBot, stripes: Session) -> None:
    animation, equation = stripes.equation_animation, stripes.equation
    animation.add_up(animated=True)
    shown = [equation.n_added]
    for _ in range(2):
        animation._timer.timeout.emit()
        shown.append(equation.n_added)
    assert shown == [0, 1, 2]
    with qtbot.waitSignal(animation.changed):
        animation._timer.timeout.emit()
    assert equation.n_added is None
    assert not animation.is_adding


def test_without_motion_each_call_adds_a_term(stripes: Session) -> None:
    animation, equation = stripes.equation_animation, stripes.equation
    shown = []
    for _ in range(5):
        animation.add_up(animated=False)
        assert not animation.is_adding
        shown.append(equation.n_added)
    assert shown == [0, 1, 2, None, 0]


def test_adding_up_again_stops_and_shows_the_whole_sum(qtbot: QtBot, stripes: Session) -> None:
    animation = stripes.equation_animation
    with qtbot.waitSignal(animation.changed):
        animation.add_up(animated=True)
    with qtbot.waitSignal(animation.changed):
        animation.add_up(animated=True)
    assert not animation.is_adding
    assert stripes.equation.n_added is None


def test_another_sample_ends_adding_up(qtbot: QtBot, stripes: Session) -> None:
    animation = stripes.equation_animation
    animation.add_up(animated=True)
    with qtbot.waitSignal(animation.changed):
        stripes.select_sample(1)
    assert not animation.is_adding


def test_there_is_nothing_to_add_up_without_a_model(qtbot: QtBot, session: Session) -> None:
    with qtbot.assertNotEmitted(session.equation_animation.changed):
        session.equation_animation.add_up(animated=True)
        session.equation_animation.find_best_weights(animated=True)
    assert not session.equation_animation.is_adding


def test_weights_glide_from_the_moved_to_the_best_ones(stripes: Session) -> None:
    equation, animation = stripes.equation, stripes.equation_animation
    assert equation.weights is not None
    best = equation.weights.copy()
    for part in range(3):
        equation.set_weight(part, 0.1)
    n_steps = stripes.history.n_steps
    animation.find_best_weights(animated=True)
    assert stripes.history.n_steps == n_steps + 1
    np.testing.assert_allclose(equation.weights, best, atol=0.01)
    glide = animation._glide
    assert glide.duration() == 450
    glide.valueChanged.emit(0.5)
    shown = equation.shown_weights
    assert shown is not None
    np.testing.assert_allclose(shown, 0.1 + (best - 0.1) / 2, atol=0.01)
    glide.valueChanged.emit(1.0)
    assert not equation.is_previewed
    animation.stop()
    assert glide.state() == QVariantAnimation.State.Stopped


def test_best_weights_without_motion_are_not_previewed(stripes: Session) -> None:
    stripes.equation.set_weight(0, 0.1)
    stripes.equation_animation.find_best_weights(animated=False)
    assert not stripes.equation.is_previewed
    assert weights_of(stripes) == pytest.approx([0.98, 0.95, 0.91], abs=0.01)


def test_a_moved_weight_ends_the_glide(stripes: Session) -> None:
    stripes.equation.set_weight(0, 0.1)
    animation = stripes.equation_animation
    animation.find_best_weights(animated=True)
    animation._glide.valueChanged.emit(0.5)
    stripes.equation.set_weight(1, 0.2)
    assert animation._glide.state() == QVariantAnimation.State.Stopped
    assert not stripes.equation.is_previewed
