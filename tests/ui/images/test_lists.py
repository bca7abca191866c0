"""Lists of images: captions, large fonts, focus frames and paging keys."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import getweakrefcount

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QListView

from nmf_explorer.ui.images.image_list import ImageList, ImageModel
from nmf_explorer.ui.samples.sample_strip import SampleStrip
from tests.session.fixtures import PATIENCE, fit_and_wait
from tests.ui.finding import find, texts
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.mark.parametrize(("width", "begin"), [(1600, "part {i}: "), (800, "{i}: ")])
def test_every_part_shows_its_number_and_its_share(
    qtbot: QtBot, stripes: MainWindow, session: Session, width: int, begin: str
) -> None:
    n_parts = 12 if width > 1000 else 18
    stripes.resize(width, 700)
    session.set_n_components(n_parts)
    fit_and_wait(qtbot, session)
    wait_until_stable(qtbot, stripes)
    grid = find(stripes, QListView, "Parts")
    captions = texts(grid)
    assert [text[: len(begin.format(i=i + 1))] for i, text in enumerate(captions)] == [
        begin.format(i=i + 1) for i in range(n_parts)
    ]
    assert all(text.endswith(" %") for text in captions)
    assert max(map(grid.fontMetrics().horizontalAdvance, captions)) <= grid.gridSize().width() - 2


@pytest.mark.parametrize("name", ["Samples", "Parts"])
def test_the_focused_item_has_a_frame(qtbot: QtBot, stripes: MainWindow, name: str) -> None:
    view = find(stripes, QListView, name)
    other = find(stripes, QListView, "Parts" if name == "Samples" else "Samples")
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(other.hasFocus, timeout=PATIENCE)
    view.setCurrentIndex(view.model().index(0, 0))
    view.selectionModel().clearSelection()
    corner = view.visualRect(view.currentIndex()).topLeft()
    frame = view.palette().color(QPalette.ColorRole.Highlight)

    def is_framed() -> bool:
        picture = view.viewport().grab().toImage()
        return all(picture.pixelColor(corner.x() + 2, corner.y() + y) == frame for y in range(10, 30))

    assert not is_framed()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus, timeout=PATIENCE)
    assert is_framed()


@pytest.fixture
def large_font() -> Iterator[None]:
    """Double the font size."""
    plain = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(2 * plain.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(plain)


@pytest.mark.usefixtures("large_font")
def test_cells_are_wide_enough_for_names_in_a_large_font(qtbot: QtBot, session: Session) -> None:
    strip = SampleStrip(session)
    qtbot.addWidget(strip)
    assert strip.gridSize().width() > strip.fontMetrics().horizontalAdvance("sample_0001")


def test_refreshing_items_leaks_no_references(qtbot: QtBot, stripes: MainWindow) -> None:
    model = find(stripes, QListView, "Parts").model()
    assert isinstance(model, ImageModel)
    shown: list[int] = []
    model.reset_items(20)
    model.dataChanged.connect(lambda first, _last: shown.append(first.row()))
    n_known = getweakrefcount(model)
    for _ in range(3):
        shown.clear()
        model.refresh_items(20)
        qtbot.waitUntil(lambda: len(shown) == 20, timeout=PATIENCE)
    assert getweakrefcount(model) == n_known


def test_a_batch_of_refreshed_items_stays_within_a_line(qtbot: QtBot) -> None:
    model = ImageModel(lambda _row: QImage(), str, str)
    model.reset_items(9)
    batches: list[list[int]] = [[]]
    model.dataChanged.connect(lambda first, _last: batches[-1].append(first.row()))
    model._batch_timer.timeout.connect(lambda: batches.append([]))
    model.refresh_items(9, range(1, 9), 3)
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 8, timeout=PATIENCE)
    assert [batch for batch in batches if batch] == [[1, 2], [3, 4, 5], [6, 7, 8]]


DOWN, UP = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp


@pytest.mark.parametrize(
    ("is_wrapping", "size", "keys", "rows"),
    [
        (True, 30, (DOWN, DOWN, DOWN, UP), [9, 18, 18, 9]),
        (True, 95, (DOWN, DOWN, UP, UP), [1, 2, 1, 0]),
        (False, 30, (DOWN, DOWN, UP, UP), [3, 6, 3, 0]),
    ],
)
def test_page_keys_move_by_visible_pages(
    qtbot: QtBot, *, is_wrapping: bool, size: int, keys: tuple[Qt.Key, ...], rows: list[int]
) -> None:
    view = ImageList("Pictures")
    qtbot.addWidget(view)
    view.setWrapping(is_wrapping)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setGridSize(QSize(size, size))
    model = ImageModel(lambda _row: QImage(4, 4, QImage.Format.Format_RGB32), str, str, view)
    model.reset_items(20)
    view.setModel(model)
    view.resize(100 + 2 * view.frameWidth(), 100 + 2 * view.frameWidth())
    view.show()
    view.setCurrentIndex(model.index(0, 0))
    came_to = []
    for key in keys:
        qtbot.keyClick(view, key)
        came_to.append(view.currentIndex().row())
    assert came_to == rows
