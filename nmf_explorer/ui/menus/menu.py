"""The base class of all menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nmf_explorer.session.session import Session

Keys = QKeySequence.StandardKey


def _sequences(keys: Iterable[QKeySequence | Keys | str]) -> list[QKeySequence]:
    """Return all key sequences; a standard key may have several, such as Ctrl+Y and Ctrl+Shift+Z."""
    found: list[QKeySequence] = []
    for key in keys:
        found += QKeySequence.keyBindings(key) if isinstance(key, Keys) else [QKeySequence(key)]
    return list(dict.fromkeys(found))


class Menu(QMenu):
    """A menu whose shortcuts belong to the window, and whose actions may need an open set."""

    def __init__(self, title: str, window: QMainWindow, session: Session) -> None:
        super().__init__(title, window.menuBar())
        self._window = window
        self._session = session
        self._needs_set: list[QAction] = []
        session.dataset_changed.connect(self._on_dataset_changed)

    def add(
        self, text: str, slot: Callable[[], object], *keys: QKeySequence | Keys | str, needs_set: bool = False
    ) -> QAction:
        """Add an action that calls `slot`; its keys work while the menu bar is hidden, too."""
        action = QAction(text, self)
        action.setShortcuts(_sequences(keys))
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        self._window.addAction(action)
        if needs_set:
            self._needs_set.append(action)
            action.setEnabled(self._session.dataset is not None)
        return action

    def _on_dataset_changed(self) -> None:
        for action in self._needs_set:
            action.setEnabled(self._session.dataset is not None)
