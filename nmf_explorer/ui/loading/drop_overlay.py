"""The drop overlay: says what a drop would do while files are dragged over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from nmf_explorer.ui.theme.texts import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.session.loading.file_count import FileCount, ImageCount

_INSET = 16
_RADIUS = 12
_THICK = 3


class DropOverlay(QLabel):
    """A translucent label over the window with one sentence, or two side by side where a drop can do two things."""

    def __init__(self, window: QWidget, file_count: FileCount) -> None:
        super().__init__(window)
        self._file_count = file_count
        self._sources: tuple[Path | FoundFile, ...] = ()
        self._window = window
        self._choices: tuple[str, str] | None = None
        self.explains = False
        self.setAccessibleName(self.tr("Drop here"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        self.setFont(font)
        file_count.counted.connect(self._on_counted)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the window."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def show_offer(self, sources: Sequence[Path | FoundFile], *, can_explain: bool = False) -> None:
        """Show what would be opened, and count its images in a worker.

        With `can_explain`, a drop on the left half shows the image as a sum of the parts instead.
        """
        self._sources = tuple(sources)
        self._choices, self.explains = None, False
        if can_explain:
            self._offer_both()
        elif len(sources) == 1:
            self._show_text(self.tr("Drop to open “{name}”").format(name=self._name()))
        else:
            self._show_text(self.tr("Drop to open {n} items as one set").format(n=len(sources)))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        if not can_explain:
            self._file_count.count(sources)

    def highlight(self, x: float) -> None:
        """Highlight the half below the mouse position `x`, in pixels."""
        explains = self._choices is not None and x < self.width() / 2
        if explains != self.explains:
            self.explains = explains
            self.update()

    def _offer_both(self) -> None:
        explain = self.tr("Drop here to see “{name}” as a sum of these parts").format(name=self._name())
        open_it = self.tr("Drop here to open “{name}” as a new set").format(name=self._name())
        self._choices = explain, open_it
        self.setText("")
        self.setAccessibleDescription(self.tr("Left: {left}. Right: {right}.").format(left=explain, right=open_it))

    def dismiss(self) -> None:
        """Hide the overlay and stop counting."""
        self._file_count.stop()
        self.hide()

    def _on_counted(self, counted: ImageCount) -> None:
        n_images = counted.n_images
        if n_images < 2:
            return
        if len(self._sources) == 1:
            text = self.tr("Drop to open {n} images from “{name}”")
            self._show_text(text.format(n=QLocale().toString(n_images), name=self._name()))
        else:
            self._show_text(self.tr("Drop to open {n} images as one set").format(n=QLocale().toString(n_images)))

    def _name(self) -> str:
        source = self._sources[0]
        return printable(source.name)

    def _show_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the background, the frames and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = QColor(self.palette().color(QPalette.ColorRole.Window))
        background.setAlphaF(0.88)
        painter.fillRect(self.rect(), background)
        inner = self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if self._choices is None:
            self._draw_frame(painter, inner, is_chosen=True)
        else:
            left, right = QRect(inner), QRect(inner)
            left.setRight(inner.center().x() - _INSET // 2)
            right.setLeft(inner.center().x() + _INSET // 2)
            for place, text, is_chosen in zip(
                (left, right), self._choices, (self.explains, not self.explains), strict=True
            ):
                self._draw_frame(painter, place, is_chosen=is_chosen)
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
                room = place.adjusted(_INSET, _INSET, -_INSET, -_INSET)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        painter.end()
        super().paintEvent(event)

    def _draw_frame(self, painter: QPainter, place: QRect, *, is_chosen: bool) -> None:
        """Draw a dashed frame, thick for the half on which a drop would land."""
        colour = self.palette().color(QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Mid)
        painter.setPen(QPen(colour, _THICK if is_chosen else 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
