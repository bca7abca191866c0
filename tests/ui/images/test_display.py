"""Colour maps and brightness scales, and their legends."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QListView, QWidget

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.session.state.display import COLOURS, Display
from nmf_explorer.ui.images.array_image import below_zero, colour_bar, residual_qimage, signed_background, to_qimage
from nmf_explorer.ui.images.colour_tables import colour_table
from nmf_explorer.ui.images.image_list import IMAGE_ROLE, ImageList
from nmf_explorer.ui.images.image_painting import draw_image
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.session_images import part_qimage, sample_qimage
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.theme.palettes import OWN, palette_for
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, labels, rgb
from tests.ui.visible_state import wait_until_stable
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

RAMP = np.linspace(0, 1, 256, dtype=np.float32).reshape(1, 256)


def colours_of(image: QImage) -> list[tuple[int, ...]]:
    """Return the colours of an image's first row."""
    return [rgb(QColor(image.pixel(x, 0))) for x in range(image.width())]


def is_first_colour(index: QModelIndex, colour: tuple[int, int, int]) -> bool:
    """Return whether the image of an item begins with a colour."""
    return colours_of(index.data(IMAGE_ROLE))[0] == colour


def lightness(colour: tuple[int, ...]) -> float:
    """Return the approximate lightness of a colour."""
    return float(np.dot(colour, (0.2126, 0.7152, 0.0722)))


def choose(window: MainWindow, text: str) -> None:
    """Choose in the menu."""
    action(window, text).trigger()
    assert action(window, text).isChecked()


@pytest.mark.parametrize("colours", [*COLOURS[1:], "ink"])
def test_colour_maps_are_monotonic_in_lightness(colours: str) -> None:
    steps = np.diff([lightness(colour) for colour in colours_of(to_qimage(RAMP, 1.0, colours=colours))])
    assert (
        steps * (-1 if colours in {"inverted", "ink"} else 1) > -0.6
    ).all()  # rounding to 8 bits lets some steps decrease slightly
    assert abs(steps.sum()) > 120
    assert colours_of(colour_bar(colours=colours)) == colours_of(to_qimage(RAMP, 1.0, colours=colours))


@pytest.mark.parametrize("colours", ["viridis", "cividis"])
def test_colour_maps_are_those_of_matplotlib(colours: str) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    theirs = np.rint(matplotlib.colormaps[colours](np.arange(256))[:, :3] * 255).astype(int)
    assert [rgb(QColor.fromRgb(colour)) for colour in colour_table(colours)] == [tuple(c) for c in theirs]


def test_inverted_grey_is_white_at_zero() -> None:
    assert colours_of(to_qimage(RAMP[:, [0, 255]], 1.0, colours="inverted")) == [(255, 255, 255), (0, 0, 0)]


def test_ink_is_white_at_zero_and_nearly_black() -> None:
    assert colours_of(to_qimage(RAMP[:, [0, 255]], 1.0, colours="ink")) == [(255, 255, 255), (20, 23, 26)]


