"""A scroll bar with a profile of values of the list, such as errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPaintEvent
    from PySide6.QtWidgets import QWidget

_MIN_MARK_WIDTH = 2  # pixels per mark


class MarkedScrollBar(QScrollBar):
    """A horizontal scroll bar; `marks_for(n)` returns at most n numbers of 0..1 along the list.

    They are painted as a profile over the groove. The same list object is painted from a cached pixmap.
    """

    def __init__(self, marks_for: Callable[[int], list[float]], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marks_for = marks_for
        self._marks: list[float] = []
        self._profile_key: tuple[QSize, float, QColor] | None = None
        self._profile_pixmap = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the profile."""
        super().paintEvent(event)
        groove = self._groove()
        marks = self._marks_for(groove.width() // _MIN_MARK_WIDTH)
        if not any(marks):
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        needed = (groove.size(), self.devicePixelRatio(), colour)
        if self._marks is not marks or self._profile_key != needed:
            self._marks, self._profile_key = marks, needed
            self._profile_pixmap = _draw_profile(marks, *needed)
        painter = QPainter(self)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.drawPixmap(groove.topLeft(), self._profile_pixmap)
        painter.end()

    def _groove(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarGroove
        groove: QRect = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        return groove.adjusted(0, 2, 0, -2)


def _draw_profile(marks: list[float], size: QSize, device_ratio: float, colour: QColor) -> QPixmap:
    drawn = QPixmap(size * device_ratio)
    drawn.setDevicePixelRatio(device_ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    each, height = size.width() / len(marks), size.height()
    gap = 1 if each > _MIN_MARK_WIDTH else 0
    for i, mark in enumerate(marks):
        if mark:
            painter.fillRect(QRectF(i * each, height * (1 - mark), each - gap, height * mark), colour)
    painter.end()
    return drawn
