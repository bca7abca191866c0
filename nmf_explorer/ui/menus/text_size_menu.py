"""The menu “Text Size” inside “View”."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

from nmf_explorer.session.state.display import TEXT_SIZES
from nmf_explorer.ui.menus.menu import Keys, Menu
from nmf_explorer.ui.theme.texts import percent

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class TextSizeMenu(Menu):
    """Larger, smaller, usual, or one of the fixed sizes."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("TextSizeMenu", "Text Si&ze"), window, session)
        self._larger = self.add(self.tr("&Larger Text"), partial(self._step, 1), Keys.ZoomIn, "Ctrl+=")
        self._smaller = self.add(self.tr("&Smaller Text"), partial(self._step, -1), Keys.ZoomOut)
        self.add(self.tr("&Usual Size"), partial(self._choose, TEXT_SIZES[0]), "Ctrl+0")
        self.addSeparator()
        group = QActionGroup(self)
        self._sizes: dict[int, QAction] = {}
        for size in TEXT_SIZES:
            action = self.add(percent(size / 100), partial(self._choose, size))
            action.setCheckable(True)
            group.addAction(action)
            self._sizes[size] = action
        session.preferences.display_changed.connect(self._on_display_changed)
        self._on_display_changed()

    def _step(self, step: int) -> None:
        place = TEXT_SIZES.index(self._session.preferences.display.text_size) + step
        self._choose(TEXT_SIZES[max(0, min(place, len(TEXT_SIZES) - 1))])

    def _choose(self, size: int) -> None:
        preferences = self._session.preferences
        preferences.set_display(preferences.display._replace(text_size=size))

    def _on_display_changed(self) -> None:
        size = self._session.preferences.display.text_size
        self._sizes[size].setChecked(True)
        self._larger.setEnabled(size < TEXT_SIZES[-1])
        self._smaller.setEnabled(size > TEXT_SIZES[0])
