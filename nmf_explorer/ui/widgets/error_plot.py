"""The error curve: how the loss fell from iteration to iteration, both axes from 0; light enough to be drawn live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmf_explorer.ui.theme.texts import number

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

_GAP = 4
_DECIMALS = 4
_RADIUS = 4.0
_MOST_DECIMALS = 4  # of numbers at the axis
_KEYS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


def ticks(top: float, most: int) -> list[float]:
    """Nice numbers from 0 to `top`: steps of 1, 2 or 5 and zeros, `most` of them above 0 at the most."""
    if top <= 0 or most < 1:
        return [0.0]
    unit = 10 ** math.floor(math.log10(top / most))
    step = next(unit * nice for nice in (1, 2, 5, 10, 20) if unit * nice * most >= top * (1 - 1e-9))
    return [step * i for i in range(int(top / step * (1 + 1e-9)) + 1)]


def labels(values: list[float]) -> list[str]:
    """The numbers beside an axis, from 0 in equal steps, with as many digits as tell them apart."""
    if len(values) == 1:
        return [number(0, 0)]
    finest, coarsest = (math.floor(math.log10(value)) for value in (values[1], values[-1]))
    if -finest <= _MOST_DECIMALS:
        return [number(value, max(1, -finest)) for value in values]
    return [QLocale().toString(float(value), "g", coarsest - finest + 1) for value in values]


class ErrorPlot(QWidget):
    """The curve, the iteration that is looked at, and what the mouse or the arrow keys point at.

    Signals: ``iteration_asked(int)`` when the user clicks on an iteration, or presses Return or the space bar at it.
    """

    iteration_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: list[float] = []
        self._now = 0
        self._top = 0.0  # of the axis
        self._is_error = True
        self._pointed: int | None = None
        self.setAccessibleName(self.tr("Error curve"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right in every language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_curve(self, losses: list[float], now: int, *, is_error: bool = True) -> None:
        """Show these losses, the first one of iteration 1, and which iteration is looked at."""
        self._is_error = is_error
        self._losses, self._now, self._top = losses, now, max(losses, default=0.0)
        if self._pointed is not None:
            self._pointed = min(self._pointed, len(losses)) or None
        self._tell()
        self.update()

    def pointed(self) -> int | None:
        """The iteration under the mouse or the keyboard's cursor."""
        return self._pointed

    def reading(self) -> str:
        """What is read off: iteration and error of what is pointed at, or of what is looked at."""
        at = self._pointed or self._now
        if not 1 <= at <= len(self._losses):
            return ""
        error = number(self._losses[at - 1], _DECIMALS)
        template = self.tr("iteration {i}: error {error}") if self._is_error else self.tr("iteration {i}: loss {error}")
        return template.format(i=at, error=error)

    def sizeHint(self) -> QSize:
        """Six lines high."""
        return QSize(40 * self.fontMetrics().averageCharWidth(), 6 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the reading and both axes."""
        return QSize(24 * self.fontMetrics().averageCharWidth(), 5 * self.fontMetrics().height())

    # what the user does

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read off what is under the mouse; with the button held, look at it."""
        self._point_at(self._iteration_at(event.position().x()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at what is clicked on."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._point_at(self._iteration_at(event.position().x()))
            self._ask()

    def leaveEvent(self, event: QEvent) -> None:
        """Read off nothing any more."""
        del event
        self._point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read off nothing any more."""
        super().focusOutEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the curve with the arrow keys, and look at an iteration with Return."""
        at, n, key = self._pointed or self._now, len(self._losses), event.key()
        places: dict[int, int] = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: n}
        places |= {step_key: at + step for step_key, step in _KEYS.items()}
        if n and key in places:
            self._point_at(max(1, min(n, places[key])))
        elif self._pointed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._pointed:
            self.iteration_asked.emit(self._pointed)

    def _point_at(self, iteration: int | None) -> None:
        if iteration != self._pointed:
            self._pointed = iteration
            self._tell()
            self.update()

    def _tell(self) -> None:
        text = self.reading()
        if self._losses and self._pointed is None:
            first, last = number(self._losses[0], _DECIMALS), number(self._losses[-1], _DECIMALS)
            if self._is_error:
                template = self.tr("error {first} at iteration 1, {last} at iteration {n}")
            else:
                template = self.tr("loss {first} at iteration 1, {last} at iteration {n}")
            text = template.format(first=first, last=last, n=len(self._losses))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    # where things are

    def _plot(self) -> QRectF:
        """The room between the axes."""
        metrics = self.fontMetrics()
        right = metrics.horizontalAdvance(str(len(self._losses))) / 2 + _GAP
        above = metrics.height() + _GAP  # for the reading, which would else lie on the curve
        plot = QRectF(self.rect()).adjusted(0, above, -right, -metrics.height() - _GAP)
        widest = max(metrics.horizontalAdvance(text) for text in labels(self._losses_at_axis(plot)))
        return plot.adjusted(widest + 2 * _GAP, 0, 0, 0)

    def _losses_at_axis(self, plot: QRectF) -> list[float]:
        return ticks(self._top, max(1, int(plot.height() / (1.2 * self.fontMetrics().height()))))

    def _x(self, iteration: float, plot: QRectF) -> float:
        return plot.left() + plot.width() * iteration / max(1, len(self._losses))

    def _y(self, loss: float, plot: QRectF) -> float:
        return plot.bottom() - plot.height() * loss / (self._top or 1.0)

    def _iteration_at(self, x: float) -> int | None:
        plot, n = self._plot(), len(self._losses)
        if not n or plot.width() <= 0:
            return None
        return max(1, min(n, round((x - plot.left()) / plot.width() * n)))

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curve, marks and the reading."""
        del event
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())  # by itself it takes that of the application
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
        for loss, text in zip(losses, labels(losses), strict=True):
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
        """Draw a line, with no more corners than can be told apart."""
        losses, n = self._losses, len(self._losses)
        across, up = plot.width() / n, plot.height() / (self._top or 1.0)
        every = max(1, n // max(1, int(plot.width() / 2)))
        chosen = [*range(0, n - 1, every), n - 1]
        points = [QPointF(plot.left() + (i + 1) * across, plot.bottom() - losses[i] * up) for i in chosen]
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
        painter.drawPolyline(QPolygonF(points))

    def _draw_marks(self, painter: QPainter, plot: QRectF) -> None:
        """Mark what is looked at by a dot with a line to the axis, and what is pointed at by a ring."""
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        for iteration, brush in ((self._now, colour), (self._pointed, self.palette().color(QPalette.ColorRole.Base))):
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
