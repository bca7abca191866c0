"""The menu “Help”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication

from nmf_explorer import __version__
from nmf_explorer.errors import Message
from nmf_explorer.session.log.log_file import log_folder, program_log
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.menus.menu import Keys, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class HelpMenu(Menu):
    """Keyboard shortcuts, the log, and who made the program."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("HelpMenu", "&Help"), window, session)
        self.add(self.tr("&Keyboard Shortcuts"), window_actions.show_keys, Keys.HelpContents)
        self.add(self.tr("Show &Log"), self._show_log)
        self.addSeparator()
        about = self.add(self.tr("&About NMF Explorer"), self._show_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about_qt = self.add(self.tr("About &Qt"), QApplication.aboutQt)
        about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)

    def _show_about(self) -> None:
        from nmf_explorer.ui.messages.about_box import AboutBox

        AboutBox(__version__, self._window).open()

    def _show_log(self) -> None:
        """Open the log in the system's text viewer; show its path if there is no viewer."""
        program_log.open()
        path = program_log.path
        if path is None:
            text = Message("There is no log: “{path}” cannot be written.", path=log_folder())
            self._session.show_notice(text, Level.WARNING)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._session.show_notice(Message("The system opens no log files; the log is “{path}”.", path=path))
