"""Show the presentation on two screens, a laptop's and a projector's, and print what each shows as JSON.

A separate process, because the screens of Qt's offscreen platform are set at its start.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from nmf_explorer.app import Application
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.state.preferences import Preferences
from nmf_explorer.ui.menus.screens_menu import ScreensMenu
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.windows.presentation import Presentation
from tests.ui.states.states import States

if TYPE_CHECKING:
    from nmf_explorer.ui.windows.main_window import MainWindow

SCREENS = [("laptop", 0, 1280, 800), ("projector", 1280, 2048, 1536)]


def configuration() -> str:
    """Return the screens in the format of Qt's offscreen platform."""
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
        for name, x, width, height in SCREENS
    ]
    return json.dumps({"screens": screens})


def seen_on(window: MainWindow) -> list[object]:
    """Return the screen of the presentation, whether it fills it, and the size of its text."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(4):
        QApplication.processEvents()
    (presentation,) = window.findChildren(Presentation)
    grids = [grid for grid in presentation.findChildren(PartGrid) if grid.isVisible()]
    is_full = presentation.geometry() == presentation.screen().geometry()
    return [presentation.screen().name(), is_full, grids[-1].font().pointSizeF()]


def main() -> None:
    """Show the presentation on the window's screen, then on the second one, then remove that."""
    with tempfile.TemporaryDirectory() as place:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
        Preferences.cache_folder = staticmethod(lambda: Path(place) / "cache")  # type: ignore[method-assign]
        application = Application(["nmf-explorer"])
        window = application.open_window()
        window.open([sample_images() / "stripes"])
        States(window, Path(place)).wait()
        window._contents.workspace.parts.setFocus()
        (menu,) = window.menuBar().findChildren(ScreensMenu)
        told = {"menu": [action.text() for action in menu.actions()], "shown": menu.menuAction().isVisible()}
        window._present()
        told["at first"] = seen_on(window)
        menu.actions()[1].trigger()
        told["sent"] = seen_on(window)
        (presentation,) = window.findChildren(Presentation)
        presentation.windowHandle().setScreen(application.screens()[0])  # as Qt does when a screen is removed
        told["unplugged"] = seen_on(window)
        sys.stdout.write(json.dumps(told))
        window.close()


if __name__ == "__main__":
    main()
