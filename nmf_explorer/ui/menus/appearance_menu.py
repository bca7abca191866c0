"""The menu “Appearance” inside “View”."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

from nmf_explorer.ui.appearance import apply_appearance
from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class AppearanceMenu(Menu):
    """Light, dark, or as the system says."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("AppearanceMenu", "&Appearance"), window, session)
        group = QActionGroup(self)
        texts = {"system": self.tr("As the &System"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        for name, text in texts.items():
            action = self.add(text, partial(self._set_appearance, name))
            action.setCheckable(True)
            action.setChecked(name == session.preferences.appearance())
            group.addAction(action)

    def _set_appearance(self, name: str) -> None:
        self._session.preferences.set_appearance(name)
        apply_appearance(name)
