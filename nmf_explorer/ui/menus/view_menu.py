"""The menu “View”: appearance, pixel pointer, presentation, load panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from nmf_explorer.ui.menus.appearance_menu import AppearanceMenu
from nmf_explorer.ui.menus.language_menu import LanguageMenu
from nmf_explorer.ui.menus.menu import Keys, Menu
from nmf_explorer.ui.menus.pictures_menu import PicturesMenu
from nmf_explorer.ui.menus.screens_menu import ScreensMenu
from nmf_explorer.ui.menus.text_size_menu import TextSizeMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class ViewMenu(Menu):
    """Submenus for the look of the window, and switches for what is shown."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("ViewMenu", "&View"), window, session)
        self.addMenu(AppearanceMenu(window, session))
        self.addMenu(TextSizeMenu(window, session))
        self.addMenu(PicturesMenu(window, session))
        self.addMenu(LanguageMenu(window, session))
        self._point = self.add(self.tr("Point at a Pi&xel"), session.pointer.toggle, needs_set=True)
        self._point.setCheckable(True)
        self._point.setShortcut("P")
        self._point.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut
        )  # images handle the key themselves while focused
        session.pointer.changed.connect(self._on_pointer_changed)
        self.add(
            self.tr("Pre&sentation"), partial(window_actions.present, None), Keys.FullScreen, "F11", needs_set=True
        )
        self.addMenu(ScreensMenu(window, session, window_actions))
        self.addSeparator()
        self._how = self.add(self.tr("&How These Were Read"), self._show_or_hide_reading, "Ctrl+I", needs_set=True)
        self._how.setCheckable(True)
        session.import_preview.changed.connect(self._on_reading_changed)
        self._on_reading_changed()
        self._on_pointer_changed()

    def _on_reading_changed(self) -> None:
        self._how.setChecked(self._session.import_preview.is_shown)

    def _on_pointer_changed(self) -> None:
        self._point.setChecked(self._session.pointer.is_held)

    def _show_or_hide_reading(self) -> None:
        import_preview = self._session.import_preview
        import_preview.keep_options() if import_preview.is_shown else import_preview.show()
