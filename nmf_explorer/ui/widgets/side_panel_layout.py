"""Two widgets side by side; in a narrow window the second one replaces the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent


class SidePanelLayout(QWidget):
    """Holds a main widget at least `min_width()` wide and a panel that shows and hides itself."""

    def __init__(self, main: QWidget, panel: QWidget, min_width: Callable[[], int]) -> None:
        super().__init__()
        self._main, self._panel, self._min_width = main, panel, min_width
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(main, 1)
        self._row.addWidget(panel)
        panel.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Distribute the width again."""
        super().resizeEvent(event)
        self._distribute()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Distribute the width again when the panel is shown or hidden."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._distribute()
        return super().eventFilter(watched, event)

    def _distribute(self) -> None:
        """Keep the main widget at its minimum width, or hide it if there is no space for both."""
        min_width = self._min_width()
        is_open = self._panel.isVisibleTo(self)
        is_alone = is_open and self.width() < min_width + self._row.spacing() + self._panel.minimumSizeHint().width()
        self._row.setStretch(1, 1 if is_alone else 0)
        self._main.setMinimumWidth(min_width if is_open and not is_alone else 0)
        self._main.setVisible(not is_alone)