def test_images_follow_the_background_and_photographs_stay_as_they_are(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.select_sample(0)  # only images that are seen are made
    first = find(stripes, QListView, "Samples").model().index(0, 0)
    qtbot.waitUntil(partial(is_first_colour, first, (255, 255, 255)), timeout=PATIENCE)
    session.preferences.set_on_dark(True)
    qtbot.waitUntil(partial(is_first_colour, first, (0, 0, 0)), timeout=PATIENCE)
    session.preferences.set_on_dark(False)
    rng = np.random.default_rng(0)
    photographs = rng.integers(60, 256, (5, 8, 8), dtype=np.uint8)
    photographs[:, 0, 0] = 0
    np.save(tmp_path / "photographs.npy", photographs)
    open_and_wait(qtbot, session, tmp_path / "photographs.npy")
    session.select_sample(0)
    first = find(stripes, QListView, "Samples").model().index(0, 0)
    qtbot.waitUntil(partial(is_first_colour, first, (0, 0, 0)), timeout=PATIENCE)


def test_drawings_are_printed_in_ink_unless_a_colour_map_was_chosen(stripes: MainWindow, session: Session) -> None:
    assert stripes.isVisible()
    display = session.preferences.display
    for on_dark in (True, False):
        for colours in ("automatic", "grey"):
            chosen = display._replace(colours=colours, is_on_dark=on_dark)
            assert chosen.colours_of(session.dataset, is_printed=True) == "ink"
    assert display._replace(colours="viridis").colours_of(session.dataset, is_printed=True) == "viridis"
    assert display.colours_of(None) == "grey"


def test_colour_images_keep_their_colours() -> None:
    values = np.random.default_rng(0).random((3, 4, 3), dtype=np.float32)
    assert to_qimage(values, 1.0, colours="viridis") == to_qimage(values, 1.0)


def test_a_choice_in_the_menu_changes_samples_and_parts(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.select_sample(0)  # only images that are seen are made
    choose(stripes, "Viridis")
    assert not action(stripes, "Grey").isChecked()
    for name in ("Samples", "Parts"):
        first = find(stripes, QListView, name).model().index(0, 0)
        qtbot.waitUntil(partial(is_first_colour, first, (68, 1, 84)), timeout=PATIENCE)
    sample = session.dataset.sample_image(0) if session.dataset else None
    assert sample is not None
    assert colours_of(sample_qimage(session, sample))[0] == (68, 1, 84)
    assert session.preferences.display == Display(colours="viridis")


def test_a_part_fills_its_own_scale_or_is_as_bright_as_it_gets(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    """Two parts, of which one is never brighter than a fifth of the other."""
    np.save(tmp_path / "faint.npy", np.array([[1.0, 0, 0], [0.5, 0.2, 0.2], [0, 0.1, 0.1]] * 3))
    open_and_wait(qtbot, session, tmp_path / "faint.npy")
    session.set_n_components(2)
    fit_and_wait(qtbot, session)
    brightest = [max(colours_of(part_qimage(session, part))) for part in range(2)]
    assert brightest == [(255, 255, 255)] * 2
    assert "each part on its own scale" in labels(window)
    choose(window, "All Parts on One Scale")
    brightest = sorted(max(colours_of(part_qimage(session, part))) for part in range(2))
    assert brightest[1][0] > 250
    assert 45 <= brightest[0][0] <= 58
    assert "each part on its own scale" not in labels(window)
    assert "all parts on one scale, at their largest weights" in labels(window)
    choose(window, "Each Part on Its Own Scale")
    assert "each part on its own scale" in labels(window)


def test_an_unused_part_is_black_on_both_scales(stripes: MainWindow, session: Session) -> None:
    assert stripes.isVisible()
    model = session.model
    assert model is not None
    empty = replace(model, components=model.components * 0, weights=model.weights * 0)
    session.show(session.shown.with_model(empty))
    for scale in ("own", "shared"):
        session.preferences.set_display(Display(colours="grey", scale=scale))
        assert set(colours_of(part_qimage(session, 0))) == {(0, 0, 0)}


def test_without_a_fit_there_is_no_picture_of_a_part(session: Session) -> None:
    assert part_qimage(session, 0).isNull()


def test_scales_have_titles_and_ends(stripes: MainWindow, session: Session) -> None:
    assert session.dataset is not None
    line = find(stripes, QWidget, "Scales")
    told = [child.accessibleName() for child in line.findChildren(QWidget) if child.accessibleName()]
    assert f"images: from 0 to {session.dataset.brightest:.2f}" in told
    assert any(text.startswith("residual: from −") for text in told)
    assert any(text.startswith("each part on its own scale: from 0 to its largest") for text in told)


def test_a_note_says_that_colour_images_ignore_the_colour_map(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.open([image_folder(tmp_path / "colour", colour="RGB")], LoadOptions(colour=True))
    wait_until_idle(qtbot, session)
    words = "the images have colours of their own"
    note = next(label for label in window.findChildren(QLabel) if label.text() == words)
    assert not note.isVisible()
    choose(window, "Cividis")
    assert note.isVisible()
    open_and_wait(qtbot, session, image_folder(tmp_path / "grey"))
    assert not note.isVisible()


def drawn(image: QImage, *, is_smooth: bool = False, is_signed: bool = False) -> QImage:
    """Return an image of 2 x 1 pixels painted at 40 x 20."""
    canvas = QImage(42, 22, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    assert draw_image(painter, image, QRectF(0, 0, 42, 22), is_smooth=is_smooth, is_signed=is_signed).width() == 40
    painter.end()
    return canvas


def grabbed(qtbot: QtBot, view: ImageList) -> QImage:
    """Return what a list shows once no thumbnail is pending."""

    def is_complete() -> bool:
        view.grab()
        return not view.has_pending

    qtbot.waitUntil(is_complete, timeout=PATIENCE)
    return view.grab().toImage()


def test_pixels_stay_pixels_unless_smoothness_is_chosen(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    image = to_qimage(np.array([[0, 1]], dtype=np.float32), 1.0)
    for is_smooth, most in ((False, 2), (True, 40)):
        shades = {QColor(drawn(image, is_smooth=is_smooth).pixel(x, 11)).red() for x in range(2, 40)}
        assert (len(shades) > 2) == is_smooth
        assert len(shades) <= most
    grid = find(stripes, PartGrid, "Parts")
    wait_until_stable(qtbot, stripes)
    sharp = grabbed(qtbot, grid)
    choose(stripes, "Enlarged Smoothly")
    assert session.preferences.display.is_smooth
    assert grabbed(qtbot, grid) != sharp
    choose(stripes, "Enlarged as Pixels")
    assert grabbed(qtbot, grid) == sharp


def test_negative_residuals_are_hatched() -> None:
    image = residual_qimage(np.array([[-0.5, 0.5]], dtype=np.float32), 1.0)
    mask = below_zero(image)
    assert [QColor.fromRgba(mask.pixel(x, 0)).alpha() for x in (0, 1)] == [255, 0]
    assert colours_of(image)[0][0] > colours_of(image)[0][2]
    seen = drawn(image, is_signed=True)
    below = {QColor(seen.pixel(x, y)).rgb() for x in range(2, 20) for y in range(2, 20)}
    above = {QColor(seen.pixel(x, y)).rgb() for x in range(22, 40) for y in range(2, 20)}
    assert len(below) > 1
    assert len(above) == 1


def test_the_further_below_zero_the_more_opaque_the_hatching() -> None:
    values = np.linspace(-1, 0, 41, dtype=np.float32)
    mask = below_zero(residual_qimage(values[np.newaxis], 1.0))
    alphas = [QColor.fromRgba(mask.pixel(x, 0)).alpha() for x in range(41)]
    assert alphas == sorted(alphas, reverse=True)
    assert len(set(alphas)) > 10


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(("too_much", "missing"), [(0.11, 0.32), (0.2, 0.5), (0.3, 0.5), (0.5, 1.0)])
def test_a_little_too_much_does_not_outshine_more_that_is_missing(
    qtbot: QtBot, appearance: str, too_much: float, missing: float
) -> None:
    view = ImageView("Residual")
    qtbot.addWidget(view)
    view.setPalette(palette_for(OWN[appearance]))
    view.resize(82, 42)
    values = np.array([[-too_much, missing], [0, 0]], dtype=np.float32)
    view.show_image(residual_qimage(values, 1.0), "", is_signed=True)
    seen, place = view.grab().toImage(), view.image_rect()
    side, left, top = int(place.width() / 2), int(place.left()), int(place.top())

    def pixels(column: int, row: int) -> NDArray[np.float64]:
        inside = [
            (left + column * side + x, top + row * side + y) for x in range(2, side - 2) for y in range(2, side - 2)
        ]
        return np.array([rgb(seen.pixelColor(*at)) for at in inside], dtype=float)

    zero = pixels(0, 1).mean(axis=0)
    red, blue = (np.linalg.norm(pixels(column, 0) - zero, axis=1) for column in (0, 1))
    assert red.mean() < blue.mean()
    if missing >= 2.5 * too_much:
        assert red.max() < 1.1 * blue.max()  # single lines of the hatching too


@pytest.mark.parametrize(("appearance", "is_dark"), [("light", False), ("dark", True), ("contrast", True)])
def test_a_zero_residual_is_dark_on_a_dark_background(qtbot: QtBot, appearance: str, is_dark: bool) -> None:  # noqa: FBT001 - a case
    view = ImageView("Residual")
    qtbot.addWidget(view)
    view.setPalette(palette_for(OWN[appearance]))
    view.resize(60, 20)
    view.show_image(residual_qimage(np.array([[-0.9, 0, 0.9]], dtype=np.float32), 1.0), "", is_signed=True)
    seen = view.grab().toImage()
    place, step = view.image_rect(), view.image_rect().width() / 3
    nothing, above = (seen.pixelColor(int(place.left() + (i + 0.5) * step), int(place.center().y())) for i in (1, 2))
    assert (nothing.lightness() < 128) == is_dark
    assert above.blue() > above.red()
    below = [seen.pixelColor(int(place.left()) + x, int(place.top()) + y) for x in range(2, 10) for y in range(2, 10)]
    assert any(colour.red() > colour.blue() + 50 for colour in below)
    plain = signed_background(view.palette().color(QPalette.ColorRole.Window), view.image()).pixelColor(0, 0)
    darker, lighter = (
        any(sign * (colour.lightness() - plain.lightness()) > 20 for colour in below) for sign in (-1, 1)
    )
    assert (darker, lighter) == (not is_dark, is_dark)  # the hatching
    assert colours_of(view.image())[1] == (247, 247, 247)  # light on a light background


def test_residuals_near_zero_are_not_hatched() -> None:
    mask = below_zero(residual_qimage(np.array([[-0.01, 0.0]], dtype=np.float32), 1.0))
    assert [QColor.fromRgba(mask.pixel(x, 0)).alpha() for x in (0, 1)] == [0, 0]
