"""Keys of the window work in a number field, except while a number is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from nmf_explorer.ui.widgets.number_boxes import DecimalBox, WholeNumberBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("box_class", [WholeNumberBox, DecimalBox])
@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_Right, Qt.Key.Key_Left])
def test_a_key_of_the_window_works_after_a_number_was_typed(
    qtbot: QtBot, box_class: type[WholeNumberBox | DecimalBox], key: Qt.Key
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    box = box_class()
    window.setCentralWidget(box)
    triggered: list[bool] = []
    action = QAction("Act", window)
    action.setShortcut(QKeySequence(CONTROL | key))
    action.triggered.connect(lambda: triggered.append(True))
    window.addAction(action)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.selectAll()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, key, CONTROL)
    assert triggered == []  # the field undoes or moves within what is being typed
    box.selectAll()
    qtbot.keyClicks(box, "8")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 8
    qtbot.keyClick(box, key, CONTROL)
    assert len(triggered) == 1
    assert box.value() == 8
    assert box.hasFocus()
