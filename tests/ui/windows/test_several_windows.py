"""Several windows, each on a set of its own; and the window that tells all keys."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget
from shiboken6 import isValid

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
from tests.session.fixtures import PATIENCE, image_folder
from tests.ui.finding import find
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.app import Application
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.fixture
def application(qtbot: QtBot, qapp: Application) -> Iterator[Application]:
    """Give the application with one window, and close all windows at the end."""
    qapp.open_window()
    yield qapp
    for window in qapp.windows:
        window.close()
    qtbot.waitUntil(lambda: qapp.windows == [], timeout=PATIENCE)


def test_another_window_has_a_set_of_its_own(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    (first,) = application.windows
    action(first, "New Window").trigger()
    first, second = application.windows
    assert second.isVisible()
    assert second.pos() != first.pos()
    first.open([sample_images() / "stripes"])
    second.open([image_folder(tmp_path / "mine")])
    qtbot.waitUntil(lambda: first.windowTitle() == "stripes — NMF Explorer", timeout=PATIENCE)
    qtbot.waitUntil(lambda: second.windowTitle() == "mine — NMF Explorer", timeout=PATIENCE)
    # What one has opened is recent in the other.
    qtbot.waitUntil(
        lambda: any(each.toolTip() == str(tmp_path / "mine") for each in first.findChildren(QAction)), timeout=PATIENCE
    )
    action(first, "Options").trigger()
    assert action(second, "Options").isChecked()


def test_a_closed_window_is_gone_and_the_others_go_on(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    (first,) = application.windows
    second = application.open_window()
    second.open([image_folder(tmp_path / "mine")])
    action(second, "Close Window").trigger()
    qtbot.waitUntil(lambda: not isValid(second), timeout=PATIENCE)
    assert application.windows == [first]
    application.preferences.add_recent(tmp_path)  # a dead window that heard it would fail this test
    action(first, "Options").trigger()
    action(first, "Options").trigger()
    first.open([sample_images() / "stripes"])
    qtbot.waitUntil(lambda: first.windowTitle() == "stripes — NMF Explorer", timeout=PATIENCE)


def test_quit_closes_all_windows(qtbot: QtBot, application: Application) -> None:
    application.open_window()
    action(application.windows[0], "Quit").trigger()
    qtbot.waitUntil(lambda: application.windows == [], timeout=PATIENCE)


def says(window: MainWindow, words: str) -> bool:
    """Whether a button of the welcome page says so."""
    return any(button.text() == words for button in window._contents.findChildren(QPushButton))


def test_all_windows_speak_the_language_that_is_chosen_in_one(qtbot: QtBot, application: Application) -> None:
    before = QLocale()
    windows = [application.windows[0], application.open_window()]
    action(windows[0], "Deutsch").trigger()
    qtbot.waitUntil(lambda: all(says(window, "Öffnen …") for window in windows), timeout=PATIENCE)
    action(windows[1], "English").trigger()
    qtbot.waitUntil(lambda: all(says(window, "Open…") for window in windows), timeout=PATIENCE)
    application.preferences.set_language("system")
    QLocale.setDefault(before)


def rows(overview: KeyboardOverview) -> dict[str, str]:
    """All that the overview tells: what, and its keys."""
    tree = find(overview, QTreeWidget, "Keyboard Shortcuts")
    found: dict[str, str] = {}
    groups = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    for group in groups:
        assert isinstance(group, QTreeWidgetItem)
        children = [child for i in range(group.childCount()) if (child := group.child(i))]
        found |= {child.text(0): child.text(1) for child in children}
    return found


def overview_of(window: MainWindow) -> KeyboardOverview:
    """Give the overview that is open."""
    (overview,) = [child for child in window.findChildren(KeyboardOverview) if child.isVisible()]
    return overview


def test_the_overview_tells_every_key(qtbot: QtBot, stripes: MainWindow) -> None:
    qtbot.keyClick(stripes, Qt.Key.Key_F1)
    overview = overview_of(stripes)
    assert not overview.isModal()
    told = rows(overview)
    for each in stripes.findChildren(QAction):
        if not isinstance(each.menu(), QMenu) and each.shortcuts() and each.text():
            name = next(text for text in told if text.endswith(each.iconText()))
            assert told[name].split(", ")[0] == each.shortcut().toString()
    assert told["Undo"] == "Ctrl+Z, Alt+Backspace"
    assert told["Next Sample"] == "Ctrl+Right"
    qtbot.keyClick(stripes, Qt.Key.Key_F1)
    assert overview_of(stripes) is not overview
    qtbot.keyClick(find(overview_of(stripes), QTreeWidget, "Keyboard Shortcuts"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: stripes.findChildren(KeyboardOverview) == [], timeout=PATIENCE)


def test_an_overview_that_is_closed_leaves_nothing_behind(qtbot: QtBot, stripes: MainWindow) -> None:
    known: list[int] = []
    for _ in range(3):
        action(stripes, "Keyboard Shortcuts").trigger()
        overview_of(stripes).close()
        qtbot.waitUntil(lambda: stripes.findChildren(KeyboardOverview) == [], timeout=PATIENCE)
        known.append(sum(isinstance(each, QWidget) for each in gc.get_objects()))
    assert known[1] == known[2]


def test_the_overview_goes_with_its_language(qtbot: QtBot, stripes: MainWindow) -> None:
    action(stripes, "Keyboard Shortcuts").trigger()
    QApplication.sendEvent(overview_of(stripes), QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: stripes.findChildren(KeyboardOverview) == [], timeout=PATIENCE)


@pytest.mark.parametrize("n_windows", [2, 3])
def test_each_further_window_is_wholly_on_the_screen(application: Application, n_windows: int) -> None:
    (first,) = application.windows
    room = first.screen().availableGeometry()
    first.resize(room.size())
    first.move(room.topLeft())
    while len(application.windows) < n_windows:
        action(application.windows[-1], "New Window").trigger()
    for window in application.windows[1:]:
        smallest = window.minimumSizeHint()
        assert room.contains(window.geometry()) or not room.contains(QRect(room.topLeft(), smallest))
        assert window.pos() != first.pos()


def test_a_further_window_near_the_edge_is_moved_inside(application: Application) -> None:
    (first,) = application.windows
    room = first.screen().availableGeometry()
    first.resize(first.minimumSizeHint().boundedTo(room.size()))
    first.move(room.bottomRight() - QPoint(40, 40))
    action(first, "New Window").trigger()
    assert room.contains(application.windows[1].geometry())
