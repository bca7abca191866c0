"""Painting of a small image into a larger area: by whole pixels, or smoothed."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from nmf_explorer.ui.images.array_image import below_zero
from nmf_explorer.ui.images.colour_tables import MIDDLE

_SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
_FRAME = QPen(QColor(128, 128, 128), 0)
_HATCH_ON_LIGHT, _HATCH_ON_DARK = QColor(0, 0, 0, 150), QColor(255, 255, 255, 150)


def fitted_size(image: QSize, room: QSizeF, device_ratio: float) -> QSizeF:
    """Return the size at which an image fits into a room.

    Enlarged by a whole number of screen pixels if possible, else reduced in proportion.
    """
    return QSizeF(*_fitted(image.width(), image.height(), room.width(), room.height(), device_ratio))


@lru_cache(maxsize=256)
def _fitted(width: int, height: int, max_width: float, max_height: float, device_ratio: float) -> tuple[float, float]:
    """Return width and height; cached, since a list computes it for every item."""
    if min(width, height, max_width, max_height) <= 0:
        return -1.0, -1.0
    factor = min(max_width / width, max_height / height) * device_ratio
    if factor >= 1:
        factor = int(factor)
    return width * factor / device_ratio, height * factor / device_ratio


def fitted_rect(image: QSize, room: QRectF, device_ratio: float) -> QRectF:
    """Return the rectangle of an image centred in a room with a hairline around it; empty if there is no space."""
    x, y, max_width, max_height = room.x(), room.y(), room.width(), room.height()
    width, height = _fitted(image.width(), image.height(), max_width - 2, max_height - 2, device_ratio)
    if width <= 0 or height <= 0:
        return QRectF(room.center(), QSizeF())
    return QRectF(round(x + (max_width - width) / 2), round(y + (max_height - height) / 2), width, height)


def draw_image(
    painter: QPainter, image: QImage, room: QRectF, *, is_smooth: bool = False, is_signed: bool = False
) -> QRectF:
    """Paint an image centred in a room, hatched where a signed one is negative; return its rectangle."""
    rect = fitted_rect(image.size(), room, painter.device().devicePixelRatio())
    if rect.isEmpty():
        return rect
    is_enlarged = rect.width() >= image.width()
    painter.setRenderHint(_SMOOTH, is_smooth or not is_enlarged)
    # Enlarging a grey or indexed image takes five times as long as one in RGB.
    is_plain = is_enlarged and not image.hasAlphaChannel()
    painter.drawImage(rect, image.convertToFormat(QImage.Format.Format_RGB32) if is_plain else image)
    if is_signed:
        draw_hatch(painter, image, rect)
    draw_frame(painter, rect)
    return rect


def draw_frame(painter: QPainter, rect: QRectF) -> None:
    """Paint a hairline, so that the edge of a white image is visible on white, and of a black one on black."""
    painter.setPen(_FRAME)
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


def draw_hatch(painter: QPainter, image: QImage, rect: QRectF) -> None:
    """Hatch a signed image where it is negative, as strongly as its colour: the sign needs no colour to be seen."""
    size = (rect.size() * painter.device().devicePixelRatio()).toSize()
    colour = _HATCH_ON_LIGHT if QColor(image.color(MIDDLE)).lightness() > MIDDLE else _HATCH_ON_DARK
    layer = QImage(_hatching(size.width(), size.height(), colour.rgba()))
    mask = below_zero(image).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    mask_painter = QPainter(layer)
    mask_painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    mask_painter.drawImage(QRectF(QPointF(), size.toSizeF()), mask)
    mask_painter.end()
    painter.drawImage(rect, layer)


@lru_cache(maxsize=8)
def _hatching(width: int, height: int, colour: int) -> QImage:
    """Return an image full of diagonal lines."""
    layer = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    painter = QPainter(layer)
    painter.fillRect(layer.rect(), QBrush(QColor.fromRgba(colour), Qt.BrushStyle.BDiagPattern))
    painter.end()
    return layer
