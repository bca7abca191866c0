"""The menu “Pictures” inside “View”: colours, scale of the parts, enlargement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

from nmf_explorer.session.state.display import Display
from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class PicturesMenu(Menu):
    """Three groups of exclusive choices that the preferences store."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("PicturesMenu", "Pict&ures"), window, session)
        self._preferences = session.preferences
        self._choices: list[tuple[QAction, str, str]] = []
        self._offer("colours", "automatic", self.tr("&Automatic"))
        self._offer("colours", "grey", self.tr("&Grey"))
        self._offer("colours", "inverted", self.tr("Grey, &Inverted"))
        self._offer("colours", "viridis", self.tr("&Viridis"))
        self._offer("colours", "cividis", self.tr("&Cividis"))
        self.addSeparator()
        self._offer("scale", "own", self.tr("Each Part on Its &Own Scale"))
        self._offer("scale", "shared", self.tr("All &Parts on One Scale"))
        self.addSeparator()
        self._offer("enlargement", "pixels", self.tr("&Enlarged as Pixels"))
        self._offer("enlargement", "smooth", self.tr("Enlarged &Smoothly"))
        for name in ("colours", "scale", "enlargement"):
            group = QActionGroup(self)
            for action, field, _ in self._choices:
                if field == name:
                    group.addAction(action)
        self._preferences.display_changed.connect(self._on_display_changed)
        self._on_display_changed()

    def _offer(self, field: str, value: str, text: str) -> None:
        action = self.add(text, partial(self._choose, field, value))
        action.setCheckable(True)
        self._choices.append((action, field, value))

    def _choose(self, field: str, value: str) -> None:
        fields = self._preferences.display._asdict() | {field: value}
        self._preferences.set_display(Display(**fields))

    def _on_display_changed(self) -> None:
        for action, field, value in self._choices:
            action.setChecked(getattr(self._preferences.display, field) == value)
