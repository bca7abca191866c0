"""All menus of a window, from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.ui.menus.edit_menu import EditMenu
from nmf_explorer.ui.menus.equation_menu import EquationMenu
from nmf_explorer.ui.menus.file_menu import FileMenu
from nmf_explorer.ui.menus.help_menu import HelpMenu
from nmf_explorer.ui.menus.model_menu import ModelMenu
from nmf_explorer.ui.menus.part_menu import PartMenu
from nmf_explorer.ui.menus.samples_menu import SamplesMenu
from nmf_explorer.ui.menus.view_menu import ViewMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


def fill_menu_bar(window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
    """Add all menus to the menu bar of a window."""
    bar = window.menuBar()
    bar.addMenu(FileMenu(window, session, window_actions))
    bar.addMenu(EditMenu(window, session, window_actions))
    bar.addMenu(ViewMenu(window, session, window_actions))
    bar.addMenu(SamplesMenu(window, session, window_actions))
    bar.addMenu(EquationMenu(window, session))
    bar.addMenu(ModelMenu(window, session))
    bar.addMenu(PartMenu(window, session))
    bar.addMenu(HelpMenu(window, session, window_actions))
