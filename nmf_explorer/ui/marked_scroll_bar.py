"""A scroll bar that shows where in the list there is something to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_LEAST_WIDTH = 2  # of a mark, in pixels


class MarkedScrollBar(QScrollBar):
    """Lies beneath a list; `marks_for(n)` gives at most n numbers of 0..1, from the list's begin to its end.

    They are drawn as a profile along the bar, over its slider, so that they can be scrolled to.
    """

    def __init__(self, marks_for: Callable[[int], list[float]], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marks_for = marks_for

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and the marks on it."""
        super().paintEvent(event)
        groove = self._groove()
        marks = self._marks_for(int(groove.width()) // _LEAST_WIDTH)
        if not any(marks):
            return
        painter = QPainter(self)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        each = groove.width() / len(marks)
        gap = 1 if each > _LEAST_WIDTH else 0
        painter.drawRects(
            [
                QRectF(
                    groove.left() + i * each,
                    groove.bottom() - mark * groove.height(),
                    each - gap,
                    mark * groove.height(),
                )
                for i, mark in enumerate(marks)
                if mark
            ]
        )
        painter.end()

    def _groove(self) -> QRectF:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarGroove
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        return QRectF(place).adjusted(0, 2, 0, -2)
