"""In no state texts are cut off or widgets overlap, on small screens and with large text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QListView

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.fit.timeline import Timeline
from nmf_explorer.ui.theme.appearance import apply_text_size
from tests.session.fixtures import PATIENCE, open_and_wait
from tests.ui.finding import find
from tests.ui.states.faults import faults
from tests.ui.states.states import States

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.fixture
def text_size(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set the size of all text, in percent, before a window is built."""
    apply_text_size(request.param)
    yield request.param
    apply_text_size(100)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize(
    ("text_size", "sizes"), [(100, [(1024, 768), (1280, 800)]), (200, [(1024, 768)])], indirect=["text_size"]
)
def test_nothing_is_cut_off_or_overlaps(sizes: list[tuple[int, int]], window: MainWindow, tmp_path: Path) -> None:
    states = States(window, tmp_path)
    found = []
    for name, seen in states.walk():
        for width, height in sizes:
            if seen.isFullScreen() or name == "keys":
                found += [f"{name}: {fault}" for fault in faults(seen)]
                break
            seen.resize(width, height)
            for _ in range(3):  # texts that need a different height change the layout once more
                QApplication.processEvents()
            assert (seen.width(), seen.height()) == (width, height)
            found += [f"{name} at {width} x {height}: {fault}" for fault in faults(seen)]
    assert not found, "\n".join(found)


def test_the_parts_have_their_room_after_the_language_was_chosen_on_the_first_page(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    old = window.centralWidget()
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: window.centralWidget() is not old, timeout=PATIENCE)
    open_and_wait(qtbot, session, sample_images() / "stripes")
    assert find(window, QListView, "Parts").width() > 2 * window.findChildren(Timeline)[-1].width()
