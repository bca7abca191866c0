"""Orders of parts: by share, by place, by similarity; every part occurs once, black ones last."""

from __future__ import annotations

import numpy as np
import pytest

from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.model.part_order import ORDERS, part_order
from tests.factorize.model.test_nmf_model import model_of
from tests.synthetic.synthetic_sets import led_ten_digits


def bumps(n_parts: int, width: int = 60) -> np.ndarray:
    """Return smooth bumps, each a step to the right of the one before."""
    places = np.linspace(0, width - 1, n_parts)
    return np.exp(-((np.arange(width) - places[:, np.newaxis]) ** 2) / 8)


def test_as_found_and_by_share() -> None:
    model = model_of([[1, 0, 0], [0, 1, 1], [0, 1, 0]], [[1, 5, 1], [0, 0, 1]])
    assert part_order(model, "found").tolist() == [0, 1, 2]
    assert part_order(model, "share").tolist() == [1, 2, 0]


def test_segments_of_a_digit_are_ordered_by_place() -> None:
    segments = led_ten_digits().parts  # top, upper left and right, middle, lower left and right, bottom
    height, width = segments.shape[1:]
    y, x = (np.array([np.argwhere(s).mean(axis=0)[axis] for s in segments]) for axis in (0, 1))
    shuffled = np.random.default_rng(1).permutation(7)
    model = model_of(segments[shuffled].reshape(7, -1).tolist(), [[1] * 7], (height, width))
    order = shuffled[part_order(model, "place")]
    assert [(round(y[j]), round(x[j])) for j in order] == sorted(
        (round(a), round(b)) for a, b in zip(y, x, strict=True)
    )


def test_colour_parts_are_ordered_by_place() -> None:
    red_below, blue_above = np.zeros((2, 4, 2, 3))
    red_below[3, 0, 0] = blue_above[0, 1, 2] = 1
    model = model_of([red_below.ravel().tolist(), blue_above.ravel().tolist()], [[1, 1]], (4, 2, 3))
    assert part_order(model, "place").tolist() == [1, 0]


@pytest.mark.parametrize("n_parts", [12, 160])
def test_similar_parts_are_side_by_side(n_parts: int) -> None:
    shuffled = np.random.default_rng(2).permutation(n_parts)
    model = model_of(bumps(n_parts)[shuffled].tolist(), [[1.0] * n_parts], (1, 60))
    order = shuffled[part_order(model, "likeness")]
    steps = np.abs(np.diff(order))
    if n_parts == 12:
        assert (steps == 1).all()
    else:  # the leaves are not rotated: most neighbours are right
        assert np.median(steps) <= 2


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n_used", [0, 1, 2, 5])
def test_every_part_has_one_place_and_black_ones_the_last(order: str, n_used: int) -> None:
    rng = np.random.default_rng(n_used)
    parts = np.vstack([np.zeros((2, 6)), rng.random((n_used, 6))])
    model = model_of(parts.tolist(), rng.random((3, n_used + 2)).tolist(), (2, 3))
    found = part_order(model, order)
    assert sorted(found) == list(range(n_used + 2))
    if order != "found":
        assert set(found[n_used:]) == {0, 1}


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(OptionError, match="beauty"):
        part_order(model_of([[1, 0, 0]], [[1]]), "beauty")
