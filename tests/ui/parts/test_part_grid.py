"""The grid of parts: selecting, comparing, naming, hiding, sorting, zooming, copying and dragging."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QListView, QMenu, QPushButton

from nmf_explorer.factorize.model.part_order import ORDERS
from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.parts.part_grid import PartGrid
from tests.current import current
from tests.session.fixtures import PATIENCE, Notices, fit_and_wait, open_and_wait
from tests.ui.finding import find, labels, texts
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.exploring.parts import Parts
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def grid(qtbot: QtBot, window: MainWindow, session: Session) -> PartGrid:
    """Return the grid with the seven segments, with the keyboard focus."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    wait_until_stable(qtbot, window)
    grid = find(window, PartGrid, "Parts")
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus, timeout=PATIENCE)
    return grid


def click(qtbot: QtBot, grid: QListView, row: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Click on an item."""
    spot = grid.visualRect(grid.model().index(row, 0)).center()
    qtbot.mouseClick(grid.viewport(), LEFT, modifiers, spot)


def spoken(grid: QListView, row: int) -> str:
    """Return what a screen reader says about an item."""
    return str(grid.model().index(row, 0).data(SPOKEN))


def test_the_accessible_text_of_a_part_has_all_facts(grid: PartGrid, session: Session) -> None:
    session.parts.rename(2, "upper <b>")
    session.parts.hide(2, hidden=True)
    told = spoken(grid, 2)
    assert told.startswith("part 3 of 7, upper <b>, 14 % of the sum, hidden: the sum goes on without it, sparseness 0.")
    assert "used by 64 of 128 samples" in told
    assert "found again from 19 of 19 starts" in told
    assert "&lt;b&gt;" in str(grid.model().index(2, 0).data(Qt.ItemDataRole.ToolTipRole))
    session.parts.hide(3, hidden=True)
    assert texts(grid)[2:4] == ["3 upper <b>: hidden", "4: hidden"]


def selection(parts: Parts) -> tuple[int | None, int | None]:
    """Return the selected and the compared part."""
    return parts.selected, parts.compared


def test_a_click_selects_and_a_ctrl_click_compares(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    parts = session.parts
    grid.setCurrentIndex(grid.model().index(4, 0))
    assert current(parts.selected) is None
    click(qtbot, grid, 2)
    assert selection(parts) == (2, None)
    click(qtbot, grid, 5, CTRL)
    assert selection(parts) == (2, 5)
    click(qtbot, grid, 0, CTRL)
    assert selection(parts) == (2, 5)
    click(qtbot, grid, 3)
    assert selection(parts) == (3, None)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert current(parts.selected) is None
    click(qtbot, grid, 1, CTRL)
    assert selection(parts) == (3, 1)


def test_keys_select_and_compare(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    parts = session.parts
    grid.setCurrentIndex(grid.model().index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_C)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert parts.selected == 0
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert parts.selected == 0
    qtbot.keyClick(grid, Qt.Key.Key_C)
    assert selection(parts) == (0, 2)
    assert (grid.selection.parts(), grid.selection.current_part()) == ([0, 2], 2)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert selection(parts) == (None, None)


def test_the_grid_follows_the_selection_of_the_session(grid: PartGrid, session: Session) -> None:
    session.parts.select(6)
    assert (grid.selection.parts(), grid.selection.current_part()) == ([6], 6)
    session.parts.compare(1)
    assert grid.selection.parts() == [1, 6]
    other = PartGrid(session)
    assert other.selection.parts() == [1, 6]
    other.deleteLater()


def test_sorting_keeps_the_selected_parts(qtbot: QtBot, window: MainWindow, grid: PartGrid, session: Session) -> None:
    click(qtbot, grid, 2)
    box = find(window, QComboBox, "Order of parts")
    assert [box.itemData(i) for i in range(box.count())] == list(ORDERS)
    box.setFocus()
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert session.part_layout.order == "place"
    qtbot.waitUntil(lambda: list(session.part_layout.parts_in_order) != list(range(7)), timeout=PATIENCE)
    numbers = [int(text.removeprefix("part ").partition(":")[0]) - 1 for text in texts(grid)]
    assert numbers == list(session.part_layout.parts_in_order)
    assert grid.selection.parts() == [2]
    assert session.parts.selected == 2
    assert grid.currentIndex().row() == numbers.index(2)


def test_a_part_is_renamed_in_place(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    grid.setCurrentIndex(grid.model().index(1, 0))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = find(grid, QLineEdit, "Name of the part")
    assert grid.viewport().rect().contains(editor.geometry())
    qtbot.keyClicks(editor, "hcp")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.parts.name_of(1) == "hcp", timeout=PATIENCE)
    assert texts(grid)[1].startswith("2 hcp: ")
    assert not session.parts.hidden
    session.history.undo()
    assert texts(grid)[1].startswith("part 2: ")
    assert not grid.model().setData(grid.model().index(1, 0), "x", Qt.ItemDataRole.DisplayRole)


def test_a_part_with_the_focus_is_renamed_though_none_is_selected(qtbot: QtBot, grid: PartGrid) -> None:
    grid.selectionModel().clear()
    grid.selectionModel().setCurrentIndex(grid.model().index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert grid.selection.parts() == []
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert find(grid, QLineEdit, "Name of the part").isVisible()


def test_a_key_hides_parts_and_a_text_lists_them(
    qtbot: QtBot, window: MainWindow, grid: PartGrid, session: Session
) -> None:
    def darkness() -> int:
        image = grid.viewport().grab(grid.visualRect(grid.model().index(0, 0)).adjusted(20, 20, -20, -40)).toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return sum(image.pixelColor(x, y).lightness() < 40 for x, y in points)

    session.preferences.set_display(session.preferences.display._replace(colours="grey"))
    click(qtbot, grid, 0)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    before = darkness()
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_H)
    assert session.parts.hidden == {0}
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert 0 < darkness() < before / 2  # faint, and crossed out
    assert "without part 1." in labels(window)
    session.parts.hide_some([2, 5], hidden=True)
    assert "without parts 1, 3, 6." in labels(window)
    qtbot.mouseClick(find(window, QPushButton, "Show All"), LEFT)
    assert not session.parts.hidden
    assert "without part" not in labels(window)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_H)
    assert len(session.parts.hidden) == 7
    qtbot.keyClick(grid, Qt.Key.Key_H)
    assert not session.parts.hidden


def test_many_hidden_parts_are_counted(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.set_n_components(10)
    fit_and_wait(qtbot, session)
    session.parts.hide_some(range(8), hidden=True)
    assert "without parts 1, 2, 3, 4, 5, 6, 7, 8." in labels(stripes)
    session.parts.hide(8, hidden=True)
    assert "without 9 parts." in labels(stripes)


def test_zoom_by_wheel_and_keys(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    fit = grid.gridSize()
    qtbot.keyClick(grid, "-")
    smaller = grid.gridSize()
    assert smaller.width() < fit.width()
    qtbot.keyClick(grid, "0")
    assert grid.gridSize() == fit

    def turn(notches: float, modifiers: Qt.KeyboardModifier) -> None:
        spot = QPointF(20, 20)
        delta = QPoint(0, round(120 * notches))
        phase, is_inverted = Qt.ScrollPhase.NoScrollPhase, False
        event = QWheelEvent(spot, spot, QPoint(), delta, Qt.MouseButton.NoButton, modifiers, phase, is_inverted)
        QApplication.sendEvent(grid.viewport(), event)

    turn(-0.5, CTRL)
    assert session.part_layout.zoom == 0
    turn(-0.5, CTRL)
    assert grid.gridSize() == smaller
    turn(1, NONE)
    assert session.part_layout.zoom == -1
    for _ in range(30):
        turn(-1, CTRL)
    smallest = session.part_layout.zoom
    assert max((grid.gridSize() - grid.cell_padding()).toTuple()) >= 24
    qtbot.keyClick(grid, "+")
    assert session.part_layout.zoom == smallest + 1  # steps without effect were not counted


def test_captions_are_as_long_as_cells_allow(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    session.parts.rename(2, "foot")
    seen = {texts(grid)[0]: texts(grid)[2]}
    for _ in range(12):
        qtbot.keyClick(grid, "-")
        seen[texts(grid)[0]] = texts(grid)[2]
    assert seen == {"part 1: 14 %": "3 foot: 14 %", "1: 14 %": "3 foot: 14 %", "1": "3"}


def test_context_menu_and_menu_bar_share_their_actions(
    qtbot: QtBot, window: MainWindow, grid: PartGrid, session: Session
) -> None:
    click(qtbot, grid, 3)
    session.parts.rename(3, "a & b")
    grid.setCurrentIndex(grid.model().index(4, 0))
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        spot = QPoint(5, 5)
        event = QContextMenuEvent(reason, spot, grid.viewport().mapToGlobal(spot))
        QApplication.sendEvent(grid.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions() == grid.actions()
        menu.close()
    bar = next(action.menu() for action in window.menuBar().actions() if action.text() == "&Part")
    assert isinstance(bar, QMenu)
    assert bar.actions() == grid.actions()
    assert any(action.text() == "Com&pare with a && b" for action in bar.actions())
    session.close_set()
    assert not bar.menuAction().isEnabled()


def test_parts_are_copied_as_picture_and_text(qtbot: QtBot, grid: PartGrid, session: Session) -> None:
    click(qtbot, grid, 2)
    qtbot.keyClick(grid, Qt.Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    image = QImage(data.imageData())
    zoom = 512 // 13
    assert (image.width(), image.height()) == (8 * zoom, 13 * zoom)
    assert session.model is not None
    part = session.model.component_image(2)
    middles = [[image.pixelColor(x * zoom + 3, y * zoom + 3).red() for x in range(8)] for y in range(13)]
    assert np.array_equal(middles, np.rint(part * 255))
    assert data.text() == spoken(grid, 2)
    click(qtbot, grid, 4, CTRL)
    qtbot.keyClick(grid, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().count("\n") == 1


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """Record which files would be dragged, instead of dragging."""
    taken: list[list[Path]] = []

    def take(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        data = drag.mimeData()
        assert data.hasImage()
        taken.append([Path(url.toLocalFile()) for url in data.urls()])
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", take)
    return taken


def test_parts_are_dragged_out_as_files(
    qtbot: QtBot, grid: PartGrid, session: Session, dragged: list[list[Path]]
) -> None:
    session.parts.rename(4, "foot/note")
    click(qtbot, grid, 1)
    click(qtbot, grid, 4, CTRL)
    viewport, spot = grid.viewport(), grid.visualRect(grid.model().index(4, 0)).center()
    qtbot.mousePress(viewport, LEFT, NONE, spot)
    for step in (5, 40, 80):
        qtbot.mouseMove(viewport, spot + QPoint(step, 0))
    qtbot.mouseRelease(viewport, LEFT, NONE, spot + QPoint(80, 0))
    assert [[path.name for path in paths] for paths in dragged] == [["part 2.png", "part 5 foot_note.png"]]
    for path in dragged[0]:
        with Image.open(path) as picture:
            assert picture.size == (8 * 39, 13 * 39)


def test_a_drag_without_disk_space_shows_a_notice_and_carries_the_image(
    qtbot: QtBot, grid: PartGrid, session: Session, dragged: list[list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **_named: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    notices = Notices(session)
    click(qtbot, grid, 1)
    grid.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [[]]
    assert notices.text() == "No files could be made of the parts: No space left on device."


@pytest.mark.parametrize("place", ["there.png", "nowhere/there.png"])
def test_a_part_is_saved_where_the_user_wants(
    window: MainWindow, grid: PartGrid, session: Session, tmp_path: Path, place: str
) -> None:
    notices = Notices(session)
    grid.setCurrentIndex(grid.model().index(1, 0))
    action = next(action for action in grid.actions() if action.text() == "&Save as Picture…")
    action.trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(name).name for name in dialog.selectedFiles()] == ["part 2.png"]
    dialog.fileSelected.emit(str(tmp_path / place))
    dialog.close()
    if place == "there.png":
        assert (tmp_path / place).stat().st_size > 50
    else:
        assert "could not be written" in notices.text()


def test_a_dragged_part_cannot_be_dropped_on_its_own_window(grid: PartGrid, window: MainWindow) -> None:
    from PySide6.QtGui import QDragEnterEvent

    from nmf_explorer.ui.parts.part_files import parts_mime_data

    class FromGrid(QDragEnterEvent):
        def source(self) -> PartGrid:
            return grid

    data = parts_mime_data(window._session, [0], grid._items.descriptions([0]))
    event = FromGrid(QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, NONE)
    window.dragEnterEvent(event)
    assert not window._overlay.isVisible()


def test_thumbnails_are_made_once_and_within_the_time_of_a_frame(
    qtbot: QtBot, grid: PartGrid, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nmf_explorer.ui.parts import part_model
    from nmf_explorer.ui.widgets import image_memory

    made: list[int] = []

    def make(session: Session, part: int, room: QSize | None) -> QImage:
        made.append(part)
        return part_qimage(session, part, room)

    monkeypatch.setattr(part_model, "part_qimage", make)
    session.preferences.set_display(session.preferences.display._replace(colours="viridis"))
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", 60)
    for _ in range(2):
        grid.viewport().repaint()
    assert sorted(made) == list(range(7))
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", 0)
    session.preferences.set_display(session.preferences.display._replace(colours="grey"))
    grid.viewport().repaint()
    assert grid._items.thumbnails.has_pending
    assert len(made) == 8  # one per frame if there is no time
    qtbot.waitUntil(lambda: len(made) == 14, timeout=PATIENCE)
    assert sorted(made[7:]) == list(range(7))
    assert not grid._items.thumbnails.has_pending
