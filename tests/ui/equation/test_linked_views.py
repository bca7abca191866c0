"""A part and its term belong together: choosing or pointing at one shows the other, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QPalette
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QListView, QPushButton, QWidget

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.equation.term_row import TermRow
from nmf_explorer.ui.equation.term_view import TermView
from nmf_explorer.ui.widgets.weight_slider import WeightSlider
from tests.current import current
from tests.session.fixtures import open_and_wait
from tests.ui.finding import child, find, terms
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def faces(qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Return a window with twelve parts, whose terms do not all fit."""
    open_and_wait(qtbot, session, sample_images() / "drawn_faces")
    assert len(shown_parts(window)) < 12
    return window


def shown_parts(window: QWidget) -> list[int]:
    """Return the parts whose terms are shown."""
    return [int(title.removeprefix("part ")) - 1 for _, title in terms(window)]


def view_of(window: QWidget, part: int) -> TermView:
    """Return the term of a part."""
    return find(window, TermView, f"Term with part {part + 1}")


def click_part(qtbot: QtBot, window: QWidget, part: int) -> None:
    """Click on a part in the grid."""
    grid = find(window, QListView, "Parts")
    spot = grid.visualRect(grid.model().index(part, 0)).center()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=spot)


def enter(widget: QWidget) -> None:
    """Let the mouse enter a widget."""
    QApplication.sendEvent(widget, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(widget.mapToGlobal(QPoint(1, 1)))))


def frame_colour(view: TermView) -> bool:
    """Whether the image of a term has a frame."""
    image = view.grab().toImage()
    highlight = view.palette().color(QPalette.ColorRole.Highlight).rgb()
    place = view.image_view.image_rect().translated(view.image_view.pos())
    row = range(int(place.left()), int(place.right()))
    return any(image.pixel(x, int(place.top()) - dy) == highlight for x in row for dy in (1, 2, 3) if place.top() >= dy)


def test_a_click_on_a_part_shows_its_term(qtbot: QtBot, faces: MainWindow, session: Session) -> None:
    before = shown_parts(faces)
    hidden = [part for part in range(12) if part not in before]
    for part in (hidden[0], hidden[-1], before[0]):
        click_part(qtbot, faces, part)
        assert current(session.parts.selected) == part
        assert part in shown_parts(faces)
        assert len(shown_parts(faces)) <= len(before)
        assert frame_colour(view_of(faces, part))
    session.parts.select(None)
    find(faces, QListView, "Samples").setFocus()
    assert shown_parts(faces) == before
    assert not frame_colour(view_of(faces, before[0]))


def test_the_term_of_an_unused_part_can_be_moved_at_once(qtbot: QtBot, faces: MainWindow, session: Session) -> None:
    unused = [part for part in session.equation.terms() if part not in session.equation.added_terms()]
    click_part(qtbot, faces, unused[-1])
    child(view_of(faces, unused[-1]), QDoubleSpinBox).setValue(0.5)
    weights = session.equation.weights
    assert weights is not None
    assert weights[unused[-1]] == pytest.approx(0.5)


def test_where_all_terms_can_be_walked_through_the_chosen_one_scrolls_into_view(
    qtbot: QtBot, faces: MainWindow, session: Session
) -> None:
    row = child(faces, TermRow)
    more = next(b for b in row.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(more, LEFT)
    order = session.equation.terms()
    for part in (order[-1], order[0], order[6]):
        click_part(qtbot, faces, part)
        assert part in shown_parts(faces)


def test_a_click_on_the_image_or_the_title_of_a_term_selects_its_part(
    qtbot: QtBot, faces: MainWindow, session: Session
) -> None:
    first, second = shown_parts(faces)[:2]
    qtbot.mouseClick(view_of(faces, first).image_view, LEFT)
    assert current(session.parts.selected) == first
    grid = find(faces, QListView, "Parts")
    assert [index.row() for index in grid.selectedIndexes()] == [first]
    title = view_of(faces, second)._title
    qtbot.mouseClick(title, LEFT)
    assert current(session.parts.selected) == second
    qtbot.mouseClick(view_of(faces, first).image_view, Qt.MouseButton.RightButton)
    assert current(session.parts.selected) == second


def test_return_on_the_slider_of_a_term_selects_its_part_but_not_in_the_number(
    qtbot: QtBot, faces: MainWindow, session: Session
) -> None:
    first, second = shown_parts(faces)[:2]
    qtbot.keyClick(child(view_of(faces, first), QDoubleSpinBox), Qt.Key.Key_Return)
    assert current(session.parts.selected) is None
    qtbot.keyClick(child(view_of(faces, first), WeightSlider), Qt.Key.Key_Return)
    assert current(session.parts.selected) == first
    view_of(faces, second).image_view.setFocus()
    qtbot.keyClick(view_of(faces, second).image_view, Qt.Key.Key_Enter)
    assert current(session.parts.selected) == second
    qtbot.keyClick(child(view_of(faces, first), WeightSlider), Qt.Key.Key_Left)
    assert current(session.parts.selected) == second


def test_what_the_mouse_points_at_is_marked_in_the_other_view(
    qtbot: QtBot, faces: MainWindow, session: Session
) -> None:
    part = shown_parts(faces)[0]
    wait_until_stable(qtbot, faces)
    grid = find(faces, QListView, "Parts")
    cell = grid.visualRect(grid.model().index(part, 0))
    plain = grid.viewport().grab(cell).toImage()
    enter(view_of(faces, part))
    assert current(session.parts.marked) == part
    assert grid.viewport().grab(cell).toImage() != plain
    QApplication.sendEvent(view_of(faces, part), QEvent(QEvent.Type.Leave))
    assert current(session.parts.marked) is None
    assert grid.viewport().grab(cell).toImage() == plain
    qtbot.mouseMove(grid.viewport(), cell.center())
    qtbot.waitUntil(lambda: session.parts.marked == part)
    assert frame_colour(view_of(faces, part))
    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
    assert current(session.parts.marked) is None
    assert not frame_colour(view_of(faces, part))


def test_what_the_keyboard_reaches_is_marked_in_the_other_view(
    qtbot: QtBot, faces: MainWindow, session: Session
) -> None:
    first, second = shown_parts(faces)[:2]
    child(view_of(faces, second), WeightSlider).setFocus()
    assert current(session.parts.marked) == second
    child(view_of(faces, first), QDoubleSpinBox).setFocus()
    assert current(session.parts.marked) == first
    grid = find(faces, QListView, "Parts")
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(3, 0))
    assert current(session.parts.marked) == 3
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert current(session.parts.marked) == 4
    child(view_of(faces, first), WeightSlider).setFocus()
    assert current(session.parts.marked) == first
    grid.setFocus()
    assert current(session.parts.marked) == 4
    find(faces, QListView, "Samples").setFocus()
    assert current(session.parts.marked) is None


def test_the_order_of_the_terms_is_named(faces: MainWindow) -> None:
    row = child(faces, TermRow)
    assert row.accessibleName() == "Terms of the sum"
    assert row.accessibleDescription() == row.toolTip() == "largest first"
