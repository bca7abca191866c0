"""The slider of one weight with a mark at its fitted value; End, a double click or a near miss restores that value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_SNAP_DISTANCE = 4  # pixels from the fitted value within which it is taken
_MARK = QPolygon([QPoint(-4, 0), QPoint(4, 0), QPoint(0, 5)])  # points down to the handle
_MIN_HEIGHT = 26
_LARGE_STEP = 10
_DECREASE_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Down)
_INCREASE_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Up)


class WeightSlider(QSlider):
    """A slider in steps of the last displayed decimal.

    Signals: ``moved(int)`` when the user moves it; ``reset_requested()`` to restore the fitted value;
    ``chosen()`` on Return.
    """

    moved = Signal(int)
    reset_requested = Signal()
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._fitted = 0
        self._is_updating = False
        self._groove_cache: tuple[QRect, int] | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: int, fitted: int, limit: int) -> None:
        """Show a value, the fitted value and the end of the scale without emitting `moved`."""
        self._is_updating = True
        self.setRange(0, limit)
        self.setPageStep(max(_LARGE_STEP, limit // 10))
        self.setValue(value)
        self._is_updating = False
        if fitted != self._fitted:
            self._fitted = fitted
            self.update()

    def sizeHint(self) -> QSize:
        """Return a size for touch and for the mark."""
        return super().sizeHint().expandedTo(QSize(60, _MIN_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return super().minimumSizeHint().expandedTo(QSize(60, _MIN_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Forget the cached groove."""
        super().resizeEvent(event)
        self._groove_cache = None

    def changeEvent(self, event: QEvent) -> None:
        """Forget the cached groove when style or font changes."""
        super().changeEvent(event)
        self._groove_cache = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the part with Return, the fitted value with End; take ten steps with Shift and an arrow key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_End:
            self.reset_requested.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in (
            *_DECREASE_KEYS,
            *_INCREASE_KEYS,
        ):
            self.setValue(self.value() + (_LARGE_STEP if event.key() in _INCREASE_KEYS else -_LARGE_STEP))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Request the fitted value."""
        event.accept()
        self.reset_requested.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the handle to the mouse, instead of by pages."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().toPoint()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle with the mouse."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().toPoint()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Release the handle."""
        if self.isSliderDown():
            self.setSliderDown(False)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the slider and a mark at the fitted value."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().windowText())
        painter.translate(self._x_of(self._fitted), 0)
        painter.drawPolygon(_MARK)
        painter.end()

    def _on_value_changed(self, value: int) -> None:
        if not self._is_updating:
            self.moved.emit(value)

    def _groove(self) -> tuple[QRect, int]:
        """Return the groove and half the width of the handle; cached, since each repaint needs them."""
        if self._groove_cache is not None:
            return self._groove_cache
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider, style = QStyle.ComplexControl.CC_Slider, self.style()
        groove = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
        self._groove_cache = groove, handle.width() // 2
        return self._groove_cache

    def _x_of(self, value: int) -> int:
        groove, half = self._groove()
        way = groove.width() - 2 * half
        return groove.left() + half + QStyle.sliderPositionFromValue(0, max(1, self.maximum()), value, way)

    def _value_at(self, place: QPoint) -> int:
        if abs(place.x() - self._x_of(self._fitted)) <= _SNAP_DISTANCE:
            return self._fitted
        groove, half = self._groove()
        way = groove.width() - 2 * half
        return QStyle.sliderValueFromPosition(0, self.maximum(), place.x() - groove.left() - half, way)
