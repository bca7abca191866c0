"""The menu “Language” inside “View”."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

from nmf_explorer.session.state.preferences import LANGUAGES
from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session

_OWN_NAMES = {"en": "English", "de": "Deutsch"}  # each in its own language, whatever the program's is


class LanguageMenu(Menu):
    """Choices: as the system, English, German."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("LanguageMenu", "&Language"), window, session)
        group = QActionGroup(self)
        chosen = session.preferences.language()
        for language in LANGUAGES:
            text = _OWN_NAMES.get(language) or self.tr("As the &System")
            action = self.add(text, partial(session.preferences.set_language, language))
            action.setCheckable(True)
            action.setChecked(language == chosen)
            group.addAction(action)
