"""Pointing at a pixel of an image by mouse and keyboard, and the marker painted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.session.exploring.pointer import Pixel, PixelTarget, Pointer

_MIN_MARKER_SIDE = 7  # screen pixels of the marker's side
_ARROW_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_LONG_STEP = 10  # pixels per step with Shift


def pixel_under(point: QPointF, rect: QRectF, shape: Pixel | None) -> Pixel | None:
    """Return row and column of the pixel at `spot` of an image of `shape` painted at `place`, or None outside."""
    if shape is None or rect.isEmpty() or not rect.contains(point):
        return None
    height, width = shape
    row = int((point.y() - rect.top()) / rect.height() * height)
    column = int((point.x() - rect.left()) / rect.width() * width)
    return min(row, height - 1), min(column, width - 1)


def draw_marker(painter: QPainter, rect: QRectF, pointer: Pointer) -> None:
    """Paint a frame around the pixel that is pointed at, black in white, visible on any image."""
    if pointer.pixel is None or pointer.shape is None or rect.isEmpty():
        return
    (row, column), (height, width) = pointer.pixel, pointer.shape
    across, down = rect.width() / width, rect.height() / height
    frame = QRectF(rect.left() + column * across, rect.top() + row * down, across, down)
    more = max(0.0, _MIN_MARKER_SIDE - min(across, down)) / 2
    frame.adjust(-more, -more, more, more)
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, distance in ((QColor("white"), 1.5), (QColor("black"), 0.5)):
        painter.setPen(QPen(colour, 1))
        painter.drawRect(frame.adjusted(-distance, -distance, distance, distance))
    painter.restore()


def handle_key(pointer: Pointer, event: QKeyEvent, pixel_target: PixelTarget | None = None) -> bool:
    """Hold or release the pointer with P, move it with the arrow keys; return whether the key was used."""
    is_plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_P and is_plain:
        pointer.toggle(pixel_target)
        return True
    if not pointer.is_held or not is_plain:
        return False
    if key == Qt.Key.Key_Escape:
        pointer.release()
        return True
    if key in _ARROW_STEPS:
        far = _LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        rows, columns = _ARROW_STEPS[key]
        pointer.move(rows * far, columns * far)
        return True
    return False
