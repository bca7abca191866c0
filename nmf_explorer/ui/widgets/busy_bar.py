"""A progress bar with room for its words, that moves calmly while nobody knows how long something takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRect, Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QStyle, QStyleOptionProgressBar, QStylePainter, QWidget

from nmf_explorer.ui.theme.outlined_style import RADIUS, draw_outline
from nmf_explorer.ui.theme.reduced_motion import moves
from nmf_explorer.ui.theme.texts import percent

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FRAME_MS = 100
_THERE_AND_BACK_MS = 2400
_CHUNK = 0.3  # of the width
_MARGIN = 4


class BusyBar(QProgressBar):
    """A bar whose piece goes to and fro, ten pictures a second, as long as its range is empty.

    Qt's own is painted 60 times a second, and with it what lies beneath and around it: more work than the parts that
    emerge meanwhile, and taken from the fit. Where the system asks for less motion the piece stays in the middle.
    Words for which there is no room become a percentage, or end in dots; Qt's own bar would cut them off in two lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._next_frame = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._next_frame.timeout.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is done and words; or a piece on its way, and that again a moment later, as long as it is seen."""
        del event
        option = QStyleOptionProgressBar()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        if self.minimum() < self.maximum():
            option.text = self._words_with_room(option.text)
            painter.drawControl(QStyle.ControlElement.CE_ProgressBar, option)
        else:
            self._draw_piece(painter, option)
            if moves():
                self._next_frame.start()
        draw_outline(painter, option, self.rect(), RADIUS)
        painter.end()

    def _words_with_room(self, words: str) -> str:
        metrics, room = self.fontMetrics(), self.width() - 2 * _MARGIN
        if metrics.horizontalAdvance(words) > room and "%v" in self.format():
            words = percent((self.value() - self.minimum()) / (self.maximum() - self.minimum()))
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)

    def _draw_piece(self, painter: QStylePainter, option: QStyleOptionProgressBar) -> None:
        option.maximum = option.progress = 1  # a piece is filled from end to end
        room = self.style().subElementRect(QStyle.SubElement.SE_ProgressBarGroove, option, self)
        option.rect = room
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarGroove, option)
        option.rect = self._piece(room)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarContents, option)

    def _piece(self, room: QRect) -> QRect:
        """Where it is now."""
        phase = self._clock.elapsed() % _THERE_AND_BACK_MS / _THERE_AND_BACK_MS if moves() else 0.25
        width = round(room.width() * _CHUNK)
        left = room.left() + round((room.width() - width) * (1 - abs(1 - 2 * phase)))
        return QRect(left, room.top(), width, room.height())
