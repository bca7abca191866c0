"""The strip of samples: paging keys, thumbnails only of visible samples, and bars of the selected part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QStyle

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.session.state.snapshot import DRAWING
from nmf_explorer.ui.samples.sample_strip import SampleStrip
from nmf_explorer.ui.widgets import image_memory
from nmf_explorer.ui.widgets.image_memory import ThumbnailCache
from tests.session.fixtures import PATIENCE, show_set
from tests.ui.states.labelled_samples import field_of, strip_of
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
MANY = 200_000


def test_page_home_and_end_keys(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    show_set(session, Dataset.from_array(np.ones((500, 4), dtype=np.float32)))
    strip = strip_of(window)
    seen = strip.viewport().width() // strip.gridSize().width()

    def after(key: Qt.Key) -> int:
        qtbot.keyClick(strip, key)
        place = strip.currentIndex()
        qtbot.waitUntil(lambda: strip.viewport().rect().intersects(strip.visualRect(place)), timeout=PATIENCE)
        return session.selected_sample

    keys = [Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp]
    assert [after(key) for key in keys] == [seen, 2 * seen, seen, 0, 0]
    assert [after(key) for key in (Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Home)] == [499, 499, 0]


def test_a_click_on_the_current_sample_ends_a_drawing(qtbot: QtBot, animals: MainWindow, session: Session) -> None:
    strip = strip_of(animals)
    session.drawing.open(is_open=True)
    assert session.equation.subject == DRAWING
    session.sample_view.sort(SortKey.LABEL)
    assert session.equation.subject == DRAWING  # sorting does not end a drawing
    with qtbot.waitSignal(strip.clicked, timeout=PATIENCE):
        qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualRect(strip.currentIndex()).center())
    assert session.equation.subject == 0


def test_bars_are_proportional_to_weights_of_the_selected_part(animals: MainWindow, session: Session) -> None:
    animals.resize(1280, 800)
    strip = strip_of(animals)
    colour = strip.palette().color(QPalette.ColorRole.Highlight)
    field_of(animals).setFocus()  # no sample has a focus frame

    def lengths() -> list[int]:
        strip.clearSelection()
        seen = strip.viewport().grab().toImage()
        cells = [strip.visualRect(strip.model().index(row, 0)) for row in range(6)]
        y = cells[0].bottom() - 7  # in the bar, above its baseline and the margin below
        return [sum(seen.pixelColor(x, y) == colour for x in range(c.left(), c.right() + 1)) for c in cells]

    assert lengths() == [0] * 6
    session.parts.select(1)
    assert session.model
    weights = session.model.weights[:, 1]
    longest = strip.gridSize().width() - 8
    assert lengths() == pytest.approx(list(weights / weights.max() * longest), abs=2)


def test_the_scroll_bar_shows_which_samples_use_the_selected_part(window: MainWindow, session: Session) -> None:
    weights = np.zeros((500, 2), dtype=np.float32)
    weights[400:450, 1] = 1
    dataset = Dataset.from_array(weights @ np.eye(2, 9, dtype=np.float32) + np.float32(0.001))
    show_set(session, dataset)
    from nmf_explorer.factorize.fit import fit

    found = fit(dataset, 2)
    session.show(session.shown.with_model(type(found)(**{**vars(found), "weights": weights})))
    bar = strip_of(window).horizontalScrollBar()
    colour = bar.palette().color(QPalette.ColorRole.Highlight)
    style_room = bar.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def marked() -> list[float]:
        seen = bar.grab().toImage()
        return [x / bar.width() for x in range(bar.width()) if seen.pixelColor(x, style_room // 2) == colour]

    assert marked() == []
    session.parts.select(1)
    assert min(marked()) == pytest.approx(0.8, abs=0.03)
    assert max(marked()) == pytest.approx(0.9, abs=0.03)
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert min(marked()) == pytest.approx(0.1, abs=0.03)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_thumbnails_are_made_of_visible_samples_only(
    qtbot: QtBot, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    whole = SampleStrip._make_thumbnail
    (strip,) = window.findChildren(SampleStrip)

    def count(sample: int) -> QImage:
        made.append(sample)
        return whole(strip, sample)

    monkeypatch.setattr(strip._sample_images, "_make", count)
    show_set(session, Dataset.from_array(np.ones((MANY, 4), dtype=np.uint8)))
    most = strip.viewport().width() // strip.gridSize().width() + 2
    qtbot.waitUntil(lambda: 0 in made, timeout=PATIENCE)
    session.select_sample(MANY // 2)
    qtbot.waitUntil(lambda: MANY // 2 in made, timeout=PATIENCE)
    assert len(made) <= 2 * most
    strip.viewport().grab()
    assert len(made) == len(set(made))  # none is made twice


def when_all_are_there(qtbot: QtBot, strip: SampleStrip) -> QImage:
    """Return the strip's pixels once all thumbnails are made."""
    qtbot.waitUntil(lambda: len(strip._sample_images._images) == 6, timeout=PATIENCE)
    return strip.viewport().grab().toImage()


