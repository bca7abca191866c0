"""Qt's style Fusion with visible outlines: its own have a contrast of 2 to 1 on light and 1 to 1 on dark backgrounds.

All outlines have one colour of the palette; that of the control with the keyboard focus is wider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOptionComplex, QStyleOptionSlider

from nmf_explorer.ui.theme.palettes import OUTLINE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOption, QWidget

_State, _Part = QStyle.StateFlag, QStyle.SubControl
_Primitive = QStyle.PrimitiveElement
RADIUS, _FOCUS_WIDTH = 2.0, 2
_CORNER_RADII = {
    _Primitive.PE_PanelButtonCommand: RADIUS,
    _Primitive.PE_FrameLineEdit: RADIUS,
    _Primitive.PE_Frame: 0.0,
    _Primitive.PE_IndicatorCheckBox: 0.0,
}
# States with a wide outline; a list shows focus at its current item instead.
_KEYBOARD_FOCUS = _State.State_HasFocus | _State.State_KeyboardFocusChange
_FOCUS_STATES = {
    _Primitive.PE_PanelButtonCommand: _KEYBOARD_FOCUS,
    _Primitive.PE_FrameLineEdit: _State.State_HasFocus,
    _Primitive.PE_IndicatorCheckBox: _KEYBOARD_FOCUS,
}
_DOWN = _State.State_On | _State.State_Sunken


class OutlinedStyle(QProxyStyle):
    """Fusion with additional outlines of controls."""

    def __init__(self) -> None:
        super().__init__("fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw outlines of buttons, fields, frames and check boxes."""
        super().drawPrimitive(element, option, painter, widget)
        if element in _CORNER_RADII:
            state, needed = option.state, _FOCUS_STATES.get(element)
            has_focus = needed is not None and state & needed == needed
            is_down = element is _Primitive.PE_PanelButtonCommand and bool(state & _DOWN)
            draw_outline(painter, option, option.rect, _CORNER_RADII[element], has_focus=has_focus, is_wide=is_down)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw outlines of spin boxes, sliders and scroll bars."""
        if control is QStyle.ComplexControl.CC_Slider:
            self._draw_slider(cast("QStyleOptionSlider", option), painter, widget)
            return
        super().drawComplexControl(control, option, painter, widget)
        if control is QStyle.ComplexControl.CC_SpinBox:
            has_focus = bool(option.state & _State.State_HasFocus)
            draw_outline(painter, option, option.rect, RADIUS, has_focus=has_focus)
        elif control is QStyle.ComplexControl.CC_ScrollBar:
            handle = self._sub_control_rect(control, option, _Part.SC_ScrollBarSlider, widget)
            draw_outline(painter, option, handle, 0.0)

    def _draw_slider(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        """Draw outlines of the handle and of the groove on both sides of it, fast: an equation has many sliders."""
        slider = QStyle.ComplexControl.CC_Slider
        super().drawComplexControl(slider, option, painter, widget)
        groove = self._sub_control_rect(slider, option, _Part.SC_SliderGroove, widget).adjusted(0, 0, -1, -1)
        handle = self._sub_control_rect(slider, option, _Part.SC_SliderHandle, widget).adjusted(1, 1, -2, -2)
        before, after = QRect(groove), QRect(groove)
        if option.orientation == Qt.Orientation.Horizontal:
            before.setRight(handle.left())
            after.setLeft(handle.right())
        else:
            before.setBottom(handle.top())
            after.setTop(handle.bottom())
        painter.setPen(option.palette.color(OUTLINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([rect for rect in (before, handle, after) if rect.isValid()])

    def _sub_control_rect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None,
    ) -> QRect:
        return self.subControlRect(control, option, part, widget)  # type: ignore[arg-type] # Qt allows None


def draw_outline(
    painter: QPainter,
    option: QStyleOption,
    rect: QRect,
    radius: float,
    *,
    has_focus: bool = False,
    is_wide: bool = False,
) -> None:
    """Draw the outline of a control in this rectangle."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if has_focus or is_wide:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Highlight if has_focus else OUTLINE
        painter.setPen(QPen(option.palette.color(role), _FOCUS_WIDTH))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
    else:  # the usual case, in half the time
        painter.setPen(option.palette.color(OUTLINE))
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), radius, radius)
    painter.restore()
