"""Whether memory stays flat in long use: fits, replays, samples, scrolling, drawing and undo, over and over.

Run: ``python tests/benchmarks/soak.py [--minutes 30]``. A line every half minute; at the end the slope of the resident
memory after the first third, while which caches fill. The window is real, without a screen (offscreen).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from nmf_explorer.app import Application
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from tests.benchmarks.probes import memory_mb
from tests.own_place import own_place

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.main_window import MainWindow

EVERY = 30  # seconds between two lines
FLAT = 10.0  # MB an hour, or less
N_SCROLLS, N_OPENED, N_WEIGHTS = 60, 20, 30
PATIENCE = 60  # seconds


class Seen(NamedTuple):
    """Memory at one moment."""

    seconds: float
    resident: float
    own: float  # beside mapped files
    n_objects: int


class Soak:
    """One round after the other, each with another set."""

    def __init__(self, application: Application, window: MainWindow, session: Session) -> None:
        self._application, self._window, self._session = application, window, session
        self._rng = np.random.default_rng(0)

    def go_round(self, number: int) -> None:
        """Open a set, fit it twice, look at it from all sides."""
        session = self._session
        known = SAMPLE_SETS[number % len(SAMPLE_SETS)]
        session.open([known.path])
        self._wait()
        session.set_n_components(known.n_components + 1)
        session.start_fit(is_watched=True)
        self._wait()
        session.course.replay()
        self._wait()
        session.refit.from_another_seed()
        self._wait()
        for name in ("Samples", "Parts"):
            self._scroll(name)
        self._look_around()
        self._draw()
        while session.history.can_undo:
            session.history.undo()
        self._application.processEvents()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            self._application.processEvents()
            if not (self._session.is_busy or self._session.course.is_playing):
                return
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.002)  # a window at rest leaves the processor to the worker

    def _scroll(self, name: str) -> None:
        view = next(found for found in self._window.findChildren(QListView) if found.accessibleName() == name)
        for _ in range(N_SCROLLS):
            for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
                bar.setValue(int(self._rng.integers(bar.maximum() + 1)))
            QTest.keyClick(view, Qt.Key.Key_PageDown)
            self._application.processEvents()

    def _look_around(self) -> None:
        session = self._session
        assert session.dataset
        assert session.model
        n_parts = session.model.n_components
        for _ in range(N_OPENED):
            session.select_sample(int(self._rng.integers(session.dataset.n_samples)))
            session.parts.choose(int(self._rng.integers(n_parts)))
            self._application.processEvents()
        session.parts.compare(int(self._rng.integers(n_parts)))
        session.sample_order.show_worst()
        for i in range(N_WEIGHTS):
            session.equation.set_weight(i % n_parts, float(self._rng.random()))
            self._application.processEvents()
        session.parts.hide(0, hidden=True)
        session.parts.rename(0, "first")
        session.parts.choose(None)
        self._application.processEvents()

    def _draw(self) -> None:
        drawing = self._session.drawing
        drawing.open(is_open=True)
        drawing.put_down()
        for i in range(N_WEIGHTS):
            drawing.move((i, i), (i + 1.0, i + 1.0))
            self._application.processEvents()
        drawing.lift()
        drawing.open(is_open=False)


def slope(seen: list[Seen]) -> float:
    """MB an hour, by least squares, after the first third."""
    kept = seen[len(seen) // 3 :]
    hours = [moment.seconds / 3600 for moment in kept]
    return float(np.polyfit(hours, [moment.resident for moment in kept], 1)[0]) if len(kept) > 1 else 0.0


def run(soak: Soak, minutes: float) -> list[Seen]:
    """Go round until the time is over."""
    begin, seen = time.monotonic(), list[Seen]()
    for number in count():
        passed = time.monotonic() - begin
        is_over = passed >= 60 * minutes
        if passed >= EVERY * len(seen) or is_over:
            gc.collect()
            seen.append(Seen(passed, memory_mb("VmRSS"), memory_mb("RssAnon"), len(gc.get_objects())))
            now = seen[-1]
            print(
                f"{passed / 60:5.1f} min, round {number:4}: resident {now.resident:6.1f} MB, of its own "
                f"{now.own:6.1f}, {now.n_objects} objects of Python",
                flush=True,
            )
        if is_over:
            return seen
        soak.go_round(number)
    raise AssertionError


def main() -> int:
    """Soak, and say whether memory stayed flat; 0 if it did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    with own_place():
        application = Application(["nmf-explorer"])
        window = application.open_window()
        seen = run(Soak(application, window, window._session), minutes)
        window.close()
    grown = slope(seen)
    is_flat = grown <= FLAT
    print(f"{'flat' if is_flat else 'GROWS'}: {grown:+.1f} MB an hour after the first third (allowed {FLAT:.0f})")
    return 0 if is_flat else 1


if __name__ == "__main__":
    sys.exit(main())
