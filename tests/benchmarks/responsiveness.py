"""Delay of the window during a fit of 10,000 images of 64 x 64 pixels, and the cost of showing the fit.

Run: ``python tests/benchmarks/responsiveness.py [N_PARTS]``. The window is real, on a private X screen, and a timer of
5 ms measures the delay of the event loop.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.probes import lateness, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

WATCHED_SECONDS, N_ITERATIONS = 8.0, 25
TURN_SECONDS, N_TURNS = 4.0, 12  # with the window visible and hidden


def steps_of(path: Path, k: int) -> Iterator[FitStep]:
    """Return the steps of a fit without an end."""
    import nmf_explorer as nx

    return nx.fit_steps(nx.load(path), k, start="random", tol=0)


def watch(path: Path, k: int) -> None:
    """Fit in a window, and print the delay of its event loop, the time to cancel, and the cost of showing the fit."""
    from PySide6.QtCore import QEventLoop

    from nmf_explorer.app import Application
    from nmf_explorer.session.session import Activity
    from nmf_explorer.session.state.fit_settings import FitSettings

    application = Application(["nmf-explorer"])
    application.setQuitOnLastWindowClosed(False)  # the window is hidden at times
    window = application.open_window()
    session = window._session

    def wait(has_come: Callable[[], bool]) -> None:
        while not has_come():
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    session.open([path])
    wait(lambda: session.dataset is not None and session.activity is Activity.IDLE)
    session.set_n_components(k)

    class Endless(FitSettings):
        def _asdict(self) -> dict[str, object]:
            return {**super()._asdict(), "tol": 0, "max_iter": 1_000_000}

    session.set_fit_settings(Endless(start="random"))
    session.start_fit()
    wait(lambda: session.model is not None)
    late = lateness(WATCHED_SECONDS)
    in_sight, out_of_sight = in_turns(session, window)
    asked = time.perf_counter()
    session.cancel()
    wait(lambda: session.activity is Activity.IDLE)
    answered = time.perf_counter() - asked
    window.close()
    print(f"late: {told(late)}; cancelled within {1000 * answered:.0f} ms")
    print(in_sight, out_of_sight)


def in_turns(session: Session, window: MainWindow) -> list[float]:
    """Return the seconds per iteration with the window visible and hidden."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(N_TURNS):
        is_seen = turn % 4 in (0, 3)  # so that neither is always first
        window.setVisible(is_seen)
        seconds[is_seen].append(seconds_per_iteration(session))
    return [statistics.mean(seconds[True]), statistics.mean(seconds[False])]


def seconds_per_iteration(session: Session) -> float:
    """Measure the seconds per iteration for a while."""
    models: list[tuple[float, int]] = []

    def take_note() -> None:
        if session.model is not None:
            models.append((time.perf_counter(), session.model.n_iterations))

    session.model_changed.connect(take_note)
    lateness(TURN_SECONDS)
    session.model_changed.disconnect(take_note)
    (began, first), *_, (ended, last) = models
    return (ended - began) / (last - first)


def alone(path: Path, k: int) -> None:
    """Fit without a window, and print seconds an iteration: without and with a model made 30 times a second."""
    steps = steps_of(path, k)
    next(steps)
    seconds: dict[bool, list[float]] = {False: [], True: []}
    shown = 0.0
    for i in range(2 * N_ITERATIONS):
        is_watched, began = bool(i // 5 % 2), time.perf_counter()
        step = next(steps)
        if is_watched and began - shown > 1 / 30:
            step.model()
            shown = began
        seconds[is_watched].append(time.perf_counter() - began)
    print(statistics.median(seconds[False]), statistics.median(seconds[True]))


def pauses(path: Path, k: int) -> None:
    """Cancel a fit without a window at a random moment, and print how long it takes."""
    import threading

    import nmf_explorer as nx
    from nmf_explorer.errors import Cancelled

    dataset: Dataset = nx.load(path)
    rng, answers = np.random.default_rng(0), []
    for start in ("auto", "random") * 4:
        stop, asked = threading.Event(), [0.0]

        def ask(stop: threading.Event = stop, asked: list[float] = asked) -> None:
            asked[0] = time.perf_counter()
            stop.set()

        timer = threading.Timer(rng.uniform(0.1, 2.0), ask)
        timer.start()
        try:
            for _ in islice(nx.fit_steps(dataset, k, start=start, tol=0, should_stop=stop.is_set), 1000):
                pass
        except Cancelled:
            answers.append(time.perf_counter() - asked[0])
    print(f"asked to stop at {len(answers)} random moments: at most {1000 * max(answers):.0f} ms")


def main() -> None:
    """Run all three, each in a fresh process."""
    from tests.benchmarks.data import image_like
    from tests.end_to_end.harness.private_session import PrivateSession, home_variables

    k = sys.argv[1] if len(sys.argv) > 1 else "100"
    session = PrivateSession()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "images.npy")
            np.save(path, image_like().reshape(-1, 64, 64))
            clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
            screen = {**session.environment, **home_variables(Path(folder)), "QT_QPA_PLATFORM": "xcb"}

            def run(what: str) -> list[str]:
                command = [sys.executable, __file__, what, str(path), k]
                done = subprocess.run(command, env={**clean, **screen}, stdout=subprocess.PIPE, text=True, check=True)
                return done.stdout.splitlines()

            told, of_window = run("watch")
            in_sight, out_of_sight = map(float, of_window.split())
            plain, watched = map(float, run("alone")[0].split())
            print(f"10,000 x 4,096, k = {k}: {told}")
            print(
                f"an iteration: {plain:.3f} s without a window, {watched / plain:.2f} x with 30 models a second; "
                f"in a window {in_sight:.3f} s, {in_sight / out_of_sight:.2f} x of what it takes while that is hidden"
            )
            print(run("pauses")[0])
    finally:
        session.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        {"watch": watch, "alone": alone, "pauses": pauses}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
