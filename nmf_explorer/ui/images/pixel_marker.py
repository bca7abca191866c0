"""Pointing at a pixel of a picture, by mouse and by keys, and the mark that all pictures draw there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.session.exploring.pointer import Pixel, PixelTarget, Pointer

_LEAST = 7  # pixels of the screen; a smaller mark would not be found
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_FAR = 10  # pixels, with the Shift key


def pixel_under(spot: QPointF, place: QRectF, shape: Pixel | None) -> Pixel | None:
    """Row and column of a picture of this shape under a spot, if the picture's place has it."""
    if shape is None or place.isEmpty() or not place.contains(spot):
        return None
    height, width = shape
    row = int((spot.y() - place.top()) / place.height() * height)
    column = int((spot.x() - place.left()) / place.width() * width)
    return min(row, height - 1), min(column, width - 1)


def draw_mark(painter: QPainter, place: QRectF, pointer: Pointer) -> None:
    """A frame around the pixel that is pointed at, black within white, to be seen on any picture."""
    if pointer.pixel is None or pointer.shape is None or place.isEmpty():
        return
    (row, column), (height, width) = pointer.pixel, pointer.shape
    across, down = place.width() / width, place.height() / height
    frame = QRectF(place.left() + column * across, place.top() + row * down, across, down)
    more = max(0.0, _LEAST - min(across, down)) / 2
    frame.adjust(-more, -more, more, more)
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, distance in ((QColor("white"), 1.5), (QColor("black"), 0.5)):
        painter.setPen(QPen(colour, 1))
        painter.drawRect(frame.adjusted(-distance, -distance, distance, distance))
    painter.restore()


def handle_key(pointer: Pointer, event: QKeyEvent, pointed_at: PixelTarget | None = None) -> bool:
    """Let P take the pointer or let it go, and arrows move it while it is held; tells whether the key was for that."""
    is_plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_P and is_plain:
        pointer.toggle(pointed_at)
        return True
    if not pointer.is_held or not is_plain:
        return False
    if key == Qt.Key.Key_Escape:
        pointer.release()
        return True
    if key in _STEPS:
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        rows, columns = _STEPS[key]
        pointer.move(rows * far, columns * far)
        return True
    return False
