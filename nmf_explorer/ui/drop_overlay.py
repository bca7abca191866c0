"""What a person sees while dragging files over the window: that they are welcome, and what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from nmf_explorer.ui.texts import printable

if TYPE_CHECKING:
    from pathlib import Path

_INSET = 16
_RADIUS = 12


class DropOverlay(QLabel):
    """A veil over the window with one sentence."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName(self.tr("Drop here"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        self.setFont(font)
        self.hide()

    def announce(self, paths: list[Path]) -> None:
        """Show what would be opened."""
        if len(paths) == 1:
            text = self.tr("Drop to open “{name}”").format(name=printable(paths[0].name))
        else:
            text = self.tr("Drop to open {n} items as one set").format(n=len(paths))
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the veil, its frame, and the text on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3, Qt.PenStyle.DashLine))
        inner = self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(inner, _RADIUS, _RADIUS)
        painter.end()
        super().paintEvent(event)
