"""The error curve: loss by iteration, both axes from 0; fast enough to be painted during a fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmf_explorer.ui.theme.texts import exact_percent, number

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

_GAP = 4
_DECIMALS = 4
_RADIUS = 4.0
_MAX_AXIS_DECIMALS = 4  # of tick labels
_MAX_TICKS = 6  # of the vertical axis
_MIN_TOP = {True: 0.05, False: 0.0005}  # of the vertical axis, for relative errors and other losses: less is rounding
_KEYS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


def ticks(top: float, max_ticks: int) -> list[float]:
    """Return 0 and at most `max_ticks` multiples of a round step (1, 2 or 5 times a power of ten) up to `top`."""
    if top <= 0 or max_ticks < 1:
        return [0.0]
    unit = 10 ** math.floor(math.log10(top / max_ticks))
    step = next(unit * nice for nice in (1, 2, 5, 10, 20) if unit * nice * max_ticks >= top * (1 - 1e-9))
    return [step * i for i in range(int(top / step * (1 + 1e-9)) + 1)]


def tick_labels(values: list[float]) -> list[str]:
    """Return the labels of equidistant ticks from 0, with as many digits as distinguish them."""
    if len(values) == 1:
        return [number(0, 0)]
    finest, coarsest = (math.floor(math.log10(value)) for value in (values[1], values[-1]))
    if -finest <= _MAX_AXIS_DECIMALS:
        return [number(value, max(1, -finest)) for value in values]
    return [QLocale().toString(float(value), "g", coarsest - finest + 1) for value in values]


def percent_labels(values: list[float]) -> list[str]:
    """Return the labels of equidistant ticks from 0 as percentages."""
    decimals = max(0, -2 - math.floor(math.log10(values[1]) + 1e-9)) if len(values) > 1 else 0
    return [f"{number(100 * value, decimals)} %" for value in values]


class ErrorPlot(QWidget):
    """The curve, the shown iteration, and a cursor moved by the mouse or the arrow keys.

    Signals: ``iteration_requested(int)`` on a click, or on Return or space at the cursor.
    """

    iteration_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: list[float] = []
        self._shown_iteration = 0
        self._top = _MIN_TOP[True]  # of the vertical axis
        self._is_error = True
        self._cursor: int | None = None
        self.setAccessibleName(self.tr("Error curve"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time increases to the right in every language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_curve(self, losses: list[float], shown_iteration: int, *, is_error: bool = True) -> None:
        """Show these losses, the first one of iteration 1, and mark the shown iteration."""
        self._is_error = is_error
        self._losses, self._shown_iteration = losses, shown_iteration
        self._top = max([_MIN_TOP[is_error], *losses])
        if self._cursor is not None:
            self._cursor = min(self._cursor, len(losses)) or None
        self._update_description()
        self.update()

    def cursor_iteration(self) -> int | None:
        """Return the iteration at the cursor."""
        return self._cursor

    def reading(self) -> str:
        """Return the text for the cursor or, without one, for the shown iteration."""
        at = self._cursor or self._shown_iteration
        if not 1 <= at <= len(self._losses):
            return ""
        error = self._text_for(self._losses[at - 1])
        template = self.tr("iteration {i}: error {error}") if self._is_error else self.tr("iteration {i}: loss {error}")
        return template.format(i=at, error=error)

    def _text_for(self, loss: float) -> str:
        return exact_percent(loss) if self._is_error else number(loss, _DECIMALS)

    def sizeHint(self) -> QSize:
        """Return six lines of height."""
        return QSize(40 * self.fontMetrics().averageCharWidth(), 6 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return a size for the reading and both axes."""
        return QSize(24 * self.fontMetrics().averageCharWidth(), 5 * self.fontMetrics().height())

    # user input

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the cursor; with the left button held, show its iteration."""
        self._set_cursor(self._iteration_at(event.position().x()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._request_iteration()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the iteration that is clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._set_cursor(self._iteration_at(event.position().x()))
            self._request_iteration()

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the cursor."""
        del event
        self._set_cursor(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the cursor."""
        super().focusOutEvent(event)
        self._set_cursor(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor with the arrow keys; show its iteration with Return or space."""
        at, n, key = self._cursor or self._shown_iteration, len(self._losses), event.key()
        places: dict[int, int] = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: n}
        places |= {step_key: at + step for step_key, step in _KEYS.items()}
        if n and key in places:
            self._set_cursor(max(1, min(n, places[key])))
        elif self._cursor and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._request_iteration()
        else:
            super().keyPressEvent(event)

    def _request_iteration(self) -> None:
        if self._cursor:
            self.iteration_requested.emit(self._cursor)

    def _set_cursor(self, iteration: int | None) -> None:
        if iteration != self._cursor:
            self._cursor = iteration
            self._update_description()
            self.update()

    def _update_description(self) -> None:
        text = self.reading()
        if self._losses and self._cursor is None:
            first, last = self._text_for(self._losses[0]), self._text_for(self._losses[-1])
            if self._is_error:
                template = self.tr("error {first} at iteration 1, {last} at iteration {n}")
            else:
                template = self.tr("loss {first} at iteration 1, {last} at iteration {n}")
            text = template.format(first=first, last=last, n=len(self._losses))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    # geometry

    def _plot(self) -> QRectF:
        """Return the rectangle between the axes."""
        metrics = self.fontMetrics()
        right = metrics.horizontalAdvance(str(len(self._losses))) / 2 + _GAP
        above = metrics.height() + _GAP  # for the reading, which would overlap the curve
        plot = QRectF(self.rect()).adjusted(0, above, -right, -metrics.height() - _GAP)
        widest = max(metrics.horizontalAdvance(text) for text in self._labels_for(self._losses_at_axis(plot)))
        return plot.adjusted(widest + 2 * _GAP, 0, 0, 0)

    def _losses_at_axis(self, plot: QRectF) -> list[float]:
        room = int(plot.height() / (1.2 * self.fontMetrics().height()))
        return ticks(self._top, max(1, min(_MAX_TICKS, room)))

    def _labels_for(self, losses: list[float]) -> list[str]:
        return percent_labels(losses) if self._is_error else tick_labels(losses)

    def _x(self, iteration: float, plot: QRectF) -> float:
        return plot.left() + plot.width() * iteration / max(1, len(self._losses))

    def _y(self, loss: float, plot: QRectF) -> float:
        return plot.bottom() - plot.height() * loss / (self._top or 1.0)

    def _iteration_at(self, x: float) -> int | None:
        plot, n = self._plot(), len(self._losses)
        if not n or plot.width() <= 0:
            return None
        return max(1, min(n, round((x - plot.left()) / plot.width() * n)))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, curve, marks and reading."""
        del event
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())  # the default is that of the application
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        plot = self._plot()
        if self._losses and plot.width() > 0 and plot.height() > 0:
            self._draw_axes(painter, plot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_curve(painter, plot)
            self._draw_marks(painter, plot)
        elif not self._losses:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            words = self.tr("Here the error is drawn, iteration by iteration.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _draw_axes(self, painter: QPainter, plot: QRectF) -> None:
        metrics, ink = self.fontMetrics(), self.palette().color(QPalette.ColorRole.Text)
        n = len(self._losses)
        painter.setPen(QPen(ink, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.drawLine(plot.bottomLeft(), plot.topLeft())
        line = metrics.height()
        at_left = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        losses = self._losses_at_axis(plot)
        for loss, text in zip(losses, self._labels_for(losses), strict=True):
            y = self._y(loss, plot)
            painter.drawLine(QPointF(plot.left() - _GAP / 2, y), QPointF(plot.left(), y))
            painter.drawText(QRectF(0, y - line / 2, plot.left() - _GAP, line), at_left, text)
        wide = 3 * metrics.horizontalAdvance(str(n))
        for iteration in ticks(n, max(1, int(plot.width() / max(1, wide)))):
            if iteration == round(iteration):
                x = self._x(iteration, plot)
                painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + _GAP / 2))
                place = QRectF(x - wide, plot.bottom() + _GAP / 2, 2 * wide, line)
                painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(round(iteration)))

    def _draw_curve(self, painter: QPainter, plot: QRectF) -> None:
        """Draw a line with no more points than pixels can show."""
        losses, n = self._losses, len(self._losses)
        across, up = plot.width() / n, plot.height() / (self._top or 1.0)
        every = max(1, n // max(1, int(plot.width() / 2)))
        chosen = [*range(0, n - 1, every), n - 1]
        points = [QPointF(plot.left() + (i + 1) * across, plot.bottom() - losses[i] * up) for i in chosen]
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
        painter.drawPolyline(QPolygonF(points))
        if n == 1:  # no line
            painter.setBrush(self.palette().color(QPalette.ColorRole.Text))
            painter.drawEllipse(points[0], _RADIUS / 2, _RADIUS / 2)

    def _draw_marks(self, painter: QPainter, plot: QRectF) -> None:
        """Mark the shown iteration by a dot and the cursor by a ring, both with a line to the axis."""
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        for iteration, brush in (
            (self._shown_iteration, colour),
            (self._cursor, self.palette().color(QPalette.ColorRole.Base)),
        ):
            if iteration and iteration <= len(self._losses):
                spot = QPointF(self._x(iteration, plot), self._y(self._losses[iteration - 1], plot))
                painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(spot, QPointF(spot.x(), plot.bottom()))
                painter.setPen(QPen(colour, 1.5))
                painter.setBrush(brush)
                painter.drawEllipse(spot, _RADIUS, _RADIUS)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        above = QRectF(_GAP, _GAP / 2, plot.right() - _GAP, self.fontMetrics().height())
        reading = self.fontMetrics().elidedText(self.reading(), Qt.TextElideMode.ElideMiddle, int(above.width()))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, reading)
