"""Keys of the window work in a number field, except while a number is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QToolTip, QVBoxLayout, QWidget

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


@pytest.mark.parametrize(
    ("box_class", "typed", "reason"),
    [
        (WholeNumberBox, "30", "At most 10"),
        (WholeNumberBox, "123456", "At most 10"),
        (WholeNumberBox, "0", "At least 1"),
        (DecimalBox, "30", "At most 10.00"),
        (DecimalBox, "0.5", "At least 1.00"),
    ],
)
@pytest.mark.parametrize("way", ["Return", "another field", "a shortcut of the window"])
def test_a_number_beyond_the_limits_can_be_typed_and_becomes_the_limit_in_words(
    qtbot: QtBot, box_class: type[WholeNumberBox | DecimalBox], typed: str, reason: str, way: str
) -> None:
    window, box, other = QMainWindow(), box_class(), QLineEdit()
    qtbot.addWidget(window)
    contents = QWidget()
    column = QVBoxLayout(contents)
    column.addWidget(box)
    column.addWidget(other)
    window.setCentralWidget(contents)
    box.setRange(1, 10)
    box.setValue(4)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.selectAll()
    qtbot.keyClicks(box, typed)
    assert box.text() == typed
    if way == "Return":
        qtbot.keyClick(box, Qt.Key.Key_Return)
    elif way == "another field":
        other.setFocus()
    else:
        qtbot.keyClick(box, Qt.Key.Key_Return, CONTROL)
    corrected = reason.rpartition(" ")[2]
    assert box.text() == corrected
    assert box.value() == float(corrected)
    assert reason in QToolTip.text()


def test_letters_and_endless_digits_are_refused(qtbot: QtBot) -> None:
    box = WholeNumberBox()
    qtbot.addWidget(box)
    box.setRange(1, 10)
    box.selectAll()
    qtbot.keyClicks(box, "3x" + 20 * "7")
    assert box.text() == "3" + 11 * "7"


def test_a_prefix_and_a_suffix_stay(qtbot: QtBot) -> None:
    box = WholeNumberBox()
    qtbot.addWidget(box)
    box.setRange(1, 10)
    box.setPrefix("Brush ")
    box.setSuffix(" pixels")
    box.selectAll()
    qtbot.keyClicks(box, "99")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "Brush 10 pixels"


@pytest.mark.parametrize("box_class", [WholeNumberBox, DecimalBox])
def test_the_range_is_always_named(qtbot: QtBot, box_class: type[WholeNumberBox | DecimalBox]) -> None:
    box = box_class()
    qtbot.addWidget(box)
    box.setRange(2, 8)
    assert box.accessibleDescription() == f"From {box.textFromValue(2)} to {box.textFromValue(8)}"
    box.describe("How many")
    box.setRange(2, 9)
    assert box.accessibleDescription() == f"How many (from {box.textFromValue(2)} to {box.textFromValue(9)})"
    assert box.accessibleDescription() in box.toolTip()
