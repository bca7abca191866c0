"""Number fields that leave the keys of the window to it, such as undo, unless a number is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

_KEYS_OF_THE_WINDOW = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.MoveToNextWord,  # the next sample
    QKeySequence.StandardKey.MoveToPreviousWord,
)


class WholeNumberBox(QSpinBox):
    """A field for a whole number."""

    def event(self, event: QEvent) -> bool:
        """Leave keys of the window to it."""
        return _leave_to_window(self, event) or super().event(event)


class DecimalBox(QDoubleSpinBox):
    """A field for a number with decimals."""

    def event(self, event: QEvent) -> bool:
        """Leave keys of the window to it."""
        return _leave_to_window(self, event) or super().event(event)


def _leave_to_window(box: QAbstractSpinBox, event: QEvent) -> bool:
    """Return whether a key is left to the shortcuts of the window: the field would take it for its text."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if box.lineEdit().isModified() or not any(event.matches(key) for key in _KEYS_OF_THE_WINDOW):
        return False
    event.ignore()
    return True
