"""The first rows of a text table, with what each column was taken for, to be changed by a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QActionGroup, QFont, QPalette
from PySide6.QtWidgets import QHeaderView, QLabel, QMenu, QTableView, QVBoxLayout, QWidget

from nmf_explorer.dataset.load_options import ROLES, LoadOptions
from nmf_explorer.dataset.load_report import NO_REPORT
from nmf_explorer.ui.theme.texts import printable
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

    from nmf_explorer.dataset.load_options import Columns, Role
    from nmf_explorer.dataset.table_report import TableColumn, TableReport
    from nmf_explorer.session.session import Session

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_MAX_ROWS = 4  # on screen; what is below the table matters, too
_MAX_LETTERS = 14  # of a column's width; the rest of a longer cell is left out
_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class ColumnTable(QWidget):
    """The field “Columns of the table”.

    Signals: ``chosen(object)`` with the new value of `LoadOptions.columns`.
    """

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._import_preview = session.import_preview
        self._session = session
        title = self.tr("Columns of the table")
        self._items = _ColumnModel(self)
        self._view = _ColumnView(self._items, title)
        self._rest = WordWrapLabel()
        self._rest.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label = QLabel(self.tr("Columns of the ta&ble"))
        label.setBuddy(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self._view, self._rest):
            column.addWidget(widget)
        self._view.role_chosen.connect(self._on_role_chosen)
        self._import_preview.preview_changed.connect(self._on_read)
        session.dataset_changed.connect(self._on_read)
        self._on_read()

    def show_value(self, value: Columns) -> None:
        """Show the roles of columns that were chosen."""
        self._items.show_chosen(value)
        self._view.fit_columns()

    def _on_read(self) -> None:
        """Show the table as it is read for the preview, or as it was read for the open set."""
        read = self._import_preview.preview or self._session.dataset
        report = read.report.table if read else None
        if report and report is not self._items.report:
            self._items.show_report(report)
            self._view.fit_columns()
            n_hidden = len(report.roles) - len(report.columns)
            text = self.tr("{n} more columns are not shown").format(n=self.locale().toString(n_hidden))
            self._rest.setText(text)
            self._rest.setVisible(n_hidden > 0)

    def _on_role_chosen(self, place: int, role: Role) -> None:
        """Change the role of one column; a role that it has anyway needs no choice."""
        report, dataset = self._items.report, self._session.dataset
        opened = dataset.report if dataset else NO_REPORT
        if report is None or opened.table is None:
            return
        column = report.columns[place]
        others = [pair for pair in self._import_preview.options.columns if pair[0] not in _keys_of(column, report)]
        was_chosen = [pair for pair in opened.options.columns if pair[0] in _keys_of(column, report)]
        is_as_opened = len(report.roles) == len(opened.table.roles) and opened.table.roles[column.number] == role
        own = was_chosen if is_as_opened else [(column.number, role)]
        self.chosen.emit(LoadOptions(columns=(*others, *own)).columns)


class _ColumnModel(QAbstractTableModel):
    """The shown columns of a table; the header holds titles and roles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.report: TableReport | None = None
        self._chosen: Columns = ()
        self._words: dict[Role, str] = {
            "feature": QCoreApplication.translate("ColumnTable", "pixel"),
            "name": QCoreApplication.translate("ColumnTable", "name"),
            "label": QCoreApplication.translate("ColumnTable", "label"),
            "ignore": QCoreApplication.translate("ColumnTable", "ignored"),
        }

    def show_report(self, report: TableReport) -> None:
        """Show another table, or the same one read in another way."""
        is_same = self.report is not None and self._cells(self.report) == self._cells(report)
        if is_same:
            self.report = report
            self._update()
        else:
            self.beginResetModel()
            self.report = report
            self.endResetModel()

    def show_chosen(self, chosen: Columns) -> None:
        """Show the roles that were chosen instead of those that were read."""
        self._chosen = chosen
        self._update()

    def role_of(self, place: int) -> Role:
        """Return what a column is, or shall be."""
        assert self.report is not None  # noqa: S101 - there is no column without one
        column = self.report.columns[place]
        keys = _keys_of(column, self.report)
        return next((role for key, role in self._chosen if key in keys), column.role)

    def title_of(self, place: int) -> str:
        """Return the title in the file, or the number from 1."""
        assert self.report is not None  # noqa: S101 - there is no column without one
        column = self.report.columns[place]
        numbered = QCoreApplication.translate("ColumnTable", "column {n}").format(n=column.number + 1)
        return printable(column.title) or numbered

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of rows that are shown."""
        if parent.isValid() or self.report is None:
            return 0
        return min(_MAX_ROWS, max((len(column.cells) for column in self.report.columns), default=0))

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of columns that are shown."""
        return len(self.report.columns) if self.report and not parent.isValid() else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell, its colour, or how it is spoken."""
        if self.report is None or not index.isValid():
            return None
        what = self.role_of(index.column())
        cells = self.report.columns[index.column()].cells
        text = printable(cells[index.row()][: 4 * _MAX_LETTERS]) if index.row() < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title_of(index.column())}, {self._words[what]}: {text}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if what == "feature" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._look(what, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title and the role of a column."""
        if orientation is not Qt.Orientation.Horizontal or self.report is None:
            return None
        title, what = self.title_of(section), self.role_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{title[:_MAX_LETTERS]}\n{self._words[what]} ▾"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}: {self._words[what]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return QCoreApplication.translate("ColumnTable", "Click to change what this column holds")
        return self._look(what, role)

    def _look(self, what: Role, role: int) -> object:
        """Return the font or the colour: pixels are plain, names and labels bold, the rest is grey."""
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(what in {"name", "label"})
            return font
        if role == Qt.ItemDataRole.ForegroundRole and what == "ignore":
            return self._palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _palette(self) -> QPalette:
        parent = self.parent()
        return parent.palette() if isinstance(parent, QWidget) else QPalette()

    def _cells(self, report: TableReport) -> list[tuple[str, tuple[str, ...]]]:
        return [(column.title, column.cells) for column in report.columns]

    def _update(self) -> None:
        if last := self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last - 1))


