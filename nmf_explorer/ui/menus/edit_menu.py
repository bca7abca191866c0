"""The menu “Edit”: undo, redo, and the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.menus.menu import Keys, Menu
from nmf_explorer.ui.theme.texts import translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.errors import Message
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class EditMenu(Menu):
    """Undo and redo with the name of the step, paste, and paste as a new set."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("EditMenu", "&Edit"), window, session)
        self._undo = self.add(self.tr("&Undo"), session.history.undo, Keys.Undo)
        self._redo = self.add(self.tr("&Redo"), session.history.redo, Keys.Redo)
        self.history_actions = [self._undo, self._redo]
        self.addSeparator()
        self.add(self.tr("&Paste"), window_actions.paste, Keys.Paste)
        self.add(self.tr("Paste as New &Set"), window_actions.paste_as_set, "Ctrl+Shift+V")
        session.history.changed.connect(self._on_history_changed)
        self._on_history_changed()

    def _on_history_changed(self) -> None:
        """Name the steps that undo and redo would take."""
        history = self._session.history
        self._undo.setEnabled(history.can_undo)
        self._undo.setText(self._words(self.tr("&Undo"), self.tr("&Undo: {what}"), history.undo_message))
        self._redo.setEnabled(history.can_redo)
        self._redo.setText(self._words(self.tr("&Redo"), self.tr("&Redo: {what}"), history.redo_message))

    @staticmethod
    def _words(nothing: str, template: str, what: Message | None) -> str:
        return nothing if what is None else template.format(what=translated(what).replace("&", "&&"))
