"""Icons: from their files, in a colour of the palette, sharp at every size, and free of Qt's SVG module until drawn."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton

from nmf_explorer.resource_files import resource
from nmf_explorer.ui.theme import icons
from nmf_explorer.ui.theme.appearance import apply_appearance
from nmf_explorer.ui.theme.icons import icon
from nmf_explorer.ui.theme.palettes import OWN
from resources.copy_icons import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

FOLDER = resource("icons/ui")


@pytest.fixture(autouse=True)
def appearance_is_put_back(qapp: QApplication) -> Iterator[None]:
    del qapp
    yield
    apply_appearance("system")


def darkest(image: QImage) -> QColor:
    """Return the colour of the most opaque pixel."""
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return max((image.pixelColor(*place) for place in places), key=QColor.alpha)


def test_all_listed_icons_are_there_with_their_licence() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"LICENSE", *(f"{name}.svg" for name in NAMES)}
    assert "MIT License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    sources = resource("SOURCES.txt").read_text(encoding="utf-8")
    assert "icons/ui/" in sources
    assert all(b"currentColor" in (FOLDER / f"{name}.svg").read_bytes() for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn(name: str) -> None:
    image = icon(name).pixmap(QSize(20, 20), 1.0).toImage()
    assert image.size() == QSize(20, 20)
    assert darkest(image).alpha() > 150


@pytest.mark.parametrize("appearance", OWN)
def test_an_icon_has_the_colour_of_the_palette(appearance: str) -> None:
    apply_appearance(appearance)
    for role, mode, wanted in (
        ("text", QIcon.Mode.Normal, OWN[appearance].text),
        ("accent", QIcon.Mode.Normal, OWN[appearance].accent),
        ("text", QIcon.Mode.Disabled, OWN[appearance].disabled),
    ):
        drawn = darkest(icon("minus", role).pixmap(QSize(48, 48), 1.0, mode).toImage())
        assert drawn.name() == wanted


def test_an_icon_is_sharp_on_a_screen_with_more_pixels() -> None:
    assert icon("minus").pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)
    canvas = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.setDevicePixelRatio(2.0)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    icon("minus").paint(painter, 0, 0, 24, 24)
    painter.end()
    rows = [canvas.pixelColor(24, y).alpha() for y in range(48)]
    assert 3 <= sum(alpha > 0 for alpha in rows) <= 5  # a line of 1.75 points, without a blurred border
    assert max(rows) == 255


def test_an_icon_that_is_drawn_again_is_kept(qtbot: QtBot) -> None:
    button = QToolButton()
    button.setIcon(icon("player-play"))
    qtbot.addWidget(button)
    button.grab()
    n_drawn = icons._drawn.cache_info().misses
    for _ in range(3):
        button.grab()
    assert icons._drawn.cache_info().misses == n_drawn


def test_a_wrong_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="no-such-icon"):
        icon("no-such-icon")


def test_svg_is_not_imported_before_an_icon_is_drawn() -> None:
    program = (
        "import sys; from nmf_explorer.ui.theme.icons import icon; icon('x'); print('PySide6.QtSvg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "False"
