"""A bright background needs a bright edge, a bright mean below it, and dark ink, in more than half of the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.loading.data_quality import inspect

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHITE = 200
SIDE = 10
N_INNER = (SIDE - 2) ** 2 - 1  # pixels inside the edge, without the one of ink


def framed(edge: int, inner_total: int, ink: int) -> NDArray[np.uint8]:
    """Make an image of one edge value, one ink pixel, and inner values as equal as their total allows."""
    inner = np.full(N_INNER, inner_total // N_INNER)
    inner[: inner_total % N_INNER] += 1
    image = np.full((SIDE, SIDE), edge, np.uint8)
    image[1:-1, 1:-1] = np.array([ink, *inner]).reshape(SIDE - 2, SIDE - 2)
    return image


def is_bright(*images: NDArray[np.uint8]) -> bool:
    """Return what the inspection says of a set of images."""
    stored = np.stack(images).reshape(len(images), -1)
    return inspect(stored, images[0].shape, WHITE, lambda: None).has_bright_background


INK_ON_PAPER = framed(180, N_INNER * 160, 0)
PLAIN = framed(20, N_INNER * 20, 200)


@pytest.mark.parametrize(
    ("edge", "inner_total", "ink", "expected"),
    [
        (151, N_INNER * 140, 0, True),  # the edge is above 0.75 of white
        (150, N_INNER * 140, 0, False),
        (200, 4801, 0, True),  # the mean is (36 * 200 + 4801) / 100, above 0.6 of white
        (200, 4800, 0, False),
        (160, 64 * 160 - 1, 0, True),  # the mean is below the edge
        (160, 64 * 160, 0, False),
        (200, 199 * 86 - 7200 + 1, 86, True),  # the ink is darker than half of the mean
        (200, 199 * 86 - 7200, 86, False),
    ],
)
def test_each_condition_decides_at_its_limit(edge: int, inner_total: int, ink: int, *, expected: bool) -> None:
    assert is_bright(framed(edge, inner_total, ink)) is expected


def test_paper_without_ink_is_no_reason_to_invert() -> None:
    assert is_bright(INK_ON_PAPER)
    assert not is_bright(framed(180, N_INNER * 160, 160))


@pytest.mark.parametrize(
    "side", [np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]], ids=["top", "bottom", "left", "right"]
)
def test_all_four_sides_count(side: tuple[slice, int]) -> None:
    image = np.full((SIDE, SIDE), 190, np.uint8)
    image[3, 3] = 0
    assert is_bright(image)
    image[side] = 0
    assert not is_bright(image)


def test_colour_images_count_with_all_channels() -> None:
    colour = np.repeat(INK_ON_PAPER[..., np.newaxis], 3, axis=-1)
    assert is_bright(colour)
    colour[..., 0] = 0
    assert not is_bright(colour)


@pytest.mark.parametrize(
    ("n_bright", "n_plain", "expected"), [(1, 1, False), (2, 1, True), (2, 2, False), (1, 2, False)]
)
def test_more_than_half_of_the_images_decide(n_bright: int, n_plain: int, *, expected: bool) -> None:
    assert is_bright(*[INK_ON_PAPER] * n_bright, *[PLAIN] * n_plain) is expected


def test_of_more_than_500_images_every_second_one_decides() -> None:
    assert not is_bright(*[INK_ON_PAPER, PLAIN] * 250)
    assert is_bright(*[INK_ON_PAPER, PLAIN] * 250, PLAIN)


def test_uniform_images_are_not_counted_as_duplicates() -> None:
    rows = [[1, 2], [3, 3], [1, 2], [3, 3], [4, 4]]
    quality = inspect(np.array(rows, np.uint8), (1, 2), WHITE, lambda: None)
    assert quality.uniform.tolist() == [1, 3, 4]
    assert quality.duplicates.tolist() == [2]
