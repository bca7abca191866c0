"""Numbers become pictures: the only place where an array turns into a QImage. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, qRgb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize

_TOO_MUCH = (178, 24, 43)  # ends of a red-white-blue scale, told apart by the colour-blind
_NEUTRAL = (247, 247, 247)
_MISSING = (33, 102, 172)
_MIDDLE = 127
_GREY_DIMENSIONS = 2


def picture(values: NDArray[np.float32], white: float, room: QSize | None = None) -> QImage:
    """A grey or colour picture: 0 is black, `white` and above is white.

    `values` has shape (height, width) or (height, width, 3). An image more than twice as large as the `room` in
    which it will be drawn, in pixels of the screen, is reduced.
    """
    if room:
        values = _reduced(values, room)
    pixels = (values / (white or 1) * 255).round().clip(0, 255).astype("uint8")
    height, width = pixels.shape[:2]
    if pixels.ndim == _GREY_DIMENSIONS:
        view = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    else:
        view = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()  # its own pixels: the bytes above go away


def _reduced(values: NDArray[np.float32], room: QSize) -> NDArray[np.float32]:
    """Means of square blocks; as many as leave the picture no smaller than it will be drawn."""
    height, width = values.shape[:2]
    factor = max(height // max(1, room.height()), width // max(1, room.width()))
    factor = min(factor, height, width)
    if factor <= 1:
        return values
    rows, columns = height // factor, width // factor
    flat = values[: rows * factor].reshape(rows, factor, width, -1).mean(axis=1)
    small: NDArray[np.float32] = flat[:, : columns * factor].reshape(rows, columns, factor, -1).mean(axis=2)
    return small.reshape(rows, columns, *values.shape[2:])


def difference(values: NDArray[np.float32], white: float) -> QImage:
    """A signed picture: blue where light is missing (above 0), red where there is too much, neutral in the middle.

    The scale reaches from -`white` to `white`, that of the pictures beside it; channels are averaged.
    """
    grey = values if values.ndim == _GREY_DIMENSIONS else values.mean(axis=2)
    scaled = grey / (white or 1) * _MIDDLE + _MIDDLE
    pixels = scaled.round().clip(0, 2 * _MIDDLE).astype("uint8")
    height, width = pixels.shape
    view = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    view.setColorTable(_SIGNED_COLOURS)
    return view.copy()


def _signed_colour(index: int) -> int:
    end = _TOO_MUCH if index < _MIDDLE else _MISSING
    share = abs(index - _MIDDLE) / _MIDDLE
    return qRgb(*(round(n + (e - n) * share) for n, e in zip(_NEUTRAL, end, strict=True)))


_SIGNED_COLOURS = [_signed_colour(i) for i in range(2 * _MIDDLE + 1)]