def test_thumbnails_follow_the_colour_map(qtbot: QtBot, animals: MainWindow, session: Session) -> None:
    strip = strip_of(animals)
    before = when_all_are_there(qtbot, strip)
    preferences = session.preferences
    preferences.set_display(preferences.display._replace(colours="viridis"))
    qtbot.waitUntil(lambda: strip.viewport().grab().toImage() != before, timeout=PATIENCE)
    preferences.set_display(preferences.display._replace(colours="grey"))
    qtbot.waitUntil(lambda: strip.viewport().grab().toImage() == before, timeout=PATIENCE)


def test_slow_thumbnails_are_made_frame_by_frame(
    qtbot: QtBot, animals: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = strip_of(animals)
    whole = when_all_are_there(qtbot, strip)
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", -1)  # there is never time for more than one
    strip._sample_images.clear()
    first = strip.viewport().grab().toImage()
    cell = strip.visualRect(strip.model().index(0, 0))
    assert first.copy(cell) == whole.copy(cell)
    assert first != whole
    qtbot.waitUntil(lambda: strip.viewport().grab().toImage() == whole, timeout=PATIENCE)


def test_the_cache_stays_within_its_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    most_bytes = 10 * (64 * 64 * 4 + image_memory._OVERHEAD_BYTES)
    made: list[int] = []

    def make(sample: int) -> QImage:
        made.append(sample)
        return QImage(64, 64, QImage.Format.Format_Grayscale8)

    kept = ThumbnailCache(make, most_bytes)
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", 100)
    assert kept.set_key("grey")
    kept.begin_paint(0)
    for sample in (*range(10), 0, 10, 0, 1):
        assert kept.get_for_row(0, sample) is not kept.placeholder
    assert made == [*range(11), 1]  # 0 was used again before it was evicted, 1 was not
    assert kept.n_bytes <= most_bytes
    assert not kept.set_key("grey")
    assert kept.set_key("viridis")
    assert kept.n_bytes == 0


def test_the_wheel_scrolls_the_strip(window: MainWindow, session: Session) -> None:
    show_set(session, Dataset.from_array(np.ones((50, 4), dtype=np.float32)))
    strip = strip_of(window)
    place = QPointF(strip.viewport().rect().center())
    turn = QWheelEvent(
        place,
        strip.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(strip.viewport(), turn)
    assert strip.indexAt(QPoint(3, 30)).row() == 1


def test_sorting_by_error_scrolls_to_the_largest_and_other_orders_to_the_selected_sample(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    from nmf_explorer.factorize.fit import fit

    dataset = Dataset.from_array(np.random.default_rng(0).random((200, 4), dtype=np.float32))
    show_set(session, dataset)
    session.show(session.shown.with_model(fit(dataset, 2)))
    strip = strip_of(window)

    def sort(key: SortKey) -> None:
        session.sample_view.sort(key)
        qtbot.waitUntil(lambda: not session.sample_view.is_busy, timeout=PATIENCE)
        wait_until_stable(qtbot, window)

    sort(SortKey.ERROR)
    row = strip.model().rowCount() // 2
    session.select_sample(strip._sample(row))
    sort(SortKey.SET)
    assert strip.viewport().rect().intersects(strip.visualRect(strip.currentIndex()))
    sort(SortKey.ERROR)
    assert strip.currentIndex().row() == row
    assert strip.horizontalOffset() == 0


def test_cached_thumbnails_wait_only_after_scrolling(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ThumbnailCache(lambda _number: QImage(2, 2, QImage.Format.Format_RGB32))
    kept.placeholder = QImage(1, 1, QImage.Format.Format_RGB32)
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", PATIENCE)  # there is time for all, on any machine
    kept.begin_paint(0)
    assert all(kept.get_for_row(number, number) is not kept.placeholder for number in range(3))
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", -1)  # there is never time for more than one
    kept.begin_paint(0)
    assert all(kept.get_for_row(number, number) is not kept.placeholder for number in range(3))
    kept.begin_paint(1)
    assert [kept.get_for_row(number, number) is kept.placeholder for number in range(3)] == [False, True, True]
    assert kept.take_pending_rows(lambda row: row != 1) == [2]  # 1 is not visible any more
    assert not kept.has_pending


def test_the_next_frame_paints_as_many_thumbnails_as_the_last_one_had_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ThumbnailCache(lambda _number: QImage(2, 2, QImage.Format.Format_RGB32))
    monkeypatch.setattr(image_memory, "_FRAME_SECONDS", -1)  # there is never time for more than one
    kept.begin_paint(0)
    for number in range(4):
        kept.get_for_row(number, number)
    assert [kept.take_pending_rows(lambda _row: True) for _ in range(2)] == [[1], [2]]
    assert kept.has_pending
