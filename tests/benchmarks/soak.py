"""Growth of memory in long use: fits, replays, samples, scrolling, drawing, undo, languages, in many rounds.

Run: ``python tests/benchmarks/soak.py [--minutes 30]``. Prints a line each half minute, and at the end the slope of the
resident memory after the first third, in which caches fill. Each set is compared with itself only.
The window is real, without a screen (offscreen).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from nmf_explorer.app import Application
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from tests.benchmarks.probes import memory_mb
from tests.temporary_settings import temporary_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

EVERY = 30  # seconds between two lines
FLAT = 10.0  # MB an hour, or less
N_SCROLLS, N_OPENED, N_WEIGHTS = 60, 20, 30
PATIENCE = 600  # seconds; other programs may be busy, too


class Seen(NamedTuple):
    """Memory after one round."""

    number: int
    seconds: float
    resident: float
    own: float  # beside mapped files
    n_objects: int


class Soak:
    """Rounds of use, each with the next set."""

    def __init__(self, application: Application, window: MainWindow, session: Session) -> None:
        self._application, self._window, self._session = application, window, session
        self._rng = np.random.default_rng(0)

    def go_round(self, number: int) -> None:
        """Open a set, fit it twice and use all panels."""
        session = self._session
        known = SAMPLE_SETS[number % len(SAMPLE_SETS)]
        session.open([known.path])
        self._wait()
        session.set_n_components(known.n_components + 1)
        session.start_fit(is_watched=True)
        self._wait()
        session.replay.play()
        self._wait()
        session.next_fit.start_with_next_seed()
        self._wait()
        session.history.undo()
        session.replay.show(0)
        session.replay.show_last()
        session.history.redo()
        workspace = self._window._contents.workspace
        for view in (workspace.samples, workspace.parts):
            self._scroll(view)
        self._look_around()
        self._draw()
        session.import_preview.reload_with({"invert": True})
        self._wait()
        while session.history.can_undo:
            session.history.undo()
            self._wait()
        for language in ("de", "en"):  # the window is rebuilt
            session.preferences.set_language(language)
            self._application.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            self._application.processEvents()
            if not (self._session.is_busy or self._session.replay.is_playing):
                return
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.002)  # an idle window leaves the processor to the worker

    # Not looked for by `findChildren`: each of its calls leaves a Python object for every list that Qt has made itself,
    # such as those of combo boxes, and the soak would measure its own growth.
    def _scroll(self, view: QListView) -> None:
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
            session.parts.select(int(self._rng.integers(n_parts)))
            self._application.processEvents()
        session.parts.compare(int(self._rng.integers(n_parts)))
        session.sample_view.show_worst()
        for i in range(N_WEIGHTS):
            session.equation.set_weight(i % n_parts, float(self._rng.random()))
            self._application.processEvents()
        session.parts.hide(0, hidden=True)
        session.parts.rename(0, "first")
        session.parts.select(None)
        self._application.processEvents()

    def _draw(self) -> None:
        drawing = self._session.drawing
        drawing.open(is_open=True)
        drawing.begin_stroke()
        for i in range(N_WEIGHTS):
            drawing.extend_stroke((i, i), (i + 1.0, i + 1.0))
            self._application.processEvents()
        drawing.end_stroke()
        drawing.open(is_open=False)


def slope(seen: list[Seen]) -> tuple[float, float]:
    """Return the slope in MB per hour after the first third (least squares, a level per set) and its standard error."""
    kept = seen[len(seen) // 3 :]
    hours, resident = np.array([each.seconds / 3600 for each in kept]), np.array([each.resident for each in kept])
    levels = np.eye(len(SAMPLE_SETS))[[each.number % len(SAMPLE_SETS) for each in kept]]
    table = np.column_stack([hours, levels])
    spread = np.linalg.pinv(table.T @ table)
    found = spread @ table.T @ resident
    left = resident - table @ found
    variance = left @ left / max(1, len(kept) - table.shape[1])
    return float(found[0]), float(np.sqrt(variance * spread[0, 0]))


def run(soak: Soak, minutes: float) -> list[Seen]:
    """Repeat rounds until the time is over."""
    begin, told, seen = time.monotonic(), 0.0, list[Seen]()
    while not seen or seen[-1].seconds < 60 * minutes:
        soak.go_round(len(seen))
        gc.collect()
        passed = time.monotonic() - begin
        now = Seen(len(seen), passed, memory_mb("VmRSS"), memory_mb("RssAnon"), len(gc.get_objects()))
        seen.append(now)
        if passed >= told or passed >= 60 * minutes:
            told += EVERY
            print(
                f"{passed / 60:5.1f} min, {len(seen):4} rounds: resident {now.resident:6.1f} MB, of its own "
                f"{now.own:6.1f}, {now.n_objects} objects of Python",
                flush=True,
            )
    return seen


def main() -> int:
    """Run the rounds; return 0 if the memory did not grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    with temporary_settings():
        application = Application(["nmf-explorer"])
        window = application.open_window()
        seen = run(Soak(application, window, window._session), minutes)
        window.close()
    grown, error = slope(seen)
    verdict = "too few rounds to tell" if error > FLAT else "flat" if grown <= FLAT else "GROWS"
    print(f"{verdict}: {grown:+.1f} ± {error:.1f} MB an hour after the first third (allowed {FLAT:.0f})")
    return 0 if verdict == "flat" else 1


if __name__ == "__main__":
    sys.exit(main())
