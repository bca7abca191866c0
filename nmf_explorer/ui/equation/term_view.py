"""One term of the sum: a part, and beneath it a slider and a number field with its weight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QVBoxLayout, QWidget

from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.theme.texts import number, percent, title_of_part
from nmf_explorer.ui.widgets.fixed_size_label import FixedSizeLabel
from nmf_explorer.ui.widgets.weight_slider import WeightSlider

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QImage

    from nmf_explorer.session.session import Session

_DECIMALS = 2  # where the largest weight is from 0.5 to 5
_MOST_DECIMALS = 6
GAP = 2
_FADED = 0.25  # of a term that is not added yet


class Term(NamedTuple):
    """What there is to show of one term.

    Attributes
    ----------
    part : int
        Which part, from 0.
    title : str
        Its name, or its number in words.
    weight, fitted, limit : float
        Its weight, the one of the fit, and the end of the scale.
    share : float
        Of the sum's brightness.
    can_be_moved, is_added : bool
        Whether the weight may be moved, and whether the sum has come to this term.
    """

    part: int
    title: str
    weight: float
    fitted: float
    limit: float
    share: float
    can_be_moved: bool
    is_added: bool


def decimals_for(limit: float) -> int:
    """How many decimals tell weights up to `limit` apart."""
    return max(0, min(_MOST_DECIMALS, _DECIMALS - math.floor(math.log10(2 * limit)) if limit > 0 else _DECIMALS))


def _most_typed(limit: float, decimals: int) -> float:
    """What can be typed at most, twice to twenty times the limit: so that it is seldom another while a fit goes on."""
    most = 10.0 ** (1 + math.floor(math.log10(2 * limit))) if limit > 0 else 0.0
    return max(limit, most - 10.0**-decimals)


class TermView(QWidget):
    """A term, as a group whose controls a screen reader can tell apart.

    Signals: ``moved(int, float)`` part and weight; ``settled()`` when a move is over; ``reset_asked(int)`` to bring a
    part's weight back to the fitted one.
    """

    moved = Signal(int, float)
    settled = Signal()
    reset_asked = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._term: Term | None = None
        self._scale = 1.0
        self._below: int | None = None
        self.picture = ImageView("", session=session)
        self.picture.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from weight to weight
        self._title = FixedSizeLabel(self.tr("× {part}").format(part=title_of_part(0, "")))
        self._slider = WeightSlider()
        self._field = QDoubleSpinBox()
        self._lay_out()
        self._slider.moved.connect(self._on_slider_moved)
        self._slider.sliderReleased.connect(self.settled)
        self._slider.reset_asked.connect(self._on_reset_asked)
        self._field.valueChanged.connect(self._on_number_changed)
        self._field.editingFinished.connect(self.settled)

    def _lay_out(self) -> None:
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)  # the slider is there, and room is scarce
        self._field.setKeyboardTracking(False)
        self._field.lineEdit().setAcceptDrops(False)  # a file dropped here is meant for the window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.picture, 1)
        column.addWidget(self._title)
        column.addWidget(self._slider)
        column.addWidget(self._field)

    def show_term(self, term: Term, image: QImage) -> None:
        """Show a term with its picture."""
        if image is not self.picture.image():
            self.picture.show_image(image, self.picture.accessibleDescription())
        if term != self._term:
            self._show_numbers(term)
        self._term = term

    def show_nothing(self) -> None:
        """Be gone; a slider that is held meanwhile moves nothing, for its part may be none of the next model."""
        self._term = None
        self.hide()

    def least_width(self, n_parts: int) -> int:
        """How wide a term is at least: the number of the last of so many parts can be read."""
        controls = max(self._field.minimumSizeHint().width(), self._slider.minimumSizeHint().width())
        title = self.tr("× {part}").format(part=title_of_part(max(0, n_parts - 1), ""))
        return max(controls, self.fontMetrics().horizontalAdvance(title) + 1)

    def height_below(self) -> int:
        """How much of its height a term needs for what is beneath its picture."""
        if self._below is None:
            hints = [widget.sizeHint().height() for widget in (self._title, self._slider, self._field)]
            self._below = sum(hints) + 3 * GAP
        return self._below

    def changeEvent(self, event: QEvent) -> None:
        """Ask again for sizes, which are asked for with each sample, when letters or style are others."""
        super().changeEvent(event)
        self._below = None

    def _show_numbers(self, term: Term) -> None:
        if self._term is None or term.part != self._term.part or term.title != self._term.title:
            self._name(term)
        decimals = decimals_for(term.limit)
        self._scale = 10.0**decimals
        value, fitted, limit = (round(x * self._scale) for x in (term.weight, term.fitted, term.limit))
        self._slider.show_value(value, fitted, max(limit, value, 1))
        with QSignalBlocker(self._field):
            most = _most_typed(term.limit, decimals)
            if decimals != self._field.decimals() or most != self._field.maximum():  # the field is laid out anew
                self._field.setDecimals(decimals)
                self._field.setSingleStep(1 / self._scale)
                self._field.setRange(0, most)
            if round(self._field.value() * self._scale) != value:  # told the same, it is painted again all the same
                self._field.setValue(term.weight)
        self._slider.setEnabled(term.can_be_moved)
        self._field.setEnabled(term.can_be_moved)
        self.picture.set_opacity(1.0 if term.is_added else _FADED)
        self._describe(term, decimals)

    def _name(self, term: Term) -> None:
        self.setAccessibleName(self.tr("Term with {part}").format(part=term.title))
        self.picture.setAccessibleName(term.title[:1].upper() + term.title[1:])
        self._title.set_texts(self.tr("× {part}").format(part=term.title))
        self._slider.setAccessibleName(self.tr("Weight of {part}").format(part=term.title))
        self._field.setAccessibleName(self.tr("Weight of {part} as a number").format(part=term.title))

    def _describe(self, term: Term, decimals: int) -> None:
        weight = number(term.weight, decimals)
        fitted = number(term.fitted, decimals)
        text = self.tr("{weight} × {part}, {share} of the picture")
        self.picture.describe(text.format(weight=weight, part=term.title, share=percent(term.share)))
        told = self.tr("{weight}; the fit has {fitted} (key End)").format(weight=weight, fitted=fitted)
        self._slider.setAccessibleDescription(told)
        self._slider.setToolTip(told)

    def _on_slider_moved(self, value: int) -> None:
        if self._term:
            at_fitted = value == round(self._term.fitted * self._scale)
            self.moved.emit(self._term.part, self._term.fitted if at_fitted else value / self._scale)

    def _on_number_changed(self, value: float) -> None:
        if self._term:
            self.moved.emit(self._term.part, value)

    def _on_reset_asked(self) -> None:
        if self._term:
            self.reset_asked.emit(self._term.part)
