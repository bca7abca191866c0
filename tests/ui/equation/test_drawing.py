"""Drawing by mouse, pen and keyboard, starting from a sample, and importing an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QColorDialog, QPushButton, QSpinBox, QWidget

from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.state.snapshot import DRAWING
from nmf_explorer.ui.equation.canvas import Canvas
from tests.session.fixtures import PATIENCE, Notices, fit_and_wait, image_folder, open_and_wait
from tests.ui.finding import find, labels, terms

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.fixture
def canvas(qtbot: QtBot, stripes: MainWindow) -> Canvas:
    """Return the canvas, open, with images of 8 x 8 pixels that are large enough to be clicked."""
    stripes.resize(1280, 1000)
    qtbot.mouseClick(find(stripes, QPushButton, "Draw"), Qt.MouseButton.LeftButton)
    return find(stripes, Canvas, "Sample")


def pixel(canvas: Canvas, row: int, column: int) -> QPoint:
    """Return the centre of a pixel in widget coordinates."""
    place = canvas.image_rect()
    size = place.width() / canvas.image().width()
    return QPointF(place.left() + (column + 0.5) * size, place.top() + (row + 0.5) * size).toPoint()


def drawing(session: Session) -> NDArray[np.float32]:
    """Return the drawn image."""
    assert session.drawing.image is not None
    return session.drawing.image


def draw_line(qtbot: QtBot, canvas: Canvas, row: int) -> None:
    """Draw a horizontal line with the mouse, beyond its end."""
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, row, 0))
    for column in range(1, 9):
        qtbot.mouseMove(canvas, pixel(canvas, row, column))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, row, 8))


def test_a_drawn_stripe_is_explained_by_its_part(qtbot: QtBot, canvas: Canvas, session: Session) -> None:
    window = canvas.window()
    assert "your picture" in labels(window)
    draw_line(qtbot, canvas, 1)
    assert drawing(session)[1].tolist() == pytest.approx([1.0] * 8, abs=0.1)
    assert drawing(session).sum() == pytest.approx(8, abs=1)
    assert terms(window) == [("1.00", "part 1")]
    draw_line(qtbot, canvas, 4)
    assert sorted(terms(window)) == [("1.00", "part 1"), ("1.00", "part 2")]
    session.history.undo()
    assert terms(window) == [("1.00", "part 1")]
    assert session.history.redo_message == "Draw"


def test_the_eraser_and_clear(qtbot: QtBot, canvas: Canvas, session: Session) -> None:
    window = canvas.window()
    draw_line(qtbot, canvas, 1)
    find(window, QSpinBox, "Width of the brush").setValue(3)
    assert session.drawing.width == 3
    qtbot.mouseClick(find(window, QPushButton, "Eraser"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, 1, 4))
    assert drawing(session)[1, 4] == 0
    assert session.history.undo_message == "Erase"
    qtbot.mouseClick(find(window, QPushButton, "Clear"), Qt.MouseButton.LeftButton)
    assert not drawing(session).any()
    session.history.undo()
    assert drawing(session).any()


def test_drawing_on_a_sample_leaves_the_dataset_unchanged(qtbot: QtBot, canvas: Canvas, session: Session) -> None:
    assert session.dataset is not None
    qtbot.mouseClick(find(canvas.window(), QPushButton, "From Sample"), Qt.MouseButton.LeftButton)
    before = session.dataset.sample_image(0).copy()
    np.testing.assert_array_equal(drawing(session), before)
    assert len(terms(canvas.window())) == 3
    draw_line(qtbot, canvas, 7)
    np.testing.assert_array_equal(session.dataset.sample_image(0), before)
    qtbot.mouseClick(find(canvas.window(), QPushButton, "Draw"), Qt.MouseButton.LeftButton)
    assert session.equation.subject == 0
    assert not [b for b in canvas.window().findChildren(QPushButton) if b.text() == "Clear" and b.isVisible()]


def test_arrow_keys_and_space_draw(qtbot: QtBot, canvas: Canvas, session: Session) -> None:
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert not drawing(session).any()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(9):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert drawing(session)[1].tolist() == pytest.approx([1.0] * 8, abs=0.1)
    assert terms(canvas.window()) == [("1.00", "part 1")]
    for _ in range(12):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert not drawing(session)[7].any()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert drawing(session)[7, 7] == pytest.approx(1, abs=0.1)  # the cursor stays inside


def test_pen_pressure_is_brightness_and_the_other_end_erases(canvas: Canvas, session: Session) -> None:
    def pen(kind: QEvent.Type, row: int, column: int, pressure: float, end: QPointingDevice.PointerType) -> None:
        device = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, end, QInputDevice.Capability.Pressure, 1, 1)
        place = QPointF(pixel(canvas, row, column))
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, device, place, place, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, left, left or none
        )
        QApplication.sendEvent(canvas, event)

    tip, rubber = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
    pen(QEvent.Type.TabletPress, 2, 2, 0.5, tip)
    pen(QEvent.Type.TabletMove, 2, 5, 0.5, tip)
    pen(QEvent.Type.TabletRelease, 2, 5, 0.0, tip)
    assert drawing(session)[2, 2:6].tolist() == pytest.approx([0.5] * 4, abs=0.05)
    pen(QEvent.Type.TabletPress, 2, 3, 1.0, rubber)
    pen(QEvent.Type.TabletRelease, 2, 3, 0.0, rubber)
    assert drawing(session)[2, 2:6].tolist() == pytest.approx([0.5, 0.0, 0.5, 0.5], abs=0.05)
    assert session.history.n_steps == 2
    pen(QEvent.Type.TabletPress, 6, 6, 0.0, tip)
    pen(QEvent.Type.TabletRelease, 6, 6, 0.0, tip)
    assert drawing(session)[6, 6] == pytest.approx(0.1, abs=0.02)  # the lightest touch is visible
    session.drawing.open(is_open=False)
    pen(QEvent.Type.TabletPress, 0, 0, 1.0, tip)
    assert session.equation.subject == 0


def test_a_colour_is_chosen_for_pictures_in_colour(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.open([image_folder(tmp_path / "rgb", colour="RGB")], None)
    qtbot.waitUntil(lambda: session.dataset is not None, timeout=PATIENCE)
    assert session.dataset is not None
    if len(session.dataset.sample_shape) == 2:
        session.open([tmp_path / "rgb"], session.dataset.report.options.replace({"colour": True}))
        qtbot.waitUntil(lambda: len(session.dataset.sample_shape) == 3, timeout=PATIENCE)  # type: ignore[union-attr]
    fit_and_wait(qtbot, session)
    session.drawing.open(is_open=True)
    qtbot.mouseClick(find(window, QPushButton, "Colour…"), Qt.MouseButton.LeftButton)
    dialog = next(w for w in window.findChildren(QWidget) if isinstance(w, QColorDialog))
    dialog.setCurrentColor(QColor(255, 0, 0))
    dialog.accept()
    canvas = find(window, Canvas, "Sample")
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, 1, 1))
    red, green, blue = drawing(session)[1, 1] / session.dataset.brightest
    assert (red, green, blue) == (1, 0, 0)


def test_an_image_file_becomes_the_drawing(qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path) -> None:
    pixels = np.zeros((8, 8), dtype=np.uint8)
    pixels[1] = 255
    Image.fromarray(pixels).save(tmp_path / "mine.png")
    session.drawing.import_image(tmp_path / "mine.png")
    qtbot.waitUntil(lambda: session.equation.subject == DRAWING, timeout=PATIENCE)
    assert terms(stripes)[0] == ("1.00", "part 1")
    assert session.history.undo_message == "Bring a picture along"


def test_an_unreadable_image_file_changes_nothing(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    assert stripes.isVisible()
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n, and no more")
    notices = Notices(session)
    with qtbot.waitSignal(session.notice_posted, timeout=PATIENCE):
        session.drawing.import_image(tmp_path / "broken.png")
    assert notices.last().level is Level.ERROR
    assert "“broken.png” cannot be explained" in notices.text()
    assert session.equation.subject == 0


def test_without_a_dataset_drawing_has_no_effect(session: Session, tmp_path: Path) -> None:
    session.drawing.clear()
    session.drawing.start_from_sample()
    session.drawing.extend_stroke((0, 0), (1, 1))
    session.drawing.import_image(tmp_path / "mine.png")
    assert session.drawing.image is None
    assert not session.drawing.is_open


def test_opening_another_dataset_ends_the_drawing(
    qtbot: QtBot, canvas: Canvas, session: Session, tmp_path: Path
) -> None:
    assert canvas.isVisible()
    open_and_wait(qtbot, session, image_folder(tmp_path / "other", size=(40, 50)))
    assert not session.drawing.is_open
    assert session.drawing.width == 3
