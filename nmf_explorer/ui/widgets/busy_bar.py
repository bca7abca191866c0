"""A progress bar with a calm animation while the duration is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtWidgets import QProgressBar, QStyle, QStyleOptionProgressBar, QStylePainter, QWidget

from nmf_explorer.session.tasks.timers import single_shot_timer
from nmf_explorer.ui.theme.outlined_style import RADIUS, draw_outline
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed
from nmf_explorer.ui.theme.texts import percent

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FRAME_MS = 100
_CYCLE_MS = 2400
_CHUNK_SHARE = 0.3  # of the width
_MARGIN = 4


class BusyBar(QProgressBar):
    """A progress bar that animates at ten frames a second while its range is empty.

    Qt's own animation repaints 60 times a second, with all that is below and around it, which takes time from the fit.
    With reduced motion the chunk stands still. A text that is too long becomes a percentage or is elided.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._next_frame = single_shot_timer(self, _FRAME_MS, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint progress and text, or the moving chunk; the next frame is timed only while the bar is painted."""
        del event
        option = QStyleOptionProgressBar()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        if self.minimum() < self.maximum():
            option.text = self._fitting_text(option.text)
            painter.drawControl(QStyle.ControlElement.CE_ProgressBar, option)
        else:
            self._draw_chunk(painter, option)
            if is_motion_allowed():
                self._next_frame.start()
        draw_outline(painter, option, self.rect(), RADIUS)
        painter.end()

    def _fitting_text(self, text: str) -> str:
        metrics, room = self.fontMetrics(), self.width() - 2 * _MARGIN
        if metrics.horizontalAdvance(text) > room and "%v" in self.format():
            text = percent((self.value() - self.minimum()) / (self.maximum() - self.minimum()))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _draw_chunk(self, painter: QStylePainter, option: QStyleOptionProgressBar) -> None:
        option.maximum = option.progress = 1  # the chunk is filled completely
        room = self.style().subElementRect(QStyle.SubElement.SE_ProgressBarGroove, option, self)
        option.rect = room
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarGroove, option)
        option.rect = self._chunk_rect(room)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarContents, option)

    def _chunk_rect(self, room: QRect) -> QRect:
        """Return the current rectangle of the moving chunk."""
        phase = self._clock.elapsed() % _CYCLE_MS / _CYCLE_MS if is_motion_allowed() else 0.25
        width = round(room.width() * _CHUNK_SHARE)
        left = room.left() + round((room.width() - width) * (1 - abs(1 - 2 * phase)))
        return QRect(left, room.top(), width, room.height())
