"""The menu “Part”: actions on the parts that are selected in the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class PartMenu(Menu):
    """The actions of the grid's context menu, added by the window when the grid exists."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("PartMenu", "&Part"), window, session)
        session.model_changed.connect(self._on_model_changed)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        self.menuAction().setEnabled(self._session.model is not None)
