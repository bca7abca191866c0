"""How a small picture fills a larger place: by whole pixels, so that pixels stay pixels, or smoothly if wanted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from nmf_explorer.ui.array_image import below_zero
from nmf_explorer.ui.colour_tables import MIDDLE

_FRAME = QColor(128, 128, 128)
_HATCH_ON_LIGHT, _HATCH_ON_DARK = QColor(0, 0, 0, 150), QColor(255, 255, 255, 150)


def fitted_size(image: QSize, room: QSizeF, device_ratio: float) -> QSizeF:
    """Size at which a picture fits into a place.

    Enlarged by a whole number of screen pixels where there is room for it, made smaller in proportion otherwise.
    """
    if image.isEmpty() or room.isEmpty():
        return QSizeF()
    factor = min(room.width() / image.width(), room.height() / image.height()) * device_ratio
    if factor >= 1:
        factor = int(factor)
    return QSizeF(image.width() * factor / device_ratio, image.height() * factor / device_ratio)


def place_of(image: QSize, room: QRectF, device_ratio: float) -> QRectF:
    """Where a picture lies in a place: in its middle, with a hairline around it; empty if there is no room."""
    room = room.adjusted(1, 1, -1, -1)
    size = fitted_size(image, room.size(), device_ratio)
    if size.isEmpty():
        return QRectF(room.center(), QSizeF())
    left = round(room.left() + (room.width() - size.width()) / 2)
    top = round(room.top() + (room.height() - size.height()) / 2)
    return QRectF(left, top, size.width(), size.height())


def draw_image(
    painter: QPainter, image: QImage, room: QRectF, *, is_smooth: bool = False, is_signed: bool = False
) -> QRectF:
    """Paint a picture in the middle of a place, hatched where a signed one is below zero; gives the place it took."""
    place = place_of(image.size(), room, painter.device().devicePixelRatio())
    if place.isEmpty():
        return place
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth or place.width() < image.width())
    painter.drawImage(place, image)
    if is_signed:
        draw_hatch(painter, image, place)
    draw_frame(painter, place)
    painter.restore()
    return place


def draw_frame(painter: QPainter, place: QRectF) -> None:
    """A hairline, so that a white picture ends somewhere on white paper and a black one on black."""
    painter.setPen(QPen(_FRAME, 0))
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))


def draw_hatch(painter: QPainter, image: QImage, place: QRectF) -> None:
    """Lines where a signed picture is below zero, so that colour is not all that tells the sign."""
    ratio = painter.device().devicePixelRatio()
    layer = QImage((place.size() * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    hatching = QPainter(layer)
    colour = _HATCH_ON_LIGHT if QColor(image.color(MIDDLE)).lightness() > MIDDLE else _HATCH_ON_DARK
    hatching.fillRect(layer.rect(), QBrush(colour, Qt.BrushStyle.BDiagPattern))
    hatching.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    hatching.drawImage(QRectF(QPointF(), layer.size().toSizeF()), below_zero(image))
    hatching.end()
    painter.drawImage(place, layer)
