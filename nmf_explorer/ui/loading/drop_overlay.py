"""What a person sees while dragging files over the window: that they are welcome, and what will happen."""

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
    from nmf_explorer.session.loading.file_count import Counted, FileCount

_INSET = 16
_RADIUS = 12
_THICK = 3


class DropOverlay(QLabel):
    """A veil over the window with one sentence, or with two where there are two things to do, side by side."""

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
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def announce(self, sources: Sequence[Path | FoundFile], *, can_explain: bool = False) -> None:
        """Show what would be opened, and count the pictures in it meanwhile.

        A picture that the parts `can_explain` may also be dropped on the left half, to be taken apart.
        """
        self._sources = tuple(sources)
        self._choices, self.explains = None, False
        if can_explain:
            self._offer_both()
        elif len(sources) == 1:
            self._say(self.tr("Drop to open “{name}”").format(name=self._name()))
        else:
            self._say(self.tr("Drop to open {n} items as one set").format(n=len(sources)))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        if not can_explain:
            self._file_count.count(sources)

    def point(self, x: float) -> None:
        """Follow the mouse from one half to the other."""
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
        """Draw the veil, its frames, and the text on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
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
        """A dashed frame; a thick one where a drop would land."""
        colour = self.palette().color(QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Mid)
        painter.setPen(QPen(colour, _THICK if is_chosen else 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
