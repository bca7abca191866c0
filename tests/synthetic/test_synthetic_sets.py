"""The synthetic sets match their descriptions, and are exact sums of their true parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import nnls

from tests.synthetic.drawn_faces import drawn_faces
from tests.synthetic.synthetic_sets import bars, led_digits, led_ten_digits, stripes, swimmer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.synthetic.synthetic_sets import SyntheticSet

RANDOM_SETS = [stripes, bars, drawn_faces]
SHAPES = [
    (stripes, 60, 3, (8, 8)),
    (led_digits, 128, 7, (13, 8)),
    (led_ten_digits, 10, 7, (13, 8)),
    (bars, 400, 16, (16, 16)),
    (swimmer, 256, 17, (32, 32)),
    (drawn_faces, 200, 12, (32, 32)),
]
SETS = [row[0] for row in SHAPES]
WITHOUT_OVERLAP = [make for make in SETS if make is not bars]


@pytest.mark.parametrize(("make", "n_samples", "n_parts", "sample_shape"), SHAPES)
def test_there_are_as_many_pictures_and_parts_as_described(
    make: Callable[[], SyntheticSet], n_samples: int, n_parts: int, sample_shape: tuple[int, int]
) -> None:
    made = make()
    assert made.images.shape == (n_samples, *sample_shape)
    assert made.parts.shape == (n_parts, *sample_shape)
    assert made.images.dtype == made.parts.dtype == np.float64


@pytest.mark.parametrize("make", SETS)
def test_brightness_is_between_0_and_1_and_every_part_is_as_bright_as_can_be(make: Callable[[], SyntheticSet]) -> None:
    made = make()
    assert made.images.min() >= 0
    assert made.images.max() <= 1
    assert made.parts.min() >= 0
    np.testing.assert_array_equal(made.parts.max(axis=(1, 2)), 1.0)


@pytest.mark.parametrize("make", SETS)
def test_every_picture_is_a_sum_of_true_parts(make: Callable[[], SyntheticSet]) -> None:
    made = make()
    parts = made.parts.reshape(len(made.parts), -1).T
    left_over = [nnls(parts, image.ravel())[1] for image in made.images]
    assert max(left_over) < 1e-9


@pytest.mark.parametrize("make", WITHOUT_OVERLAP)
def test_no_two_parts_share_a_pixel(make: Callable[[], SyntheticSet]) -> None:
    assert np.count_nonzero(make().parts, axis=0).max() == 1


@pytest.mark.parametrize("make", SETS)
def test_names_are_unique_and_keep_the_order_of_the_images(make: Callable[[], SyntheticSet]) -> None:
    made = make()
    assert len(made.names) == len(made.images)
    assert list(made.names) == sorted(set(made.names))


@pytest.mark.parametrize("make", SETS)
def test_pictures_and_parts_cannot_be_changed(make: Callable[[], SyntheticSet]) -> None:
    made = make()
    with pytest.raises(ValueError, match="read-only"):
        made.images[0, 0, 0] = 0.5
    with pytest.raises(ValueError, match="read-only"):
        made.parts[0, 0, 0] = 0.5


@pytest.mark.parametrize("make", RANDOM_SETS)
def test_the_seed_decides_the_pictures_and_not_the_parts(make: Callable[..., SyntheticSet]) -> None:
    first, again, other = make(random_state=3), make(random_state=3), make(random_state=4)
    np.testing.assert_array_equal(first.images, again.images)
    assert not np.array_equal(first.images, other.images)
    np.testing.assert_array_equal(first.parts, other.parts)


@pytest.mark.parametrize("seed", range(5))
def test_stripes_are_rows_and_none_of_the_pictures_is_blank(seed: int) -> None:
    made = stripes(random_state=seed)
    np.testing.assert_array_equal(np.flatnonzero(made.images.sum(axis=(0, 2))), [1, 4, 6])
    np.testing.assert_array_equal(made.images, np.repeat(made.images[:, :, :1], 8, axis=2))
    lit = made.images[made.images > 0]
    assert lit.min() >= 0.3
    assert made.images.any(axis=(1, 2)).all()


def test_the_first_stripes_are_the_ones_that_lessons_speak_of() -> None:
    np.testing.assert_array_equal(stripes().images[0, [1, 4, 6], 0], [0.98, 0.91, 0.95])


def test_led_digits_are_all_patterns_from_all_lit_to_none() -> None:
    made = led_digits()
    assert len(np.unique(made.images.reshape(128, -1), axis=0)) == 128
    assert set(np.unique(made.images)) == {0.0, 1.0}
    assert (made.names[0], made.names[-1]) == ("001_abcdefg", "128_none")
    assert made.images[0].sum() == 7 * 4
    assert not made.images[-1].any()


def test_led_segments_lie_where_their_letters_say() -> None:
    a, b, c, d, e, f, g = (tuple(np.argwhere(part).mean(axis=0)) for part in led_digits().parts)
    assert (a, g, d) == ((1, 3.5), (6, 3.5), (11, 3.5))
    assert (f, b, e, c) == ((3.5, 1), (3.5, 6), (8.5, 1), (8.5, 6))


def test_led_names_list_the_segments() -> None:
    made = led_digits()
    for name, image in zip(made.names[:-1], made.images, strict=False):
        lit = ["abcdefg".index(letter) for letter in name.split("_")[1]]
        np.testing.assert_array_equal(image, made.parts[lit].sum(axis=0))


def test_ten_led_digits_are_among_the_128_patterns_and_differ() -> None:
    ten, patterns = led_ten_digits(), led_digits().images
    assert ten.names == tuple(f"digit_{digit}" for digit in range(10))
    assert all((image == patterns).all(axis=(1, 2)).any() for image in ten.images)
    assert len(np.unique(ten.images, axis=0)) == 10
    strokes = ten.images.sum(axis=(1, 2)) / 4
    np.testing.assert_array_equal(strokes, [6, 2, 5, 5, 4, 5, 6, 3, 7, 6])


@pytest.mark.parametrize("seed", range(3))
def test_a_picture_of_bars_has_one_to_four_and_no_pixel_is_clipped(seed: int) -> None:
    made = bars(random_state=seed)
    lying = made.images.min(axis=2)[:, ::2]
    standing = made.images.min(axis=1)[:, ::2]
    counts = np.count_nonzero(np.hstack([lying, standing]) > 1e-12, axis=1)
    assert set(counts) == {1, 2, 3, 4}
    rebuilt = np.repeat(lying, 2, axis=1)[:, :, None] + np.repeat(standing, 2, axis=1)[:, None, :]
    np.testing.assert_allclose(rebuilt, made.images, atol=1e-12)


def test_swimmer_has_a_torso_always_and_each_limb_in_one_pose() -> None:
    made = swimmer()
    torso, limbs = made.parts[0], made.parts[1:]
    assert (made.images[:, torso > 0] == 1.0).all()
    is_on = np.array([(made.images[:, limb > 0] == 1.0).all(axis=1) for limb in limbs])
    np.testing.assert_array_equal(is_on.reshape(4, 4, 256).sum(axis=1), 1)
    assert len(np.unique(made.images.reshape(256, -1), axis=0)) == 256


def test_swimmer_names_list_the_poses() -> None:
    made = swimmer()
    poses = [int(pose) - 1 for pose in made.names[100].removeprefix("swimmer_")]
    expected = made.parts[0] + sum(made.parts[1 + 4 * limb + pose] for limb, pose in enumerate(poses))
    np.testing.assert_array_equal(made.images[100], expected)


def test_faces_never_smile_and_frown_at_once_and_no_part_is_always_there() -> None:
    made = drawn_faces()
    is_on = np.array([made.images[:, part > 0].any(axis=1) for part in made.parts])
    smile, frown = is_on[9], is_on[10]
    assert smile.any()
    assert frown.any()
    assert not (smile & frown).any()
    assert is_on.mean(axis=1).max() < 0.9
    assert is_on.mean(axis=1).min() > 0.25


def test_the_first_face_is_a_friendly_one() -> None:
    made = drawn_faces()
    is_on = [bool(made.images[0][part > 0].all()) for part in made.parts]
    assert is_on == [True, True, True, True, True, False, True, True, False, True, False, False]


def test_parts_of_a_face_are_symmetric() -> None:
    parts = drawn_faces().parts
    np.testing.assert_array_equal(parts, parts[:, :, ::-1])
