"""Numbers become pictures: the only place where an array turns into a QImage. GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

from nmf_explorer.ui.images.colour_tables import MIDDLE, TOP, colour_table, signed_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize

_GREY_DIMENSIONS = 2
_SEEN = 8  # steps of the signed scale, of 127, from which on a sign can be told by its colour too

_OPAQUE_BELOW_ZERO = [0xFF000000 if i < MIDDLE - _SEEN else 0 for i in range(2 * MIDDLE + 1)]


def to_qimage(values: NDArray[np.float32], white: float, room: QSize | None = None, colours: str = "grey") -> QImage:
    """A picture in colours of `session.display`: 0 is the first, `white` and above the last.

    `values` has shape (height, width), or (height, width, 3) for a picture in colour, which keeps its own. An image
    more than twice as large as the `room` in which it will be drawn, in pixels of the screen, is reduced.
    """
    if room:
        values = _reduced(values, room)
    scaled = values / (white or 1)
    scaled *= TOP
    scaled += 0.5  # cut off below, so that it rounds
    return to_grey_qimage(scaled.clip(0, TOP, out=scaled).astype("uint8"), colours)


def to_grey_qimage(pixels: NDArray[np.uint8], colours: str = "grey") -> QImage:
    """A picture of whole numbers, 0 to 255, of shape (height, width) or (height, width, 3)."""
    height, width = pixels.shape[:2]
    if pixels.ndim == _GREY_DIMENSIONS and colours == "grey":  # a table of colours takes as long as the rest
        return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
    if pixels.ndim == _GREY_DIMENSIONS:
        return _indexed(pixels, colour_table(colours))
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _indexed(pixels: NDArray[np.uint8], table: list[int]) -> QImage:
    height, width = pixels.shape
    view = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    view.setColorTable(table)
    return view.copy()  # its own pixels: those of the array go away


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


def residual_qimage(values: NDArray[np.float32], white: float) -> QImage:
    """A signed picture: blue where light is missing (above 0), red where there is too much, neutral in the middle.

    The scale reaches from -`white` to `white`, that of the pictures beside it; channels are averaged.
    """
    grey = values if values.ndim == _GREY_DIMENSIONS else _mean_of_channels(values)
    scaled = grey / (white or 1)
    scaled *= MIDDLE
    scaled += MIDDLE + 0.5
    return _indexed(scaled.clip(0, 2 * MIDDLE, out=scaled).astype("uint8"), signed_table())


def signed_background(paper: QColor, image: QImage) -> QImage:
    """A signed picture in colours that go with what is around it: its middle is dark on dark."""
    if paper.lightness() > MIDDLE:
        return image
    dark = QImage(image)
    dark.setColorTable(signed_table(on_dark=True))
    return dark


def _mean_of_channels(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """What `mean` gives, which takes five times as long over three numbers each."""
    grey: NDArray[np.float32] = values[..., 0] + values[..., 1]
    grey += values[..., 2]
    grey /= 3
    return grey


def below_zero(image: QImage) -> QImage:
    """Where a signed picture is visibly below zero: the same picture, opaque there and transparent elsewhere."""
    mask = QImage(image)
    mask.setColorTable(_OPAQUE_BELOW_ZERO)
    return mask


def colour_bar(*, colours: str = "", is_signed: bool = False) -> QImage:
    """All colours of a scale, one pixel high, from the lowest to the highest number."""
    table = signed_table() if is_signed else colour_table(colours)
    bar = QImage(bytes(range(len(table))), len(table), 1, len(table), QImage.Format.Format_Indexed8)
    bar.setColorTable(table)
    return bar.copy()
