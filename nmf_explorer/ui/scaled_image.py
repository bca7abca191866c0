"""How a small picture fills a larger place: by whole pixels, so that pixels stay pixels."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

_FRAME = QColor(128, 128, 128)


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


def draw_image(painter: QPainter, image: QImage, room: QRectF) -> QRectF:
    """Paint a picture in the middle of a place; gives the place it took."""
    room = room.adjusted(1, 1, -1, -1)  # for the hairline
    size = fitted_size(image.size(), room.size(), painter.device().devicePixelRatio())
    if size.isEmpty():
        return QRectF(room.center(), QSizeF())
    left = round(room.left() + (room.width() - size.width()) / 2)
    top = round(room.top() + (room.height() - size.height()) / 2)
    place = QRectF(left, top, size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < image.width())
    painter.drawImage(place, image)
    # A hairline, so that a white picture ends somewhere on white paper and a black one on black.
    painter.setPen(QPen(_FRAME, 0))
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
    painter.restore()
    return place
