"""Where everything of a sum stands: nothing overlaps, and as much of the sum as possible is shown."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from nmf_explorer.ui.equation.sum_layout import SumLayout, SumSizes, lay_out_sum, useful_height

SIZES = SumSizes(line=18, title=45, weight=(64, 48), weight_line=(25, 20), sign=27, slider=24)
LARGE = SumSizes(line=36, title=90, weight=(128, 96), weight_line=(50, 40), sign=54, slider=40)

rooms = st.tuples(st.integers(900, 3800), st.integers(230, 1500))
aspects = st.floats(0.4, 2.5)
numbers = st.integers(1, 60)


def everything(layout: SumLayout) -> list[QRect]:
    """Return all rectangles that must not overlap."""
    return [layout.sample, *layout.cells, layout.reconstruction, layout.residual]


@settings(deadline=None, max_examples=40)
@given(room=rooms, aspect=aspects, n_terms=numbers)
def test_nothing_overlaps_and_all_is_inside_the_room(room: tuple[int, int], aspect: float, n_terms: int) -> None:
    layout = lay_out_sum(QSize(*room), SIZES, aspect, n_terms)
    assert not any(a.intersects(b) for a, b in combinations(everything(layout), 2))
    inside = QRect(0, 0, *room)
    assert all(inside.contains(rect) for rect in (*everything(layout), *layout.signs, layout.equals))
    assert layout.height <= room[1]


@settings(deadline=None, max_examples=40)
@given(room=rooms, aspect=aspects, n_terms=numbers)
def test_images_that_add_up_have_one_size_or_fill_two_lines(room: tuple[int, int], aspect: float, n_terms: int) -> None:
    layout = lay_out_sum(QSize(*room), SIZES, aspect, n_terms)
    assert {image.size().toTuple() for image in layout.images} == {layout.residual.size().toTuple()}
    assert layout.sample.size() == layout.reconstruction.size()
    assert all(cell.contains(image) for cell, image in zip(layout.cells, layout.images, strict=True))
    if layout.n_lines == 1:
        assert layout.sample.size() == layout.images[0].size()
    else:
        assert layout.sample.top() == layout.images[0].top()
        assert layout.sample.bottom() == layout.images[-1].bottom() == layout.residual.bottom()


@settings(deadline=None, max_examples=40)
@given(room=rooms, aspect=aspects, n_terms=numbers)
def test_a_rest_is_needed_exactly_where_the_places_do_not_suffice(
    room: tuple[int, int], aspect: float, n_terms: int
) -> None:
    layout = lay_out_sum(QSize(*room), SIZES, aspect, n_terms)
    assert layout.has_rest == (len(layout.images) < n_terms)
    assert len(layout.images) <= n_terms
    assert len(layout.signs) == len(layout.cells) == len(layout.images) >= min(2, n_terms)


@pytest.mark.parametrize(
    ("room", "n_terms", "n_lines", "n_places", "least"),
    [
        ((1280, 300), 3, 1, 3, 160),  # stripes
        ((1200, 330), 8, 2, 8, 80),  # faces
        ((1920, 480), 8, 2, 8, 115),
        ((1024, 240), 7, 2, 7, 48),  # seven segments
        ((1440, 320), 19, 2, 19, 48),  # a hundred parts of faces
        ((1440, 200), 12, 1, 6, 84),  # low: five terms and the rest
    ],
)
def test_usual_rooms(room: tuple[int, int], n_terms: int, n_lines: int, n_places: int, least: int) -> None:
    layout = lay_out_sum(QSize(*room), SIZES, 1.0, n_terms)
    assert (layout.n_lines, len(layout.images)) == (n_lines, n_places)
    assert layout.side >= least


def test_up_to_four_terms_stand_on_one_line() -> None:
    for n_terms in range(1, 5):
        assert lay_out_sum(QSize(1100, 600), SIZES, 1.0, n_terms).n_lines == 1


def test_with_large_letters_some_terms_and_the_rest_remain() -> None:
    layout = lay_out_sum(QSize(1200, 280), LARGE, 1.0, 8)
    assert layout.has_rest
    assert len(layout.images) >= 4
    assert layout.side >= 48


def test_a_weight_stands_above_a_long_title_where_that_makes_images_larger() -> None:
    room, long = QSize(1280, 600), SIZES._replace(title=200)
    assert lay_out_sum(room, SIZES, 1.0, 3).head_lines == 1
    assert lay_out_sum(room, long, 1.0, 3).head_lines == 2
    assert lay_out_sum(room, long, 1.0, 3).side > 100


def test_signs_stand_between_the_images_at_their_height() -> None:
    layout = lay_out_sum(QSize(1280, 300), SIZES, 1.0, 3)
    for sign, left, right in zip(
        (*layout.signs, layout.equals),
        (layout.sample, *layout.images),
        (*layout.images, layout.reconstruction),
        strict=True,
    ):
        assert left.right() < sign.left() <= sign.right() < right.left()
        assert sign.center().y() == left.center().y() == right.center().y()


def test_a_room_that_is_too_small_has_one_term_and_the_rest() -> None:
    layout = lay_out_sum(QSize(300, 120), SIZES, 1.0, 9)
    assert (layout.n_lines, len(layout.images)) == (1, 2)
    assert layout.side > 0


@settings(deadline=None, max_examples=40)
@given(width=st.integers(900, 3800), aspect=aspects, n_terms=numbers, max_side=st.integers(200, 900))
def test_beyond_the_useful_height_images_do_not_grow(width: int, aspect: float, n_terms: int, max_side: int) -> None:
    height = useful_height(width, SIZES, aspect, n_terms, max_side)
    layout = lay_out_sum(QSize(width, height), SIZES, aspect, n_terms)
    assert layout.height <= height
    assert layout.sample.height() <= max_side + 1
