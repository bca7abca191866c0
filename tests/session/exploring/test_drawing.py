"""The user's drawing, its explanation and its steps of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

import pytest

from nmf_explorer.errors import Message
from nmf_explorer.session.state.snapshot import DRAWING
from tests.session.fixtures import error_of, weights_of

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session


def test_the_equation_of_a_drawing_has_its_best_weights(stripes: Session) -> None:
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


def test_moved_weights_of_the_drawing_belong_to_no_sample(stripes: Session) -> None:
    stripes.drawing.open(is_open=True)
    stripes.equation.set_weight(0, 0.25)
    assert stripes.equation.has_moved_weights
    dataset = stripes.dataset
    assert dataset is not None
    for sample in range(dataset.n_samples):
        stripes.select_sample(sample)
        assert stripes.equation.subject == sample
        assert not stripes.equation.has_moved_weights


def test_the_brush_is_one_pixel_wide_at_first(stripes: Session) -> None:
    assert stripes.drawing.width == 1
    stripes.drawing.open(is_open=True)
    stripes.drawing.begin_stroke()
    stripes.drawing.extend_stroke((3.5, 3.5), (3.5, 3.5))
    image = stripes.shown.drawing
    assert image is not None
    assert (image > 0).sum() == 1


def test_a_stroke_keeps_only_its_first_and_last_image(stripes: Session) -> None:
    """A long stroke must not keep an image for each move of the mouse."""
    stripes.drawing.open(is_open=True)
    stripes.drawing.begin_stroke()
    seen = []
    for column in range(4):
        stripes.drawing.extend_stroke((2.5, column + 0.5), (2.5, column + 1.5))
        seen.append(ref(stripes.shown.drawing))
    assert [image() is None for image in seen] == [True, True, True, False]
    assert stripes.history.n_steps == 1
