"""The panels of a window are built after its first frame, or as soon as something needs them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QWidget

from nmf_explorer.errors import Message
from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.fit.fit_panel import FitPanel
from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
from nmf_explorer.ui.windows.main_window import MainWindow
from tests.session.fixtures import PATIENCE
from tests.ui.finding import find, labels

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.app import Application
    from nmf_explorer.session.session import Session

MODULES_AT_THE_FIRST_FRAME = """
import sys
from PySide6.QtCore import QEvent, QObject
from nmf_explorer.app import Application

class FirstFrame(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            application.removeEventFilter(self)
            print(*sorted(sys.modules))
            application.exit()
        return False

application = Application(["nmf-explorer"])
window = application.open_window()
watcher = FirstFrame()
application.installEventFilter(watcher)
application.exec()
"""


@pytest.fixture
def unpainted(qtbot: QtBot, qapp: Application, session: Session) -> MainWindow:
    """Give a window that is shown but was not painted yet."""
    assert qapp.windows == []
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    assert window.findChildren(FitPanel) == []
    return window


def test_the_first_frame_imports_no_numpy_and_no_panels(tmp_path: Path) -> None:
    places = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", MODULES_AT_THE_FIRST_FRAME]
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=True)  # noqa: S603
    modules = set(done.stdout.split())
    assert "nmf_explorer.ui.windows.contents" in modules
    late = ("numpy", "PIL", "PySide6.QtPrintSupport", "nmf_explorer.ui.windows.panels")
    assert [name for name in late if name in modules] == []
    rooms = ("samples", "equation", "parts", "fit", "printing", "images")
    assert [m for m in modules if m.startswith(tuple(f"nmf_explorer.ui.{room}" for room in rooms))] == []


def test_the_panels_follow_the_first_frame(qtbot: QtBot, unpainted: MainWindow) -> None:
    qtbot.waitUntil(lambda: bool(unpainted.findChildren(FitPanel)), timeout=PATIENCE)
    assert unpainted._contents.is_welcoming
    assert not unpainted.findChildren(FitPanel)[0].isVisible()


def test_a_set_opens_before_the_first_frame(qtbot: QtBot, unpainted: MainWindow, session: Session) -> None:
    session.open([sample_images() / "stripes"])
    assert unpainted.findChildren(FitPanel)[0].isVisible()
    qtbot.waitUntil(lambda: session.dataset is not None, timeout=PATIENCE)
    qtbot.waitUntil(find(unpainted, QListView, "Samples").hasFocus, timeout=PATIENCE)


def test_a_notice_before_the_first_frame_is_shown(unpainted: MainWindow, session: Session) -> None:
    session.show_notice(Message("The picture cache is empty."))
    assert find(unpainted, QWidget, "Messages").isVisible()
    assert "The picture cache is empty." in labels(unpainted)


def test_the_overview_lists_all_keys_before_the_first_frame(qtbot: QtBot, unpainted: MainWindow) -> None:
    qtbot.keyClick(unpainted, Qt.Key.Key_F1)
    (overview,) = unpainted.findChildren(KeyboardOverview)
    assert overview.isVisible()
    parts = next(a for a in unpainted.menuBar().actions() if a.text() == "&Part").menu()
    assert isinstance(parts, QWidget)
    assert len(parts.actions()) > 5
    assert len(unpainted.findChildren(QAction)) > 60


def test_a_second_window_on_an_open_set_never_welcomes(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    again = MainWindow(session)
    qtbot.addWidget(again)
    assert stripes._contents.is_welcoming is again._contents.is_welcoming is False


def test_dividers_stay_though_the_panels_were_never_built(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.close_set()
    stripes.close()
    _, states = session.preferences.window_layout()
    assert not states[0].isEmpty()
    unseen = MainWindow(session)
    qtbot.addWidget(unseen)
    unseen.close()
    assert unseen.findChildren(FitPanel) == []
    assert session.preferences.window_layout()[1] == states
