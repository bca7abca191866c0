"""The columns of a table in the panel “How these were read”: what they are taken for, and how that is changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTableView

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.load_report import LoadReport
from nmf_explorer.dataset.table_report import TableColumn, TableReport
from nmf_explorer.ui.loading.column_table import ColumnTable
from tests.session.fixtures import open_and_wait, wait_until_idle
from tests.ui.finding import find, labels
from tests.ui.loading.test_load_panel import wait_for_preview

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
TITLE = "Columns of the table"
ROLES = ["Pixel of the images", "Name of each image", "Label (class) of each image", "Ignore"]


def titles(view: QTableView) -> list[str]:
    """Return the titles of the columns with their roles, as they are spoken."""
    model = view.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.headerData(i, Qt.Orientation.Horizontal, spoken)) for i in range(model.columnCount())]


def open_menu() -> QMenu:
    """Return the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def click_title(qtbot: QtBot, view: QTableView, column: int) -> QMenu:
    """Click the title of a column, and return the menu."""
    view.scrollTo(view.model().index(0, column))
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    return open_menu()


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    """Go from the present role to another one by the keyboard."""
    actions = [action.text() for action in menu.actions()]
    present = next(action.text() for action in menu.actions() if action.isChecked())
    steps = actions.index(text) - actions.index(present)
    for _ in range(abs(steps)):
        qtbot.keyClick(menu, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)


@pytest.fixture
def table(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> QTableView:
    """Give the table of a set with names, labels, four pixels and a column that might be one more of them."""
    rows = [f"n{i},{i % 3},{i},{2 * i},{i * i},7,{i % 2}" for i in range(12)]
    (tmp_path / "set.csv").write_text("\n".join(["id,label,pixel0,pixel1,pixel2,pixel3,pixel4", *rows]))
    open_and_wait(qtbot, session, tmp_path / "set.csv")
    session.import_preview.show()
    wait_for_preview(qtbot, session)
    return find(window, QTableView, TITLE)


def test_the_first_rows_and_the_role_of_each_column_are_seen(table: QTableView) -> None:
    assert titles(table)[:3] == ["id: name", "label: label", "pixel0: pixel"]
    model = table.model()
    assert [model.index(1, i).data() for i in range(5)] == ["n1", "1", "1", "2", "1"]
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "label, label: 1"
    assert model.rowCount() == 4
    assert "press Return" in table.accessibleDescription()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_click_on_a_title_changes_a_column_and_apply_opens_it(
    qtbot: QtBot, window: MainWindow, session: Session, table: QTableView
) -> None:
    menu = click_title(qtbot, table, 6)
    assert [action.text() for action in menu.actions()] == ROLES
    assert menu.activeAction().text() == "Pixel of the images"
    choose(qtbot, menu, "Ignore")
    assert titles(table)[6] == "pixel4: ignored"
    assert session.import_preview.options.columns == ((6, "ignore"),)
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is not None
    assert session.import_preview.preview.sample_image(0).size == 4
    assert titles(table)[6] == "pixel4: ignored"
    qtbot.mouseClick(find(window, QPushButton, "Apply"), LEFT)
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.sample_image(0).size == 4
    assert session.dataset.report.options.columns == ((6, "ignore"),)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_column_is_changed_by_keys_alone(qtbot: QtBot, session: Session, table: QTableView, key: Qt.Key) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, key)
    choose(qtbot, open_menu(), "Pixel of the images")
    assert titles(table)[1] == "label: pixel"
    assert table.currentIndex().column() == 1
    wait_for_preview(qtbot, session)
    assert table.currentIndex().column() == 1


def test_the_menu_key_opens_the_menu_of_the_present_column(qtbot: QtBot, table: QTableView) -> None:
    table.setCurrentIndex(table.model().index(2, 3))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(table.viewport(), event)
    assert open_menu().accessibleName() == "pixel1"
    qtbot.keyClick(open_menu(), Qt.Key.Key_Escape)


def test_the_former_role_chosen_again_is_no_change(
    qtbot: QtBot, window: MainWindow, session: Session, table: QTableView
) -> None:
    choose(qtbot, click_title(qtbot, table, 1), "Ignore")
    wait_for_preview(qtbot, session)
    assert find(window, QPushButton, "Apply").isEnabled()
    choose(qtbot, click_title(qtbot, table, 1), "Label (class) of each image")
    assert session.import_preview.options.columns == ()
    assert not find(window, QPushButton, "Apply").isEnabled()


def test_a_choice_by_title_or_from_the_end_is_replaced_by_one_by_number(
    qtbot: QtBot, session: Session, table: QTableView
) -> None:
    session.import_preview.request_preview({"columns": {"pixel0": "ignore", -1: "ignore"}})
    wait_for_preview(qtbot, session)
    assert [titles(table)[i] for i in (2, 6)] == ["pixel0: ignored", "pixel4: ignored"]
    choose(qtbot, click_title(qtbot, table, 2), "Name of each image")
    choose(qtbot, click_title(qtbot, table, 6), "Pixel of the images")
    assert session.import_preview.options.columns == ((2, "name"),)


def test_a_role_that_cannot_be_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, session: Session, table: QTableView
) -> None:
    session.import_preview.request_preview({"columns": dict.fromkeys(range(7), "ignore")})
    wait_for_preview(qtbot, session)
    assert session.import_preview.problem is not None
    assert str(session.import_preview.problem) in labels(window)
    assert titles(table)[3] == "pixel1: ignored"


def test_of_a_million_columns_only_the_first_and_the_last_ones_are_shown(session: Session, table: QTableView) -> None:
    numbers = [*range(40), *range(999_990, 1_000_000)]
    columns = tuple(TableColumn(number, "", "feature", ("x" * 100_000,) * 8) for number in numbers)
    report = TableReport(columns, ("feature",) * 1_000_000, 8, has_header=False, delimiter=",")
    assert session.dataset is not None
    dataset = session.dataset
    object.__setattr__(dataset, "report", LoadReport(LoadOptions(), table=report))
    session.import_preview.preview = None
    session.import_preview.preview_changed.emit()
    assert table.model().columnCount() == 50
    assert titles(table)[-1] == "column 1000000: pixel"
    field = table.parentWidget()
    assert isinstance(field, ColumnTable)
    assert "999,950 more columns are not shown" in labels(field)
    edges = [table.columnViewportPosition(i) for i in range(50)]
    assert all(0 < b - a < 40 * table.fontMetrics().averageCharWidth() for a, b in pairwise(edges))
