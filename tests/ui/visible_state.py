"""The texts and states of all widgets of a window, to compare them before and after; and a wait until they last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
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

from nmf_explorer.ui.widgets.busy_bar import BusyBar
from tests.session.fixtures import PATIENCE
from tests.ui.finding import texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.ui.windows.main_window import MainWindow

_PROPERTIES = {
    QAbstractButton: ("text", "checked"),
    QAbstractSlider: ("minimum", "maximum", "value"),
    QAbstractSpinBox: ("text", "minimum", "maximum"),
    QComboBox: ("currentText", "count"),
    QLabel: ("text",),
    QLineEdit: ("text", "readOnly"),
    QProgressBar: ("value", "maximum", "format"),
}


def visible_state(window: QMainWindow) -> list[tuple[object, ...]]:
    """Return class, name, state and contents of each visible widget, and of each action of the menus."""
    centre, bar = window.centralWidget(), window.menuBar()
    assert centre is not None
    visible = [widget for widget in centre.findChildren(QWidget) if widget.isVisibleTo(window)]
    widgets = [widget for widget in visible if not _scrolls(widget)]  # scroll bars follow from the contents
    return [
        *map(_state_of, widgets),
        *((action.text(), action.isEnabled(), action.isChecked()) for action in bar.findChildren(QAction)),
    ]


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_scrollarea")


def _state_of(widget: QWidget) -> tuple[object, ...]:
    own = (type(widget).__name__, widget.accessibleName(), widget.accessibleDescription(), widget.isEnabled())
    values = [
        widget.property(name) for kind, names in _PROPERTIES.items() if isinstance(widget, kind) for name in names
    ]
    if isinstance(widget, QListView) and widget.model() is not None:
        values += [*texts(widget), widget.currentIndex().row()]
    return (*own, *values)


def wait_until_stable(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no timer is about to change the window and its layout has stopped changing."""
    last: list[tuple[object, ...]] | None = None

    def is_stable() -> bool:
        nonlocal last
        before, last = last, visible_state(window)
        return before == last and not _awaits_a_timer(window)

    qtbot.waitUntil(is_stable, timeout=PATIENCE)


def _awaits_a_timer(window: MainWindow) -> bool:
    timers = window.findChildren(QTimer) + window._session.findChildren(QTimer)
    pending = [timer for timer in timers if timer.isActive() and timer.isSingleShot()]
    return any(not isinstance(timer.parent(), BusyBar) for timer in pending)  # a busy bar starts its own for each frame
