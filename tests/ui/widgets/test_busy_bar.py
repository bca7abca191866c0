"""The busy bar: its animation, its cost and its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from nmf_explorer.ui.theme.palettes import OUTLINE, OWN, palette_for
from nmf_explorer.ui.theme.texts import percent
from nmf_explorer.ui.widgets import busy_bar
from nmf_explorer.ui.widgets.busy_bar import BusyBar
from tests.session.fixtures import PATIENCE

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent
    from pytestqt.qtbot import QtBot

MARK = QColor(200, 0, 200)


class Counted(BusyBar):
    """A bar that counts its repaints."""

    n_painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint and count."""
        self.n_painted += 1
        super().paintEvent(event)


@pytest.fixture
def bar(qtbot: QtBot) -> Counted:
    """Return a visible bar whose chunk has a recognizable colour."""
    bar = Counted()
    qtbot.addWidget(bar)
    palette = bar.palette()
    palette.setColor(QPalette.ColorRole.Highlight, MARK)
    bar.setPalette(palette)
    bar.setRange(0, 0)
    bar.resize(300, 24)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def filled(image: QImage) -> list[int]:
    """Return the columns that the chunk covers."""
    y = image.height() // 2
    return [x for x in range(image.width()) if abs(image.pixelColor(x, y).hue() - MARK.hue()) < 10]


def test_the_chunk_moves_within_the_bar(qtbot: QtBot, bar: Counted) -> None:
    places: set[int] = set()

    def has_moved() -> bool:
        columns = filled(bar.grab().toImage())
        assert 70 <= len(columns) <= 110
        assert columns == list(range(columns[0], columns[-1] + 1))
        places.add(columns[0])
        return len(places) > 3

    qtbot.waitUntil(has_moved, timeout=PATIENCE)


def test_each_frame_repaints_once(qtbot: QtBot, bar: Counted) -> None:
    bar.repaint()
    assert bar._next_frame.isActive()
    assert bar._next_frame.interval() == 100
    QApplication.processEvents()
    frames: list[int] = []
    before = bar.n_painted
    bar._next_frame.timeout.connect(lambda: frames.append(bar.n_painted - before))
    qtbot.waitUntil(lambda: len(frames) == 4, timeout=PATIENCE)
    assert frames == [0, 1, 2, 3]  # one repaint per frame


def test_a_hidden_bar_is_not_animated(qtbot: QtBot, bar: Counted) -> None:
    bar.hide()
    qtbot.waitUntil(lambda: not bar._next_frame.isActive(), timeout=PATIENCE)
    before = bar.n_painted
    bar.repaint()
    assert bar.n_painted == before


def test_with_reduced_motion_the_chunk_stays_in_the_middle(
    qtbot: QtBot, bar: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy_bar, "is_motion_allowed", lambda: False)
    qtbot.waitUntil(lambda: not bar._next_frame.isActive(), timeout=PATIENCE)
    columns = filled(bar.grab().toImage())
    assert sum(columns) / len(columns) == pytest.approx(bar.width() / 2, abs=2)
    assert not bar._next_frame.isActive()


def test_a_known_duration_is_shown_as_progress(qtbot: QtBot, bar: Counted) -> None:
    bar.setRange(0, 4)
    bar.setValue(1)
    bar.setTextVisible(False)
    quarter = filled(bar.grab().toImage())
    assert quarter[0] <= 3
    assert len(quarter) == pytest.approx(bar.width() / 4, abs=4)
    qtbot.waitUntil(lambda: not bar._next_frame.isActive(), timeout=PATIENCE)


def test_long_texts_become_a_percentage_or_are_elided(bar: Counted) -> None:
    bar.setRange(0, 200)
    bar.setValue(40)
    bar.setFormat("Loading %v of %m")
    words = "Loading 40 of 200"
    assert bar._fitting_text(bar.text()) == words
    bar.resize(bar.fontMetrics().horizontalAdvance(words), 24)
    assert bar._fitting_text(bar.text()) == percent(0.2)
    bar.setFormat("Waiting for something")
    shown = bar._fitting_text(bar.text())
    assert shown[0] == "W"
    assert shown[-1] == "…"
    assert bar.fontMetrics().horizontalAdvance(shown) < bar.width()


@pytest.mark.parametrize("maximum", [0, 4])
@pytest.mark.parametrize("appearance", ["light", "dark", "contrast"])
def test_the_bar_has_an_outline_that_can_be_seen(bar: Counted, appearance: str, maximum: int) -> None:
    bar.setPalette(palette_for(OWN[appearance]))
    bar.setRange(0, maximum)
    image, outline = bar.grab().toImage(), bar.palette().color(OUTLINE)
    x, y = image.width() // 2, image.height() // 2
    for place in ((x, 0), (x, image.height() - 1), (0, y), (image.width() - 1, y)):
        assert image.pixelColor(*place) == outline
