"""A bright background needs a bright edge, a bright mean below it, and dark ink, in more than half of the images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nmf_explorer.dataset.loading.data_quality import inspect

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGHEST = 200
SIDE = 10
N_INNER = (SIDE - 2) ** 2 - 1  # pixels inside the edge, without the one of ink


def framed(edge: int, inner_total: int, ink: int) -> NDArray[np.uint8]:
    """Make an image of one edge value, one ink pixel, and inner values with this total: 200 once, else equal."""
    inner = np.full(N_INNER, (inner_total - HIGHEST) // (N_INNER - 1))
    inner[: (inner_total - HIGHEST) % (N_INNER - 1)] += 1
    inner[-1] = HIGHEST
    image = np.full((SIDE, SIDE), edge, np.uint8)
    image[1:-1, 1:-1] = np.array([ink, *inner]).reshape(SIDE - 2, SIDE - 2)
    return image


def is_bright(*images: NDArray[Any]) -> bool:
    """Return what the inspection says of a set of images."""
    stored = np.stack(images).reshape(len(images), -1)
    return inspect(stored, images[0].shape, lambda: None).has_bright_background


INK_ON_PAPER = framed(180, N_INNER * 160, 0)
PLAIN = framed(20, N_INNER * 20, 200)


@pytest.mark.parametrize(
    ("edge", "inner_total", "ink", "expected"),
    [
        (151, N_INNER * 140, 0, True),  # the edge is above 0.75 of the highest value
        (150, N_INNER * 140, 0, False),
        (200, 4801, 0, True),  # the mean is (36 * 200 + 4801) / 100, above 0.6 of the highest
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
    quality = inspect(np.array(rows, np.uint8), (1, 2), lambda: None)
    assert quality.uniform.tolist() == [1, 3, 4]
    assert quality.duplicates.tolist() == [2]
    assert quality.uniform_values.tolist() == [3, 3, 4]


def test_values_of_pixels_that_never_change_are_kept() -> None:
    rows = [[0, 7, 1, 5], [0, 7, 2, 5], [0, 7, 1, 6]]
    assert inspect(np.array(rows, np.uint8), (2, 2), lambda: None).constant_values.tolist() == [0, 7]


@pytest.mark.parametrize("unit", [1.0, 1 / 255, 1 / 200, 40.0, 1e-30, 1e30])
@pytest.mark.parametrize(("image", "expected"), [(INK_ON_PAPER, True), (PLAIN, False)])
def test_the_same_numbers_in_another_unit_count_the_same(
    image: NDArray[np.uint8], unit: float, *, expected: bool
) -> None:
    assert is_bright(image * unit) is expected


@pytest.mark.parametrize(("shape", "expected"), [((3, 4), True), ((4, 3), True), ((2, 6), False), ((6, 2), False)])
def test_a_narrow_sample_has_no_background(shape: tuple[int, int], *, expected: bool) -> None:
    image = np.full((3, 4) if min(shape) > 2 else shape, 200.0)
    image[1, 1] = 0
    assert is_bright(image.reshape(shape)) is expected


def test_black_images_have_no_bright_background() -> None:
    assert not is_bright(np.zeros((4, 4)))
