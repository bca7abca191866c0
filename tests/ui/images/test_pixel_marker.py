"""Pointing at a pixel by mouse and keyboard: the marker in all images, and the sum in numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView, QWidget

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.ui.images import image_list
from nmf_explorer.ui.images.image_list import ImageList, ImageModel
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.pixel_line import PixelLine
from nmf_explorer.ui.images.pixel_marker import draw_marker, pixel_under
from tests.current import current
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait
from tests.ui.finding import find, rgb
from tests.ui.visible_state import wait_until_stable
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def move_mouse(widget: QWidget, spot: QPointF) -> None:
    """Move the mouse over a widget."""
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        spot,
        widget.mapToGlobal(spot),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, move)


def leave(widget: QWidget) -> None:
    """Move the mouse out of a widget."""
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def words(window: MainWindow) -> str:
    """Return the text of the pixel line."""
    line = find(window, PixelLine, "Pixel")
    assert line.accessibleDescription() == line.text()
    return line.text()


def spot_of(view: ImageView, row: int, column: int) -> QPointF:
    """Return the centre of a pixel of a stripes image, 8 x 8."""
    place = view.image_rect()
    return QPointF(place.left() + (column + 0.5) * place.width() / 8, place.top() + (row + 0.5) * place.height() / 8)


@pytest.mark.parametrize(
    ("spot", "pixel"), [((10, 20), (0, 0)), ((29.9, 29.9), (1, 3)), ((30, 30), (1, 3)), ((9, 20), None)]
)
def test_the_pixel_under_a_spot(spot: tuple[float, float], pixel: tuple[int, int] | None) -> None:
    assert pixel_under(QPointF(*spot), QRectF(10, 20, 20, 10), (2, 4)) == pixel
    assert pixel_under(QPointF(*spot), QRectF(), (2, 4)) is None
    assert pixel_under(QPointF(*spot), QRectF(10, 20, 20, 10), None) is None


def test_hovering_shows_the_sum_of_a_pixel(stripes: MainWindow, session: Session) -> None:
    assert words(stripes).startswith("Point at a picture")
    view = find(stripes, ImageView, "Sample")
    move_mouse(view, spot_of(view, 1, 3))
    assert session.pointer.pixel == (1, 3)
    assert words(stripes) == "row 2, column 4: sample 0.98 ≈ 0.98 = 0.98 × 1.00 (part 1)"
    move_mouse(view, QPointF(0, 0))
    assert current(session.pointer.pixel) is None
    move_mouse(view, spot_of(view, 0, 0))
    assert words(stripes) == "row 1, column 1: sample 0.00 ≈ 0.00 = 0.00"
    leave(view)
    assert words(stripes).startswith("Point at a picture")


def test_before_a_fit_only_the_value_is_shown(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    assert session.dataset is not None
    session.pointer.hover((0, 0))
    assert words(window) == f"row 1, column 1: {float(session.dataset.sample_image(0)[0, 0]):.2f}"


def test_images_in_lists_add_their_own_value(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    for name, text in (("Parts", "part 2 "), ("Samples", "stripes_002 ")):
        view = find(stripes, QListView, name)
        rect = view.visualRect(view.model().index(1, 0))
        move_mouse(view.viewport(), QPointF(rect.center()) - QPointF(0, 10))
        assert session.pointer.pixel is not None
        assert text in words(stripes)
        move_mouse(view.viewport(), QPointF(rect.left() + 1, rect.bottom() - 1))
        assert current(session.pointer.pixel) is None
        move_mouse(view.viewport(), QPointF(rect.center()) - QPointF(0, 10))
        leave(view)
        assert current(session.pointer.pixel) is None
    session.pointer.hold(PixelTarget("part", 2))
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    assert "part 3" not in words(stripes)
    assert tmp_path.is_dir()


def test_key_p_holds_the_pointer_and_arrow_keys_move_it(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    view = find(stripes, ImageView, "Reconstruction")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert session.pointer.pixel == (4, 4)
    assert action(stripes, "Point at a Pixel").isChecked()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert session.pointer.pixel == (3, 4)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert session.pointer.pixel == (0, 4)
    leave(view)
    assert session.pointer.pixel == (0, 4)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot_of(view, 6, 5).toPoint())
    assert session.pointer.pixel == (6, 5)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert current(session.pointer.pixel) is None
    assert not action(stripes, "Point at a Pixel").isChecked()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert current(session.pointer.pixel) is None


def test_arrow_keys_move_the_selection_when_the_pointer_is_released(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    samples = find(stripes, QListView, "Samples")
    samples.setFocus()
    qtbot.keyClick(samples, Qt.Key.Key_P)
    qtbot.keyClick(samples, Qt.Key.Key_Right)
    assert (session.pointer.pixel, session.selected_sample) == ((4, 5), 0)
    qtbot.keyClick(samples, Qt.Key.Key_P)
    qtbot.keyClick(samples, Qt.Key.Key_Right)
    assert (session.pointer.pixel, session.selected_sample) == (None, 1)


def test_the_menu_toggles_the_pointer(stripes: MainWindow, session: Session) -> None:
    action(stripes, "Point at a Pixel").trigger()
    assert current(session.pointer.is_held)
    action(stripes, "Point at a Pixel").trigger()
    assert not current(session.pointer.is_held)
    session.close_set()
    assert not action(stripes, "Point at a Pixel").isEnabled()


def test_all_images_mark_the_same_pixel(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    pictures = [
        *(find(stripes, ImageView, name) for name in ("Sample", "Reconstruction", "Residual")),
        *(find(stripes, QListView, name) for name in ("Samples", "Parts")),
    ]
    wait_until_stable(qtbot, stripes)
    before = [picture.grab().toImage() for picture in pictures]
    session.pointer.mark((6, 1))
    assert all(picture.grab().toImage() != was for picture, was in zip(pictures, before, strict=True))
    session.pointer.release()
    assert all(picture.grab().toImage() == was for picture, was in zip(pictures, before, strict=True))


class Watched(ImageList):
    """Counts its repaints."""

    n_paints = 0

    def pixel_target(self, row: int) -> PixelTarget:
        """Return a part for every item."""
        return PixelTarget("part", row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Count the repaint."""
        self.n_paints += 1
        super().paintEvent(event)


