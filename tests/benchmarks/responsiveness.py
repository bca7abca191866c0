"""Whether the window answers while it fits 10,000 images of 64 x 64 pixels, and what watching costs the fit.

Run: ``python tests/benchmarks/responsiveness.py [N_PARTS]``. The window is real, on a private X screen, and a timer of
5 ms tells how late the event loop is.
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

WATCHED_SECONDS, N_ITERATIONS = 8.0, 25


def steps_of(path: Path, k: int) -> Iterator[FitStep]:
    """A fit that goes on until nobody asks any more."""
    import nmf_explorer as nx

    return nx.fit_steps(nx.load(path), k, start="random", tol=0)


def watch(path: Path, k: int) -> None:
    """Fit in a window, and print how late its event loop was, how fast the fit went, how fast it stopped."""
    from nmf_explorer.app import Application, MainWindow
    from nmf_explorer.session.fit_choice import FitChoice
    from nmf_explorer.session.preferences import Preferences
    from nmf_explorer.session.session import Activity, Session

    application = Application(["nmf-explorer"])
    session = Session(Preferences())
    window = MainWindow(session)
    window.show()

    def wait(has_come: Callable[[], bool]) -> None:
        while not has_come():
            application.processEvents()

    session.open([path])
    wait(lambda: session.dataset is not None and session.activity is Activity.IDLE)
    session.set_n_components(k)
    session.set_fit_choice(FitChoice(start="random"))
    session.start_fit()
    wait(lambda: session.model is not None)
    seen = [(time.perf_counter(), session.model.n_iterations)]
    session.model_changed.connect(lambda: seen.append((time.perf_counter(), session.model.n_iterations)))
    late = lateness(application, WATCHED_SECONDS)
    seconds = (seen[-1][0] - seen[0][0]) / max(1, seen[-1][1] - seen[0][1])
    asked = time.perf_counter()
    session.cancel()
    wait(lambda: session.activity is Activity.IDLE)
    answered = time.perf_counter() - asked
    window.close()
    print(f"late: {told(late)}; cancelled within {1000 * answered:.0f} ms")
    print(seconds)


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
    """Ask a fit without a window to stop at a random moment, and print how long it takes."""
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
    from tests.end_to_end.private_session import PrivateSession, home_variables

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

            told, in_window = run("watch")
            plain, watched = map(float, run("alone")[0].split())
            print(f"10,000 x 4,096, k = {k}: {told}")
            print(
                f"an iteration: {plain:.3f} s alone, {watched / plain:.2f} x with 30 models a second, "
                f"{float(in_window) / plain:.2f} x in the window"
            )
            print(run("pauses")[0])
    finally:
        session.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        {"watch": watch, "alone": alone, "pauses": pauses}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
