"""How a small picture fills a larger place: by whole pixels, so that pixels stay pixels, or smoothly if wanted."""

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
    """Size at which a picture fits into a place.

    Enlarged by a whole number of screen pixels where there is room for it, made smaller in proportion otherwise.
    """
    return QSizeF(*_fitted(image.width(), image.height(), room.width(), room.height(), device_ratio))


@lru_cache(maxsize=256)
def _fitted(width: int, height: int, most_width: float, most_height: float, device_ratio: float) -> tuple[float, float]:
    """The same in numbers: a list asks for every item that it paints, and they are all alike."""
    if min(width, height, most_width, most_height) <= 0:
        return -1.0, -1.0
    factor = min(most_width / width, most_height / height) * device_ratio
    if factor >= 1:
        factor = int(factor)
    return width * factor / device_ratio, height * factor / device_ratio


def place_of(image: QSize, room: QRectF, device_ratio: float) -> QRectF:
    """Where a picture lies in a place: in its middle, with a hairline around it; empty if there is no room."""
    x, y, most_width, most_height = room.x(), room.y(), room.width(), room.height()
    width, height = _fitted(image.width(), image.height(), most_width - 2, most_height - 2, device_ratio)
    if width <= 0 or height <= 0:
        return QRectF(room.center(), QSizeF())
    return QRectF(round(x + (most_width - width) / 2), round(y + (most_height - height) / 2), width, height)


def draw_image(
    painter: QPainter, image: QImage, room: QRectF, *, is_smooth: bool = False, is_signed: bool = False
) -> QRectF:
    """Paint a picture in the middle of a place, hatched where a signed one is below zero; gives the place it took."""
    place = place_of(image.size(), room, painter.device().devicePixelRatio())
    if place.isEmpty():
        return place
    is_enlarged = place.width() >= image.width()
    painter.setRenderHint(_SMOOTH, is_smooth or not is_enlarged)
    # Enlarged, a picture of grey values or of a table of colours takes five times as long as one of colours.
    is_plain = is_enlarged and not image.hasAlphaChannel()
    painter.drawImage(place, image.convertToFormat(QImage.Format.Format_RGB32) if is_plain else image)
    if is_signed:
        draw_hatch(painter, image, place)
    draw_frame(painter, place)
    return place


def draw_frame(painter: QPainter, place: QRectF) -> None:
    """A hairline, so that a white picture ends somewhere on white paper and a black one on black."""
    painter.setPen(_FRAME)
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))


def draw_hatch(painter: QPainter, image: QImage, place: QRectF) -> None:
    """Lines where a signed picture is below zero, so that colour is not all that tells the sign."""
    size = (place.size() * painter.device().devicePixelRatio()).toSize()
    colour = _HATCH_ON_LIGHT if QColor(image.color(MIDDLE)).lightness() > MIDDLE else _HATCH_ON_DARK
    layer = QImage(_hatching(size.width(), size.height(), colour.rgba()))
    mask = below_zero(image).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    cutting = QPainter(layer)
    cutting.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    cutting.drawImage(QRectF(QPointF(), size.toSizeF()), mask)
    cutting.end()
    painter.drawImage(place, layer)


@lru_cache(maxsize=8)
def _hatching(width: int, height: int, colour: int) -> QImage:
    """Lines all over."""
    layer = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    drawing = QPainter(layer)
    drawing.fillRect(layer.rect(), QBrush(QColor.fromRgba(colour), Qt.BrushStyle.BDiagPattern))
    drawing.end()
    return layer
