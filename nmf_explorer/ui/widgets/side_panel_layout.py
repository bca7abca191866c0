"""Two widgets side by side; where a window is too narrow for both, the second is seen instead of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent


class SidePanelLayout(QWidget):
    """Holds what is looked at, which is at least `least_width()` wide, and a panel that comes and goes by itself."""

    def __init__(self, main: QWidget, panel: QWidget, least_width: Callable[[], int]) -> None:
        super().__init__()
        self._main, self._panel, self._least_width = main, panel, least_width
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(main, 1)
        self._row.addWidget(panel)
        panel.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room for both."""
        super().resizeEvent(event)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See it also when the panel comes or goes."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Leave what is looked at its least width, if there is room for both."""
        least = self._least_width()
        is_open = self._panel.isVisibleTo(self)
        is_alone = is_open and self.width() < least + self._row.spacing() + self._panel.minimumSizeHint().width()
        self._row.setStretch(1, 1 if is_alone else 0)
        self._main.setMinimumWidth(least if is_open and not is_alone else 0)
        self._main.setVisible(not is_alone)
