"""Numbers become pictures: the only place where an array turns into a QImage. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, qRgb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOO_MUCH = (178, 24, 43)  # ends of a red-white-blue scale, told apart by the colour-blind
_NEUTRAL = (247, 247, 247)
_MISSING = (33, 102, 172)
_MIDDLE = 127
_GREY_DIMENSIONS = 2


def picture(values: NDArray[np.float32], white: float) -> QImage:
    """A grey or colour picture: 0 is black, `white` and above is white.

    `values` has shape (height, width) or (height, width, 3).
    """
    pixels = (values / (white or 1) * 255).round().clip(0, 255).astype("uint8")
    height, width = pixels.shape[:2]
    if pixels.ndim == _GREY_DIMENSIONS:
        view = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    else:
        view = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.copy()  # its own pixels: the bytes above go away


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
