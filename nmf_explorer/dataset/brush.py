"""Draw on an image with a round brush that moves in straight strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Stroke(NamedTuple):
    """A straight move of the brush."""

    start: tuple[float, float]  # (row, column) in pixels; 0.5 is the centre of the first pixel
    end: tuple[float, float]  # likewise
    width: float  # diameter in pixels, above 0
    value: (
        float | tuple[float, ...]
    )  # intensity to paint, 0 or more, for all channels or for each; 0 in all of them erases


def blank_image(sample_shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return a read-only float32 image of zeros of shape (height, width) or (height, width, 3)."""
    image = np.zeros(sample_shape, dtype=np.float32)
    image.setflags(write=False)
    return image


def draw_stroke(image: NDArray[np.float32], stroke: Stroke) -> NDArray[np.float32]:
    """Return a read-only copy of a (height, width[, 3]) float32 image after one stroke.

    A pixel takes the brush's value in proportion to its coverage, so edges are soft. A pixel whose centre lies within
    half the brush's width of the line is covered fully, and so is the pixel that contains the start.
    """
    coverage = _coverage(stroke, *image.shape[:2])
    coverage = coverage.reshape(*coverage.shape, *(1 for _ in image.shape[2:]))
    intensity = np.asarray(stroke.value, dtype=np.float32)
    after = np.maximum(image, coverage * intensity) if intensity.any() else image * (1 - coverage)
    after.setflags(write=False)
    return after


def _coverage(stroke: Stroke, height: int, width: int) -> NDArray[np.float32]:
    """Return how much of each pixel the brush covers: (height, width) float32, 0..1."""
    (y0, x0), (y1, x1) = stroke.start, stroke.end
    y, x = np.arange(height)[:, np.newaxis] + 0.5, np.arange(width)[np.newaxis] + 0.5
    length = (y1 - y0) ** 2 + (x1 - x0) ** 2
    along = np.clip(((y - y0) * (y1 - y0) + (x - x0) * (x1 - x0)) / length, 0, 1) if length else 0.0
    distance = np.hypot(y - (y0 + along * (y1 - y0)), x - (x0 + along * (x1 - x0)))
    coverage: NDArray[np.float32] = np.clip(stroke.width / 2 + 0.5 - distance, 0, 1).astype(np.float32)
    row, column = int(np.floor(y0)), int(np.floor(x0))
    if 0 <= row < height and 0 <= column < width:
        coverage[row, column] = 1
    return coverage
