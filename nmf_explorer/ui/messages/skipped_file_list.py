"""The list of skipped files with their reasons, to read, copy and save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QListView, QPushButton, QWidget

from nmf_explorer.errors import ExportError
from nmf_explorer.export.skipped_list import save_skipped, skipped_text
from nmf_explorer.ui.theme.texts import plain_tool_tip, printable, translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.dataset.dataset import Skipped

_NOWHERE = QModelIndex()
_HEIGHT = 140
_FILE_NAME = "skipped.txt"


class SkippedFileList(QWidget):
    """The list “Skipped files”, fast for 100,000 files, with the buttons “Copy list” and “Save list…”."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self._view = _View(self._rows)
        self._view.setAccessibleName(self.tr("Skipped files"))
        self._outcome = QLabel()
        self._outcome.setTextFormat(Qt.TextFormat.PlainText)
        self._outcome.setWordWrap(True)
        copy = QPushButton(self.tr("Copy list"))
        save = QPushButton(self.tr("Save list…"))
        copy.clicked.connect(self._copy)
        save.clicked.connect(self._ask_where_to_save)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._view, 0, 0, 3, 1)
        grid.addWidget(copy, 0, 1)
        grid.addWidget(save, 1, 1)
        grid.addWidget(self._outcome, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self._outcome.hide()

    def show_files(self, skipped: Sequence[Skipped]) -> None:
        """Replace the listed files."""
        self._rows.show_files(skipped)
        self._outcome.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(skipped_text(self._rows.translated()))

    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the list of skipped files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(_FILE_NAME)
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _save(self, name: str) -> None:
        try:
            save_skipped(Path(name), self._rows.translated())
            text = self.tr("The list was saved as “{name}”.").format(name=Path(name).name)
        except ExportError as error:
            text = translated(error.message)
        self._outcome.setText(printable(text))
        self._outcome.show()


class _View(QListView):
    """A list in which Ctrl+C copies the selected lines."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows
        self.setModel(rows)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMaximumHeight(_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected lines on the system's copy keys."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        chosen = sorted(index.row() for index in self.selectedIndexes())
        QGuiApplication.clipboard().setText(skipped_text(self._rows.translated(chosen)))


class _Rows(QAbstractListModel):
    """Build the text of a line when the view requests it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._skipped: Sequence[Skipped] = ()

    def show_files(self, skipped: Sequence[Skipped]) -> None:
        self.beginResetModel()
        self._skipped = skipped
        self.endResetModel()

    def translated(self, chosen: Sequence[int] | None = None) -> list[tuple[Path, str]]:
        """Return paths and translated reasons of all lines, or of the chosen row numbers."""
        rows = self._skipped if chosen is None else [self._skipped[i] for i in chosen]
        return [(path, translated(reason)) for path, reason in rows]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._skipped)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        path, reason = self._skipped[index.row()]
        text = f"{printable(path)}: {printable(translated(reason))}"
        return text if role == Qt.ItemDataRole.DisplayRole else plain_tool_tip(text)
