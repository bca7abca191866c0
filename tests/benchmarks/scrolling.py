"""Time of each frame while long lists are scrolled, and growth of memory.

Run: ``python tests/benchmarks/scrolling.py [samples] [parts] [memory] [MINUTES]``. The window is real, without a screen
(offscreen), of 1920 x 1080 pixels. A frame is the time from a move until it is painted. For memory, samples and parts
are scrolled for MINUTES each.
"""

from __future__ import annotations

import os
import sys
import time
from array import array
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget

from nmf_explorer.app import Application
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.samples.sample_strip import SampleStrip
from tests.benchmarks.probes import memory_mb
from tests.session.fixtures import show_set
from tests.temporary_settings import temporary_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.widgets.image_memory import ThumbnailCache
    from nmf_explorer.ui.windows.main_window import MainWindow

N_SAMPLES, SIDE, N_PARTS = 200_000, 28, 49
N_FRAMES = 400
N_GRID, N_FEW, SMALL, LARGE = 1_000, 500, 64, 512
MOST_ZOOM = 5
PAGES, ARROWS = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), (Qt.Key.Key_Right, Qt.Key.Key_Left)
MOST_MS = 33
NO_CHANGE = 0.05  # seconds after which a move has changed nothing


class Paints(QObject):
    """Count how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.n = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Count, and let it happen."""
        del watched
        self.n += event.type() is QEvent.Type.Paint
        return False


class Frame(NamedTuple):
    """Milliseconds from a move until it is painted: wall and CPU time; the rest is waiting."""

    clock: float
    busy: float


def frames(application: Application, widget: QWidget, move: Callable[[int], object], n: int = N_FRAMES) -> list[Frame]:
    """Measure a frame for each move, without moves that change nothing."""
    paints, taken = Paints(widget), []
    application.processEvents()
    for i in range(n):
        before, began, busy = paints.n, time.perf_counter(), time.process_time()
        move(i)
        while paints.n == before and time.perf_counter() - began < NO_CHANGE:
            application.processEvents()
        application.processEvents()
        if paints.n > before:
            taken.append(Frame(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)))
    widget.removeEventFilter(paints)
    return taken


def told(taken: list[Frame]) -> str:
    """Return frames as one line of text."""
    lines = []
    for name, times in zip(("clock", "processor"), zip(*taken, strict=True), strict=True):
        p50, p99 = np.percentile(times, [50, 99])
        late = sum(ms > MOST_MS for ms in times)
        lines.append(f"{name} p50 {p50:.1f}, p99 {p99:.1f}, max {max(times):.1f} ms, {late} longer than {MOST_MS}")
    return f"{len(taken)} frames: {'; '.join(lines)}"


def many_samples(n_samples: int = N_SAMPLES) -> tuple[Dataset, NmfModel]:
    """Return synthetic samples with their true parts."""
    rng = np.random.default_rng(0)
    parts = rng.random((N_PARTS, SIDE * SIDE), dtype=np.float32) ** 4
    weights = rng.gamma(0.3, 1, (n_samples, N_PARTS)).astype(np.float32)
    pixels = np.empty((n_samples, SIDE * SIDE), dtype=np.uint8)
    for rows in (slice(a, a + 10_000) for a in range(0, n_samples, 10_000)):
        pixels[rows] = np.clip(weights[rows] @ parts * 60, 0, 255)
    names = tuple(f"picture {i}" for i in range(n_samples))
    labels = tuple(str(i % 10) for i in range(n_samples))
    dataset = Dataset(pixels, (SIDE, SIDE), names, "many", 255.0, labels=labels)
    model = NmfModel.scaled(
        parts,
        weights * np.float32(60 / 255),
        sample_shape=(SIDE, SIDE),
        relative_error=0.1,
        loss_history=np.array([0.1]),
        converged=True,
        options=FitOptions(N_PARTS),
    )
    return dataset, model


def list_of(window: MainWindow, name: str) -> QListView:
    """Return the list of this name."""
    return next(view for view in window.findChildren(QListView) if view.accessibleName() == name)


