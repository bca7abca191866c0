"""The menu “File”: windows, open, close, quit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.ui.menus.menu import Keys, Menu
from nmf_explorer.ui.menus.recent_menu import RecentMenu
from nmf_explorer.ui.theme.texts import translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class FileMenu(Menu):
    """Windows, opening and closing of sets, printing, quit."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("FileMenu", "&File"), window, session)
        self.add(self.tr("&New Window"), window_actions.new_window, Keys.New)
        self.add(self.tr("&Open Folder…"), window_actions.open_folder, Keys.Open)
        self.add(self.tr("Open &Files…"), window_actions.open_files, "Ctrl+Shift+O")
        self.addMenu(RecentMenu(window, session))
        samples = Menu(self.tr("&Sample Sets"), window, session)
        for known in SAMPLE_SETS:
            samples.add(translated(known.title), partial(session.open, [known.path]))
        self.addMenu(samples)
        self.addSeparator()
        self._printed = [
            self.add(self.tr("&Print…"), window_actions.print_page, Keys.Print),
            self.add(self.tr("Print Pre&view…"), window_actions.preview_page),
        ]
        self.addSeparator()
        self.add(self.tr("Clear Picture Cac&he"), session.import_preview.clear_cache)
        self.addSeparator()
        self.add(self.tr("&Close Set"), session.close_set, Keys.Close, needs_set=True)
        self.add(self.tr("Close &Window"), window.close, "Ctrl+Shift+W")
        # Windows and some Linux desktops have no standard key for Quit.
        leave = self.add(self.tr("&Quit"), QApplication.closeAllWindows, "Ctrl+Q")
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        session.model_changed.connect(self._on_model_changed)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        for action in self._printed:
            action.setEnabled(self._session.model is not None)
