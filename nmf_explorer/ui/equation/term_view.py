"""One term of the sum: the image of a part, and a slider and a number field for its weight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractSpinBox, QVBoxLayout, QWidget

from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.theme.texts import number, percent, title_of_part
from nmf_explorer.ui.widgets.fixed_size_label import FixedSizeLabel
from nmf_explorer.ui.widgets.number_boxes import DecimalBox
from nmf_explorer.ui.widgets.weight_slider import WeightSlider

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent

    from nmf_explorer.session.session import Session

_BASE_DECIMALS = 2  # for limits from 0.5 to 5
_MAX_DECIMALS = 6
GAP = 2
_FRAME_WIDTH = 2  # pixels
_PENDING_OPACITY = 0.25  # of a term that the running sum does not contain yet


class Term(NamedTuple):
    """Values of one term: part (from 0), title, weights, end of the scale, share of the brightness (0..1)."""

    part: int
    title: str
    weight: float
    fitted: float
    limit: float
    share: float
    can_be_moved: bool
    is_in_sum: bool


def decimals_for(limit: float) -> int:
    """Return the number of decimals that distinguish weights up to `limit`."""
    return max(
        0, min(_MAX_DECIMALS, _BASE_DECIMALS - math.floor(math.log10(2 * limit)) if limit > 0 else _BASE_DECIMALS)
    )


def _field_maximum(limit: float, decimals: int) -> float:
    """Return the maximum of the field: 2 to 20 times the limit, so that the field rarely changes width during a fit."""
    maximum = 10.0 ** (1 + math.floor(math.log10(2 * limit))) if limit > 0 else 0.0
    return max(limit, maximum - 10.0**-decimals)


class TermView(QWidget):
    """A term, with an accessible name for each of its controls.

    Signals: ``moved(int, float)`` part and new weight; ``editing_finished()`` at the end of a move;
    ``reset_requested(int)`` part whose fitted weight is to be restored; ``chosen(int)`` part that was clicked or
    chosen with Return; ``marked(object)`` part under the mouse, or None.
    """

    moved = Signal(int, float)
    editing_finished = Signal()
    reset_requested = Signal(int)
    chosen = Signal(int)
    marked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self._scale = 1.0
        self._controls_height: int | None = None
        self.image_view = ImageView("", session=session)
        self.image_view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab moves from weight to weight
        self._title = FixedSizeLabel(self.tr("× {part}").format(part=title_of_part(0, "")))
        self._slider = WeightSlider()
        self._field = DecimalBox()
        self._lay_out()
        self._slider.moved.connect(self._on_slider_moved)
        self._slider.sliderReleased.connect(self.editing_finished)
        self._slider.reset_requested.connect(self._on_reset_requested)
        self._slider.chosen.connect(self._choose)
        self._field.valueChanged.connect(self._on_number_changed)
        self._field.editingFinished.connect(self.editing_finished)
        self._is_selected = self._is_marked = False

    def _lay_out(self) -> None:
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The slider replaces them, and space is scarce.
        self._field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._field.setKeyboardTracking(False)
        self._field.lineEdit().setAcceptDrops(False)  # a dropped file must reach the window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.image_view, 1)
        column.addWidget(self._title)
        column.addWidget(self._slider)
        column.addWidget(self._field)

    @property
    def part(self) -> int | None:
        """The part of the shown term."""
        return self._term.part if self._term else None

    def show_marks(self, *, is_selected: bool, is_marked: bool) -> None:
        """Frame the image if its part is selected, or marked in another view."""
        if (is_selected, is_marked) != (self._is_selected, self._is_marked):
            self._is_selected, self._is_marked = is_selected, is_marked
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Mark the part."""
        super().enterEvent(event)
        if self._term:
            self.marked.emit(self._term.part)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no part."""
        super().leaveEvent(event)
        self.marked.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the part by a click on its image or title, which leave the event to this widget."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the part by Return on its image."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.image_view.hasFocus():
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._term:
            self.chosen.emit(self._term.part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame: solid if the part is selected, dashed if it is marked."""
        super().paintEvent(event)
        if not (self._is_selected or self._is_marked):
            return
        painter = QPainter(self)
        style = Qt.PenStyle.SolidLine if self._is_selected else Qt.PenStyle.DashLine
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FRAME_WIDTH, style))
        image = self.image_view.image_rect().translated(self.image_view.pos())
        painter.drawRect(image.adjusted(-_FRAME_WIDTH, -_FRAME_WIDTH, _FRAME_WIDTH, _FRAME_WIDTH))
        painter.end()

    def show_term(self, term: Term, image: QImage) -> None:
        """Show a term and its image."""
        if image is not self.image_view.image():
            self.image_view.show_image(image, self.image_view.accessibleDescription())
        if self._term is not None and term.part != self._term.part:
            self.release_slider()
        if term != self._term:
            self._show_numbers(term)
        self._term = term

    def insert_in_tab_order(self, following: QWidget) -> None:
        """Let Tab reach slider and number right before another widget."""
        if previous := following.previousInFocusChain():
            QWidget.setTabOrder(previous, self._slider)
        QWidget.setTabOrder(self._slider, self._field)

    def release_slider(self) -> None:
        """End a drag of the slider, which was meant for the weight of another part."""
        self._slider.setSliderDown(False)

    def hide_term(self) -> None:
        """Hide the view; a slider that is still held then changes no weight, since its part may not exist any more."""
        self._term = None
        self.hide()

    def min_width_for(self, n_parts: int) -> int:
        """Return the least width at which the number of the last of `n_parts` parts is readable."""
        controls = max(self._field.minimumSizeHint().width(), self._slider.minimumSizeHint().width())
        title = self.tr("× {part}").format(part=title_of_part(max(0, n_parts - 1), ""))
        return max(controls, self.fontMetrics().horizontalAdvance(title) + 1)

    def controls_height(self) -> int:
        """Return the height of the controls below the image."""
        if self._controls_height is None:
            hints = [widget.sizeHint().height() for widget in (self._title, self._slider, self._field)]
            self._controls_height = sum(hints) + 3 * GAP
        return self._controls_height

    def changeEvent(self, event: QEvent) -> None:
        """Compute the height of the controls again after a change of font or style."""
        super().changeEvent(event)
        self._controls_height = None

    def _show_numbers(self, term: Term) -> None:
        if self._term is None or term.part != self._term.part or term.title != self._term.title:
            self._set_names(term)
        decimals = decimals_for(term.limit)
        self._scale = 10.0**decimals
        value, fitted, limit = (round(x * self._scale) for x in (term.weight, term.fitted, term.limit))
        self._slider.show_value(value, fitted, max(limit, value, 1))
        with QSignalBlocker(self._field):
            maximum = _field_maximum(term.limit, decimals)
            if (
                decimals != self._field.decimals() or maximum != self._field.maximum()
            ):  # setting these repeats the layout of the field
                self._field.setDecimals(decimals)
                self._field.setSingleStep(1 / self._scale)
                self._field.setRange(0, maximum)
            if round(self._field.value() * self._scale) != value:  # setting the same value would repaint the field
                self._field.setValue(term.weight)
        self._slider.setEnabled(term.can_be_moved)
        self._field.setEnabled(term.can_be_moved)
        self.image_view.set_opacity(1.0 if term.is_in_sum else _PENDING_OPACITY)
        self._describe(term, decimals)

    def _set_names(self, term: Term) -> None:
        self.setAccessibleName(self.tr("Term with {part}").format(part=term.title))
        self.image_view.setAccessibleName(term.title[:1].upper() + term.title[1:])
        self._title.set_texts(self.tr("× {part}").format(part=term.title))
        self._slider.setAccessibleName(self.tr("Weight of {part}").format(part=term.title))
        self._field.setAccessibleName(self.tr("Weight of {part} as a number").format(part=term.title))

    def _describe(self, term: Term, decimals: int) -> None:
        weight = number(term.weight, decimals)
        fitted = number(term.fitted, decimals)
        text = self.tr("{weight} × {part}, {share} of the sum")
        self.image_view.describe(text.format(weight=weight, part=term.title, share=percent(term.share)))
        description = self.tr("{weight}; the fit has {fitted} (key End)").format(weight=weight, fitted=fitted)
        self._slider.setAccessibleDescription(description)
        self._slider.setToolTip(description)

    def _on_slider_moved(self, value: int) -> None:
        if self._term:
            at_fitted = value == round(self._term.fitted * self._scale)
            self.moved.emit(self._term.part, self._term.fitted if at_fitted else value / self._scale)

    def _on_number_changed(self, value: float) -> None:
        if self._term:
            self.moved.emit(self._term.part, value)

    def _on_reset_requested(self) -> None:
        if self._term:
            self.reset_requested.emit(self._term.part)
