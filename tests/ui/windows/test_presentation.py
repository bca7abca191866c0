"""What is looked at, alone on the screen in large letters, and everything as before afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QTreeWidget, QWidget
from shiboken6 import delete, isValid

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.equation.equation_row import EquationRow
from nmf_explorer.ui.equation.term_row import TermRow
from nmf_explorer.ui.equation.term_view import TermView
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.pixel_line import PixelLine
from nmf_explorer.ui.menus.screens_menu import ScreensMenu
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
from nmf_explorer.ui.windows.presentation import Presentation
from tests.session.fixtures import PATIENCE, open_and_wait, wait_until_idle
from tests.ui.finding import find, texts
from tests.ui.two_screens import configuration
from tests.ui.visible_state import visible_state, wait_until_stable

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEAST_POINTS = 24
WILDCARDS = Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive


def present(qtbot: QtBot, window: MainWindow) -> Presentation:
    """Press F11, and give what fills the screen."""
    qtbot.keyClick(window, Qt.Key.Key_F11)
    (presentation,) = window.findChildren(Presentation)
    # Keys go to the window that is active.
    qtbot.waitUntil(lambda: QApplication.activeWindow() is presentation, timeout=PATIENCE)
    return presentation


def leave(qtbot: QtBot, presentation: Presentation, key: Qt.Key = Qt.Key.Key_Escape) -> None:
    """Press a key, and wait until the presentation is gone."""
    qtbot.keyClick(presentation, key)
    qtbot.waitUntil(lambda: not isValid(presentation), timeout=PATIENCE)


def seen(presentation: Presentation) -> set[str]:
    """Which views are shown."""
    kinds: dict[str, type[QWidget]] = {"equation": EquationRow, "parts": PartGrid}
    return {name for name, kind in kinds.items() if any(w.isVisible() for w in presentation.findChildren(kind))}


def test_it_fills_the_screen_with_large_letters(qtbot: QtBot, stripes: MainWindow) -> None:
    presentation = present(qtbot, stripes)
    qtbot.waitUntil(presentation.isFullScreen, timeout=PATIENCE)
    assert presentation.screen() is stripes.screen()
    assert seen(presentation) == {"equation"}
    qtbot.keyClick(presentation, Qt.Key.Key_3)
    assert seen(presentation) == {"equation", "parts"}
    for view in (*presentation.findChildren(QListView), *presentation.findChildren(TermRow)):
        assert view.font().pointSizeF() >= LEAST_POINTS
    signs = [label for label in presentation.findChildren(QLabel) if label.text() in {"≈", "="}]
    assert signs
    assert all(sign.font().pointSizeF() > LEAST_POINTS for sign in signs)
    leave(qtbot, presentation)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_everything_stands_as_before(qtbot: QtBot, stripes: MainWindow, key: Qt.Key) -> None:
    wait_until_stable(qtbot, stripes)
    before, place = visible_state(stripes), stripes.geometry()
    leave(qtbot, present(qtbot, stripes), key)
    wait_until_stable(qtbot, stripes)
    assert visible_state(stripes) == before
    assert stripes.geometry() == place
    assert not stripes.isFullScreen()


def test_what_has_the_keyboard_is_presented_and_digits_switch(qtbot: QtBot, stripes: MainWindow) -> None:
    find(stripes, QListView, "Parts").setFocus()
    presentation = present(qtbot, stripes)
    assert seen(presentation) == {"parts"}
    for key, views in ((Qt.Key.Key_1, {"equation"}), (Qt.Key.Key_3, {"equation", "parts"}), (Qt.Key.Key_2, {"parts"})):
        qtbot.keyClick(presentation, key)
        assert seen(presentation) == views
        focused = presentation.focusWidget()
        assert isinstance(focused, QWidget)
        assert focused.isVisible()
    leave(qtbot, presentation)


def test_keys_walk_through_samples_and_undo(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    presentation = present(qtbot, stripes)
    qtbot.keyClick(presentation, Qt.Key.Key_3)
    qtbot.keyClick(presentation, Qt.Key.Key_PageDown)
    qtbot.keyClick(presentation, Qt.Key.Key_PageDown)
    qtbot.keyClick(presentation, Qt.Key.Key_PageUp)
    assert session.selected_sample == 1
    session.parts.rename(0, "top")
    qtbot.keyClick(presentation, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.parts.name_of(0) == ""
    qtbot.keyClick(presentation, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(presentation, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(qtbot, session)
    qtbot.waitUntil(lambda: not session.is_busy and not session.replay.is_playing, timeout=PATIENCE)
    assert len(texts(find(presentation, QListView, "Parts"))) == 2
    leave(qtbot, presentation)


def test_a_pixel_that_is_pointed_at_is_told(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    presentation = present(qtbot, stripes)
    line = presentation.findChild(PixelLine)
    assert isinstance(line, PixelLine)
    assert not line.isVisible()
    session.pointer.toggle()
    assert line.isVisible()
    assert line.font().pointSizeF() >= LEAST_POINTS
    session.pointer.toggle()
    leave(qtbot, presentation)


def test_it_speaks_another_language_too(qtbot: QtBot, stripes: MainWindow) -> None:
    find(stripes, QListView, "Parts").setFocus()
    presentation = present(qtbot, stripes)
    old = presentation.findChild(PartGrid)
    QApplication.sendEvent(presentation, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: not isValid(old), timeout=PATIENCE)
    assert len(presentation.findChildren(PartGrid)) == 1
    assert seen(presentation) == {"parts"}
    leave(qtbot, presentation)


def test_without_a_set_there_is_nothing_to_present(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    presentation = present(qtbot, stripes)
    session.close_set()
    qtbot.waitUntil(lambda: not isValid(presentation), timeout=PATIENCE)
    qtbot.keyClick(stripes, Qt.Key.Key_F11)
    assert stripes.findChildren(Presentation) == []


def picture_width(view: ImageView) -> float:
    """How wide the picture itself is."""
    return view.image_rect().width()


CASES = [
    ("stripes", (1024, 768), Qt.Key.Key_1),
    ("stripes", (1920, 1080), Qt.Key.Key_3),
    ("drawn_faces", (1024, 768), Qt.Key.Key_1),
    ("drawn_faces", (1024, 768), Qt.Key.Key_3),
]


@pytest.mark.parametrize("case", CASES)
def test_three_terms_are_seen_and_the_sample_is_as_large_as_they_are(
    qtbot: QtBot, window: MainWindow, session: Session, case: tuple[str, tuple[int, int], Qt.Key]
) -> None:
    name, size, key = case
    open_and_wait(qtbot, session, sample_images() / name)
    presentation = present(qtbot, window)
    presentation.resize(*size)
    qtbot.keyClick(presentation, key)
    QApplication.processEvents()
    sample = find(presentation, ImageView, "Sample")
    terms = [view for view in presentation.findChildren(TermView) if view.isVisible()]
    assert len(terms) >= 3
    assert all(picture_width(sample) >= picture_width(term.image_view) > 0 for term in terms)
    middles = {
        round(view.mapTo(presentation, view.image_rect().center()).y()) for view in (sample, terms[0].image_view)
    }
    assert max(middles) - min(middles) <= 3
    (sum_name,) = [
        label for label in presentation.findChildren(ElidedLabel) if label.text() in {"reconstruction", "sum"}
    ]
    assert sum_name.fontMetrics().horizontalAdvance(sum_name.text()) <= sum_name.width()
    leave(qtbot, presentation)


def test_a_laptop_and_a_projector(tmp_path: Path) -> None:
    (tmp_path / "screens.json").write_text(configuration())
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"}
    command = [sys.executable, "-m", "tests.ui.two_screens"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
    told = json.loads(done.stdout)
    assert told["menu"] == ["Screen &1: laptop, 1280 x 800", "Screen &2: projector, 2048 x 1536"]
    assert told["shown"]
    on_laptop, on_projector = (pytest.approx(points, abs=1) for points in (25, 48))  # a 24th of the height
    assert told["at first"] == ["laptop", True, on_laptop]
    assert told["sent"] == ["projector", True, on_projector]
    assert told["unplugged"] == ["laptop", True, on_laptop]


def test_on_one_screen_there_is_nothing_to_choose(stripes: MainWindow) -> None:
    (menu,) = stripes.menuBar().findChildren(ScreensMenu)
    assert not menu.menuAction().isVisible()


def test_a_screen_is_still_there_when_a_window_on_it_is_gone(qtbot: QtBot, stripes: MainWindow) -> None:
    (menu,) = stripes.menuBar().findChildren(ScreensMenu)
    other = QWidget()
    screen = other.screen()
    assert screen in QApplication.screens()
    delete(other)
    assert not isValid(screen)  # as PySide has it
    menu.actions()[0].trigger()
    (presentation,) = stripes.findChildren(Presentation)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is presentation, timeout=PATIENCE)
    leave(qtbot, presentation)


def test_f1_tells_the_keys_in_front_of_the_presentation(qtbot: QtBot, stripes: MainWindow) -> None:
    presentation = present(qtbot, stripes)
    qtbot.keyClick(presentation, Qt.Key.Key_F1)
    (overview,) = stripes.findChildren(KeyboardOverview)
    assert overview.parentWidget() is presentation
    told = [item.text(0) for item in overview.findChildren(QTreeWidget)[0].findItems("*", WILDCARDS)]
    assert "Black screen, and back" in told
    assert overview.isVisible()
    qtbot.keyClick(overview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(overview), timeout=PATIENCE)
    assert presentation.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_a_key_blanks_the_screen_and_brings_it_back(qtbot: QtBot, stripes: MainWindow, key: Qt.Key) -> None:
    presentation = present(qtbot, stripes)
    qtbot.waitUntil(presentation.isFullScreen, timeout=PATIENCE)
    qtbot.keyClick(presentation, key)
    assert is_black(presentation)
    qtbot.keyClick(presentation, Qt.Key.Key_2)
    assert is_black(presentation)
    qtbot.keyClick(presentation, key)
    assert not is_black(presentation)
    assert seen(presentation) == {"parts"}


def is_black(presentation: Presentation) -> bool:
    """Whether nothing at all is seen."""
    picture = presentation.grab().toImage()
    return all(
        picture.pixelColor(x, y).lightness() == 0
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    )
