"""Drawing on a picture of numbers: a round brush that goes from one place to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Stroke(NamedTuple):
    """A straight move of the brush.

    Attributes
    ----------
    start, end : tuple of float
        ``(row, column)`` in pixels; 0.5 is the middle of the first pixel.
    width : float
        Diameter of the brush in pixels, above 0.
    value : float or tuple of float
        Brightness it leaves, 0 or more, of all channels or of each; all 0 erases.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    value: float | tuple[float, ...]


def blank_image(sample_shape: tuple[int, ...]) -> NDArray[np.float32]:
    """A black picture, to draw on.

    Parameters
    ----------
    sample_shape : tuple of int
        ``(height, width)`` or ``(height, width, 3)``.

    Returns
    -------
    ndarray of shape `sample_shape`, float32
        All 0, read-only.
    """
    picture = np.zeros(sample_shape, dtype=np.float32)
    picture.setflags(write=False)
    return picture


def draw_stroke(picture: NDArray[np.float32], stroke: Stroke) -> NDArray[np.float32]:
    """A picture after a move of the brush.

    A pixel takes the brush's value as far as the brush covers it, so that edges are soft as those of a pen are. Pixels
    that lie nearer to the line than half the brush's width, or hold the place where it begins, are covered.

    Parameters
    ----------
    picture : ndarray of shape (height, width) or (height, width, 3), float32
        Before; it stays as it is.
    stroke : Stroke
        The move.

    Returns
    -------
    ndarray of the same shape, float32
        After, read-only.
    """
    cover = _cover(stroke, *picture.shape[:2])
    cover = cover.reshape(*cover.shape, *(1 for _ in picture.shape[2:]))
    light = np.asarray(stroke.value, dtype=np.float32)
    after = np.maximum(picture, cover * light) if light.any() else picture * (1 - cover)
    after.setflags(write=False)
    return after


def _cover(stroke: Stroke, height: int, width: int) -> NDArray[np.float32]:
    """How much of each pixel the brush covers, 0..1, by its distance from the line between the two places."""
    (y0, x0), (y1, x1) = stroke.start, stroke.end
    y, x = np.arange(height)[:, np.newaxis] + 0.5, np.arange(width)[np.newaxis] + 0.5
    length = (y1 - y0) ** 2 + (x1 - x0) ** 2
    along = np.clip(((y - y0) * (y1 - y0) + (x - x0) * (x1 - x0)) / length, 0, 1) if length else 0.0
    distance = np.hypot(y - (y0 + along * (y1 - y0)), x - (x0 + along * (x1 - x0)))
    cover: NDArray[np.float32] = np.clip(stroke.width / 2 + 0.5 - distance, 0, 1).astype(np.float32)
    row, column = int(np.floor(y0)), int(np.floor(x0))
    if 0 <= row < height and 0 <= column < width:
        cover[row, column] = 1
    return cover
