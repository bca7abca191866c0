"""Image sets made by arithmetic from known parts: stripes, LED digits, bars, Swimmer.

They are the program's sample images (resources/make_sample_images.py writes them), and tests compare fits with the
parts.
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
right of the image."""


@dataclass(frozen=True, eq=False)
class SyntheticSet:
    """Images and the parts that they are sums of; arrays are read-only."""

    images: npt.NDArray[np.float64]  # (n_samples, height, width) float64, 0 (black) to 1 (white)
    parts: npt.NDArray[np.float64]  # (n_parts, height, width) float64, 0 to 1; the maximum of each is 1
    names: tuple[str, ...]  # one file name without suffix per image; sorting by name keeps the order

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        self.images.setflags(write=False)
        self.parts.setflags(write=False)


def numbered(stem: str, n_samples: int) -> tuple[str, ...]:
    """Return the names ``stem_001``, ``stem_002`` and so on, at most 999."""
    return tuple(f"{stem}_{number:03d}" for number in range(1, n_samples + 1))


def combine(weights: npt.NDArray[np.float64], parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Multiply (n_samples, n_parts) weights by (n_parts, height, width) parts: (n_samples, height, width) images."""
    return np.tensordot(weights, parts, axes=1)


def stripes(*, random_state: int = 0) -> SyntheticSet:
    """Make 60 images of 8 x 8 pixels from 3 stripes: the smallest set in which parts can be seen.

    Each stripe is present with probability 0.6, with a weight drawn evenly from 0.3 to 1. The first image has all
    three, at 0.98, 0.91 and 0.95; an image without any gets the first stripe.
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
    """Draw the seven segments of an LED digit, a to g: (7, 13, 8)."""
    parts = np.zeros((len(_SEGMENTS), 13, 8))
    for name, row in (("a", 1), ("g", 6), ("d", 11)):
        parts[_SEGMENTS.index(name), row, 2:6] = 1.0
    for name, row, column in (("f", 2, 1), ("b", 2, 6), ("e", 7, 1), ("c", 7, 6)):
        parts[_SEGMENTS.index(name), row : row + 4, column] = 1.0
    return parts


def led_digits() -> SyntheticSet:
    """Make all 128 combinations of the seven segments of an LED digit, 13 pixels high and 8 wide; nothing is random.

    Segments are named as usual: a top, b upper right, c lower right, d bottom, e lower left, f upper left, g middle.
    The first image, ``001_abcdefg``, has all segments, the last, ``128_none``, has none; between them they count down
    in binary.
    """
    lit = list(product((1.0, 0.0), repeat=len(_SEGMENTS)))
    names = ("".join(name for name, on in zip(_SEGMENTS, row, strict=True) if on) or "none" for row in lit)
    parts = _segment_parts()
    stems = tuple(f"{number:03d}_{name}" for number, name in enumerate(names, start=1))
    return SyntheticSet(combine(np.array(lit), parts), parts, stems)


def led_ten_digits() -> SyntheticSet:
    """Make the digits 0 to 9 of an LED display, ``digit_0`` to ``digit_9``: (10, 13, 8), 7 parts.

    They pose the question whether ten images are enough to separate seven segments.
    """
    lit = np.array([[float(name in digit) for name in _SEGMENTS] for digit in _DIGITS])
    parts = _segment_parts()
    return SyntheticSet(combine(lit, parts), parts, tuple(f"digit_{digit}" for digit in range(len(_DIGITS))))


def bars(*, random_state: int = 0) -> SyntheticSet:
    """Make 400 images of 16 x 16 pixels from 16 bars that overlap, the horizontal ones first.

    One to four of 8 horizontal and 8 vertical bars, each two pixels thick, are added with weights drawn evenly from 0.3
    to 1. An image that exceeds 1 where bars cross is scaled down as a whole, so it remains an exact sum of bars.

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
    """Mark pixels of a 32 x 32 image with their centre within `radius` of a line between points (x, y)."""
    y, x = np.mgrid[0.5:32, 0.5:32]
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / max(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
    near: npt.NDArray[np.bool_] = np.hypot(x - start[0] - along * dx, y - start[1] - along * dy) <= radius
    return near


def _swimmer_parts() -> npt.NDArray[np.float64]:
    """Draw the torso and the 4 x 4 limbs: (17, 32, 32).

    A pixel at a joint belongs to the torso, or else to the first pose that reaches it, so no two parts overlap.
    """
    torso = np.any([_near_line(*line) for line in _SWIMMER_BODY], axis=0)
    limbs = np.zeros((4, 4, 32, 32), dtype=bool)
    for limb, ((x, y), degrees) in zip(limbs, _SWIMMER_LIMBS, strict=True):
        for pose, angle in zip(limb, np.deg2rad(degrees).tolist(), strict=True):
            pose[:] = _near_line((x, y), (x + 10.0 * math.cos(angle), y + 10.0 * math.sin(angle)), 0.9)
    limbs &= (limbs.cumsum(axis=1) == 1) & ~torso
    return np.concatenate([torso[None], limbs.reshape(16, 32, 32)]).astype(np.float64)


def swimmer() -> SyntheticSet:
    """Make the Swimmer: 256 images of 32 x 32 pixels, a torso and four limbs in four poses each; nothing is random.

    The 17 parts are the torso, then left arm, right arm, left leg, right leg in poses 1 to 4. ``swimmer_1234`` has its
    left arm in pose 1, right arm in 2, left leg in 3, right leg in 4. The drawing is this program's own, the idea that
    of Donoho and Stodden. No two parts overlap. Since the torso is in every image, factorization cannot separate it
    from the limbs: expect a ghost of it in some of them.

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
