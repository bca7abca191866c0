"""All states of the window, one after the other, for screenshots and checks."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING
from unittest.mock import patch

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

import nmf_explorer
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Message
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
from nmf_explorer.ui.windows.presentation import BOTH, EQUATION, PARTS, Presentation
from tests.session.fixtures import wait_for_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.ui.windows.main_window import MainWindow

SAMPLES = "drawn_faces"
PATIENCE = 180  # seconds


class States:
    """Lead a window through its states; `walk` yields the name of each and the window that shows it."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._session = window, window._session
        self._own = folder / "my faces"  # not a set of the program, which would be fitted at once
        if not self._own.exists():
            shutil.copytree(sample_images() / SAMPLES, self._own)

    def walk(self) -> Iterator[tuple[str, QWidget]]:
        """Go through all states; yield name and window of each."""
        for state in (self._beginnings, self._equations, self._parts, self._samples, self._around, self._presented):
            yield from state()

    def wait(self, condition: Callable[[], bool] | None = None) -> None:
        """Wait for a condition, or until no work is running; then process the events of the layout."""
        session, end = self._session, time.monotonic() + PATIENCE
        is_over = condition or (
            lambda: not (session.is_busy or session.replay.is_playing or session.import_preview.is_busy)
        )
        QApplication.processEvents()
        while not is_over():
            assert time.monotonic() < end
            QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for _ in range(4):
            QApplication.processEvents()

    def _seen(self, name: str) -> tuple[str, QWidget]:
        self.wait()
        return name, self._window

    def _beginnings(self) -> Iterator[tuple[str, QWidget]]:
        session = self._session
        session.close_set()
        yield self._seen("welcome")
        with patch.object(nmf_explorer, "load", _load_for_ever):
            session.open([self._own])
            self.wait(lambda: session.progress is not None)
            yield "loading", self._window
        session.cancel()
        self.wait()
        session.dismiss_notice()
        session.open([self._own])
        yield self._seen("open-without-a-model")
        session.set_n_components(12)
        session.start_fit()
        yield self._seen("fitted")

    def _equations(self) -> Iterator[tuple[str, QWidget]]:
        session, equation = self._session, self._session.equation
        part = equation.terms()[0]
        weights = equation.weights
        assert weights is not None
        equation.set_weight(part, float(weights[part]) / 3)
        yield self._seen("weight-moved")
        equation.reset_weights()
        session.drawing.start_from_sample()
        height, width = session.dataset.sample_shape[:2] if session.dataset else (1, 1)
        session.drawing.begin_stroke()
        session.drawing.extend_stroke((0.0, 0.0), (float(height), float(width)))
        session.drawing.end_stroke()
        yield self._seen("drawing")
        session.drawing.open(is_open=False)
        session.pointer.hold()
        yield self._seen("pixel-pointed-at")
        session.pointer.release()

    def _parts(self) -> Iterator[tuple[str, QWidget]]:
        parts = self._session.parts
        parts.select(2)
        yield self._seen("part-chosen")
        parts.compare(5)
        yield self._seen("two-compared")
        parts.select(None)
        parts.hide(2, hidden=True)
        parts.rename(1, "a name of some length")
        yield self._seen("part-hidden")
        parts.show_all()
        parts.rename(1, "")

    def _samples(self) -> Iterator[tuple[str, QWidget]]:
        order = self._session.sample_view
        order.search("1")
        yield self._seen("samples-searched")
        order.search("nothing is called that")
        yield self._seen("no-samples-found")
        order.show_all()
        order.show_worst()
        self.wait(lambda: not order.is_busy)
        yield self._seen("worst-explained")
        self._session.replay.show(1)
        yield self._seen("looked-back")
        self._session.replay.show_last()

    def _around(self) -> Iterator[tuple[str, QWidget]]:
        session = self._session
        session.show_notice(
            Message("“{name}” does not exist", name="/home/somebody/pictures/that-are-gone"), Level.ERROR
        )
        yield self._seen("error")
        session.dismiss_notice()
        session.import_preview.show()
        yield self._seen("how-it-was-read")
        session.import_preview.keep_options()
        session.preferences.set_options_shown(True)
        yield self._seen("options")
        session.preferences.set_options_shown(False)
        self._window._show_keys()
        self.wait()
        keys = self._window.findChildren(KeyboardOverview)[-1]
        yield "keys", keys
        keys.close()

    def _presented(self) -> Iterator[tuple[str, QWidget]]:
        self._window._present()
        presentation = next(found for found in self._window.findChildren(Presentation) if found.isVisible())
        for view in (EQUATION, PARTS, BOTH):
            presentation.show_view(view)
            self.wait()
            yield f"presented-{view}", presentation
        presentation.close()
        self.wait()


def _load_for_ever(
    _sources: object,
    *,
    on_progress: Callable[[LoadProgress], object],
    should_stop: Callable[[], bool],
    **_options: object,
) -> Dataset:
    on_progress(LoadProgress(40, 200))
    wait_for_stop(should_stop)
    raise AssertionError
