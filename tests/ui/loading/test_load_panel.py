"""The panel “How these were read”: what it asks, what it shows, and that all of it can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QListView,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QWidget,
)

from nmf_explorer.ui.images.image_list import IMAGE_ROLE
from tests.current import current
from tests.session.fixtures import PATIENCE, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, labels, name_of, texts
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
FIELDS = (QComboBox, QCheckBox, QSpinBox, QListView)


def panel(window: MainWindow) -> QWidget:
    """Give the panel, which must be seen."""
    return find(window, QWidget, "How these were read")


def asked(window: MainWindow) -> set[str]:
    """Names of the fields that are seen."""
    (area,) = panel(window).findChildren(QScrollArea)
    return {name_of(w) for w in area.findChildren(QWidget) if isinstance(w, FIELDS) and w.isVisible() and name_of(w)}


def wait_for_preview(qtbot: QtBot, session: Session) -> None:
    """Wait until a preview, or what is wrong with it, is there."""
    qtbot.waitUntil(lambda: not session.import_preview.is_busy, timeout=PATIENCE)


@pytest.fixture
def photos(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """Give the window with a set of two sizes and colours open."""
    image_folder(tmp_path / "photos" / "a", 9, colour="RGB")
    image_folder(tmp_path / "photos" / "b", 3, size=(9, 9))
    open_and_wait(qtbot, session, tmp_path / "photos")
    wait_for_preview(qtbot, session)
    return window


@pytest.fixture
def table(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """Give the window with a table of rows of twelve numbers open."""
    numbers = np.random.default_rng(0).integers(0, 9, (20, 12))
    np.savetxt(tmp_path / "table.csv", numbers, fmt="%d", delimiter=",")
    open_and_wait(qtbot, session, tmp_path / "table.csv")
    wait_for_preview(qtbot, session)
    return window


def test_it_asks_only_what_matters(photos: MainWindow) -> None:
    assert asked(photos) == {"Size", "Other sizes", "Keep colours"}
    assert "Sizes in the files: 4 x 5 (9), 9 x 9 (3)" in labels(photos)
    assert "A few of them, 4 x 5 pixels" in labels(photos)
    assert not find(photos, QPushButton, "Apply").isEnabled()


def test_many_sizes_are_told_in_short(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    for side in range(3, 8):
        image_folder(tmp_path / "sizes" / str(side), 9 - side, size=(side, side))
    open_and_wait(qtbot, session, tmp_path / "sizes")
    assert "Sizes in the files: 3 x 3 (6), 4 x 4 (5), 5 x 5 (4), and 2 other sizes" in labels(window)


def test_pictures_of_the_preview_can_be_heard(photos: MainWindow) -> None:
    preview = find(photos, QListView, "Preview")
    first = preview.model().index(0, 0)
    assert str(first.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("sample 1 of 8, ")
    assert image_of(preview, 0).size().toTuple() == (4, 5)
    assert preview.accessibleDescription() == "A few of them, 4 x 5 pixels"


def test_the_others_are_one_click_away(qtbot: QtBot, photos: MainWindow) -> None:
    qtbot.mouseClick(find(photos, QToolButton, "More choices"), LEFT)
    shown = asked(photos)
    assert {"White is", "Frames", "Tiles", "Next tile after", "Refuse above", "Background"} <= shown
    assert {"Images are", "Size of an image"} & shown == set()
    qtbot.mouseClick(find(photos, QToolButton, "More choices"), LEFT)
    assert asked(photos) == {"Size", "Other sizes", "Keep colours"}


def test_the_axis_of_an_array_and_the_array_are_chosen(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    numbers = np.random.default_rng(0).integers(0, 255, (20, 6, 7), np.uint8)
    np.savez(tmp_path / "two.npz", first=numbers, second=numbers[:, :5])
    open_and_wait(qtbot, session, tmp_path / "two.npz")
    wait_for_preview(qtbot, session)
    assert {"Array", "Images are counted by"} <= asked(window)
    axes, arrays = find(window, QComboBox, "Images are counted by"), find(window, QComboBox, "Array")
    assert [axes.itemText(i) for i in (0, 1)] == ["Automatic", "axis 0: 20 of 7 x 6 pixels"]
    choose(qtbot, axes, "axis 2: 7 of 6 x 20 pixels")
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is not None
    assert session.import_preview.preview.sample_shape == (20, 6)
    qtbot.keyClick(axes, Qt.Key.Key_Home)
    choose(qtbot, arrays, "second")
    qtbot.mouseClick(find(window, QPushButton, "Apply"), LEFT)
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.sample_shape == (5, 7)


def test_nothing_is_asked_of_a_set_without_questions(stripes: MainWindow, session: Session) -> None:
    panels = [w for w in stripes.findChildren(QWidget) if w.accessibleName() == "How these were read"]
    assert [w.isVisible() for w in panels] == [False]
    action(stripes, "How These Were Read").trigger()
    assert panel(stripes).isVisible()
    assert asked(stripes) == set()
    assert action(stripes, "How These Were Read").isChecked()
    action(stripes, "How These Were Read").trigger()
    assert not session.import_preview.is_shown


def test_colour_is_tried_and_applied(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    qtbot.keyClick(find(photos, QCheckBox, "Keep colours"), Qt.Key.Key_Space)
    assert find(photos, QPushButton, "Apply").isEnabled()
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is not None
    assert session.import_preview.preview.sample_shape == (5, 4, 3)
    assert session.dataset is not None
    assert current(session.dataset.sample_shape) == (5, 4)
    qtbot.mouseClick(find(photos, QPushButton, "Apply"), LEFT)
    wait_until_idle(qtbot, session)
    assert session.dataset.sample_shape == (5, 4, 3)
    assert not session.import_preview.is_shown


def test_keeping_leaves_everything_as_it_was(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    before = session.dataset
    qtbot.keyClick(find(photos, QCheckBox, "Keep colours"), Qt.Key.Key_Space)
    assert session.import_preview.is_changed
    qtbot.mouseClick(find(photos, QPushButton, "Keep as is"), LEFT)
    assert session.dataset is before
    assert not session.import_preview.is_shown
    action(photos, "How These Were Read").trigger()
    assert not find(photos, QCheckBox, "Keep colours").isChecked()


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Take a choice by the keyboard, as from the open list."""
    box.setFocus()
    while box.currentText() != text:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before


