"""Sets of pictures made by arithmetic, whose true parts are known: stripes, LED digits, bars, Swimmer.

They stand before the journey: written to ``sample_images`` they are opened like anyone's own pictures, and in tests
their true parts tell whether a factorization found what is there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_SEGMENTS = "abcdefg"
_DIGITS = ("abcdef", "bc", "abdeg", "abcdg", "bcfg", "acdfg", "acdefg", "abc", "abcdefg", "abcdfg")
_STRIPE_ROWS = (1, 4, 6)
_SWIMMER_BODY = (
    ((16.0, 5.0), (16.0, 5.0), 3.0),
    ((16.0, 5.0), (16.0, 12.0), 1.2),
    ((12.0, 11.0), (20.0, 11.0), 2.1),
    ((16.0, 12.0), (16.0, 19.0), 2.8),
    ((13.0, 20.0), (19.0, 20.0), 2.2),
)
"""Head, neck, shoulders, trunk, hips: from x, y to x, y, and how thick on each side, in pixels."""
_SWIMMER_LIMBS = (
    ((12.0, 11.0), (258.0, 220.0, 180.0, 140.0)),
    ((20.0, 11.0), (282.0, 320.0, 0.0, 40.0)),
    ((13.0, 20.0), (180.0, 148.0, 118.0, 90.0)),
    ((19.0, 20.0), (0.0, 32.0, 62.0, 90.0)),
)
"""Left arm, right arm, left leg, right leg: the joint as x, y in pixels; four poses, in degrees clockwise from the
right of the picture."""


@dataclass(frozen=True, eq=False)
class SyntheticSet:
    """Pictures together with the parts that they were made of.

    Attributes
    ----------
    images : ndarray of shape (n_samples, height, width), float64
        The pictures, 0 (black) to 1 (white); each is a sum of parts times weights of 0 or more. Read-only.
    parts : ndarray of shape (n_parts, height, width), float64
        The true parts, 0 to 1; the brightest pixel of each is 1. Read-only.
    names : tuple of str
        One file name per picture, without its ending; sorted by name they keep their order.
    """

    images: npt.NDArray[np.float64]
    parts: npt.NDArray[np.float64]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        """Lock the arrays, so that they can be shared."""
        self.images.setflags(write=False)
        self.parts.setflags(write=False)


def numbered(stem: str, n_samples: int) -> tuple[str, ...]:
    """Names for pictures that differ by a number only.

    Parameters
    ----------
    stem : str
        What every name starts with.
    n_samples : int
        How many names, 1 to 999.

    Returns
    -------
    tuple of str
        ``stem_001``, ``stem_002`` and so on.
    """
    return tuple(f"{stem}_{number:03d}" for number in range(1, n_samples + 1))


def combine(weights: npt.NDArray[np.float64], parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add the parts up, each times its weight.

    Parameters
    ----------
    weights : ndarray of shape (n_samples, n_parts), float64
        How much of each part is in each picture, 0 or more.
    parts : ndarray of shape (n_parts, height, width), float64
        The parts, 0 to 1.

    Returns
    -------
    ndarray of shape (n_samples, height, width), float64
        The pictures.
    """
    return np.tensordot(weights, parts, axes=1)


def stripes(*, random_state: int = 0) -> SyntheticSet:
    """Three stripes that come and go: the smallest set in which parts can be seen.

    Each stripe is there with probability 0.6, at a brightness drawn evenly from 0.3 to 1. The first picture has all
    three, at 0.98, 0.91 and 0.95; a picture that came out blank is given the first stripe.

    Parameters
    ----------
    random_state : int, default 0
        Seed of the random draws.

    Returns
    -------
    SyntheticSet
        60 pictures of 8 x 8 pixels, 3 parts.
    """
    rng = np.random.default_rng(random_state)
    parts = np.zeros((len(_STRIPE_ROWS), 8, 8))
    for part, row in zip(parts, _STRIPE_ROWS, strict=True):
        part[row] = 1.0
    is_on = rng.random((60, len(parts))) < 0.6
    brightness = rng.uniform(0.3, 1.0, is_on.shape)
    is_on[~is_on.any(axis=1), 0] = True
    weights = is_on * brightness
    weights[0] = 0.98, 0.91, 0.95
    return SyntheticSet(combine(weights, parts), parts, numbered("stripes", len(weights)))


def _segment_parts() -> npt.NDArray[np.float64]:
    """Draw the seven strokes of an LED digit, a to g: shape (7, 13, 8)."""
    parts = np.zeros((len(_SEGMENTS), 13, 8))
    for name, row in (("a", 1), ("g", 6), ("d", 11)):
        parts[_SEGMENTS.index(name), row, 2:6] = 1.0
    for name, row, column in (("f", 2, 1), ("b", 2, 6), ("e", 7, 1), ("c", 7, 6)):
        parts[_SEGMENTS.index(name), row : row + 4, column] = 1.0
    return parts


