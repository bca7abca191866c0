"""Time of one update of the live error curve: the program's own plot, and matplotlib.

Run: ``python tests/benchmarks/error_curve.py``, offscreen; the curve grows to 200 iterations.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH, HEIGHT, N_ITERATIONS = 500, 85, 200


def milliseconds(update: Callable[[list[float]], None]) -> float:
    """Return the median time of an update and its painting, in milliseconds."""
    losses = [1 / (i + 1) for i in range(N_ITERATIONS)]
    took = []
    QApplication.processEvents()  # now the plot is visible
    for n in range(1, N_ITERATIONS + 1):
        began = time.perf_counter()
        update(losses[:n])
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


def own() -> Callable[[list[float]], None]:
    """Show the program's own plot and return its update function."""
    from nmf_explorer.ui.widgets.error_plot import ErrorPlot

    plot = ErrorPlot()
    plot.resize(WIDTH, HEIGHT)
    plot.show()

    def update(losses: list[float]) -> None:
        plot.show_curve(losses, len(losses))
        plot.repaint()

    return update


def matplotlibs() -> Callable[[list[float]], None]:
    """Show a figure on matplotlib's Qt canvas and return a function that changes its line and limits."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    backend: Any = import_module("matplotlib.backends.backend_qtagg")  # its calls have no types
    canvas = backend.FigureCanvasQTAgg(figure)
    axes = figure.add_subplot()
    (line,) = axes.plot([], [])
    canvas.show()

    def update(losses: list[float]) -> None:
        line.set_data(range(1, len(losses) + 1), losses)
        axes.set_xlim(0, len(losses))
        axes.set_ylim(0, max(losses))
        canvas.draw()
        canvas.repaint()

    return update


def main() -> None:
    """Print both, side by side."""
    application = QApplication([])
    mine = milliseconds(own())
    print(f"own plot: {mine:.2f} ms an update, {3 * mine:.1f} % of the time at 30 pictures a second")
    try:
        theirs = milliseconds(matplotlibs())
    except ImportError:
        print("matplotlib is not installed")
    else:
        print(f"matplotlib: {theirs:.1f} ms, {theirs / mine:.0f} x, {3 * theirs:.0f} % of the time")
    application.quit()


if __name__ == "__main__":
    main()
