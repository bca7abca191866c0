"""Form fields of the panel “How these were read”; each shows one value and emits `chosen` when the user changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.ui.widgets.number_boxes import WholeNumberBox

if TYPE_CHECKING:
    from collections.abc import Sequence

Size = tuple[int, int]  # (height, width), as in the core
_MAX_SIDE = 4096
_MIN_LETTERS = 10  # letters of a choice that are always visible
_OTHER = "other"  # value of the choice “Other…”, a typed size


class Choice(NamedTuple):
    """One of several values, with its title."""

    value: object
    title: str


class ChoiceField(QComboBox):
    """A combo box with values.

    Signals: ``chosen(object)`` the value.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_MIN_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(choices)
        self.activated.connect(lambda index: self.chosen.emit(self._values[index]))

    def offer(self, choices: Sequence[Choice]) -> None:
        """Replace the choices; the first one is shown."""
        self.clear()
        self._values = [choice.value for choice in choices]
        for choice in choices:
            self.addItem(choice.title)
        view = self.view()
        # The popup list shows whole texts even if the box is narrow.
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth())

    def has(self, value: object) -> bool:
        """Whether a value is offered."""
        return value in self._values

    def show_value(self, value: object) -> None:
        """Show a value; add it if it is not offered."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value))


class SwitchField(QCheckBox):
    """A check box.

    Signals: ``chosen(object)`` the value.
    """

    chosen = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setChecked(value is True)

    def _on_clicked(self, is_on: bool) -> None:  # noqa: FBT001 - the signal passes the state
        self.chosen.emit(is_on)


class NumberField(WholeNumberBox):
    """A whole number in multiples of `unit`; the minimum may stand for None.

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
        self.setKeyboardTracking(False)  # emit only when typing has ended
        self.lineEdit().setAcceptDrops(False)  # a dropped file must reach the window
        self.valueChanged.connect(self._on_changed)

    def show_value(self, value: object) -> None:
        """Show a value without emitting `chosen`."""
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's name for it is the function's
        self.setValue(value // self._unit if isinstance(value, int) else self.minimum())
        self.blockSignals(was_blocked)

    def _on_changed(self, number: int) -> None:
        self.chosen.emit(None if self._has_none and number == self.minimum() else number * self._unit)


class SizeField(QWidget):
    """A combo box with sizes, and fields for width and height.

    Signals: ``chosen(object)`` the size as ``(height, width)``, or None.
    """

    chosen = Signal(object)

    def __init__(self, name: str, automatic: str) -> None:
        super().__init__()
        self._automatic = Choice(None, automatic)
        self._box = ChoiceField(name, [self._automatic])
        self._width = NumberField(self.tr("{name}: width").format(name=name), 1, _MAX_SIDE)
        self._height = NumberField(self.tr("{name}: height").format(name=name), 1, _MAX_SIDE)
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
        """Offer these sizes, the automatic one, and a typed one."""
        choices = [Choice(size, size_text(size)) for size in sizes]
        self._box.offer([self._automatic, *choices, Choice(_OTHER, self.tr("Other…"))])

    def show_value(self, value: Size | None) -> None:
        """Show a size, as numbers if it is not offered."""
        is_typed = value is not None and (not self._box.has(value) or self._numbers.isVisibleTo(self))
        self._numbers.setVisible(is_typed)
        self._box.show_value(_OTHER if is_typed else value)
        if value is not None:
            self._show_numbers(value)

    def suggest(self, size: Size) -> None:
        """Set the numbers to show before any is typed."""
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
