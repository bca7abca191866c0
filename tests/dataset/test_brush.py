"""The brush covers the right pixels, erases, and never changes its input."""

from __future__ import annotations

import numpy as np
import pytest

from nmf_explorer.dataset.brush import Stroke, blank_image, draw_stroke


def test_an_empty_image_is_black_and_read_only() -> None:
    image = blank_image((4, 5, 3))
    assert image.shape == (4, 5, 3)
    assert image.dtype == np.float32
    assert not image.any()
    assert not image.flags.writeable


def test_a_dot_covers_the_pixel_that_holds_it() -> None:
    after = draw_stroke(blank_image((5, 5)), Stroke((2.1, 3.9), (2.1, 3.9), 0.2, 0.8))
    assert np.flatnonzero(after == np.float32(0.8)).tolist() == [2 * 5 + 3]


def test_a_line_covers_all_between_its_ends() -> None:
    before = blank_image((5, 9))
    after = draw_stroke(before, Stroke((2.5, 0.5), (2.5, 8.5), 1.0, 1.0))
    np.testing.assert_array_equal(after[2], np.ones(9))
    np.testing.assert_array_equal(after[[0, 1, 3, 4]], 0)
    assert not before.any()
    assert not after.flags.writeable


def test_a_wide_brush_is_as_wide_as_it_says() -> None:
    after = draw_stroke(blank_image((21, 21)), Stroke((10.5, 10.5), (10.5, 10.5), 9.0, 1.0))
    assert (after[10] == 1).sum() == 9
    assert after.sum() == pytest.approx(np.pi * 4.5**2, rel=0.05)


def test_painting_never_darkens_and_the_eraser_does() -> None:
    painted = draw_stroke(blank_image((5, 5, 3)), Stroke((2.5, 2.5), (2.5, 2.5), 3.0, 1.0))
    np.testing.assert_array_equal(draw_stroke(painted, Stroke((2.5, 2.5), (2.5, 2.5), 3.0, 0.5)), painted)
    assert not draw_stroke(painted, Stroke((2.5, 2.5), (2.5, 2.5), 9.0, 0.0)).any()


def test_what_lies_outside_draws_nothing() -> None:
    assert not draw_stroke(blank_image((4, 4)), Stroke((-9.0, -9.0), (-9.0, 20.0), 2.0, 1.0)).any()