def test_other_sizes_on_a_background(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    choose(qtbot, find(photos, QComboBox, "Other sizes"), "Show whole, on the background")
    assert session.import_preview.options.resize == "fit"
    assert "Background" in asked(photos)


def test_a_size_is_typed(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    box = find(photos, QComboBox, "Size")
    items = [box.itemText(i) for i in range(box.count())]
    assert items == ["As most of them", "4 x 5", "9 x 9", "32 x 32", "64 x 64", "128 x 128", "Other…"]
    box.activated.emit(items.index("Other…"))
    width = find(photos, QSpinBox, "Size: width")
    assert (width.value(), find(photos, QSpinBox, "Size: height").value()) == (4, 5)
    width.setFocus()
    width.selectAll()
    qtbot.keyClicks(width, "7")
    qtbot.keyClick(width, Qt.Key.Key_Return)
    assert session.import_preview.options.size == (5, 7)
    wait_for_preview(qtbot, session)
    assert "A few of them, 7 x 5 pixels" in labels(photos)
    box.activated.emit(0)
    assert session.import_preview.options.size is None


def test_what_goes_wrong_stands_at_the_preview(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    session.import_preview.request_preview({"size": (99, 98), "resize": "leave out"})
    wait_for_preview(qtbot, session)
    assert "at least 2 are needed" in labels(photos)
    assert texts(find(photos, QListView, "Preview")) == []
    assert find(photos, QSpinBox, "Size: height").value() == 99


def image_of(view: QListView, row: int) -> QImage:
    """Give the picture of an item."""
    image: QImage = view.model().index(row, 0).data(IMAGE_ROLE)
    return image


def test_a_table_is_shown_in_every_shape_to_click(qtbot: QtBot, table: MainWindow, session: Session) -> None:
    shapes = find(table, QListView, "Size of an image")
    names = texts(shapes)
    assert {"3 x 4", "4 x 3"} <= set(names)
    sizes = [image_of(shapes, row).size().toTuple() for row in range(len(names))]
    assert sizes == [tuple(map(int, name.split(" x "))) for name in names]
    assert session.dataset is not None
    height, width = session.dataset.sample_shape
    assert shapes.currentIndex().data() == f"{width} x {height}"
    assert not session.import_preview.is_changed
    other = names.index(f"{height} x {width}")
    qtbot.mouseClick(shapes.viewport(), LEFT, pos=shapes.visualRect(shapes.model().index(other, 0)).center())
    assert session.import_preview.options.table_size == (width, height)
    qtbot.mouseClick(find(table, QPushButton, "Apply"), LEFT)
    wait_until_idle(qtbot, session)
    assert session.dataset.sample_shape == (width, height)


def test_a_table_turned_over(qtbot: QtBot, table: MainWindow, session: Session) -> None:
    choose(qtbot, find(table, QComboBox, "Images are"), "the columns of the table")
    wait_for_preview(qtbot, session)
    assert session.import_preview.preview is not None
    assert session.import_preview.preview.stored.shape == (8, 20)
    session.import_preview.request_preview({"table_size": (20, 1)})
    shapes = find(table, QListView, "Size of an image")
    assert shapes.currentIndex().data() == "1 x 20"
    assert image_of(shapes, shapes.currentIndex().row()).isNull()


def test_numbers_stand_for_what_the_loader_takes(qtbot: QtBot, photos: MainWindow, session: Session) -> None:
    qtbot.mouseClick(find(photos, QToolButton, "More choices"), LEFT)
    step, largest = find(photos, QSpinBox, "Next tile after"), find(photos, QSpinBox, "Refuse above")
    assert step.text() == "one tile"
    step.setValue(3)
    assert current(session.import_preview.options.tile_step) == 3
    step.setValue(0)
    assert session.import_preview.options.tile_step is None
    largest.setValue(100)
    assert session.import_preview.options.max_pixels == 100 * 1024 * 1024
    session.import_preview.request_preview({"white": 300.0})
    assert find(photos, QComboBox, "White is").currentText() == "300.0"


def test_everything_in_the_panel_can_be_used_in_a_small_window(qtbot: QtBot, photos: MainWindow) -> None:
    qtbot.mouseClick(find(photos, QToolButton, "More choices"), LEFT)
    photos.resize(1024, 640)
    QApplication.processEvents()
    assert photos.width() == 1024
    for name in ("Apply", "Keep as is"):
        button = find(photos, QPushButton, name)
        assert photos.rect().contains(button.mapTo(photos, button.rect().bottomRight()))
    own = [w for w in panel(photos).findChildren(QWidget) if isinstance(w, (*FIELDS, QAbstractButton))]
    assert [w for w in own if w.isVisible() and not name_of(w) and not w.objectName().startswith("qt_")] == []
    (area,) = panel(photos).findChildren(QScrollArea)
    contents = area.widget()
    assert contents is not None
    assert contents.width() <= area.viewport().width()
