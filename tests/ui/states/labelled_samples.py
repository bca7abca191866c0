"""The window with six labelled samples and two parts, and access to its search field and list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView

from nmf_explorer.ui.samples.sample_strip import SampleStrip
from tests.session.exploring.test_sample_view import ANIMALS, fit_animals
from tests.session.fixtures import PATIENCE, show_set
from tests.ui.finding import find

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def animals(qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Return the window with six labelled samples and two parts."""
    show_set(session, ANIMALS)
    fit_animals(session)
    qtbot.waitUntil(strip_of(window).hasFocus, timeout=PATIENCE)
    return window


def strip_of(window: MainWindow) -> SampleStrip:
    strip = find(window, QListView, "Samples")
    assert isinstance(strip, SampleStrip)
    return strip


def field_of(window: MainWindow) -> QLineEdit:
    return find(window, QLineEdit, "Search samples by name")


def spoken(strip: QListView) -> list[str]:
    return [str(strip.model().index(row, 0).data(SPOKEN)) for row in range(strip.model().rowCount())]


def choose(box: QComboBox, text: str) -> None:
    """Choose an entry of a combo box as a user does."""
    row = box.findText(text)
    assert box.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled, text
    box.setCurrentIndex(row)
    box.activated.emit(row)
