"""The menu “Present on” inside “View”: the screen that the presentation fills."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class ScreensMenu(Menu):
    """One action for each screen; hidden unless there are at least two."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("ScreensMenu", "Present &on"), window, session)
        self._present = window_actions.present
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - there is a window
        application.screenAdded.connect(self._on_screens_changed)
        application.screenRemoved.connect(self._on_screens_changed)
        self._on_screens_changed()

    def _on_screens_changed(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        self._needs_set.clear()
        screens = QGuiApplication.screens()
        for number, screen in enumerate(screens, 1):
            self.add(self._title_of(number, screen), partial(self._present_on, number), needs_set=True)
        self.menuAction().setVisible(len(screens) > 1)

    def _present_on(self, number: int) -> None:
        """Look the screen up now: PySide invalidates a kept QScreen when a window that was on it is deleted."""
        self._present(QGuiApplication.screens()[number - 1])

    def _title_of(self, number: int, screen: QScreen) -> str:
        size = size_text((screen.size().height(), screen.size().width()))
        text = self.tr("Screen &{i}: {name}, {size}")
        return text.format(i=number, name=(screen.model() or screen.name()).replace("&", "&&"), size=size)
