"""The welcome page and the menu show the recent sets at once, and disable those that turn out to be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

from nmf_explorer.ui.menus.recent_menu import RecentMenu
from tests.session.fixtures import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def enabled(window: MainWindow) -> list[tuple[bool, bool]]:
    """Return whether the button and the menu's entry of "here" and "gone" are enabled."""
    buttons = {button.text(): button.isEnabled() for button in window.findChildren(QToolButton)}
    (menu,) = window.menuBar().findChildren(RecentMenu)
    actions = {action.text(): action.isEnabled() for action in menu.actions()}
    return [(buttons[name], actions[name]) for name in ("here", "gone")]


def test_missing_sets_are_disabled(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    for name in ("here", "gone"):
        session.preferences.add_recent(tmp_path / name)
    assert enabled(window) == [(True, True), (True, True)]  # shown before the disk has answered
    qtbot.waitUntil(lambda: enabled(window) == [(True, True), (False, False)], timeout=PATIENCE)