def show(application: Application, session: Session, made: tuple[Dataset, NmfModel]) -> float:
    """Show a set with its parts and return the milliseconds that this takes."""
    dataset, model = made
    began = time.perf_counter()
    show_set(session, dataset, model.n_components)
    session.show(session.shown.with_model(model))
    application.processEvents()
    return 1000 * (time.perf_counter() - began)


def samples(application: Application, window: MainWindow, session: Session, _minutes: float) -> None:
    """Scroll, jump, walk, and open samples of 200,000."""
    print(f"200,000 samples are shown in {show(application, session, many_samples()):.0f} ms")
    strip = list_of(window, "Samples")
    bar, rng = strip.horizontalScrollBar(), np.random.default_rng(1)
    walk = {
        "wheel": lambda _: bar.setValue(bar.value() + 3 * bar.singleStep()),
        "dragged from end to end": lambda i: bar.setValue(bar.maximum() * i // N_FRAMES),
        "jumps": lambda _: bar.setValue(int(rng.integers(bar.maximum()))),
        "Page Down": lambda _: QTest.keyClick(strip, Qt.Key.Key_PageDown),
        "right arrow": lambda _: QTest.keyClick(strip, Qt.Key.Key_Right),
    }
    for order in ("in the order of the set", "by weight of part 3"):
        wait_until_laid_out(application)
        for name, move in walk.items():
            print(f"{order}, {name}: {told(frames(application, strip.viewport(), move))}")
        session.parts.select(2)
        session.sample_view.sort(SortKey.WEIGHT)
    opened(application, window, session)
    asked(application, strip, session)


def opened(application: Application, window: MainWindow, session: Session) -> None:
    """Measure the time from the selection of a sample to its painted equation."""
    rng = np.random.default_rng(2)
    residual = next(view for view in window.findChildren(ImageView) if view.accessibleName().startswith("Residual"))
    chosen = rng.integers(N_SAMPLES, size=N_FRAMES)
    taken = frames(application, residual, lambda i: session.select_sample(int(chosen[i])))
    print(f"opened, equation painted: {told(taken)}")


def asked(application: Application, strip: QListView, session: Session) -> None:
    """Measure the time from a search or sort to its painted samples."""
    order = session.sample_view
    questions: dict[str, Callable[[], None]] = {
        "search": lambda: order.search("77"),
        "search on": lambda: order.search("777"),
        "all again": order.show_all,
        "label": lambda: order.filter("3"),
        "all once more": order.show_all,
        "by name": lambda: order.sort(SortKey.NAME),
        "by error": order.show_worst,
    }
    for name, ask in questions.items():
        began, longest = time.perf_counter(), 0.0
        ask()
        while True:
            turn = time.perf_counter()
            application.processEvents()
            longest = max(longest, time.perf_counter() - turn)
            if not order.is_busy:
                break
            time.sleep(0.002)  # an idle window leaves the processor free
        strip.viewport().repaint()
        print(f"{name}: {1000 * (time.perf_counter() - began):.0f} ms, window kept {1000 * longest:.0f} ms at most")


def memory(application: Application, window: MainWindow, session: Session, minutes: float) -> None:
    """Measure memory while 200,000 samples and 1,000 enlarged parts are scrolled."""
    show(application, session, many_samples())
    strip = list_of(window, "Samples")
    assert isinstance(strip, SampleStrip)
    scroll_on(application, strip, strip._sample_images, minutes)
    show(application, session, many_parts(SMALL))
    session.part_layout.zoom_by(MOST_ZOOM)
    grid = list_of(window, "Parts")
    assert isinstance(grid, PartGrid)
    scroll_on(application, grid, grid._items.thumbnails, minutes)


def scroll_on(application: Application, view: QListView, thumbnails: ThumbnailCache, minutes: float) -> None:
    """Scroll for a while and print the memory; it may grow until the image caches are full."""
    application.processEvents()
    bar = max(view.horizontalScrollBar(), view.verticalScrollBar(), key=lambda bar: bar.maximum())
    end_of_bar = bar.maximum() + 1
    rng, clock, busy = np.random.default_rng(3), array("d"), array("d")  # they need little memory
    before = memory_mb("RssAnon")
    seen, end = [before], time.perf_counter() + 60 * minutes
    while time.perf_counter() < end:
        start = int(rng.integers(end_of_bar))
        move = partial(lambda at, i: bar.setValue((at + 40 * i) % end_of_bar), start)
        for frame in frames(application, view.viewport(), move, 200):
            clock.append(frame.clock)
            busy.append(frame.busy)
        seen.append(memory_mb("RssAnon"))
    half, taken = seen[len(seen) // 2], [Frame(*each) for each in zip(clock, busy, strict=True)]
    print(
        f"{view.accessibleName()}, {minutes:g} min of scrolling: {told(taken)}; memory {before:.0f} MB, half-way "
        f"{half:.0f}, at the end {seen[-1]:.0f}, at most {max(seen):.0f}; pictures kept: "
        f"{thumbnails.n_bytes / 1e6:.1f} of {thumbnails._max_bytes / 1e6:.0f} MB",
        flush=True,
    )


def many_parts(side: int) -> tuple[Dataset, NmfModel]:
    """Return a thousand synthetic parts; the samples do not matter."""
    rng = np.random.default_rng(4)
    n_parts = N_GRID if side < LARGE else N_GRID // 10
    model = NmfModel.scaled(
        rng.random((n_parts, side * side), dtype=np.float32) ** 4,
        rng.gamma(0.3, 1, (N_FEW, n_parts)).astype(np.float32),
        sample_shape=(side, side),
        relative_error=0.1,
        loss_history=np.array([0.1]),
        converged=True,
        options=FitOptions(n_parts),
    )
    return Dataset.from_array(rng.random((N_FEW, side, side), dtype=np.float32)), model


def parts(application: Application, window: MainWindow, session: Session, _minutes: float) -> None:
    """Scroll and walk through 1,000 parts of 64 x 64 pixels, and 100 of 512 x 512, at two sizes."""
    for side in (SMALL, LARGE):
        made = many_parts(side)
        took = show(application, session, made)
        print(f"{made[1].n_components} parts of {side} x {side} are shown in {took:.0f} ms")
        for zoom in (0, MOST_ZOOM):
            session.part_layout.zoom_by(zoom - session.part_layout.zoom)
            walk_through(application, list_of(window, "Parts"), f"{side} x {side}")


def wait_until_laid_out(application: Application) -> None:
    """Wait until the window is laid out, which takes several turns of the event loop."""
    end = time.perf_counter() + 1
    while time.perf_counter() < end:
        application.processEvents()


def walk_through(application: Application, grid: QListView, what: str) -> None:
    """Measure scrolling and key presses in the grid at its present size."""
    wait_until_laid_out(application)
    bar = grid.verticalScrollBar()
    walk = {
        "wheel": lambda i: bar.setValue((i + 1) * bar.singleStep() % (bar.maximum() + 1)),
        "from end to end": lambda i: bar.setValue(bar.maximum() * i // N_FRAMES),
        "Page Down and Up": lambda i: QTest.keyClick(grid, PAGES[i % 2]),
        "arrows": lambda i: QTest.keyClick(grid, ARROWS[i // 100 % 2]),
    }
    for name, move in walk.items():
        if bar.maximum():  # else all parts are visible at once
            taken = frames(application, grid.viewport(), move)
            print(f"{what} in cells {grid.gridSize().width()} wide, {name}: {told(taken)}")


PARTS = {"samples": samples, "parts": parts, "memory": memory}


def main() -> None:
    """Run one part, or all, in a window each."""
    chosen = [PARTS[name] for name in sys.argv[1:] if name in PARTS] or list(PARTS.values())
    minutes = next((float(text) for text in sys.argv[1:] if text not in PARTS), 1.0)
    with temporary_settings():
        application = Application(["nmf-explorer"])
        for part in chosen:
            window = application.open_window()
            window.resize(1920, 1080)
            application.processEvents()
            part(application, window, window._session, minutes)
            window.close()


if __name__ == "__main__":
    main()
