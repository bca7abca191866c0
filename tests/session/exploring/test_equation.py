"""Weights that are moved, and the sum of the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.errors import Message
from nmf_explorer.resource_files import sample_images
from tests.session.fixtures import error_of, open_and_wait, weights_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


def test_reset_weight_restores_the_fitted_weight(stripes: Session) -> None:
    assert weights_of(stripes) == pytest.approx([0.98, 0.95, 0.91], abs=0.01)
    first = stripes.equation.terms()[0]
    stripes.equation.set_weight(first, 0.0)
    assert error_of(stripes) == pytest.approx(0.597, abs=0.005)
    assert stripes.equation.has_moved_weights
    assert stripes.equation.terms()[0] == first
    stripes.equation.reset_weight(first)
    assert error_of(stripes) < 0.01


def test_moved_weights_belong_to_their_sample(stripes: Session) -> None:
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


def test_best_weights_reduce_the_error_in_one_undo_step(stripes: Session) -> None:
    for part in stripes.equation.terms():
        stripes.equation.set_weight(part, 0.1)
    best = stripes.equation.best_weights()
    assert best is not None
    stripes.equation.set_weights(best, Message("Best weights"))
    assert error_of(stripes) < 0.01
    stripes.history.undo()
    assert weights_of(stripes) == pytest.approx([0.1, 0.1, 0.1])


def test_each_added_term_reduces_the_error(stripes: Session) -> None:
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


def test_hidden_parts_are_left_out_of_the_sum(stripes: Session) -> None:
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


def test_there_is_no_equation_without_a_dataset_or_model(qtbot: QtBot, session: Session) -> None:
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


def test_a_new_model_ends_preview_and_partial_sum(stripes: Session) -> None:
    assert stripes.dataset
    assert stripes.equation.weights is not None
    stripes.equation.preview(stripes.equation.weights * np.float32(0.5))
    stripes.equation.show_partial_sum(1)
    errors: list[float] = []
    stripes.model_changed.connect(lambda: errors.append(error_of(stripes)))
    other = nmf_explorer.fit(stripes.dataset, 5)
    stripes.show(stripes.shown.with_model(other))
    assert errors == [error_of(stripes)]
