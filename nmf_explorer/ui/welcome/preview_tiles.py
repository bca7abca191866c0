"""Small images of the welcome page, read from PNG files that hold several of one size side by side.

They are painted from the paper to the ink of the appearance. Nothing here imports numpy: the first frame waits for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, qRgb

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QRect

    from nmf_explorer.ui.theme.palettes import Colours

_TOP = 255  # the largest value of a pixel


@lru_cache(maxsize=32)
def read_tiles(file: Path, width: int, paper: str, ink: str) -> tuple[QImage, ...]:
    """Return the images of a grey PNG file, each `width` pixels wide, from `paper` where it is 0 to `ink`."""
    strip = QImage(str(file)).convertToFormat(QImage.Format.Format_Grayscale8)
    indexed = QImage.Format.Format_Indexed8
    view = QImage(strip.constBits(), strip.width(), strip.height(), strip.bytesPerLine(), indexed)
    view.setColorTable(_colours_between(QColor(paper), QColor(ink)))
    coloured = view.convertToFormat(QImage.Format.Format_RGB32)
    return tuple(coloured.copy(x, 0, width, coloured.height()) for x in range(0, coloured.width(), width))


def _colours_between(first: QColor, last: QColor) -> list[int]:
    pairs = [
        (first.red(), last.red()),
        (first.green(), last.green()),
        (first.blue(), last.blue()),
    ]
    return [qRgb(*(round(a + (b - a) * i / _TOP) for a, b in pairs)) for i in range(_TOP + 1)]


def draw_tile(painter: QPainter, image: QImage, rect: QRect, colours: Colours) -> None:
    """Paint an image into a rectangle, with a frame around it."""
    painter.drawImage(rect, scaled_tile(image, rect.size() * painter.device().devicePixelRatio()))
    painter.setPen(QPen(QColor(colours.frame), 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(-1, -1, 0, 0))


def scaled_tile(image: QImage, size: QSize) -> QImage:
    """Return an image in this size: enlarged by a whole number, then reduced smoothly, so that pixels stay even."""
    factor = max(-(-size.width() // image.width()), -(-size.height() // image.height()), 1)
    large = image.scaled(image.size() * factor)
    ignored, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return large if large.size() == size else large.scaled(size, ignored, smooth)