@pytest.mark.parametrize("n_items", [6, 400])
def test_many_images_are_marked_when_the_pointer_rests(
    qtbot: QtBot, stripes: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, n_items: int
) -> None:
    """A hundred images take longer to paint than a mouse takes to the next pixel."""
    assert stripes.isVisible()
    monkeypatch.setattr(image_list, "_POINTER_REST_MS", PATIENCE)  # the test ends the wait itself
    view = Watched("Many", session=session)
    qtbot.addWidget(view)
    model = ImageModel(lambda _row: QImage(4, 4, QImage.Format.Format_RGB32), str, str, view)
    view.setModel(model)
    view.setGridSize(view.cell_padding() * 2)
    model.reset_items(n_items)
    view.resize(500, 500)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    before = view.n_paints
    for column in range(5):
        session.pointer.mark((2, column))
        QApplication.processEvents()
    assert (view.n_paints - before >= 5) == (n_items == 6)
    assert view._pointer_timer.isActive() == (n_items == 400)
    before = view.n_paints
    view._pointer_timer.start(0)
    qtbot.waitUntil(lambda: view.n_paints > before, timeout=PATIENCE)


@pytest.mark.parametrize("paper", ["black", "white", "gray", "red"])
def test_the_marker_is_visible_on_any_colour_and_at_any_scale(session: Session, paper: str) -> None:
    class Still:
        pixel, shape = (50, 50), (100, 100)

    canvas = QImage(100, 100, QImage.Format.Format_RGB32)
    canvas.fill(QColor(paper))
    painter = QPainter(canvas)
    draw_marker(painter, QRectF(0, 0, 100, 100), Still())  # type: ignore[arg-type] # draw_marker uses only this of a Pointer
    painter.end()
    assert current(session.pointer.pixel) is None
    changed = [QPoint(x, y) for x in range(100) for y in range(100) if canvas.pixelColor(x, y) != QColor(paper)]
    assert {rgb(canvas.pixelColor(spot)) for spot in changed} & {(0, 0, 0), (255, 255, 255)}
    assert all(abs(spot.x() - 50) < 8 and abs(spot.y() - 50) < 8 for spot in changed)
    assert len(changed) >= 24


def test_moving_the_pointer_by_keys_announces_the_sum(
    qtbot: QtBot, stripes: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        heard.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    session.pointer.hover((0, 0))
    assert heard == []
    view = find(stripes, ImageView, "Sample")
    qtbot.keyClick(view, Qt.Key.Key_P)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert heard[-1] == "row 2, column 1: sample 0.98 ≈ 0.98 = 0.98 × 1.00 (part 1)"


def test_small_terms_are_counted_in_the_pixel_line(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "many", 40))
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    model = session.model
    assert model is not None
    many = replace(
        model,
        components=model.components.repeat(12, axis=0),
        weights=model.weights.repeat(12, axis=1) / np.float32(12),
        scale=model.scale.repeat(12),
    )
    session.show(session.shown.with_model(many))
    session.pointer.hover((2, 2))
    assert words(window).endswith(" + 4 smaller")
    assert words(window).count(" × ") == 8


def test_terms_that_would_round_to_zero_are_counted_as_smaller(stripes: MainWindow, session: Session) -> None:
    model = session.model
    assert model is not None
    weights = model.weights[:, :1].repeat(2, axis=1)
    weights[:, 1] = 0.004
    two = replace(model, components=model.components[[0, 0]], weights=weights, scale=model.scale[[0, 0]])
    session.show(session.shown.with_model(two))
    session.pointer.hover((1, 3))
    assert words(stripes).endswith(" × 1.00 (part 1) + 1 smaller")
