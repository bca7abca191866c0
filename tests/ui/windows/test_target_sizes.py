"""Everything that can be operated: large enough to be hit, with a name, and reached by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QScrollBar,
    QSlider,
    QWidget,
)

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.images.image_view import ImageView
from tests.session.fixtures import PATIENCE, open_and_wait
from tests.ui.finding import name_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEAST = 24  # pixels, WCAG 2.2 “Target Size (Minimum)”
OPERATED = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListView, QSlider, ImageView)
INNER = "qt_"  # Qt's own parts of its widgets, which are operated as a whole


@pytest.fixture(params=["fitted", "drawing", "chosen", "compared", "options", "reading"])
def state(request: pytest.FixtureRequest, qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Give the window in one of its states."""
    window.resize(1280, 900)
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    match request.param:
        case "drawing":
            session.drawing.open(is_open=True)
        case "chosen":
            session.parts.select(2)
        case "compared":
            session.parts.select(2)
            session.parts.compare(4)
        case "options":
            session.preferences.set_options_shown(True)
        case "reading":
            session.import_preview.show()
            qtbot.waitUntil(lambda: not session.import_preview.is_busy, timeout=PATIENCE)
    qtbot.wait(1)
    return window


def operated(window: MainWindow) -> list[QWidget]:
    """Give all widgets that are seen and operated."""
    found = [w for w in window.findChildren(QWidget) if isinstance(w, OPERATED) and w.isVisible()]
    inner = [w for w in found if w.objectName().startswith(INNER) or isinstance(w.parent(), OPERATED)]
    return [w for w in found if w not in inner and not isinstance(w, QScrollBar)]


def test_targets_are_large_enough(state: MainWindow) -> None:
    small = [(type(w).__name__, name_of(w), w.size().toTuple()) for w in operated(state)]
    assert [target for target in small if min(target[2]) < LEAST] == []


def test_everything_that_is_operated_has_a_name(state: MainWindow) -> None:
    labelled = {label.buddy() for label in state.findChildren(QWidget) if hasattr(label, "buddy")}
    nameless = [(type(w).__name__, w.objectName()) for w in operated(state) if not name_of(w) and w not in labelled]
    assert nameless == []


def test_everything_that_is_operated_is_reached_by_tab(state: MainWindow) -> None:
    reached: set[QWidget] = set()
    widget: QWidget | None = state.nextInFocusChain()
    while widget is not None and widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    for control in operated(state):
        if not isinstance(control, ImageView):  # those of the terms have the pointer's keys in the sample's
            assert control in reached
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, (type(control).__name__, name_of(control))
