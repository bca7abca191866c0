"""A label that elides its text where there is little space and shows it whole in its tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

from nmf_explorer.ui.theme.texts import describe_widget, plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """A line of plain text of which about `n_letters` letters are always visible."""

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
        self._whole = ""
        self._elided = elided
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str, whole: str = "") -> None:
        """Set the text, and a longer one for which it stands; the same again repeats no layout."""
        if (text, whole) != (self.text(), self._whole):
            self._whole = whole
            super().setText(text)
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide less or more."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Elide again in a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()

    def minimumSizeHint(self) -> QSize:
        """Return a size smaller than the text."""
        minimum = self.fontMetrics().averageCharWidth() * self._n_letters
        hint = super().sizeHint()
        return QSize(min(minimum, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the elided text."""
        if self._is_whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        elided = self.fontMetrics().elidedText(self.text(), self._elided, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            elided,
            self.foregroundRole(),
        )
        painter.end()

    def _elide(self) -> None:
        text = self.text()
        self._is_whole = self.fontMetrics().horizontalAdvance(text) <= self.width()
        tool_tip = self._whole or ("" if self._is_whole else text)
        if plain_tool_tip(tool_tip) != self.toolTip():
            described = self.accessibleDescription()
            is_own = plain_tool_tip(described) == self.toolTip()  # not one that another has set
            describe_widget(self, tool_tip, description=tool_tip if is_own else described)
