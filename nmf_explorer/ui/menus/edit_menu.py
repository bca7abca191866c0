"""The menu “Edit”: the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.menus.menu import Keys, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.asked import Asked


class EditMenu(Menu):
    """What is taken from elsewhere."""

    def __init__(self, window: QMainWindow, session: Session, asked: Asked) -> None:
        super().__init__(QCoreApplication.translate("EditMenu", "&Edit"), window, session)
        self.add(self.tr("&Paste"), asked.paste, Keys.Paste)
