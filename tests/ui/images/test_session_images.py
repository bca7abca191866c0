"""Conversion of arrays to images, sizes of painted images, and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from nmf_explorer.errors import Message
from nmf_explorer.ui.images.array_image import residual_qimage, to_qimage
from nmf_explorer.ui.images.image_painting import draw_image, fitted_size
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.parts.cell_size import best_cell_size
from nmf_explorer.ui.theme.texts import display_names, percent, plain_tool_tip, printable, short_name, translated
from tests.ui.finding import rgb

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

EXTRA = QSize(12, 30)


def greys(values: list[float], white: float) -> list[int]:
    """Return the grey values of one row of numbers."""
    image = to_qimage(np.array([values], dtype=np.float32), white)
    return [QColor(image.pixel(x, 0)).red() for x in range(image.width())]


def test_values_are_clipped_to_black_and_white() -> None:
    assert greys([0, 0.5, 1, 7], 1.0) == [0, 128, 255, 255]
    assert greys([0, 2, 4], 4.0) == [0, 128, 255]
    assert greys([0, 0], 0.0) == [0, 0]


def test_colours_stay_colours() -> None:
    image = to_qimage(np.array([[[1, 0.5, 0]]], dtype=np.float32), 1.0)
    assert rgb(QColor(image.pixel(0, 0))) == (255, 128, 0)


@pytest.mark.parametrize("shape", [(), (3,)])
def test_large_images_are_reduced_to_means(shape: tuple[int, ...]) -> None:
    values = np.zeros((101, 60, *shape), dtype=np.float32)
    values[:, ::2] = 1  # stripes of one pixel: grey from afar
    image = to_qimage(values, 1.0, QSize(12, 30))
    assert (image.width(), image.height()) == (12, 20)
    assert {QColor(image.pixel(x, y)).green() for x in range(12) for y in range(20)} <= {102, 153}


@given(st.integers(1, 200), st.integers(1, 200), st.integers(-5, 100), st.integers(-5, 100))
def test_a_reduced_image_is_not_smaller_than_its_painted_size(width: int, height: int, across: int, down: int) -> None:
    image = to_qimage(np.ones((height, width), dtype=np.float32), 1.0, QSize(across, down))
    drawn = fitted_size(QSize(width, height), QSizeF(max(1, across), max(1, down)), 1)
    assert image.width() >= min(width, int(drawn.width()))
    assert image.height() >= min(height, int(drawn.height()))
    assert QColor(image.pixel(image.width() - 1, image.height() - 1)).red() == 255


def test_small_images_stay_as_they_are() -> None:
    values = np.arange(64, dtype=np.float32).reshape(8, 8)
    assert to_qimage(values, 63.0, QSize(5, 5)) == to_qimage(values, 63.0)


@pytest.mark.parametrize("channels", [1, 3])
def test_positive_residuals_are_blue_and_negative_ones_red(channels: int) -> None:
    values = np.array([[0.0, 1.0, -1.0, 9.0]], dtype=np.float32)
    if channels == 3:
        values = np.repeat(values[..., np.newaxis], 3, axis=2)
    image = residual_qimage(values, 1.0)
    neutral, missing, too_much, beyond = (QColor(image.pixel(x, 0)) for x in range(4))
    assert neutral.red() == neutral.green() == neutral.blue()
    assert missing.blue() > 2 * missing.red()
    assert too_much.red() > 2 * too_much.blue()
    assert beyond == missing


def test_images_are_enlarged_by_whole_numbers_and_reduced_in_proportion() -> None:
    assert fitted_size(QSize(8, 13), QSizeF(100, 100), 1) == QSizeF(56, 91)
    assert fitted_size(QSize(8, 8), QSizeF(20, 20), 2) == QSizeF(20, 20)
    assert fitted_size(QSize(400, 200), QSizeF(100, 100), 1) == QSizeF(100, 50)
    assert fitted_size(QSize(), QSizeF(100, 100), 1).isEmpty()


def test_pixels_stay_pixels() -> None:
    canvas = QImage(42, 42, QImage.Format.Format_RGB32)
    canvas.fill(QColor("green"))
    painter = QPainter(canvas)
    place = draw_image(painter, to_qimage(np.eye(2, dtype=np.float32), 1.0), QRectF(0, 0, 42, 42))
    empty = draw_image(painter, QImage(), QRectF(0, 0, 42, 42))
    painter.end()
    assert place == QRectF(1, 1, 40, 40)
    assert empty.isEmpty()
    assert {QColor(canvas.pixel(x, y)).red() for x in range(2, 20) for y in range(2, 20)} == {255}
    assert {QColor(canvas.pixel(x, y)).red() for x in range(22, 40) for y in range(2, 20)} == {0}


def test_an_image_view_has_a_name_and_a_description(qtbot: QtBot) -> None:
    view = ImageView("Sample")
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    view.grab()
    assert view.image().isNull()
    view.show_image(to_qimage(np.ones((2, 3), dtype=np.float32), 1.0), "all white")
    assert (view.accessibleName(), view.accessibleDescription()) == ("Sample", "all white")
    middle = view.grab().toImage().pixelColor(view.rect().center())
    assert rgb(middle) == (255, 255, 255)
    view.show_empty()
    assert view.image().isNull()
    assert view.minimumSizeHint().width() < view.sizeHint().width()


sides = st.integers(2, 64)


@given(n=st.integers(1, 60), room=st.tuples(st.integers(200, 2000), st.integers(150, 1200)), height=sides, width=sides)
def test_cells_fit_and_no_other_number_of_columns_gives_larger_pictures(
    n: int, room: tuple[int, int], height: int, width: int
) -> None:
    area, image = QSize(*room), QSize(width, height)
    cell = best_cell_size(n, area, image, EXTRA)
    drawn = fitted_size(image, QSizeF(cell - EXTRA), 1)
    assert max(drawn.width(), drawn.height()) > 0
    columns = max(1, area.width() // cell.width())
    fits = -(-n // columns) * cell.height() <= area.height()
    for others in range(1, n + 1):
        other = QSize((area.width() - 1) // others, area.height() // -(-n // others))
        size = fitted_size(image, QSizeF(other - EXTRA), 1)
        if max(size.width(), size.height()) >= 40:
            assert fits
            assert drawn.width() >= size.width()


def test_names_are_safe_and_short() -> None:
    assert printable("two\nlines \udcff") == "two\N{REPLACEMENT CHARACTER}lines ?"
    assert short_name("inner/face 1.png") == "inner/face 1"
    assert short_name("version 1.final cut") == "version 1.final cut"
    assert short_name(".hidden") == ".hidden"
    assert plain_tool_tip("a.png") == "a.png"
    assert "&lt;b&gt;" in plain_tool_tip("<b>x</b>.png")


def test_equal_names_get_their_folder() -> None:
    assert display_names([Path("/a/x"), Path("/b/x"), Path("/b/y"), Path("/")]) == ["x (/a)", "x (/b)", "y", "/"]


def test_messages_and_numbers() -> None:
    assert translated(Message("{n} of {m}", n=1, m=2)) == "1 of 2"
    assert translated("plain") == "plain"
    assert [percent(share) for share in (0, 0.0123, 0.0996, 0.5, 1)] == ["0 %", "1.2 %", "10 %", "50 %", "100 %"]