def led_digits() -> SyntheticSet:
    """All 128 ways to light the seven segments of an LED digit; nothing about it is random.

    Segments are named as usual: a top, b upper right, c lower right, d bottom, e lower left, f upper left, g middle.

    Returns
    -------
    SyntheticSet
        128 pictures, 13 pixels high and 8 wide, 7 parts. The first, ``001_abcdefg``, has all segments lit, the last,
        ``128_none``, has none; between them the pictures count down in binary.
    """
    lit = list(product((1.0, 0.0), repeat=len(_SEGMENTS)))
    names = ("".join(name for name, on in zip(_SEGMENTS, row, strict=True) if on) or "none" for row in lit)
    parts = _segment_parts()
    stems = tuple(f"{number:03d}_{name}" for number, name in enumerate(names, start=1))
    return SyntheticSet(combine(np.array(lit), parts), parts, stems)


def led_ten_digits() -> SyntheticSet:
    """Only the digits 0 to 9 of an LED display: the puzzle whether ten pictures still tell seven segments apart.

    Returns
    -------
    SyntheticSet
        10 pictures, 13 pixels high and 8 wide, named ``digit_0`` to ``digit_9``; 7 parts.
    """
    lit = np.array([[float(name in digit) for name in _SEGMENTS] for digit in _DIGITS])
    parts = _segment_parts()
    return SyntheticSet(combine(lit, parts), parts, tuple(f"digit_{digit}" for digit in range(len(_DIGITS))))


def bars(*, random_state: int = 0) -> SyntheticSet:
    """Crossing bars: parts that overlap, and add up where they do.

    One to four of 8 horizontal and 8 vertical bars, each two pixels thick, are added at a strength drawn evenly from
    0.3 to 1. A picture brighter than 1 where bars cross is scaled down as a whole, so that nothing is clipped and the
    picture stays an exact sum of bars.

    Parameters
    ----------
    random_state : int, default 0
        Seed of the random draws.

    Returns
    -------
    SyntheticSet
        400 pictures of 16 x 16 pixels; 16 parts, the horizontal bars first.

    References
    ----------
    Földiák, P. (1990). Forming sparse representations by local anti-Hebbian learning. Biological Cybernetics, 64(2),
    165-170. https://doi.org/10.1007/BF02331346 (the first bars; there they are one pixel thick and do not add up)
    """
    rng = np.random.default_rng(random_state)
    lying = np.zeros((8, 16, 16))
    for bar, part in enumerate(lying):
        part[2 * bar : 2 * bar + 2] = 1.0
    parts = np.concatenate([lying, lying.transpose(0, 2, 1)])
    order = rng.random((400, len(parts))).argsort(axis=1).argsort(axis=1)
    is_on = order < rng.integers(1, 5, (400, 1))
    images = combine(is_on * rng.uniform(0.3, 1.0, is_on.shape), parts)
    images /= np.maximum(images.max(axis=(1, 2), keepdims=True), 1.0)
    return SyntheticSet(images, parts, numbered("bars", len(images)))


def _near_line(start: tuple[float, float], end: tuple[float, float], radius: float) -> npt.NDArray[np.bool_]:
    """Pixels of a 32 x 32 picture whose centre lies within `radius` pixels of a straight line, points as x, y."""
    y, x = np.mgrid[0.5:32, 0.5:32]
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / max(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    near: npt.NDArray[np.bool_] = np.hypot(x - start[0] - along * dx, y - start[1] - along * dy) <= radius
    return near


def _swimmer_parts() -> npt.NDArray[np.float64]:
    """Draw the torso and the 4 x 4 limbs: shape (17, 32, 32).

    A pixel at a joint belongs to the torso, or else to the first pose that reaches it: no two parts overlap.
    """
    torso = np.any([_near_line(*line) for line in _SWIMMER_BODY], axis=0)
    limbs = np.zeros((4, 4, 32, 32), dtype=bool)
    for limb, ((x, y), degrees) in zip(limbs, _SWIMMER_LIMBS, strict=True):
        for pose, angle in zip(limb, np.deg2rad(degrees).tolist(), strict=True):
            pose[:] = _near_line((x, y), (x + 10.0 * math.cos(angle), y + 10.0 * math.sin(angle)), 0.9)
    limbs &= (limbs.cumsum(axis=1) == 1) & ~torso
    return np.concatenate([torso[None], limbs.reshape(16, 32, 32)]).astype(np.float64)


def swimmer() -> SyntheticSet:
    """Make the Swimmer: a torso that is always there, and four limbs in four poses each; nothing about it is random.

    The drawing is this program's own, the idea that of Donoho and Stodden. No two parts overlap. A torso that never
    goes away cannot be told from the limbs by factorization alone: expect a ghost of it in some of them.

    Returns
    -------
    SyntheticSet
        256 pictures of 32 x 32 pixels; 17 parts: the torso, then left arm, right arm, left leg, right leg in poses 1
        to 4. ``swimmer_1234`` has its left arm in pose 1, right arm in 2, left leg in 3, right leg in 4.

    References
    ----------
    Donoho, D., & Stodden, V. (2003). When does non-negative matrix factorization give a correct decomposition into
    parts? Advances in Neural Information Processing Systems, 16.
    """
    parts = _swimmer_parts()
    poses = np.array(list(product(range(4), repeat=4)))
    is_on = (poses[:, :, None] == np.arange(4)).reshape(len(poses), 16)
    weights = np.column_stack([np.ones(len(poses)), is_on])
    names = tuple("swimmer_" + "".join(str(pose + 1) for pose in row) for row in poses.tolist())
    return SyntheticSet(combine(weights, parts), parts, names)
