"""A label with word wrap that requests the height of all its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_MIN_LETTERS = 16  # letters per line at least; columns of single words are hard to read


class WordWrapLabel(QLabel):
    """Plain text with word wrap. Splitters ignore height-for-width, so QLabel would be cut off in them."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the text at its current width."""
        metrics = self.fontMetrics()
        letters = min(_MIN_LETTERS * metrics.averageCharWidth(), metrics.horizontalAdvance(self.text()))
        width = max(super().minimumSizeHint().width(), letters)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Request another height when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
