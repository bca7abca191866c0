"""Conversion of arrays to QImage, the only such place; GUI thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, qRgba

from nmf_explorer.ui.images.colour_tables import MIDDLE, TOP, colour_table, signed_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize

_VISIBLE_STEPS = 8  # steps of the signed scale, of 127, at which the colour is visible
_OPAQUE_STEPS = MIDDLE // 2  # steps from which the hatching is opaque


def _hatch_alpha(steps: int) -> int:
    """Return the opacity of the hatching so many steps below zero.

    It rises with the square, so that hatching does not make a small value outshine a larger one above zero.
    """
    return round(255 * min(1.0, steps / _OPAQUE_STEPS) ** 2) if steps > _VISIBLE_STEPS else 0


_OPAQUE_BELOW_ZERO = [qRgba(0, 0, 0, _hatch_alpha(MIDDLE - i)) for i in range(2 * MIDDLE + 1)]


def to_qimage(values: NDArray[np.float32], white: float, room: QSize | None = None, colours: str = "grey") -> QImage:
    """Convert float32 values, 0 to `white` and above, to an image in a colour map of `session.display`.

    `values` has shape (height, width), or (height, width, 3) for an image that keeps its own colours. An image more
    than twice as large as `room`, in screen pixels, is reduced to means of square blocks.
    """
    if room:
        values = _reduced(values, room)
    scaled = values / (white or 1)
    scaled *= TOP
    scaled += 0.5  # truncation then rounds
    return to_grey_qimage(scaled.clip(0, TOP, out=scaled).astype("uint8"), colours)


def to_grey_qimage(pixels: NDArray[np.uint8], colours: str = "grey") -> QImage:
    """Convert uint8 pixels of shape (height, width) or (height, width, 3) to an image."""
    height, width = pixels.shape[:2]
    if pixels.ndim == 2 and colours == "grey":  # a colour table would double the time
        return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
    if pixels.ndim == 2:
        return _indexed(pixels, colour_table(colours))
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _indexed(pixels: NDArray[np.uint8], table: list[int]) -> QImage:
    height, width = pixels.shape
    view = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    view.setColorTable(table)
    return view.copy()  # a copy, since the array's memory is freed


def _reduced(values: NDArray[np.float32], room: QSize) -> NDArray[np.float32]:
    """Return means of square blocks, as large as possible without making the image smaller than the room."""
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
    """Convert signed float32 values, -`white` to `white`, to a red-white-blue image; channels are averaged.

    Blue above 0: the sample is brighter than the reconstruction; red below 0: it is darker.
    """
    grey = values if values.ndim == 2 else _mean_of_channels(values)
    scaled = grey / (white or 1)
    scaled *= MIDDLE
    scaled += MIDDLE + 0.5
    return _indexed(scaled.clip(0, 2 * MIDDLE, out=scaled).astype("uint8"), signed_table())


def signed_background(paper: QColor, image: QImage) -> QImage:
    """Return a signed image with a neutral colour that matches the background."""
    if paper.lightness() > MIDDLE:
        return image
    dark = QImage(image)
    dark.setColorTable(signed_table(on_dark=True))
    return dark


def _mean_of_channels(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean over the last axis, five times as fast as numpy's `mean` over three values."""
    grey: NDArray[np.float32] = values[..., 0] + values[..., 1]
    grey += values[..., 2]
    grey /= 3
    return grey


def below_zero(image: QImage) -> QImage:
    """Return a mask of a signed image: the more opaque the further it is below zero, transparent elsewhere."""
    mask = QImage(image)
    mask.setColorTable(_OPAQUE_BELOW_ZERO)
    return mask


def colour_bar(*, colours: str = "", is_signed: bool = False) -> QImage:
    """Return all colours of a scale as an image one pixel high, lowest value first."""
    table = signed_table() if is_signed else colour_table(colours)
    bar = QImage(bytes(range(len(table))), len(table), 1, len(table), QImage.Format.Format_Indexed8)
    bar.setColorTable(table)
    return bar.copy()
