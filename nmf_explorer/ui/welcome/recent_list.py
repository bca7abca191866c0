"""The recent sets on the welcome page, each with its folder; those that are missing are disabled."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from nmf_explorer.ui.theme.icons import icon
from nmf_explorer.ui.theme.metrics import CONTROLS, GROUP
from nmf_explorer.ui.theme.texts import describe_widget, display_names, printable
from nmf_explorer.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_MAX_LETTERS, _FOLDER_LETTERS = 36, 12


class RecentList(QWidget):
    """A button for each recent set, newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._buttons: list[tuple[Path, QToolButton]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(GROUP)
        self._grid.setHorizontalSpacing(CONTROLS)
        self._grid.setColumnStretch(1, 1)
        session.recent_sets.changed.connect(self._on_changed)
        session.recent_sets.checked.connect(self._on_checked)
        self._on_changed()

    def _on_changed(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        paths = self._session.recent_sets.paths()
        self._buttons = [
            (path, self._button(path, name)) for path, name in zip(paths, display_names(paths), strict=True)
        ]
        for row, (path, button) in enumerate(self._buttons):
            folder = ElidedLabel(_FOLDER_LETTERS, elided=Qt.TextElideMode.ElideMiddle)
            folder.setForegroundRole(folder.palette().ColorRole.PlaceholderText)
            folder.setText(_folder_text(path))
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(folder, row, 1)
        if not paths:
            empty = QLabel(self.tr("Sets you open appear here."))
            empty.setForegroundRole(empty.palette().ColorRole.PlaceholderText)
            self._grid.addWidget(empty, 0, 0, 1, 2)
        self._on_checked()

    def _on_checked(self) -> None:
        for path, button in self._buttons:
            button.setEnabled(not self._session.recent_sets.is_missing(path))

    def _button(self, path: Path, name: str) -> QToolButton:
        button = QToolButton()
        limit = self.fontMetrics().averageCharWidth() * _MAX_LETTERS
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, limit)
        button.setText(short.replace("&", "&&"))
        button.setAccessibleName(name)
        button.setIcon(icon("file-text" if path.suffix else "folder-open"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_widget(button, printable(path))
        button.clicked.connect(partial(self._session.open, [path]))
        return button


def _folder_text(path: Path) -> str:
    """Return the folder that holds a file or folder, with ~ for the user's own."""
    home = Path.home()
    return printable(Path("~", path.parent.relative_to(home)) if path.parent.is_relative_to(home) else path.parent)
