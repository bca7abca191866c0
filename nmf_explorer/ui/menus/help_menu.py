"""The menu “Help”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from nmf_explorer import __version__
from nmf_explorer.ui.menus.menu import Keys, Menu
from nmf_explorer.ui.messages.about_box import AboutBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class HelpMenu(Menu):
    """Which keys there are, and what this program is."""

    def __init__(self, window: QMainWindow, session: Session, asked: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("HelpMenu", "&Help"), window, session)
        self.add(self.tr("&Keyboard Shortcuts"), asked.show_keys, Keys.HelpContents)
        self.addSeparator()
        about = self.add(self.tr("&About NMF Explorer"), self._show_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about_qt = self.add(self.tr("About &Qt"), QApplication.aboutQt)
        about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)

    def _show_about(self) -> None:
        AboutBox(__version__, self._window).open()