class _ColumnView(QTableView):
    """The table on screen.

    Signals: ``role_chosen(int, str)`` with the place of a column among the shown ones, and its new role.
    """

    role_chosen = Signal(int, str)

    def __init__(self, items: _ColumnModel, title: str) -> None:
        super().__init__()
        self._items = items
        self.setModel(items)
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            QCoreApplication.translate(
                "ColumnTable", "Click a title, or press Return in a column, to change what it holds"
            )
        )
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        row_height = self.fontMetrics().height() + 4
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        header.sectionClicked.connect(self.open_menu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_columns(self) -> None:
        """Make columns as wide as their texts, up to a limit, and the table as high as its rows."""
        widest = self.fontMetrics().averageCharWidth() * (_MAX_LETTERS + 4)
        header = self.horizontalHeader()
        for place in range(self._items.columnCount()):
            needed = max(header.sectionSizeHint(place), self.sizeHintForColumn(place) + 4)
            header.resizeSection(place, min(needed, widest))
        rows = self._items.rowCount() * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header.sizeHint().height() + rows + bar + 2 * self.frameWidth())

    def open_menu(self, place: int) -> None:
        """Open the menu of roles below the title of a column."""
        self.setFocus()
        self.selectColumn(place)
        self.setCurrentIndex(self._items.index(max(0, self.currentIndex().row()), place))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._items.title_of(place))
        group = QActionGroup(menu)
        words: dict[Role, str] = {
            "feature": QCoreApplication.translate("ColumnTable", "Pixel of the images"),
            "name": QCoreApplication.translate("ColumnTable", "Name of each image"),
            "label": QCoreApplication.translate("ColumnTable", "Label (class) of each image"),
            "ignore": QCoreApplication.translate("ColumnTable", "Ignore"),
        }
        for role in ROLES:
            action = menu.addAction(words[role])
            action.setCheckable(True)
            action.setChecked(role == self._items.role_of(place))
            action.triggered.connect(partial(self._choose, place, role))
            group.addAction(action)
            if action.isChecked():
                menu.setActiveAction(action)
        header = self.horizontalHeader()
        below = header.viewport().rect().bottomLeft()
        below.setX(max(0, header.sectionViewportPosition(place)))
        menu.popup(header.viewport().mapToGlobal(below))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu of the present column on Return and Space."""
        if event.key() in _KEYS and self.currentIndex().isValid():
            self.open_menu(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the column below the mouse, or of the present one for the menu key."""
        is_key = event.reason() is event.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(event.pos())
        if index.isValid():
            self.open_menu(index.column())

    def _choose(self, place: int, role: Role) -> None:
        self.role_chosen.emit(place, role)


def _keys_of(column: TableColumn, report: TableReport) -> set[int | str]:
    """Return the keys of `LoadOptions.columns` that stand for a column."""
    keys: set[int | str] = {column.number, column.number - len(report.roles)}
    return keys | {column.title} if column.title else keys
