"""The overview of all keys, read from the actions themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_RARE_KEY = Qt.Key.Key_F13  # from here on: keys such as “Undo” and “Help” that few keyboards have


class KeyboardOverview(QDialog):
    """The modeless window “Keyboard Shortcuts”; Esc closes it."""

    def __init__(self, window: QMainWindow, parent: QWidget) -> None:
        super().__init__(parent)
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
            self._add_group(action_text(menu), self._rows_of_menu(menu))
        for widget in _with_actions(window):
            own = [action for action in widget.actions() if not _is_in_menu(action)]
            self._add_group(widget.accessibleName(), map(shortcut_row, own))
        self._add_group(self.tr("Lists of pictures"), self._rows_of_lists())
        self._add_group(self.tr("Pictures"), self._rows_of_pictures())
        self._add_group(self.tr("Sliders and numbers"), self._rows_of_sliders())
        self._add_group(self.tr("Presentation"), self._rows_of_presentation())
        self._list.expandAll()
        self._list.resizeColumnToContents(0)
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        line = self.fontMetrics().height()
        self.resize(QSize(36 * line, 44 * line).boundedTo(self.screen().availableSize() * 0.9))

    def changeEvent(self, event: QEvent) -> None:
        """Close when the language changes: the actions are translated only later."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.close()

    def _rows_of_menu(self, menu: QAction) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        submenu = menu.menu()
        for action in submenu.actions() if isinstance(submenu, QWidget) else []:
            rows_inside = self._rows_of_menu(action)
            rows += (
                [(f"{action_text(action)}: {text}", keys) for text, keys in rows_inside]
                if rows_inside
                else [shortcut_row(action)]
            )
        return rows

    def _rows_of_lists(self) -> list[tuple[str, str]]:
        return [
            (self.tr("The picture beside it"), self.tr("Arrow keys")),
            (self.tr("The first, the last"), _key_text(Qt.Key.Key_Home, Qt.Key.Key_End)),
            (self.tr("A screenful further"), _key_text(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
            (self.tr("The next whose name begins so"), self.tr("Letters and digits")),
        ]

    def _rows_of_pictures(self) -> list[tuple[str, str]]:
        arrows, space = self.tr("Arrow keys"), _key_text(Qt.Key.Key_Space)
        return [
            (self.tr("The pixel beside it, while one is pointed at"), arrows),
            (self.tr("Draw: move the brush, and paint"), f"{arrows}, {space}"),
        ]

    def _rows_of_presentation(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Equation, parts, both"), "1, 2, 3"),
            (self.tr("Another sample"), _key_text(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
            (self.tr("Black screen, and back"), "B, ."),
            (self.tr("Leave"), _key_text(Qt.Key.Key_Escape)),
        ]

    def _rows_of_sliders(self) -> list[tuple[str, str]]:
        return [
            (self.tr("A little more or less"), self.tr("Arrow keys")),
            (self.tr("Much more or less"), _key_text(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
            (self.tr("No weight, the weight of the fit"), _key_text(Qt.Key.Key_Home, Qt.Key.Key_End)),
            (self.tr("Look at the part of this weight"), _key_text(Qt.Key.Key_Return)),
            (self.tr("The next control, the one before"), _key_text("Tab", "Shift+Tab")),
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
    """Return the widgets with actions, found through the actions: PySide6 keeps every widget that findChildren saw."""
    places = (place for action in window.findChildren(QAction) for place in action.associatedObjects())
    return [place for place in dict.fromkeys(places) if isinstance(place, QWidget) and not isinstance(place, QMenu)]


def _is_in_menu(action: QAction) -> bool:
    return any(isinstance(place, QMenu) for place in action.associatedObjects())


def action_text(action: QAction) -> str:
    """Return the text of an action without the mark of its letter."""
    return action.iconText()


def shortcut_row(action: QAction) -> tuple[str, str]:
    """Return the text of an action and its usual keys."""
    return action_text(action), ", ".join(_key_text(keys) for keys in action.shortcuts() if _is_usual(keys))


def _is_usual(keys: QKeySequence) -> bool:
    return not keys.isEmpty() and keys[0].key() < _FIRST_RARE_KEY  # type: ignore[index] # missing in the stub


def _key_text(*keys: QKeySequence | Qt.Key | str) -> str:
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
