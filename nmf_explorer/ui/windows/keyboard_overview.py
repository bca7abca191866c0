"""All keys in one window. It is made from the actions themselves, so it cannot say anything else than what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_OTHER_KEYBOARDS = Qt.Key.Key_F13  # from here on come keys such as “Undo” and “Help” that hardly any keyboard has


class KeyboardOverview(QDialog):
    """The window “Keyboard Shortcuts”: stands beside the work, and closes with Esc."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self._list = QTreeWidget()
        self._list.setAccessibleName(self.tr("Keyboard Shortcuts"))
        self._list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        about = QLabel(self.tr("Every menu also opens with Alt and its underlined letter."))
        about.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self._list)
        column.addWidget(about)
        for menu in window.menuBar().actions():
            self._add_group(plain(menu), self._rows_of_menu(menu))
        for widget in _with_actions(window):
            own = [action for action in widget.actions() if not _is_in_menu(action)]
            self._add_group(widget.accessibleName(), map(row_of, own))
        self._add_group(self.tr("Lists of pictures"), self._rows_of_lists())
        self._add_group(self.tr("Pictures"), self._rows_of_pictures())
        self._add_group(self.tr("Sliders and numbers"), self._rows_of_sliders())
        self._list.expandAll()
        self._list.resizeColumnToContents(0)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        line = self.fontMetrics().height()
        self.resize(QSize(36 * line, 44 * line).boundedTo(self.screen().availableSize() * 0.9))

    def changeEvent(self, event: QEvent) -> None:
        """Go away when another language is spoken: the actions speak it only after this."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.close()

    def _rows_of_menu(self, menu: QAction) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        held = menu.menu()
        for action in held.actions() if isinstance(held, QWidget) else []:
            inside = self._rows_of_menu(action)
            rows += [(f"{plain(action)}: {text}", keys) for text, keys in inside] if inside else [row_of(action)]
        return rows

    def _rows_of_lists(self) -> list[tuple[str, str]]:
        return [
            (self.tr("The picture beside it"), self.tr("Arrow keys")),
            (self.tr("The first, the last"), _written(Qt.Key.Key_Home, Qt.Key.Key_End)),
            (self.tr("A screenful further"), _written(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
            (self.tr("The next whose name begins so"), self.tr("Letters and digits")),
        ]

    def _rows_of_pictures(self) -> list[tuple[str, str]]:
        arrows, space = self.tr("Arrow keys"), _written(Qt.Key.Key_Space)
        return [
            (self.tr("The pixel beside it, while one is pointed at"), arrows),
            (self.tr("Draw: move the brush, and paint"), f"{arrows}, {space}"),
        ]

    def _rows_of_sliders(self) -> list[tuple[str, str]]:
        return [
            (self.tr("A little more or less"), self.tr("Arrow keys")),
            (self.tr("Much more or less"), _written(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
            (self.tr("No weight, the weight of the fit"), _written(Qt.Key.Key_Home, Qt.Key.Key_End)),
            (self.tr("The next control, the one before"), _written("Tab", "Shift+Tab")),
        ]

    def _add_group(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        shown = [QTreeWidgetItem([text, keys]) for text, keys in rows if text and keys]
        if not shown:
            return
        group = QTreeWidgetItem([title])
        bold = self.font()
        bold.setBold(True)
        group.setFont(0, bold)
        group.addChildren(shown)
        self._list.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)


def _with_actions(window: QMainWindow) -> list[QWidget]:
    """The widgets that have actions; looked for all, PySide6 keeps each that it finds as long as the window."""
    places = (place for action in window.findChildren(QAction) for place in action.associatedObjects())
    return [place for place in dict.fromkeys(places) if isinstance(place, QWidget) and not isinstance(place, QMenu)]


def _is_in_menu(action: QAction) -> bool:
    return any(isinstance(place, QMenu) for place in action.associatedObjects())


def plain(action: QAction) -> str:
    """What an action is called, without the mark for its letter."""
    return action.iconText()


def row_of(action: QAction) -> tuple[str, str]:
    """An action and its keys; those that hardly any keyboard has are not told."""
    return plain(action), ", ".join(_written(keys) for keys in action.shortcuts() if _is_usual(keys))


def _is_usual(keys: QKeySequence) -> bool:
    return not keys.isEmpty() and keys[0].key() < _OF_OTHER_KEYBOARDS  # type: ignore[index] # which the stub forgot


def _written(*keys: QKeySequence | Qt.Key | str) -> str:
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
