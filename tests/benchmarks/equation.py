"""Time from a move of a slider until reconstruction, residual and error are painted.

Run: ``python tests/benchmarks/equation.py [REPEATS]``. The window is real, without a screen (offscreen), of 1920 x 1080
pixels. Beside it, the time in which Qt paints three images of the same size without any computation.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nmf_explorer.app import Application
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.widgets.weight_slider import WeightSlider
from tests.benchmarks.scrolling import Frame, Paints
from tests.session.fixtures import show_set
from tests.temporary_settings import temporary_settings
from tests.ui.finding import child

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

CASES = [((64, 64), 100), ((256, 256, 3), 49)]
N_MOVES = 500
MOST_MS = 16
N_SAMPLES = 60
STILL = 50  # turns of the event loop in which nothing is painted


def open_model(session: Session, sample_shape: tuple[int, ...], n_parts: int) -> None:
    """Open random samples with random parts: the computing time does not depend on the values."""
    rng = np.random.default_rng(0)
    n_features = int(np.prod(sample_shape))
    matrix = rng.random((N_SAMPLES, n_features), dtype=np.float32)
    dataset = Dataset(matrix, sample_shape, tuple(f"sample {i}" for i in range(N_SAMPLES)))
    model = NmfModel.scaled(
        rng.random((n_parts, n_features), dtype=np.float32),
        rng.random((N_SAMPLES, n_parts), dtype=np.float32) * np.float32(2 / n_parts),
        sample_shape=sample_shape,
        relative_error=0.5,
        loss_history=np.array([0.5]),
        converged=True,
        options=FitOptions.of(n_parts),
    )
    show_set(session, dataset, n_parts)
    session.show(session.shown.with_model(model))


def wait_until_painted(application: Application, window: MainWindow) -> None:
    """Wait until all parts are painted, which happens a few at a time."""
    paints, still = Paints(child(window, PartGrid).viewport()), 0
    while still < STILL:
        before = paints.n
        application.processEvents()
        still = still + 1 if paints.n == before else 0


def moves_of(application: Application, window: MainWindow, n_moves: int) -> list[Frame]:
    """Measure the time from each move of the first slider until reconstruction and residual are painted."""
    slider = next(each for each in window.findChildren(WeightSlider) if each.isVisible())
    names = ("Reconstruction", "Residual")
    paints = [Paints(each) for each in window.findChildren(ImageView) if each.accessibleName() in names]
    taken = []
    for i in range(n_moves):
        before, began, busy = [each.n for each in paints], time.perf_counter(), time.process_time()
        slider.setValue(i % slider.maximum())
        while any(now.n == n for now, n in zip(paints, before, strict=True)) and time.perf_counter() - began < 1:
            application.processEvents()
        taken.append(Frame(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)))
    return taken[n_moves // 10 :]  # the first ones fill caches


def painting_alone(application: Application, window: MainWindow, n_moves: int) -> list[float]:
    """Measure the time to paint the same images without a change."""
    names = ("Reconstruction", "Residual")
    views = [each for each in window.findChildren(ImageView) if each.accessibleName() in names]
    taken = []
    for _ in range(n_moves):
        began = time.perf_counter()
        for view in views:
            view.repaint()
        application.processEvents()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def measure(application: Application, window: MainWindow, n_parts: int, size: str) -> None:
    """Print the times for one image size."""
    moves = moves_of(application, window, N_MOVES)
    alone = painting_alone(application, window, 100)
    p50, p99 = np.percentile([move.clock for move in moves], [50, 99])
    busy = np.percentile([move.busy for move in moves], 99)
    verdict = "within" if p99 <= MOST_MS else "ABOVE"
    print(
        f"{size}, {n_parts} parts: slider to painted p50 {p50:.1f} ms, p99 {p99:.1f} ms, p99 of the "
        f"processor alone {busy:.1f} ms, {verdict} {MOST_MS} ms; painting alone p50 {np.median(alone):.1f} ms"
    )


def main() -> None:
    """Measure both sizes."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with temporary_settings():
        application = Application(["nmf-explorer"])
        window = application.open_window()
        window.resize(1920, 1080)
        for sample_shape, n_parts in CASES:
            open_model(window._session, sample_shape, n_parts)
            wait_until_painted(application, window)
            for _ in range(repeats):
                measure(application, window, n_parts, " x ".join(map(str, sample_shape)))
        window.close()


if __name__ == "__main__":
    main()
