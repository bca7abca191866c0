"""A line of text that may change with every move of a slider without repeating any layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmf_explorer.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class FixedSizeLabel(QWidget):
    """A centred line with room for a typical text; its label is in no layout, so it cannot request more room."""

    def __init__(
        self,
        typical: str,
        parent: QWidget | None = None,
        *,
        elided: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._typical = typical
        self._texts: tuple[str, ...] = ("",)
        self._label = ElidedLabel(len(typical), self, elided=elided)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_texts(self, *texts: str) -> None:
        """Show the first of these texts that fits, or the last one elided."""
        self._texts = texts
        room, metrics = self.width(), self._label.fontMetrics()
        shown = next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])
        self._label.setText(shown, texts[0] if shown != texts[0] else "")

    def sizeHint(self) -> QSize:
        """Return the minimum size."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return a size for the typical text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._typical) + 1, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the label all the room and choose the text again."""
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())
        self.set_texts(*self._texts)
