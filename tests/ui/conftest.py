"""Fixtures of the tests of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmf_explorer.app import Application
from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.fit.fit_panel import FitPanel
from nmf_explorer.ui.windows.main_window import MainWindow
from tests.session.fixtures import (
    busy_fit,
    busy_load,
    cache_folder,
    no_thread_is_left,
    open_and_wait,
    owner,
    preferences,
    session,
    settings_folder,
)
from tests.ui.states.labelled_samples import animals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session

__all__ = [
    "animals",
    "busy_fit",
    "busy_load",
    "cache_folder",
    "no_thread_is_left",
    "owner",
    "preferences",
    "session",
    "settings_folder",
]


@pytest.fixture
def window(qtbot: QtBot, qapp: Application, session: Session) -> Iterator[MainWindow]:
    """Return the window, shown, with no set open."""
    assert isinstance(qapp, Application)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(window.findChildren(FitPanel)))  # the panels follow the first frame
    yield window
    qapp.clipboard().clear()  # the clipboard of the offscreen platform outlives Python, which its data needs


@pytest.fixture
def stripes(qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Return the window with the set "stripes" opened and fitted."""
    open_and_wait(qtbot, session, sample_images() / "stripes")
    return window
