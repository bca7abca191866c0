"""A label that is cut off with dots where there is little room, and tells its whole text in its tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

from nmf_explorer.ui.texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """A line of plain text of which about `n_letters` letters are always seen."""

    def __init__(self, n_letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n_letters = n_letters
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(text)
        self._tell_what_is_cut_off()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut off less or more."""
        super().resizeEvent(event)
        self._tell_what_is_cut_off()

    def minimumSizeHint(self) -> QSize:
        """Allow less room than the text needs."""
        least = self.fontMetrics().averageCharWidth() * self._n_letters
        hint = super().sizeHint()
        return QSize(min(least, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    def _tell_what_is_cut_off(self) -> None:
        is_whole = super().sizeHint().width() <= self.width()
        self.setToolTip("" if is_whole else plain_tool_tip(self.text()))
