"""A line of text that may change with every move of a slider: whatever it says, nothing around it is laid out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmf_explorer.ui.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SteadyLabel(QWidget):
    """A centred line with room for `n_letters` letters; without a layout, so that its label asks nobody for more."""

    def __init__(self, n_letters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n_letters = n_letters
        self._label = ElidedLabel(n_letters, self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show this text."""
        self._label.setText(text)

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for so many letters, whatever they are."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * self._n_letters, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all room to the label."""
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())
