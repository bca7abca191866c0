"""What a person sees while dragging files over the window: that they are welcome, and what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from nmf_explorer.ui.texts import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nmf_explorer.dataset.found_file import FoundFile
    from nmf_explorer.session.file_count import Counted, FileCount

_INSET = 16
_RADIUS = 12


class DropOverlay(QLabel):
    """A veil over the window with one sentence."""

    def __init__(self, window: QWidget, file_count: FileCount) -> None:
        super().__init__(window)
        self._file_count = file_count
        self._sources: tuple[Path | FoundFile, ...] = ()
        self._window = window
        self.setAccessibleName(self.tr("Drop here"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        self.setFont(font)
        file_count.counted.connect(self._on_counted)
        self.hide()

    def announce(self, sources: Sequence[Path | FoundFile]) -> None:
        """Show what would be opened, and count the pictures in it meanwhile."""
        self._sources = tuple(sources)
        if len(sources) == 1:
            self._say(self.tr("Drop to open “{name}”").format(name=self._name()))
        else:
            self._say(self.tr("Drop to open {n} items as one set").format(n=len(sources)))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._file_count.count(sources)

    def dismiss(self) -> None:
        """Nothing hangs over the window any more."""
        self._file_count.stop()
        self.hide()

    def _on_counted(self, counted: Counted) -> None:
        n_pictures = counted.n_pictures
        if n_pictures < 2:
            return
        if len(self._sources) == 1:
            text = self.tr("Drop to open {n} images from “{name}”")
            self._say(text.format(n=QLocale().toString(n_pictures), name=self._name()))
        else:
            self._say(self.tr("Drop to open {n} images as one set").format(n=QLocale().toString(n_pictures)))

    def _name(self) -> str:
        source = self._sources[0]
        return printable(source.name)

    def _say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleDescription(text)

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
