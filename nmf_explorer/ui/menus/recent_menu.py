"""The menu “Open Recent” inside “File”."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.menus.menu import Menu
from nmf_explorer.ui.theme.texts import display_names, plain_tool_tip, printable

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class RecentMenu(Menu):
    """The recently opened sets, disabled if their files are gone."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("RecentMenu", "Open &Recent"), window, session)
        self._preferences = session.preferences
        session.recent_sets.changed.connect(self._on_recent_changed)
        session.recent_sets.checked.connect(self._on_checked)
        self._on_recent_changed()

    def _on_recent_changed(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        paths = self._session.recent_sets.paths()
        self._sets: list[tuple[Path, QAction]] = []
        for path, name in zip(paths, display_names(paths), strict=True):
            action = self.add(name.replace("&", "&&"), partial(self._session.open, [path]))
            action.setToolTip(plain_tool_tip(printable(path)))
            self._sets.append((path, action))
        self._on_checked()
        self.addSeparator()
        self.add(self.tr("&Clear List"), self._preferences.clear_recent)

    def _on_checked(self) -> None:
        for path, action in self._sets:
            action.setEnabled(not self._session.recent_sets.is_missing(path))
