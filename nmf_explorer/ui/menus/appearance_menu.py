"""The menu “Appearance” inside “View”."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class AppearanceMenu(Menu):
    """Choices: as the system, light, dark, high contrast."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("AppearanceMenu", "&Appearance"), window, session)
        self._group = QActionGroup(self)
        self._choices: dict[str, QAction] = {}
        self._offer("system", self.tr("As the &System"))
        self._offer("light", self.tr("&Light"))
        self._offer("dark", self.tr("&Dark"))
        self._offer("contrast", self.tr("High &Contrast"))
        session.preferences.appearance_changed.connect(self._on_appearance_changed)
        self._on_appearance_changed(session.preferences.appearance())

    def _offer(self, name: str, text: str) -> None:
        action = self.add(text, partial(self._session.preferences.set_appearance, name))
        action.setCheckable(True)
        self._group.addAction(action)
        self._choices[name] = action

    def _on_appearance_changed(self, name: str) -> None:
        self._choices[name].setChecked(True)
