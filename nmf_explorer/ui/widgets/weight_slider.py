"""The slider of one weight: its fitted value is marked, and the key End, a double click or a near miss goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_NEAR = 4  # pixels within which the fitted value is taken
_MARK = QPolygon([QPoint(-4, 0), QPoint(4, 0), QPoint(0, 5)])  # it points down to the handle
_LEAST_HEIGHT = 26
_TEN_STEPS = 10
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Down)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Up)


class WeightSlider(QSlider):
    """A slider in steps of the last decimal that is shown.

    Signals: ``moved(int)`` when the user moves it; ``reset_asked()`` to go back to the fitted value.
    """

    moved = Signal(int)
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._fitted = 0
        self._is_told = False
        self._grooves: tuple[QRect, int] | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: int, fitted: int, limit: int) -> None:
        """Show a value, where the fit had it, and how far the scale goes; says nothing back."""
        self._is_told = True
        self.setRange(0, limit)
        self.setPageStep(max(_TEN_STEPS, limit // 10))
        self.setValue(value)
        self._is_told = False
        if fitted != self._fitted:
            self._fitted = fitted
            self.update()

    def sizeHint(self) -> QSize:
        """Keep room for a finger, and for the mark."""
        return super().sizeHint().expandedTo(QSize(60, _LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As high as that, too."""
        return super().minimumSizeHint().expandedTo(QSize(60, _LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again where the groove is."""
        super().resizeEvent(event)
        self._grooves = None

    def changeEvent(self, event: QEvent) -> None:
        """Look again where the groove is, in another style or with larger letters."""
        super().changeEvent(event)
        self._grooves = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End goes to the fitted value, Shift with an arrow takes ten steps; the rest is Qt's."""
        if event.key() == Qt.Key.Key_End:
            self.reset_asked.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in (*_BACK, *_FORTH):
            self.setValue(self.value() + (_TEN_STEPS if event.key() in _FORTH else -_TEN_STEPS))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to the fitted value."""
        event.accept()
        self.reset_asked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to where the mouse is: nobody wants to go there by pages."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().toPoint()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().toPoint()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go."""
        if self.isSliderDown():
            self.setSliderDown(False)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the style's slider, and a mark above it where the fit has the weight."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().windowText())
        painter.translate(self._place_of(self._fitted), 0)
        painter.drawPolygon(_MARK)
        painter.end()

    def _on_value_changed(self, value: int) -> None:
        if not self._is_told:
            self.moved.emit(value)

    def _groove(self) -> tuple[QRect, int]:
        """The groove, and half the width of the handle whose middle can be there; asked for with each painting."""
        if self._grooves is not None:
            return self._grooves
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider, style = QStyle.ComplexControl.CC_Slider, self.style()
        groove = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
        self._grooves = groove, handle.width() // 2
        return self._grooves

    def _place_of(self, value: int) -> int:
        groove, half = self._groove()
        way = groove.width() - 2 * half
        return groove.left() + half + QStyle.sliderPositionFromValue(0, max(1, self.maximum()), value, way)

    def _value_at(self, place: QPoint) -> int:
        if abs(place.x() - self._place_of(self._fitted)) <= _NEAR:
            return self._fitted
        groove, half = self._groove()
        way = groove.width() - 2 * half
        return QStyle.sliderValueFromPosition(0, self.maximum(), place.x() - groove.left() - half, way)
