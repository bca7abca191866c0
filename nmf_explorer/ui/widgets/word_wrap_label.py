"""A text that goes on in the next line, and asks for the height of all its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_LEAST_LETTERS = 16  # of a line; a column of single words is hard to read


class WordWrapLabel(QLabel):
    """Plain text. Splitters know nothing of heights that depend on widths: Qt's own label would be cut off in them."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        """As high as the text is at its present width."""
        metrics = self.fontMetrics()
        letters = min(_LEAST_LETTERS * metrics.averageCharWidth(), metrics.horizontalAdvance(self.text()))
        width = max(super().minimumSizeHint().width(), letters)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the width is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
