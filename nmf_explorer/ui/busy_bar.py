"""A progress bar that moves calmly while nobody knows how long something takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRect, QTimer
from PySide6.QtWidgets import QProgressBar, QStyle, QStyleOptionProgressBar, QStylePainter, QWidget

from nmf_explorer.ui.motion import moves

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FRAME_MS = 100
_THERE_AND_BACK_MS = 2400
_CHUNK = 0.3  # of the width


class BusyBar(QProgressBar):
    """A bar whose piece goes to and fro, ten pictures a second, as long as its range is empty.

    Qt's own is painted 60 times a second, and with it what lies beneath and around it: more work than the parts that
    emerge meanwhile, and taken from the fit. Where the system asks for less motion the piece stays in the middle.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._next_frame = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._next_frame.timeout.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove and piece, and again a moment later; a bar that is not seen is not painted and so rests."""
        if self.minimum() < self.maximum():
            super().paintEvent(event)
            return
        option = QStyleOptionProgressBar()
        self.initStyleOption(option)
        option.maximum = option.progress = 1  # a piece is filled from end to end
        painter = QStylePainter(self)
        room = self.style().subElementRect(QStyle.SubElement.SE_ProgressBarGroove, option, self)
        option.rect = room
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarGroove, option)
        option.rect = self._piece(room)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarContents, option)
        painter.end()
        if moves():
            self._next_frame.start()

    def _piece(self, room: QRect) -> QRect:
        """Where it is now."""
        phase = self._clock.elapsed() % _THERE_AND_BACK_MS / _THERE_AND_BACK_MS if moves() else 0.25
        width = round(room.width() * _CHUNK)
        left = room.left() + round((room.width() - width) * (1 - abs(1 - 2 * phase)))
        return QRect(left, room.top(), width, room.height())
