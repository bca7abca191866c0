"""The image that is shown as a sum, which can also be drawn by mouse, pen, finger or keyboard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPointingDevice, QTabletEvent

from nmf_explorer.ui.images.image_view import ImageView

if TYPE_CHECKING:
    from nmf_explorer.session.exploring.drawing import Drawing
    from nmf_explorer.session.session import Session

_ARROW_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_MIN_PRESSURE = 0.1


class Canvas(ImageView):
    """The image “Sample”; while drawing, the user's own image."""

    def __init__(self, name: str, session: Session) -> None:
        super().__init__(name, session=session)
        self._drawing: Drawing = session.drawing
        self._last_point: tuple[float, float] | None = None
        self._cursor = (0, 0)
        self._drawing.changed.connect(self._on_drawing_changed)
        self._on_drawing_changed()

    def _on_drawing_changed(self) -> None:
        is_open = self._drawing.is_open
        self.setCursor(Qt.CursorShape.CrossCursor if is_open else Qt.CursorShape.ArrowCursor)
        self.update()

    # mouse, and touch, which Qt converts to mouse events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        point = self.pixel_at(event.position())
        if self._drawing.is_open and event.button() == Qt.MouseButton.LeftButton and point:
            self._drawing.begin_stroke()
            self._draw_to(point)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the stroke, also outside of the image."""
        if self._last_point is not None:
            self._draw_to(self.pixel_at(event.position(), beyond=True))
            event.accept()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._last_point is not None:
            self._end_stroke()
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with the brightness of the pen's pressure; erase with its other end."""
        if not self._drawing.is_open:
            event.ignore()
            return
        event.accept()
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        pressure = max(_MIN_PRESSURE, event.pressure())
        point = self.pixel_at(event.position())
        if event.type() == QEvent.Type.TabletPress and point:
            self._drawing.begin_stroke()
            self._draw_to(point, pressure, erases=erases)
        elif event.type() == QEvent.Type.TabletMove and self._last_point is not None:
            self._draw_to(self.pixel_at(event.position(), beyond=True), pressure, erases=erases)
        elif event.type() == QEvent.Type.TabletRelease:
            self._end_stroke()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a cursor over the pixels with the arrow keys; draw at it with space, or while moving with Shift."""
        key = Qt.Key(event.key())
        image = self._drawing.image
        if not self._drawing.is_open or image is None or (key not in _ARROW_STEPS and key != Qt.Key.Key_Space):
            super().keyPressEvent(event)
            return
        row, column = self._cursor
        down, right = _ARROW_STEPS.get(key, (0, 0))
        height, width = image.shape[:2]
        self._cursor = min(max(row + down, 0), height - 1), min(max(column + right, 0), width - 1)
        if key == Qt.Key.Key_Space or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drawing.begin_stroke()
            self._draw_to((self._cursor[0] + 0.5, self._cursor[1] + 0.5))
            self._end_stroke()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image and the keyboard cursor."""
        super().paintEvent(event)
        if not self._drawing.is_open or not self.hasFocus() or self.image().isNull():
            return
        rect = self.image_rect()
        size = rect.width() / self.image().width()
        row, column = self._cursor
        pixel = QRectF(rect.left() + column * size, rect.top() + row * size, size, size)
        painter = QPainter(self)
        for colour, inset in ((Qt.GlobalColor.black, 0.0), (Qt.GlobalColor.white, 1.0)):
            painter.setPen(QPen(colour, 1))
            painter.drawRect(pixel.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.end()

    # inside

    def _draw_to(self, point: tuple[float, float] | None, pressure: float = 1.0, *, erases: bool = False) -> None:
        if point is None:
            return
        start = self._last_point or point
        self._last_point = point
        self._cursor = math.floor(point[0]), math.floor(point[1])
        self._drawing.extend_stroke(start, point, pressure, erases=erases)

    def _end_stroke(self) -> None:
        self._last_point = None
        self._drawing.end_stroke()
