"""What a person, or a screen reader, finds in a window: to compare it with what it was."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QProgressBar,
    QScrollBar,
    QWidget,
)

from tests.ui.finding import texts

_SAID = {
    QAbstractButton: ("text", "checked"),
    QAbstractSlider: ("minimum", "maximum", "value"),
    QAbstractSpinBox: ("text", "minimum", "maximum"),
    QComboBox: ("currentText", "count"),
    QLabel: ("text",),
    QLineEdit: ("text", "readOnly"),
    QProgressBar: ("value", "maximum", "format"),
}


def described(window: QMainWindow) -> list[tuple[object, ...]]:
    """Give kind, name, state and contents of everything that is visible, and of all actions."""
    centre, bar = window.centralWidget(), window.menuBar()
    assert centre is not None
    seen = [widget for widget in centre.findChildren(QWidget) if widget.isVisibleTo(window)]
    widgets = [widget for widget in seen if not _scrolls(widget)]  # bars follow from what they scroll
    return [
        *map(_described, widgets),
        *((action.text(), action.isEnabled(), action.isChecked()) for action in bar.findChildren(QAction)),
    ]


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_scrollarea")


def _described(widget: QWidget) -> tuple[object, ...]:
    own = (type(widget).__name__, widget.accessibleName(), widget.accessibleDescription(), widget.isEnabled())
    said = [widget.property(name) for kind, names in _SAID.items() if isinstance(widget, kind) for name in names]
    if isinstance(widget, QListView) and widget.model() is not None:
        said += [*texts(widget), widget.currentIndex().row()]
    return (*own, *said)
