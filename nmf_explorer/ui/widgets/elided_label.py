"""A label that is cut off with dots where there is little room, and tells its whole text in its tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

from nmf_explorer.ui.theme.texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """A line of plain text of which about `n_letters` letters are always seen."""

    def __init__(
        self,
        n_letters: int,
        parent: QWidget | None = None,
        *,
        elided: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._n_letters = n_letters
        self._is_whole = True
        self._elided = elided
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show this text; with the same one nothing around it is laid out anew."""
        if text != self.text():
            super().setText(text)
            self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut off less or more."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Cut letters of another size elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def minimumSizeHint(self) -> QSize:
        """Allow less room than the text needs."""
        least = self.fontMetrics().averageCharWidth() * self._n_letters
        hint = super().sizeHint()
        return QSize(min(least, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        if self._is_whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        seen = self.fontMetrics().elidedText(self.text(), self._elided, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            seen,
            self.foregroundRole(),
        )
        painter.end()

    def _cut(self) -> None:
        text = self.text()
        self._is_whole = self.fontMetrics().horizontalAdvance(text) <= self.width()
        told = "" if self._is_whole else plain_tool_tip(text)
        if told != self.toolTip():
            self.setToolTip(told)
