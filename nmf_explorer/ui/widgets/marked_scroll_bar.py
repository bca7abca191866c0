"""A scroll bar that shows where in the list there is something to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPaintEvent
    from PySide6.QtWidgets import QWidget

_LEAST_WIDTH = 2  # of a mark, in pixels


class MarkedScrollBar(QScrollBar):
    """Lies beneath a list; `marks_for(n)` gives at most n numbers of 0..1, from the list's begin to its end.

    They are drawn as a profile along the bar, over its slider, so that they can be scrolled to. The same list of
    numbers is drawn once only.
    """

    def __init__(self, marks_for: Callable[[int], list[float]], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marks_for = marks_for
        self._marks: list[float] = []
        self._drawn_for: tuple[QSize, float, QColor] | None = None
        self._drawn = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and the marks on it."""
        super().paintEvent(event)
        groove = self._groove()
        marks = self._marks_for(groove.width() // _LEAST_WIDTH)
        if not any(marks):
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        needed = (groove.size(), self.devicePixelRatio(), colour)
        if self._marks is not marks or self._drawn_for != needed:
            self._marks, self._drawn_for = marks, needed
            self._drawn = _profile(marks, *needed)
        painter = QPainter(self)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.drawPixmap(groove.topLeft(), self._drawn)
        painter.end()

    def _groove(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarGroove
        groove: QRect = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        return groove.adjusted(0, 2, 0, -2)


def _profile(marks: list[float], size: QSize, device_ratio: float, colour: QColor) -> QPixmap:
    drawn = QPixmap(size * device_ratio)
    drawn.setDevicePixelRatio(device_ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    each, height = size.width() / len(marks), size.height()
    gap = 1 if each > _LEAST_WIDTH else 0
    for i, mark in enumerate(marks):
        if mark:
            painter.fillRect(QRectF(i * each, height * (1 - mark), each - gap, height * mark), colour)
    painter.end()
    return drawn
