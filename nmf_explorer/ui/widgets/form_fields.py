"""Fields of the panel “How these were read”: each shows one choice, and says when the user has made another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.dataset.size_text import size_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Size = tuple[int, int]  # (height, width), as everywhere below the window
_LARGEST_SIDE = 4096
_LEAST_LETTERS = 10  # of a choice, that are always seen
_OTHER = "other"  # stands in the box for a size that is typed


class Choice(NamedTuple):
    """One of several values, and what it is called."""

    value: object
    title: str


class ChoiceField(QComboBox):
    """A box with some values.

    Signals: ``chosen(object)`` the value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(choices)
        self.activated.connect(lambda index: self.chosen.emit(self._values[index]))

    def offer(self, choices: Sequence[Choice]) -> None:
        """Have other values to choose from; the first one is shown."""
        self.clear()
        self._values = [choice.value for choice in choices]
        for choice in choices:
            self.addItem(choice.title)
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth())  # also where the box is narrow

    def has(self, value: object) -> bool:
        """Whether a value is offered."""
        return value in self._values

    def show_value(self, value: object) -> None:
        """Show a value; one that is not offered is offered from now on."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value))


class SwitchField(QCheckBox):
    """Yes or no.

    Signals: ``chosen(object)`` the value.
    """

    chosen = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setChecked(value is True)

    def _on_clicked(self, is_on: bool) -> None:  # noqa: FBT001 - a slot of a button that is checked or not
        self.chosen.emit(is_on)


class NumberField(QSpinBox):
    """A whole number, counted in `unit`; the lowest one may stand for None.

    Signals: ``chosen(object)`` the value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, lowest: int, highest: int, *, unit: int = 1, none: str = "") -> None:
        super().__init__()
        self._unit = unit
        self._has_none = bool(none)
        self.setAccessibleName(name)
        self.setRange(lowest, highest)
        self.setSpecialValueText(none)
        self.setKeyboardTracking(False)  # a number counts when it is typed to its end
        self.lineEdit().setAcceptDrops(False)  # a file dropped here is meant for the window
        self.valueChanged.connect(self._on_changed)

    def show_value(self, value: object) -> None:
        """Show a value without saying so."""
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's name for it is the function's
        self.setValue(value // self._unit if isinstance(value, int) else self.minimum())
        self.blockSignals(was_blocked)

    def _on_changed(self, number: int) -> None:
        self.chosen.emit(None if self._has_none and number == self.minimum() else number * self._unit)


class SizeField(QWidget):
    """A box with some sizes, or width and height as numbers.

    Signals: ``chosen(object)`` the size, ``(height, width)``, or None.
    """

    chosen = Signal(object)

    def __init__(self, name: str, automatic: str) -> None:
        super().__init__()
        self._automatic = Choice(None, automatic)
        self._box = ChoiceField(name, [self._automatic])
        self._width = NumberField(self.tr("{name}: width").format(name=name), 1, _LARGEST_SIDE)
        self._height = NumberField(self.tr("{name}: height").format(name=name), 1, _LARGEST_SIDE)
        self._numbers = QWidget()
        row = QHBoxLayout(self._numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._width, 1)
        row.addWidget(QLabel(self.tr("x")))
        row.addWidget(self._height, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        column.addWidget(self._numbers)
        self._box.chosen.connect(self._on_chosen)
        self._width.chosen.connect(self._on_typed)
        self._height.chosen.connect(self._on_typed)
        self._numbers.hide()

    def offer(self, sizes: Sequence[Size]) -> None:
        """Have these sizes to choose from, beside the automatic one and one that is typed."""
        choices = [Choice(size, size_text(size)) for size in sizes]
        self._box.offer([self._automatic, *choices, Choice(_OTHER, self.tr("Other…"))])

    def show_value(self, value: Size | None) -> None:
        """Show a size; one that is not offered as numbers."""
        is_typed = value is not None and (not self._box.has(value) or self._numbers.isVisibleTo(self))
        self._numbers.setVisible(is_typed)
        self._box.show_value(_OTHER if is_typed else value)
        if value is not None:
            self._show_numbers(value)

    def suggest(self, size: Size) -> None:
        """What the numbers are before anything was typed."""
        if not self._numbers.isVisibleTo(self):
            self._show_numbers(size)

    def _show_numbers(self, size: Size) -> None:
        self._height.show_value(size[0])
        self._width.show_value(size[1])

    def _on_chosen(self, value: object) -> None:
        self._numbers.setVisible(value == _OTHER)
        if value == _OTHER:
            self._width.setFocus()
            self._on_typed()
        else:
            self.chosen.emit(value)

    def _on_typed(self) -> None:
        self.chosen.emit((self._height.value(), self._width.value()))
